"""what delivery needs to find the next letters without looking at all that wait

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mark', sa.Boolean(), server_default=sa.false(), nullable=False, comment='a reaction or a deletion: it uses up no budget'))
        batch_op.create_index('ix_outbox_branch_slot', ['branch_id', 'slot'], unique=False)
        batch_op.create_index('ix_outbox_retry_at', ['retry_at'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.create_index('ix_outbox_waiting', ['platform', 'instance', 'priority', 'id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_branch_slot')
        batch_op.drop_index('ix_outbox_retry_at', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_outbox_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_column('mark')
