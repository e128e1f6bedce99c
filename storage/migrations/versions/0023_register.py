"""the register of members, and its history

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('register',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True, comment='why they are away'),
    sa.Column('left_on', sa.Date(), nullable=True, comment='when they left'),
    sa.Column('left_to', sa.String(length=5), nullable=True, comment='how exactly that is known: to the year, month or day'),
    sa.Column('employer', sa.Text(), nullable=True, comment='sealed'),
    sa.Column('phone', sa.Text(), nullable=True, comment='sealed'),
    sa.Column('hometown', sa.Integer(), nullable=True, comment='six-digit code of the division, of a city or a district'),
    sa.Column('joined_on', sa.Date(), nullable=True, comment='when they became a probationary member (入党时间)'),
    sa.Column('joined_to', sa.String(length=5), nullable=True, comment='how exactly that is known: to the year, month or day'),
    sa.Column('probation_until', sa.Date(), nullable=True),
    sa.Column('card', sa.String(length=10), nullable=True, comment='activity card (流动党员活动证): none or held; empty where it is not known'),
    sa.Column('card_until', sa.Date(), nullable=True),
    sa.Column('home_branch', sa.String(length=80), nullable=True, comment='where the membership is, if that is not this branch'),
    sa.Column('host_branch', sa.String(length=80), nullable=True, comment='the branch of the place where they are'),
    sa.Column('relation', sa.String(length=12), nullable=True, comment='where the organisational relation (组织关系) is: here, moving or elsewhere'),
    sa.Column('note', sa.Text(), nullable=True, comment='sealed'),
    sa.Column('confirmed_on', sa.Date(), nullable=True, comment='when all of this was last found right'),
    sa.Column('found_on', sa.Date(), nullable=True, comment='first light: the person was found (人找到)'),
    sa.Column('books_on', sa.Date(), nullable=True, comment='second light: study material was sent (书发到)'),
    sa.Column('life_on', sa.Date(), nullable=True, comment="third light: took part in the organisation's life once (过一次组织生活)"),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_register_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_register_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_register')),
    comment='What a branch keeps of its members besides place, dues and roles; a row is made when there is something to keep.'
    )
    with op.batch_alter_table('register', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_register_branch_id'), ['branch_id'], unique=False)
    op.create_table('register_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.Column('before', sa.Text(), nullable=True, comment='sealed; empty where nothing was kept'),
    sa.Column('after', sa.Text(), nullable=True, comment='sealed; empty where nothing is kept any more'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='the member who did it; no foreign key, since a change outlives a membership'),
    sa.Column('how', sa.String(length=12), nullable=False, comment='own, entered, imported, reported or undone'),
    sa.Column('batch', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='what was changed together, and is undone together'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_register_change_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_register_change_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_change')),
    comment='The history of the register: what stood there before, what after, who did it and how.'
    )
    with op.batch_alter_table('register_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_register_change_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_register_change_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_register_change_batch'), ['batch'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('register_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_register_change_batch'))
        batch_op.drop_index(batch_op.f('ix_register_change_member_id'))
        batch_op.drop_index(batch_op.f('ix_register_change_branch_id'))

    op.drop_table('register_change')
    with op.batch_alter_table('register', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_register_branch_id'))

    op.drop_table('register')
