"""letters that wait until somebody writes in a chat

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

_WAITS = sa.text("state = 'awaiting'")


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        # The table in storage/tables.py says nothing of PostgreSQL, whose dialect a start would have to load for it.
        batch_op.create_index(
            'ix_outbox_awaiting', ['platform', 'instance', 'chat_id'], unique=False, sqlite_where=_WAITS, postgresql_where=_WAITS
        )


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_awaiting', sqlite_where=_WAITS)
