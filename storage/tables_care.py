"""The tables of looking after members (联系人): who looks after whom, when they were talked with, and what they do not want."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String, Table, true

from storage.columns import Id, Moment, branch_column, member_column, metadata

liaison = Table(
    "liaison",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("liaison_id", Id, ForeignKey("member.id", ondelete="SET NULL"), comment="who looks after them; empty once that one is erased"),
    Column("since", Moment, nullable=False),
    Column("assigned_by", Id, comment="no foreign key: who assigned may leave"),
    Column("until", Moment, comment="empty while it holds"),
    Column("ended_how", String(10), nullable=False, server_default="", comment="moved, taken, declined or gone"),
    Index("ix_liaison_member", "branch_id", "member_id"),
    Index("ix_liaison_liaison", "branch_id", "liaison_id"),
)

care_contact = Table(
    "care_contact",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("kind", String(10), nullable=False, comment="talk, visit or call; never what was said"),
    Column("day", Date, nullable=False),
    Column("noted_by", Id, comment="no foreign key: who noted it may leave"),
    Column("at", Moment, nullable=False),
    Index("ix_care_contact_member", "branch_id", "member_id", "day"),
)

care_wish = Table(
    "care_wish",
    metadata,
    member_column(primary_key=True),
    branch_column(),
    Column("liaison", Boolean, nullable=False, server_default=true(), comment="whether they want anybody to look after them"),
    Column("birthday", Boolean, nullable=False, server_default=true(), comment="whether they want a word on their political birthday"),
    Column("listed_in", String(7), nullable=False, server_default="", comment="of a liaison: the month (YYYY-MM) of their last list"),
)

care_prompt = Table(
    "care_prompt",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("kind", String(10), nullable=False, comment="moved or aid: what their liaison is told of on the next morning"),
    Column("at", Moment, nullable=False),
)
