"""The table of a branch's own words."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.columns import Id, Moment, metadata

branch_word = Table(
    "branch_word",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True, autoincrement=False),
    Column("word", String(12), primary_key=True),
    Column("meaning", String(30), nullable=False, comment="what is read in its place"),
    Column("at", Moment, nullable=False),
)
