"""erasing: what was erased, so that a back-up does not bring it back

Revision ID: 0033
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0029'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'tombstone',
        sa.Column('id', _ID, autoincrement=False, nullable=False),
        sa.Column('branch_id', _ID, nullable=False, comment='no foreign key: a list outlives what it speaks of'),
        sa.Column('member_id', _ID, nullable=False, comment='a random number that nothing else leads to any more; no foreign key, as above'),
        sa.Column('what', sa.String(length=12), nullable=False, comment='member, own, place, check_in, study, contact or reflection'),
        sa.Column('at', sa.BigInteger(), nullable=False, comment='what is newer was given anew and stays'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_tombstone')),
        comment='What was erased, by numbers; also written beside the back-ups. A restore erases it again. Kept three years.',
    )
    op.create_index('ix_tombstone_at', 'tombstone', ['branch_id', 'at'])


def downgrade() -> None:
    op.drop_table('tombstone')
