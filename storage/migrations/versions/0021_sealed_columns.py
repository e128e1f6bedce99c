"""sealed columns: the keys that a database uses

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


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


def downgrade() -> None:
    op.drop_table('vault_key')
