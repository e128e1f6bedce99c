"""several processes on one database: who runs, and who has a letter in hand

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('process',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('host', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=200), server_default='', nullable=False, comment='where its page is reached'),
    sa.Column('started_at', sa.BigInteger(), nullable=False),
    sa.Column('beat_at', sa.BigInteger(), nullable=False, comment="by the server's clock; who is silent for seconds is taken for dead"),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process')),
    comment='The programs that run on this database now, where several may: empty on SQLite.'
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claimed_by', sa.BigInteger(), nullable=True, comment='the process that is sending it, or sent it'))


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('claimed_by')
    op.drop_table('process')
