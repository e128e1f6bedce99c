"""The tables of the trail: who saw or changed something about whom."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.columns import Id, Moment, metadata

trail_entry = Table(
    "trail_entry",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 … of its branch"),
    Column("at", Moment, nullable=False),
    Column("acted", String(10), nullable=False, comment="person, operator or job"),
    Column("actor_id", Id, comment="the person who acted; no foreign key, since an entry outlives a membership"),
    Column("member_id", Id, comment="about whom; no foreign key, as above; empty where the oldest were dropped"),
    Column("deed", String(10), nullable=False, comment="saw, changed, exported, erased; dropped: the oldest of the trail"),
    Column("kind", String(12), nullable=False, comment="what of them: register, contact, place …; never a value"),
    Column("upto", Integer, comment="where the oldest were dropped: the number of the last of them"),
    Column("hash", String(64), nullable=False, comment="over this entry and the hash of the one before"),
    Index("ix_trail_entry_member", "branch_id", "member_id", "at"),
    Index("ix_trail_entry_at", "branch_id", "at"),
    comment="Append-only: who saw or changed what about whom. Numbers of people and kinds, never names or values; kept three years.",
)

trail_head = Table(
    "trail_head",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("dropped", Integer, nullable=False, comment="the number of the last entry that was dropped after three years; 0: none was"),
    Column("anchor", String(64), nullable=False, comment="its hash, on which the first that is kept rests"),
    comment="The newest entry of each branch's trail, so that a missing end is noticed, and what its beginning rests on.",
)
