"""The tables of pairing (结对帮扶) and of hardship bulletins (困难通报)."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import Id, Moment, branch_column, member_column, metadata

pairing = Table(
    "pairing",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("household", String(20), nullable=False, server_default="", comment="a short label, such as 村东李家; no names of people"),
    Column("state", String(10), nullable=False, comment="wanted, paired, ended or declined"),
    Column("at", Moment, nullable=False),
    Column("matched_at", Moment),
    Column("matched_by", Id, comment="no foreign key: who matched may leave"),
    Column("ended_at", Moment),
    Column("prompted_at", Moment, comment="when they were last asked how it goes"),
    Index("ix_pairing_member", "branch_id", "member_id"),
)

pairing_visit = Table(
    "pairing_visit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("pairing_id", Id, ForeignKey("pairing.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("kind", String(10), nullable=False, comment="visit, gift, work, clinic, school or other"),
    Column("words", Text, nullable=False, server_default="", comment="erased after a year"),
    Column("entered_by", Id, comment="who entered it for them, if anybody"),
    Column("at", Moment, nullable=False),
)

bulletin = Table(
    "bulletin",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False, comment="as the person agreed to it; erased when it is over"),
    Column("state", String(10), nullable=False, comment="asked, posted, withdrawn, declined or expired"),
    Column("agreed_at", Moment, nullable=False, comment="when the person agreed to these words"),
    Column("expires_at", Moment, nullable=False),
    UniqueConstraint("branch_id", "number"),
)
