"""what caused a letter, so that a log can be followed from message to send

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Adding an empty column touches no row; a batch would copy the whole table, pictures and all.
    op.add_column('outbox', sa.Column('cause', sa.String(length=60), nullable=True, comment='the short id of the event, or the job and its occurrence, that made this letter; for the log'))


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('cause')
