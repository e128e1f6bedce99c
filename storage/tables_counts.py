"""The table of how many messages were sent; never to whom."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from storage.columns import Id, metadata

message_count = Table(
    "message_count",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True),
    Column("day", Date, primary_key=True, comment="in Beijing"),
    Column("kind", String(20), primary_key=True),
    Column("place", String(10), primary_key=True, comment="group or private"),
    Column("what", String(10), primary_key=True, comment="message, edit or mark"),
    Column("count", Integer, nullable=False),
    comment="How many messages of each kind were really sent on a day. Kept 13 months; about nobody.",
)
