"""importing: what a file holds until it is taken, and what was taken

Revision ID: 0029
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0026'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'import_preview',
        sa.Column('id', _ID, autoincrement=False, nullable=False),
        sa.Column('branch_id', _ID, nullable=False),
        sa.Column('by', _ID, nullable=True, comment="whose preview it is, nobody else's; no foreign key: it lives for an hour"),
        sa.Column('name', sa.String(length=80), nullable=False, comment='of the file'),
        sa.Column('rows', sa.Text(), nullable=False, comment='what was read of the file, sealed; no identity numbers, no streets'),
        sa.Column('notes', sa.JSON(), nullable=False, comment='what is to be said of the file as a whole, in both languages'),
        sa.Column('at', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_import_preview_branch_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_import_preview')),
        comment='A file that was read and not taken yet; dropped after an hour, when it is taken, and when another one follows.',
    )
    op.create_index(op.f('ix_import_preview_branch_id'), 'import_preview', ['branch_id'])
    op.create_index('ix_import_preview_at', 'import_preview', ['at'])
    op.create_table(
        'import_batch',
        sa.Column('id', _ID, autoincrement=False, nullable=False, comment="the batch of the changes in the register's history"),
        sa.Column('branch_id', _ID, nullable=False),
        sa.Column('by', _ID, nullable=True, comment='no foreign key: who imported may leave'),
        sa.Column('name', sa.String(length=80), nullable=False, comment='of the file'),
        sa.Column('made', sa.Integer(), nullable=False, comment='how many were new'),
        sa.Column('changed', sa.Integer(), nullable=False, comment='of how many something was changed'),
        sa.Column('at', sa.BigInteger(), nullable=False),
        sa.Column('undone_at', sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_import_batch_branch_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch')),
        comment='An import that was taken; dropped after the seven days in which it can be undone. What it changed is in the history.',
    )
    op.create_index(op.f('ix_import_batch_branch_id'), 'import_batch', ['branch_id'])
    op.create_index('ix_import_batch_at', 'import_batch', ['branch_id', 'at'])


def downgrade() -> None:
    op.drop_table('import_batch')
    op.drop_table('import_preview')
