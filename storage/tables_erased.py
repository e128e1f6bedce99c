"""The table of what was erased, so that a back-up of before does not bring it back."""

from sqlalchemy import Column, Index, String, Table

from storage.columns import Id, Moment, metadata

tombstone = Table(
    "tombstone",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("branch_id", Id, nullable=False, comment="no foreign key: a list outlives what it speaks of"),
    Column("member_id", Id, nullable=False, comment="a random number that nothing else leads to any more; no foreign key, as above"),
    Column("what", String(12), nullable=False, comment="member, own, place, check_in, study, contact or reflection"),
    Column("at", Moment, nullable=False, comment="what is newer was given anew and stays"),
    Index("ix_tombstone_at", "branch_id", "at"),
    comment="What was erased, by numbers; also written beside the back-ups. A restore erases it again. Kept three years.",
)
