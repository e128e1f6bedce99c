"""how many messages were sent, and what a letter is about

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('message_count',
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False, comment='in Beijing'),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('place', sa.String(length=10), nullable=False, comment='group or private'),
    sa.Column('what', sa.String(length=10), nullable=False, comment='message, edit or mark'),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_message_count_branch_id')),
    sa.PrimaryKeyConstraint('branch_id', 'day', 'kind', 'place', 'what', name=op.f('pk_message_count')),
    comment='How many messages of each kind were really sent on a day. Kept 13 months; about nobody.'
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('matter', sa.String(length=40), server_default='', nullable=False, comment='the handler or job that it comes from'))
        batch_op.add_column(sa.Column('day', sa.Date(), nullable=True, comment="the day in Beijing on which it takes people's attention; empty for an answer"))



def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('day')
        batch_op.drop_column('matter')

    op.drop_table('message_count')
