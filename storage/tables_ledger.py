"""The tables of money and of a branch's own policies."""

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import Id, Moment, branch_column, metadata

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("book", String(10), nullable=False, comment="dues or fund: two ledgers that never mix"),
    Column("number", Integer, nullable=False, comment="1, 2, 3 … of its book"),
    Column("kind", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", Id, comment="who entered it; no foreign key, since an entry outlives a membership"),
    Column("subject_id", Id, comment="whom it concerns, if anybody"),
    Column("ref", String(40), nullable=False, comment="receipt, claim or appeal it belongs to"),
    Column("reverses", Integer, comment="the number of the entry that this one takes back"),
    Column("memo", JSON, nullable=False),
    Column("previous", String(64), nullable=False, comment="the hash of the entry before; empty for the first"),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("branch_id", "book", "number"),
    Index("ix_ledger_entry_ref", "branch_id", "book", "ref"),
    comment="Double-entry, append-only: rows are never changed; a mistake is reversed by an entry.",
)

ledger_line = Table(
    "ledger_line",
    metadata,
    Column("entry_id", Id, ForeignKey("ledger_entry.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    branch_column(),
    Column("book", String(10), nullable=False),
    Column("account", String(30), nullable=False),
    Column("member_id", Id, comment="whose money; no foreign key, as above"),
    Column("month", String(7), comment="YYYY-MM, for dues of a month"),
    Column("case_number", Integer, comment="the appeal, in the care fund"),
    Column("fen", BigInteger, nullable=False, comment="debit positive, credit negative; an entry's lines add up to nothing"),
    Index("ix_ledger_line_account", "branch_id", "book", "account", "member_id", "month"),
)

ledger_head = Table(
    "ledger_head",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True),
    Column("book", String(10), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    comment="The newest entry of each book, so that a missing end is noticed, too.",
)

policy = Table(
    "policy",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("name", String(40), nullable=False),
    Column("value", JSON, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("set_by", Id, comment="the member who set it; no foreign key, since it stays in force"),
    Column("at", Moment, nullable=False),
    Index("ix_policy_name", "branch_id", "name", "effective_from"),
    comment="What a branch decided for itself, from when on and why; never changed, only followed by another.",
)
