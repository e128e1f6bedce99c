"""the tree of organisations: every branch is a unit of it

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('unit',
    sa.Column('id', _ID, autoincrement=False, nullable=False, comment="a branch's unit has the branch's own number"),
    sa.Column('parent_id', _ID, nullable=True, comment='no foreign key, since rows of one table are copied in any order; a unit is closed, never deleted'),
    sa.Column('kind', sa.String(length=16), nullable=False, comment='committee, general_branch, branch or group'),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('latin', sa.String(length=160), server_default='', nullable=False),
    sa.Column('branch_id', _ID, nullable=True, comment='the branch that it is, or lies in; empty above branches'),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=True, comment='when it was closed'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_unit_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index('ix_unit_branch_id', ['branch_id'], unique=False)
    op.create_table('unit_change',
    sa.Column('id', _ID, autoincrement=False, nullable=False),
    sa.Column('unit_id', _ID, nullable=False),
    sa.Column('parent_id', _ID, nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('latin', sa.String(length=160), server_default='', nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=True, comment='empty for what holds now'),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_change_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_change')),
    comment='What a unit was called and under whom, from when to when; of a living unit exactly one row has no end.',
    )
    with op.batch_alter_table('unit_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_change_unit_id'), ['unit_id'], unique=False)
    op.create_table('unit_member',
    sa.Column('member_id', _ID, nullable=False),
    sa.Column('unit_id', _ID, nullable=False),
    sa.Column('branch_id', _ID, nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_unit_member_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_unit_member_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_member_unit_id')),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_unit_member')),
    comment='Who is in which party group of their branch.',
    )
    with op.batch_alter_table('unit_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_member_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_member_unit_id'), ['unit_id'], unique=False)
    op.create_table('unit_office',
    sa.Column('member_id', _ID, nullable=False),
    sa.Column('unit_id', _ID, nullable=False),
    sa.Column('branch_id', _ID, nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_unit_office_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_unit_office_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_office_unit_id')),
    sa.PrimaryKeyConstraint('member_id', 'unit_id', name=op.f('pk_unit_office')),
    comment='Who is organiser of which unit: sees the counts of everything below it.',
    )
    with op.batch_alter_table('unit_office', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_office_branch_id'), ['branch_id'], unique=False)
    op.execute("INSERT INTO unit (id, parent_id, kind, name, latin, branch_id, since, until) SELECT id, NULL, 'branch', name, latin, id, created_at, NULL FROM branch")
    op.execute("INSERT INTO unit_change (id, unit_id, parent_id, name, latin, since, until) SELECT id, id, NULL, name, latin, created_at, NULL FROM branch")


def downgrade() -> None:
    op.drop_table('unit_office')
    op.drop_table('unit_member')
    op.drop_table('unit_change')
    op.drop_table('unit')
