"""a branch's own words

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('branch_word',
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('word', sa.String(length=12), nullable=False),
    sa.Column('meaning', sa.String(length=30), nullable=False, comment='what is read in its place'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_branch_word_branch_id')),
    sa.PrimaryKeyConstraint('branch_id', 'word', name=op.f('pk_branch_word')),
    )


def downgrade() -> None:
    op.drop_table('branch_word')
