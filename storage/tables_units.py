"""The tables of the tree of organisations: committee (党委), general branch (党总支), branch (支部), party group (党小组)."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.columns import Id, Moment, branch_column, member_column, metadata

unit = Table(
    "unit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="a branch's unit has the branch's own number"),
    Column("parent_id", Id, comment="no foreign key, since rows of one table are copied in any order; a unit is closed, never deleted"),
    Column("kind", String(16), nullable=False, comment="committee, general_branch, branch or group"),
    Column("name", String(80), nullable=False),
    Column("latin", String(160), nullable=False, server_default=""),
    Column("branch_id", Id, ForeignKey("branch.id"), comment="the branch that it is, or lies in; empty above branches"),
    Column("since", Moment, nullable=False),
    Column("until", Moment, comment="when it was closed"),
    Index("ix_unit_branch_id", "branch_id"),
)

unit_change = Table(
    "unit_change",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("unit_id", Id, ForeignKey("unit.id"), nullable=False, index=True),
    Column("parent_id", Id),
    Column("name", String(80), nullable=False),
    Column("latin", String(160), nullable=False, server_default=""),
    Column("since", Moment, nullable=False),
    Column("until", Moment, comment="empty for what holds now"),
    comment="What a unit was called and under whom, from when to when; of a living unit exactly one row has no end.",
)

unit_member = Table(
    "unit_member",
    metadata,
    member_column(primary_key=True),
    Column("unit_id", Id, ForeignKey("unit.id"), nullable=False, index=True),
    branch_column(),
    Column("since", Moment, nullable=False),
    comment="Who is in which party group of their branch.",
)

unit_office = Table(
    "unit_office",
    metadata,
    member_column(primary_key=True),
    Column("unit_id", Id, ForeignKey("unit.id"), primary_key=True),
    branch_column(),
    Column("since", Moment, nullable=False),
    comment="Who is organiser of which unit: sees the counts of everything below it.",
)
