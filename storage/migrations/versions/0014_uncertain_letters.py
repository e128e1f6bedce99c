"""letters that are never repeated on a guess, how often one may have arrived unseen, and until when it is worth sending

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('once', sa.Boolean(), server_default=sa.false(), nullable=False, comment='about money or unasked: never repeated on a guess'))
        batch_op.add_column(sa.Column('doubts', sa.Integer(), server_default='0', nullable=False, comment='tries that may have arrived without our knowing'))
        batch_op.add_column(sa.Column('good_until', sa.BigInteger(), nullable=True, comment='what was not sent by then is stale and is not sent any more; empty for always'))


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('good_until')
        batch_op.drop_column('doubts')
        batch_op.drop_column('once')
