"""The tables of finding those who are lost (找失去联系的同志). Nowhere does anything stand about where somebody is."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from storage.columns import Id, Moment, branch_column, member_column, metadata

seek_campaign = Table(
    "seek_campaign",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("code", String(8), nullable=False, unique=True, comment="on the poster for everybody to read; it opens nothing"),
    Column("words", Text, nullable=False, server_default="", comment="the branch's own words on the poster; nobody is named in them"),
    Column("lost", Integer, nullable=False, comment="how many were not found when it began"),
    Column("started_by", Id, comment="no foreign key: who started it may leave"),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

seek_task = Table(
    "seek_task",
    metadata,
    member_column(primary_key=True),
    branch_column(),
    Column("state", String(10), nullable=False, comment="open, taken, asked, declined or found"),
    Column("taken_by", Id, comment="who looks for them"),
    Column("tries", Integer, nullable=False, server_default="0", comment="how often they were not found"),
    Column("way", String(10), nullable=False, server_default="", comment="by what kind of way last: phone, visit, family …"),
    Column("campaign_id", Id, ForeignKey("seek_campaign.id"), comment="the campaign in which it changed last"),
    Column("at", Moment, nullable=False, comment="when it changed last"),
    comment="How it stands with finding a member. Declined is for good, until they come themselves.",
)

seek_passing = Table(
    "seek_passing",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    member_column("sought_id", nullable=True),
    Column("code_hash", String(64), unique=True, comment="of the code that the one sought answers with; empty where nobody is asked"),
    Column("at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("ix_seek_passing_member_id", "member_id", "at"),
    comment="A member said that they know somebody (我知道…): who did, whom it reaches, never where anybody is; dropped after 40 days.",
)
