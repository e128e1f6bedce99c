"""The tables of keeping dues: who pays elsewhere, reminders, monthly closings."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, UniqueConstraint

from storage.columns import Id, Moment, branch_column, member_column, metadata

dues_elsewhere = Table(
    "dues_elsewhere",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("since", String(7), nullable=False, comment="the first month, YYYY-MM"),
    Column("until", String(7), comment="the last month; empty until the member pays here again"),
    Column("said_by", Id, comment="the member or who keeps the dues; no foreign key, since it stays in force"),
    Column("at", Moment, nullable=False),
    Index("ix_dues_elsewhere_member_id", "member_id"),
    comment="Months in which a member pays the branch where they are (2008 rule, art. 9), so that nobody asks twice.",
)

dues_reminding = Table(
    "dues_reminding",
    metadata,
    member_column(primary_key=True),
    branch_column(),
    Column("stopped_at", Moment, comment="when they wished for no more reminders; the dues stay due"),
    Column("reminded_in", String(7), comment="the month of the last reminder, so that none gets a second"),
    Column("run_since", String(7), comment="the first of the months in a row that people were told of"),
    Column("run_step", Integer, nullable=False, server_default="0", comment="the step of the ladder that was told of that row"),
)

dues_closing = Table(
    "dues_closing",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("month", String(7), nullable=False),
    Column("totals", JSON, nullable=False, comment="fen by kind, and how many paid"),
    Column("head_number", Integer, nullable=False, comment="the ledger's last entry of the month"),
    Column("head_hash", String(64), nullable=False),
    Column("closed_by", Id, comment="no foreign key, since a closing outlives a membership"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("branch_id", "month"),
    comment="Months that were closed: what the ledger said then. Later corrections are entries of a later month.",
)
