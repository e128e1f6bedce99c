"""The table of the processes that work on one database."""

from sqlalchemy import Column, String, Table

from storage.columns import Id, Moment, metadata

process = Table(
    "process",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("host", String(80), nullable=False),
    Column("address", String(200), nullable=False, server_default="", comment="where its page is reached"),
    Column("started_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False, comment="by the server's clock; who is silent for seconds is taken for dead"),
    comment="The programs that run on this database now, where several may: empty on SQLite.",
)
