"""The tables of learning: questions that come back, hours of study, reflections and discussions."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false

from storage.columns import Id, Moment, branch_column, member_column, metadata

review_card = Table(
    "review_card",
    metadata,
    member_column(primary_key=True),
    Column("lesson_id", String(60), primary_key=True),
    Column("number", Integer, primary_key=True, comment="the question's place in its lesson, from 0"),
    branch_column(),
    Column("answer", String(80), nullable=False, comment="the right answer when it was asked; another one makes it a new question"),
    Column("state", JSON, nullable=False, comment="what the repetition remembers"),
    Column("due", Date, nullable=False, comment="the day on which it comes back"),
    Column("answered_on", Date, nullable=False),
    Column("times", Integer, nullable=False, comment="how often it was answered"),
    Index("ix_review_card_due", "branch_id", "due"),
    comment="A question somebody has answered. Shown to nobody but that person.",
)

daily_question = Table(
    "daily_question",
    metadata,
    member_column(primary_key=True),
    branch_column(),
    Column("since", Moment, nullable=False),
    comment="Who wants a question a day.",
)

study_time = Table(
    "study_time",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("day", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("what", String(80), nullable=False),
    Column("entered_by", Id, comment="who entered it; empty for what the member said of themselves"),
    Column("at", Moment, nullable=False),
    Index("ix_study_time_member_id", "member_id", "day"),
    comment="Study outside the lessons. Single entries are shown to the member alone.",
)

reflection = Table(
    "reflection",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("number", Integer, nullable=False, comment="1, 2, 3 … of its author"),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("shared", String(10), nullable=False, server_default="", comment="empty, named or unnamed: what the author chose for the group"),
    Column("noted", Boolean, nullable=False, server_default=false(), comment="the curator has it"),
    UniqueConstraint("member_id", "number"),
    comment="What somebody thinks about what they learned, for the curator.",
)

discussion = Table(
    "discussion",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("number", Integer, nullable=False),
    Column("lesson_id", String(60)),
    Column("prompt", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("question_id", Id, comment="the question under its button in the groups"),
    Column("voices", Integer, nullable=False, server_default="0", comment="how many took part, once it is closed"),
    UniqueConstraint("branch_id", "number"),
    comment="A prompt in the group. What is said there is not kept.",
)

discussion_voice = Table(
    "discussion_voice",
    metadata,
    Column("discussion_id", Id, ForeignKey("discussion.id", ondelete="CASCADE"), primary_key=True),
    member_column(primary_key=True),
    branch_column(),
    comment="Who took part, so that each is counted once; gone when the discussion is closed.",
)
