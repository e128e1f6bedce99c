"""The tables. Ids are random and made by us, so that rows can be collected before they are written (see docs/decisions)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import Id, Moment, branch_column, member_column, metadata

__all__ = ["metadata"]

setting = Table(
    "setting",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What this deployment is: sample or real, its signing key, its language.",
)

branch = Table(
    "branch",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", String(80), nullable=False),
    Column("latin", String(160), nullable=False, server_default=""),
    Column("language", String(2)),
    Column("created_at", Moment, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("name", String(40), nullable=False),
    Column("latin", String(80), nullable=False),
    Column("removed_at", Moment),
    Column("heard_at", Moment, comment="last deed of theirs towards the bot, or contact that a person entered"),
    Column("last_check_in", Date),
    Column("language", String(2)),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("zone", String(40)),
    Column("digest", Boolean, nullable=False, server_default=false()),
    Column("matter", String(20), comment="what they asked about last, so that 依据 alone is understood"),
    Column("away_since", Moment, comment="since when they have no signal: what is unasked waits for one message on their return"),
    Column("away_until", Date, comment="until when they thought to be away; nothing happens on that day"),
    Column("text_only", Boolean, nullable=False, server_default=false(), comment="short texts without pictures"),
    Index(
        "uq_member_name_present",
        "branch_id",
        "name",
        unique=True,
        sqlite_where=text("removed_at IS NULL"),
    ),
)

role = Table(
    "role",
    metadata,
    member_column(primary_key=True),
    Column("role", String(20), primary_key=True),
    branch_column(),
    Column("since", Moment, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("instance", String(40), primary_key=True),
    Column("user_id", String(80), primary_key=True),
    branch_column(),
    member_column(),
    Column("private_chat", String(80), comment="where they are reached in private; empty until they wrote there"),
    Column("introduced_at", Moment, comment="when the first private message told who runs this and what is kept"),
    Column("pointed_at", Moment, comment="when the group was told, once, that they should press Start"),
    Column("bound_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Index("ix_account_member_id", "member_id"),
)

chat = Table(
    "chat",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("instance", String(40), primary_key=True),
    Column("chat_id", String(80), primary_key=True),
    branch_column(),
    Column("title", String(200), nullable=False, server_default=""),
    Column("bound_at", Moment, nullable=False),
    Column(
        "spared", String(80), nullable=False, server_default="", comment="kinds of matters not posted there, blanks between; none: all are"
    ),
)

invite = Table(
    "invite",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    branch_column(),
    member_column(),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

visitor = Table(
    "visitor",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("instance", String(40), primary_key=True),
    Column("user_id", String(80), primary_key=True),
    Column("wrong_codes", Integer, nullable=False, server_default="0"),
    Column("locked_until", Moment),
    Column("answered_on", Date),
    Column("came_to", Id, ForeignKey("branch.id"), comment="the branch whose group they joined last"),
    Column("came_on", Date),
    Column("told_on", Date),
    Column("told", String(40), nullable=False, server_default="", comment="what they were told on that day"),
    Column("declined_by", Id, ForeignKey("branch.id"), comment="the branch that did not accept them last"),
    Column("declined_at", Moment),
    Column("seen_at", Moment, nullable=False),
    Column("campaign_id", Id, comment="the poster they came by; no foreign key, since both are forgotten in their own time"),
    comment="Accounts that are nobody's: how often they guessed, what they were told today, who did not accept them.",
)

consent = Table(
    "consent",
    metadata,
    member_column(primary_key=True),
    Column("purpose", String(20), primary_key=True),
    branch_column(),
    Column("given", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

check_in = Table(
    "check_in",
    metadata,
    member_column(primary_key=True),
    Column("day", Date, primary_key=True),
    branch_column(),
    Column("at", Moment, nullable=False),
    Column("entered_by", Id, comment="the secretary who entered it, if it was not the member"),
    Index("ix_check_in_branch_day", "branch_id", "day"),
)

place = Table(
    "place",
    metadata,
    member_column(primary_key=True),
    branch_column(),
    Column("code", Integer, nullable=False, comment="six-digit code of a province, city or district; nothing finer"),
    Column("confirmed_at", Moment, nullable=False),
    Column("entered_by", Id),
    Column("moved", Boolean, nullable=False, server_default=false(), comment="the city is another than the secretary was last told of"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("number", Integer, nullable=False),
    Column("author_id", Id, ForeignKey("member.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("post_at", Moment, nullable=False),
    Column("nudged_at", Moment),
    Column("question_id", Id, comment="the question under its 收到 button in the groups"),
    Column("corrected", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("branch_id", "number"),
    Index("ix_notice_state_post_at", "state", "post_at"),
)

notice_read = Table(
    "notice_read",
    metadata,
    Column("notice_id", Id, ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True),
    member_column(primary_key=True),
    branch_column(),
    Column("at", Moment, nullable=False),
)

question = Table(
    "question",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(nullable=True),
    Column("kind", String(30), nullable=False),
    Column("card", Boolean, nullable=False, server_default=false(), comment="stays open beside others; only its buttons answer it"),
    Column("free", Boolean, nullable=False, server_default=false(), comment="answered in one's own words, too"),
    Column(
        "armed",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="a card that words may answer, too, until something else is asked",
    ),
    Column("choices", JSON, nullable=False),
    Column("data", JSON, nullable=False),
    Column("sealed", Text, nullable=False, server_default="", comment="what it knows, where words are in it; data is empty then"),
    Column("opened_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("spent_at", Moment),
    Index("ix_question_member_id", "member_id", "opened_at"),
)

deed = Table(
    "deed",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True, comment="in the order of the deeds, also within a moment"),
    branch_column(),
    member_column(),
    Column("kind", String(30), nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_deed_member_id", "member_id", "at"),
    comment="What can still be undone; kept ten minutes.",
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("chat", String(160), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("error", String(12)),
    Index("ix_inbox_at", "at"),
    comment="Events that were acted upon. Never a text.",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("branch_id", Id, ForeignKey("branch.id"), index=True, comment="empty for an answer to a stranger"),
    Column("platform", String(20), comment="empty while the person cannot be reached anywhere"),
    Column("instance", String(40)),
    Column("chat_id", String(80)),
    Column("kind", String(10), nullable=False, comment="group or private"),
    member_column(nullable=True),
    Column("priority", Integer, nullable=False),
    Column("slot", String(60)),
    Column("content", JSON(none_as_null=True)),
    Column("picture", LargeBinary),
    Column("file", LargeBinary),
    Column("language", String(2), nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False),
    Column("retry_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("message_id", String(80)),
    Column("error", String(200)),
    Column("claimed_by", BigInteger, comment="the process that is sending it, or sent it"),
    Column("once", Boolean, nullable=False, server_default=false(), comment="about money or unasked: never repeated on a guess"),
    Column("doubts", Integer, nullable=False, server_default="0", comment="tries that may have arrived without our knowing"),
    Column("good_until", Moment, comment="what was not sent by then is stale and is not sent any more; empty for always"),
    Column("cause", String(60), comment="the short id of the event, or the job and its occurrence, that made this letter; for the log"),
    Column("matter", String(40), nullable=False, server_default="", comment="the handler or job that it comes from"),
    Column("day", Date, comment="the day in Beijing on which it takes people's attention; empty for an answer"),
    Column("mark", Boolean, nullable=False, server_default=false(), comment="a reaction or a deletion: it uses up no budget"),
    Index("ix_outbox_state_not_before", "state", "not_before"),
    Index("ix_outbox_branch_slot", "branch_id", "slot"),
    Index(
        "ix_outbox_retry_at",
        "retry_at",
        sqlite_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_waiting",
        "platform",
        "instance",
        "priority",
        "id",
        sqlite_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_awaiting",
        "platform",
        "instance",
        "chat_id",
        sqlite_where=text("state = 'awaiting'"),
    ),
    Index("ix_outbox_member_id", "member_id", "state"),
    Index("uq_outbox_slot", "platform", "instance", "chat_id", "slot", "branch_id", unique=True),
)

job_run = Table(
    "job_run",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("occurrence", String(60), primary_key=True),
    Column("at", Moment, nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    branch_column(),
    member_column(),
    Column("kind", String(10), nullable=False, comment="link (one use) or session"),
    Column("expires_at", Moment, nullable=False),
)

transcript = Table(
    "transcript",
    metadata,
    Column("message_id", String(20), primary_key=True),
    Column("chat_id", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("number", Id, nullable=False, unique=True),
    Column("message", JSON, nullable=False),
    Index("ix_transcript_chat_id", "chat_id", "number"),
    comment="What the browser chat shows: that platform's own server side, as Telegram keeps a chat on theirs.",
)
