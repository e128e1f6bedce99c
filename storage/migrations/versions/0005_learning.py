"""learning: no signal

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('away_since', sa.BigInteger(), nullable=True, comment='since when they have no signal: what is unasked waits for one message on their return'))
        batch_op.add_column(sa.Column('away_until', sa.Date(), nullable=True, comment='until when they thought to be away; nothing happens on that day'))
        batch_op.add_column(sa.Column('text_only', sa.Boolean(), server_default=sa.false(), nullable=False, comment='short texts without pictures'))


def downgrade() -> None:
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_column('text_only')
        batch_op.drop_column('away_until')
        batch_op.drop_column('away_since')
