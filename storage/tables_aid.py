"""The tables of mutual help: appeals, offers, skills offered in advance, alarms."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.columns import Id, Moment, branch_column, member_column, metadata

appeal = Table(
    "appeal",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("number", Integer, nullable=False, comment="1, 2, 3 … of its branch, shown as A12"),
    member_column(),
    Column("beneficiary_id", Id, ForeignKey("member.id", ondelete="SET NULL"), comment="the member it is for, if it is for one"),
    Column("entered_by", Id, ForeignKey("member.id", ondelete="SET NULL"), comment="the officer who entered it for them"),
    Column("for_whom", String(10), comment="self, family or other"),
    Column("kind", String(20), comment="medical, work_accident, wages, disaster, schooling, money or other"),
    Column("city", Integer, comment="six-digit code of the official list"),
    Column("need", Text, nullable=False, server_default="", comment="in their own words; erased 30 days after it ended"),
    Column("money", Boolean, nullable=False, server_default=false(), comment="whether donations are wanted, too"),
    Column("goal_fen", BigInteger),
    Column("public_text", Text, nullable=False, server_default="", comment="what the group reads, without name, diagnosis or number"),
    Column("state", String(12), nullable=False),
    Column("settled", JSON, nullable=False, comment="the questions of the draft that were answered or skipped"),
    Column("health_consent", Boolean, comment="whether health may be mentioned; empty while not asked"),
    Column("truth_at", Moment, comment="when they declared that it is true"),
    Column("verified_by", Id, ForeignKey("member.id", ondelete="SET NULL")),
    Column("approved_at", Moment, comment="when they approved every word of public_text"),
    Column("asked_at", Moment, nullable=False),
    Column("step_at", Moment, nullable=False, comment="the last step a person took; after 24 hours without one the liaison is told"),
    Column("posted_at", Moment),
    Column("expires_at", Moment),
    Column("ending_told_at", Moment, comment="when they were asked whether it is solved"),
    Column("closed_at", Moment, comment="when it ended, in whatever way"),
    Column("question_id", Id, comment="the question under the post, with its button"),
    Column("liaison_told_at", Moment),
    Column("secretary_told_at", Moment),
    Column("helped_count", Integer, nullable=False, server_default="0"),
    UniqueConstraint("branch_id", "number"),
    Index("ix_appeal_state", "branch_id", "state"),
    Index("ix_appeal_member", "branch_id", "member_id"),
    comment="Appeals for help (求助). What they need and why is erased some time after they ended; the number stays.",
)

aid_offer = Table(
    "aid_offer",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("appeal_id", Id, ForeignKey("appeal.id", ondelete="CASCADE"), nullable=False),
    member_column(),
    Column("what", Text, nullable=False, server_default="", comment="what they can do, in their own words; erased after the end"),
    Column("state", String(12), nullable=False, comment="offered, wanted, agreed, introduced, declined, done or withdrawn"),
    Column("at", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("reminded_at", Moment),
    Index("ix_aid_offer_appeal", "branch_id", "appeal_id"),
    Index("ix_aid_offer_member", "branch_id", "member_id"),
    comment="Who offered to help with an appeal. How to reach them is passed on once and not kept.",
)

skill = Table(
    "skill",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("words", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("member_id", "words"),
    comment="What members offered in advance to help with (我会修电器).",
)

aid_mute = Table(
    "aid_mute",
    metadata,
    member_column(primary_key=True),
    Column("kind", String(20), primary_key=True),
    branch_column(),
    Column("at", Moment, nullable=False),
    comment="Kinds of appeals about which a member is not asked again.",
)

aid_alarm = Table(
    "aid_alarm",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("at", Moment, nullable=False),
    Column("over_at", Moment, comment="when they said that all is well"),
    Index("ix_aid_alarm_member", "branch_id", "member_id", "at"),
    comment="That somebody was in danger, never what they said; kept 30 days.",
)
