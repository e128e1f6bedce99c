"""The tables of importing: what a file holds until it is taken, and what was taken."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from storage.columns import Id, Moment, branch_column, metadata

import_preview = Table(
    "import_preview",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("by", Id, comment="whose preview it is, nobody else's; no foreign key: it lives for an hour"),
    Column("name", String(80), nullable=False, comment="of the file"),
    Column("rows", Text, nullable=False, comment="what was read of the file, sealed; no identity numbers, no streets"),
    Column("notes", JSON, nullable=False, comment="what is to be said of the file as a whole, in both languages"),
    Column("at", Moment, nullable=False),
    Index("ix_import_preview_at", "at"),
    comment="A file that was read and not taken yet; dropped after an hour, when it is taken, and when another one follows.",
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="the batch of the changes in the register's history"),
    branch_column(),
    Column("by", Id, comment="no foreign key: who imported may leave"),
    Column("name", String(80), nullable=False, comment="of the file"),
    Column("made", Integer, nullable=False, comment="how many were new"),
    Column("changed", Integer, nullable=False, comment="of how many something was changed"),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Index("ix_import_batch_at", "branch_id", "at"),
    comment="An import that was taken; dropped after the seven days in which it can be undone. What it changed is in the history.",
)
