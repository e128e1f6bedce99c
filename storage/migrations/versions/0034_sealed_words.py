"""sealed words: what questions know, and columns wide enough for what is sealed

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

_WIDENED = {'pairing_visit': ['words'], 'payout': ['purpose', 'reason'], 'payout_approval': ['reference'], 'pledge': ['reason']}


def upgrade() -> None:
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed', sa.Text(), server_default='', nullable=False, comment='what it knows, where words are in it; data is empty then'))
    for table, columns in _WIDENED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, existing_type=sa.String(length=60), type_=sa.Text(), existing_nullable=False)
    # What stood there is plain: the next start seals it, as it did with the first columns.
    op.execute('UPDATE vault_key SET done_at = NULL')


def downgrade() -> None:
    for table, columns in _WIDENED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, existing_type=sa.Text(), type_=sa.String(length=60), existing_nullable=False)
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_column('sealed')
