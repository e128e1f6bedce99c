"""why money of the care fund was given or taken back, beside the books

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('payout', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=60), server_default='', nullable=False, comment='why the payment was taken back; erased'))

    with op.batch_alter_table('pledge', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=60), server_default='', nullable=False, comment='why money was given back or an entry taken back; erased'))


def downgrade() -> None:
    with op.batch_alter_table('pledge', schema=None) as batch_op:
        batch_op.drop_column('reason')

    with op.batch_alter_table('payout', schema=None) as batch_op:
        batch_op.drop_column('reason')
