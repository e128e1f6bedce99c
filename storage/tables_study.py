"""The tables of study: the lesson library, which is the deployment's, and what a branch and its members do with it."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from storage.columns import Id, Moment, branch_column, member_column, metadata

lesson = Table(
    "lesson",
    metadata,
    Column("id", String(60), primary_key=True, comment="the file's name without its ending"),
    Column("topic", String(20), nullable=False),
    Column("series", String(60), nullable=False),
    Column("series_en", String(120), nullable=False),
    Column("position", Integer, nullable=False, comment="its place in the series"),
    Column("day", Date, comment="the day it is for, if it is for one"),
    Column("minutes", Integer, nullable=False),
    Column("title", String(60), nullable=False),
    Column("title_en", String(160), nullable=False),
    Column("content", JSON, nullable=False, comment="source, short version, bodies, picture, audio, questions"),
    Column("heading", Text, nullable=False, comment="title, series and topic, normalised for searching"),
    Column("words", Text, nullable=False, comment="everything else, normalised for searching"),
    Column("removed_at", Moment, comment="when its file was gone"),
    Column("changed_at", Moment, nullable=False),
    comment="The lesson library as the folder of lessons says it; shared by all branches.",
)

lesson_file = Table(
    "lesson_file",
    metadata,
    Column("name", String(200), primary_key=True, comment="the path inside the folder of lessons"),
    Column("content", LargeBinary, nullable=False),
    comment="Pictures and recordings of the library, so that posting one reads no disk inside a transaction.",
)

lesson_seen = Table(
    "lesson_seen",
    metadata,
    member_column(primary_key=True),
    Column("lesson_id", String(60), ForeignKey("lesson.id"), primary_key=True),
    branch_column(),
    Column("seen_at", Moment, nullable=False, comment="when they read in it last"),
    Column("done_at", Moment, comment="when they said that they were through"),
    Column("page", Integer, nullable=False, server_default="0", comment="how many pages they were shown"),
    comment="Who has read what. Shown to nobody but that person.",
)

lesson_post = Table(
    "lesson_post",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("lesson_id", String(60), ForeignKey("lesson.id"), nullable=False),
    Column("day", Date, nullable=False, comment="the day it was for"),
    Column("posted_at", Moment, nullable=False),
    Column("question_id", Id, comment="the question under it, so that its buttons go when it is taken back"),
    Column("recalled_at", Moment),
    Index("ix_lesson_post_lesson", "branch_id", "lesson_id"),
    comment="What was pushed into a branch's groups.",
)

study_plan = Table(
    "study_plan",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True),
    Column("queue", JSON, nullable=False, comment="ids of the lessons that come next, in the curator's order"),
    Column("left_out", JSON, nullable=False, comment="ids of the lessons that the curator took out"),
    Column("today", JSON, comment="[day, lesson]: what the curator wants on one day"),
    Column("paused_until", Date, comment="the last day without a push"),
    Column("handled_through", Date, comment="the last day that was pushed, or passed over"),
    comment="What a branch's curator decided about the lessons to come.",
)

news_note = Table(
    "news_note",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    comment="What a curator noted for the next news digest (新闻早班车); gone once it is posted.",
)

news_digest = Table(
    "news_digest",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("state", String(10), nullable=False, comment="offered, approved, declined or posted"),
    Column("lines", JSON, nullable=False, comment="[zh, en] of each line"),
    Column("note_ids", JSON, nullable=False, comment="the notes it was made of"),
    comment="A news digest: shown to the curator the evening before, posted when approved.",
)
