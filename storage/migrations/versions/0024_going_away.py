"""who goes away; agreements with host organisations, and what is shared with them

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agreement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('host', sa.String(length=40), nullable=False, comment='the organisation where members are; no names of people'),
    sa.Column('contact', sa.String(length=40), server_default='', nullable=False, comment='how that organisation is reached'),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False, comment='the last day'),
    sa.Column('ended_on', sa.Date(), nullable=True, comment='when it was ended before its time'),
    sa.Column('told', sa.Date(), nullable=True, comment='the last day of which the secretary was told that it comes'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='no foreign key: who noted it may leave'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_agreement_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement'))
    )
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_branch_id'), ['branch_id'], unique=False)

    op.create_table('departure',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False, comment='draft, kept or ended'),
    sa.Column('reason', sa.String(length=40), server_default='', nullable=False),
    sa.Column('leave_on', sa.Date(), nullable=True),
    sa.Column('place', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='the city they go to, where they agreed that their place be kept'),
    sa.Column('scope', sa.String(length=10), server_default='', nullable=False, comment='province, city, county or abroad: beyond what they go'),
    sa.Column('employer', sa.Text(), server_default='', nullable=False, comment='of a draft, sealed'),
    sa.Column('phone', sa.Text(), server_default='', nullable=False, comment='of a draft, sealed'),
    sa.Column('until', sa.Date(), nullable=True, comment='when they think to be back'),
    sa.Column('lasting', sa.Boolean(), server_default=sa.text('0'), nullable=False, comment='they stay there for good'),
    sa.Column('settled', sa.JSON(), nullable=False, comment='the questions of the draft that were answered or skipped'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('step_at', sa.BigInteger(), nullable=False, comment='when the draft was last said anything to'),
    sa.Column('kept_at', sa.BigInteger(), nullable=True),
    sa.Column('back_on', sa.Date(), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='who entered it for them, if anybody'),
    sa.Column('ask_on', sa.Date(), nullable=True, comment='when to ask once more about moving the membership'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_departure_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_departure_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_departure'))
    )
    with op.batch_alter_table('departure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_departure_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index('ix_departure_member', ['branch_id', 'member_id'], unique=False)

    op.create_table('mutual',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('agreement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False, comment='inform, educate, rights, duties, help or models: the six mutuals'),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('words', sa.String(length=40), server_default='', nullable=False, comment='no personal matters'),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_mutual_agreement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_mutual_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mutual'))
    )
    with op.batch_alter_table('mutual', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mutual_agreement_id'), ['agreement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mutual_branch_id'), ['branch_id'], unique=False)

    op.create_table('sharing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('agreement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('host', sa.String(length=40), nullable=False),
    sa.Column('kinds', sa.String(length=60), nullable=False, comment='what was given, by kind: name, joined, category, phone'),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_sharing_agreement_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_sharing_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_sharing_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sharing'))
    )
    with op.batch_alter_table('sharing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sharing_agreement_id'), ['agreement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sharing_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index('ix_sharing_member', ['branch_id', 'member_id'], unique=False)

    op.create_table('sharing_consent',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('agreement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False, comment='asked, agreed, declined or withdrawn'),
    sa.Column('phone', sa.Boolean(), server_default=sa.text('0'), nullable=False, comment='whether the telephone may be given, too'),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_sharing_consent_agreement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_sharing_consent_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_sharing_consent_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sharing_consent'))
    )
    with op.batch_alter_table('sharing_consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sharing_consent_agreement_id'), ['agreement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sharing_consent_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index('ix_sharing_consent_member', ['branch_id', 'member_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('sharing_consent', schema=None) as batch_op:
        batch_op.drop_index('ix_sharing_consent_member')
        batch_op.drop_index(batch_op.f('ix_sharing_consent_branch_id'))
        batch_op.drop_index(batch_op.f('ix_sharing_consent_agreement_id'))

    op.drop_table('sharing_consent')
    with op.batch_alter_table('sharing', schema=None) as batch_op:
        batch_op.drop_index('ix_sharing_member')
        batch_op.drop_index(batch_op.f('ix_sharing_branch_id'))
        batch_op.drop_index(batch_op.f('ix_sharing_agreement_id'))

    op.drop_table('sharing')
    with op.batch_alter_table('mutual', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mutual_branch_id'))
        batch_op.drop_index(batch_op.f('ix_mutual_agreement_id'))

    op.drop_table('mutual')
    with op.batch_alter_table('departure', schema=None) as batch_op:
        batch_op.drop_index('ix_departure_member')
        batch_op.drop_index(batch_op.f('ix_departure_branch_id'))

    op.drop_table('departure')
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreement_branch_id'))

    op.drop_table('agreement')
