"""who saw or changed something about whom

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('trail_entry',
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False, comment='1, 2, 3 … of its branch'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('acted', sa.String(length=10), nullable=False, comment='person, operator or job'),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='the person who acted; no foreign key, since an entry outlives a membership'),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='about whom; no foreign key, as above; empty where the oldest were dropped'),
    sa.Column('deed', sa.String(length=10), nullable=False, comment='saw, changed, exported, erased; dropped: the oldest of the trail'),
    sa.Column('kind', sa.String(length=12), nullable=False, comment='what of them: register, contact, place …; never a value'),
    sa.Column('upto', sa.Integer(), nullable=True, comment='where the oldest were dropped: the number of the last of them'),
    sa.Column('hash', sa.String(length=64), nullable=False, comment='over this entry and the hash of the one before'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_trail_entry_branch_id')),
    sa.PrimaryKeyConstraint('branch_id', 'number', name=op.f('pk_trail_entry')),
    comment='Append-only: who saw or changed what about whom. Numbers of people and kinds, never names or values; kept three years.'
    )
    with op.batch_alter_table('trail_entry', schema=None) as batch_op:
        batch_op.create_index('ix_trail_entry_member', ['branch_id', 'member_id', 'at'], unique=False)
        batch_op.create_index('ix_trail_entry_at', ['branch_id', 'at'], unique=False)

    op.create_table('trail_head',
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('dropped', sa.Integer(), nullable=False, comment='the number of the last entry that was dropped after three years; 0: none was'),
    sa.Column('anchor', sa.String(length=64), nullable=False, comment='its hash, on which the first that is kept rests'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_trail_head_branch_id')),
    sa.PrimaryKeyConstraint('branch_id', name=op.f('pk_trail_head')),
    comment="The newest entry of each branch's trail, so that a missing end is noticed, and what its beginning rests on."
    )


def downgrade() -> None:
    op.drop_table('trail_head')
    op.drop_table('trail_entry')
