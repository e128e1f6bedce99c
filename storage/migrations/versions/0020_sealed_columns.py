"""sealed columns: the keys that a database uses

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

_WIDENED = {'pairing_visit': ['words'], 'payout': ['purpose', 'reason'], 'payout_approval': ['reference'], 'pledge': ['reason']}


def upgrade() -> None:
    op.create_table(
        'vault_key',
        sa.Column('id', sa.String(length=8), nullable=False),
        sa.Column('made_at', sa.BigInteger(), nullable=False),
        sa.Column('proof', sa.Text(), nullable=False, comment='known words sealed with it, so that a wrong key is found at the start'),
        sa.Column('done_at', sa.BigInteger(), nullable=True, comment='when every sealed value was of this key; empty while some may be older, or plain still'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_vault_key')),
        comment='Which keys this database uses. Without them its sealed columns cannot be read.',
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed', sa.Text(), server_default='', nullable=False, comment='what it knows, where words are in it; data is empty then'))
    for table, columns in _WIDENED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, existing_type=sa.String(length=60), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    for table, columns in _WIDENED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, existing_type=sa.Text(), type_=sa.String(length=60), existing_nullable=False)
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_column('sealed')
    op.drop_table('vault_key')
