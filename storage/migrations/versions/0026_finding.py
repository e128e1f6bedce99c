"""finding those who are lost: campaigns, tasks, and asking through who knows them

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('seek_campaign',
    sa.Column('id', _ID, autoincrement=False, nullable=False),
    sa.Column('branch_id', _ID, nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False, comment='on the poster for everybody to read; it opens nothing'),
    sa.Column('words', sa.Text(), server_default='', nullable=False, comment="the branch's own words on the poster; nobody is named in them"),
    sa.Column('lost', sa.Integer(), nullable=False, comment='how many were not found when it began'),
    sa.Column('started_by', _ID, nullable=True, comment='no foreign key: who started it may leave'),
    sa.Column('started_at', sa.BigInteger(), nullable=False),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_seek_campaign_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seek_campaign')),
    sa.UniqueConstraint('code', name=op.f('uq_seek_campaign_code')),
    )
    with op.batch_alter_table('seek_campaign', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seek_campaign_branch_id'), ['branch_id'], unique=False)
    op.create_table('seek_task',
    sa.Column('member_id', _ID, nullable=False),
    sa.Column('branch_id', _ID, nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False, comment='open, taken, asked, declined or found'),
    sa.Column('taken_by', _ID, nullable=True, comment='who looks for them'),
    sa.Column('tries', sa.Integer(), server_default='0', nullable=False, comment='how often they were not found'),
    sa.Column('way', sa.String(length=10), server_default='', nullable=False, comment='by what kind of way last: phone, visit, family …'),
    sa.Column('campaign_id', _ID, nullable=True, comment='the campaign in which it changed last'),
    sa.Column('at', sa.BigInteger(), nullable=False, comment='when it changed last'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_seek_task_branch_id')),
    sa.ForeignKeyConstraint(['campaign_id'], ['seek_campaign.id'], name=op.f('fk_seek_task_campaign_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_seek_task_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_seek_task')),
    comment='How it stands with finding a member. Declined is for good, until they come themselves.',
    )
    with op.batch_alter_table('seek_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seek_task_branch_id'), ['branch_id'], unique=False)
    op.create_table('seek_passing',
    sa.Column('id', _ID, autoincrement=False, nullable=False),
    sa.Column('branch_id', _ID, nullable=False),
    sa.Column('member_id', _ID, nullable=False),
    sa.Column('sought_id', _ID, nullable=True),
    sa.Column('code_hash', sa.String(length=64), nullable=True, comment='of the code that the one sought answers with; empty where nobody is asked'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_seek_passing_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_seek_passing_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sought_id'], ['member.id'], name=op.f('fk_seek_passing_sought_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seek_passing')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_seek_passing_code_hash')),
    comment='A member said that they know somebody (我知道…): who did, whom it reaches, never where anybody is; dropped after 40 days.',
    )
    with op.batch_alter_table('seek_passing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seek_passing_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index('ix_seek_passing_member_id', ['member_id', 'at'], unique=False)
    with op.batch_alter_table('visitor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('campaign_id', _ID, nullable=True, comment='the poster they came by; no foreign key, since both are forgotten in their own time'))


def downgrade() -> None:
    with op.batch_alter_table('visitor', schema=None) as batch_op:
        batch_op.drop_column('campaign_id')
    op.drop_table('seek_passing')
    op.drop_table('seek_task')
    op.drop_table('seek_campaign')
