"""learning: no signal; questions that come back, hours of study, reflections, discussions

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('discussion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.String(length=60), nullable=True),
    sa.Column('prompt', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.BigInteger(), nullable=False),
    sa.Column('closes_at', sa.BigInteger(), nullable=False),
    sa.Column('closed_at', sa.BigInteger(), nullable=True),
    sa.Column('question_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='the question under its button in the groups'),
    sa.Column('voices', sa.Integer(), server_default='0', nullable=False, comment='how many took part, once it is closed'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_discussion_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discussion')),
    sa.UniqueConstraint('branch_id', 'number', name=op.f('uq_discussion_branch_id_number')),
    comment='A prompt in the group. What is said there is not kept.'
    )
    with op.batch_alter_table('discussion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_discussion_branch_id'), ['branch_id'], unique=False)

    op.create_table('daily_question',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_daily_question_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_daily_question_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_daily_question')),
    comment='Who wants a question a day.'
    )
    with op.batch_alter_table('daily_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_daily_question_branch_id'), ['branch_id'], unique=False)

    op.create_table('discussion_voice',
    sa.Column('discussion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_discussion_voice_branch_id')),
    sa.ForeignKeyConstraint(['discussion_id'], ['discussion.id'], name=op.f('fk_discussion_voice_discussion_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_discussion_voice_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('discussion_id', 'member_id', name=op.f('pk_discussion_voice')),
    comment='Who took part, so that each is counted once; gone when the discussion is closed.'
    )
    with op.batch_alter_table('discussion_voice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_discussion_voice_branch_id'), ['branch_id'], unique=False)

    op.create_table('reflection',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment='1, 2, 3 … of its author'),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('shared', sa.String(length=10), server_default='', nullable=False, comment='empty, named or unnamed: what the author chose for the group'),
    sa.Column('noted', sa.Boolean(), server_default=sa.false(), nullable=False, comment='the curator has it'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_reflection_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_reflection_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reflection')),
    sa.UniqueConstraint('member_id', 'number', name=op.f('uq_reflection_member_id_number')),
    comment='What somebody thinks about what they learned, for the curator.'
    )
    with op.batch_alter_table('reflection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reflection_branch_id'), ['branch_id'], unique=False)

    op.create_table('review_card',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lesson_id', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment="the question's place in its lesson, from 0"),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('answer', sa.String(length=80), nullable=False, comment='the right answer when it was asked; another one makes it a new question'),
    sa.Column('state', sa.JSON(), nullable=False, comment='what the repetition remembers'),
    sa.Column('due', sa.Date(), nullable=False, comment='the day on which it comes back'),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False, comment='how often it was answered'),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_review_card_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_review_card_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'lesson_id', 'number', name=op.f('pk_review_card')),
    comment='A question somebody has answered. Shown to nobody but that person.'
    )
    with op.batch_alter_table('review_card', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_card_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index('ix_review_card_due', ['branch_id', 'due'], unique=False)

    op.create_table('study_time',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('branch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=80), nullable=False),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='who entered it; empty for what the member said of themselves'),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_study_time_branch_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_study_time_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study_time')),
    comment='Study outside the lessons. Single entries are shown to the member alone.'
    )
    with op.batch_alter_table('study_time', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_study_time_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index('ix_study_time_member_id', ['member_id', 'day'], unique=False)

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('away_since', sa.BigInteger(), nullable=True, comment='since when they have no signal: what is unasked waits for one message on their return'))
        batch_op.add_column(sa.Column('away_until', sa.Date(), nullable=True, comment='until when they thought to be away; nothing happens on that day'))
        batch_op.add_column(sa.Column('text_only', sa.Boolean(), server_default=sa.false(), nullable=False, comment='short texts without pictures'))


def downgrade() -> None:
    with op.batch_alter_table('study_time', schema=None) as batch_op:
        batch_op.drop_index('ix_study_time_member_id')
        batch_op.drop_index(batch_op.f('ix_study_time_branch_id'))

    op.drop_table('study_time')
    with op.batch_alter_table('review_card', schema=None) as batch_op:
        batch_op.drop_index('ix_review_card_due')
        batch_op.drop_index(batch_op.f('ix_review_card_branch_id'))

    op.drop_table('review_card')
    with op.batch_alter_table('reflection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reflection_branch_id'))

    op.drop_table('reflection')
    with op.batch_alter_table('discussion_voice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_discussion_voice_branch_id'))

    op.drop_table('discussion_voice')
    with op.batch_alter_table('daily_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_daily_question_branch_id'))

    op.drop_table('daily_question')
    with op.batch_alter_table('discussion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_discussion_branch_id'))

    op.drop_table('discussion')

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_column('text_only')
        batch_op.drop_column('away_until')
        batch_op.drop_column('away_since')
