"""The tables of going away, and of managing members together with the organisation where they are (双向管理)."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, false

from storage.columns import Id, Moment, branch_column, member_column, metadata

departure = Table(
    "departure",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("state", String(10), nullable=False, comment="draft, kept or ended"),
    Column("reason", String(40), nullable=False, server_default=""),
    Column("leave_on", Date),
    Column("place", Integer, comment="the city they go to, where they agreed that their place be kept"),
    Column("scope", String(10), nullable=False, server_default="", comment="province, city, county or abroad: beyond what they go"),
    Column("employer", Text, nullable=False, server_default="", comment="of a draft, sealed"),
    Column("phone", Text, nullable=False, server_default="", comment="of a draft, sealed"),
    Column("until", Date, comment="when they think to be back"),
    Column("lasting", Boolean, nullable=False, server_default=false(), comment="they stay there for good"),
    Column("settled", JSON, nullable=False, comment="the questions of the draft that were answered or skipped"),
    Column("at", Moment, nullable=False),
    Column("step_at", Moment, nullable=False, comment="when the draft was last said anything to"),
    Column("kept_at", Moment),
    Column("back_on", Date),
    Column("entered_by", Id, comment="who entered it for them, if anybody"),
    Column("ask_on", Date, comment="when to ask once more about moving the membership"),
    Index("ix_departure_member", "branch_id", "member_id"),
)

agreement = Table(
    "agreement",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("host", String(40), nullable=False, comment="the organisation where members are; no names of people"),
    Column("contact", String(40), nullable=False, server_default="", comment="how that organisation is reached"),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False, comment="the last day"),
    Column("ended_on", Date, comment="when it was ended before its time"),
    Column("told", Date, comment="the last day of which the secretary was told that it comes"),
    Column("at", Moment, nullable=False),
    Column("by", Id, comment="no foreign key: who noted it may leave"),
)

mutual = Table(
    "mutual",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("agreement_id", Id, ForeignKey("agreement.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(10), nullable=False, comment="inform, educate, rights, duties, help or models: the six mutuals"),
    Column("day", Date, nullable=False),
    Column("words", String(40), nullable=False, server_default="", comment="no personal matters"),
    Column("by", Id),
    Column("at", Moment, nullable=False),
)

sharing_consent = Table(
    "sharing_consent",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("agreement_id", Id, ForeignKey("agreement.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", String(10), nullable=False, comment="asked, agreed, declined or withdrawn"),
    Column("phone", Boolean, nullable=False, server_default=false(), comment="whether the telephone may be given, too"),
    Column("asked_by", Id),
    Column("at", Moment, nullable=False),
    Column("answered_at", Moment),
    Index("ix_sharing_consent_member", "branch_id", "member_id"),
)

sharing = Table(
    "sharing",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("agreement_id", Id, ForeignKey("agreement.id", ondelete="SET NULL"), index=True),
    Column("host", String(40), nullable=False),
    Column("kinds", String(60), nullable=False, comment="what was given, by kind: name, joined, category, phone"),
    Column("by", Id),
    Column("at", Moment, nullable=False),
    Index("ix_sharing_member", "branch_id", "member_id"),
)
