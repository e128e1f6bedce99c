"""who looks after whom, when members were talked with, and what they do not want

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'liaison',
        sa.Column('id', ID, autoincrement=False, nullable=False),
        sa.Column('branch_id', ID, nullable=False),
        sa.Column('member_id', ID, nullable=False),
        sa.Column('liaison_id', ID, nullable=True, comment='who looks after them; empty once that one is erased'),
        sa.Column('since', sa.BigInteger(), nullable=False),
        sa.Column('assigned_by', ID, nullable=True, comment='no foreign key: who assigned may leave'),
        sa.Column('until', sa.BigInteger(), nullable=True, comment='empty while it holds'),
        sa.Column('ended_how', sa.String(length=10), server_default='', nullable=False, comment='moved, taken, declined or gone'),
        sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_liaison_branch_id')),
        sa.ForeignKeyConstraint(['liaison_id'], ['member.id'], name=op.f('fk_liaison_liaison_id'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_liaison_member_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_liaison')),
    )
    op.create_index(op.f('ix_liaison_branch_id'), 'liaison', ['branch_id'])
    op.create_index('ix_liaison_member', 'liaison', ['branch_id', 'member_id'])
    op.create_index('ix_liaison_liaison', 'liaison', ['branch_id', 'liaison_id'])
    op.create_table(
        'care_contact',
        sa.Column('id', ID, autoincrement=False, nullable=False),
        sa.Column('branch_id', ID, nullable=False),
        sa.Column('member_id', ID, nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False, comment='talk, visit or call; never what was said'),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('noted_by', ID, nullable=True, comment='no foreign key: who noted it may leave'),
        sa.Column('at', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_care_contact_branch_id')),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_care_contact_member_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_care_contact')),
    )
    op.create_index(op.f('ix_care_contact_branch_id'), 'care_contact', ['branch_id'])
    op.create_index('ix_care_contact_member', 'care_contact', ['branch_id', 'member_id', 'day'])
    op.create_table(
        'care_wish',
        sa.Column('member_id', ID, nullable=False),
        sa.Column('branch_id', ID, nullable=False),
        sa.Column('liaison', sa.Boolean(), server_default=sa.true(), nullable=False, comment='whether they want anybody to look after them'),
        sa.Column('birthday', sa.Boolean(), server_default=sa.true(), nullable=False, comment='whether they want a word on their political birthday'),
        sa.Column('listed_in', sa.String(length=7), server_default='', nullable=False, comment='of a liaison: the month (YYYY-MM) of their last list'),
        sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_care_wish_branch_id')),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_care_wish_member_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('member_id', name=op.f('pk_care_wish')),
    )
    op.create_index(op.f('ix_care_wish_branch_id'), 'care_wish', ['branch_id'])
    op.create_table(
        'care_prompt',
        sa.Column('id', ID, autoincrement=False, nullable=False),
        sa.Column('branch_id', ID, nullable=False),
        sa.Column('member_id', ID, nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False, comment='moved or aid: what their liaison is told of on the next morning'),
        sa.Column('at', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_care_prompt_branch_id')),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_care_prompt_member_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_care_prompt')),
    )
    op.create_index(op.f('ix_care_prompt_branch_id'), 'care_prompt', ['branch_id'])


def downgrade() -> None:
    for table in ('care_prompt', 'care_wish', 'care_contact', 'liaison'):
        op.drop_table(table)
