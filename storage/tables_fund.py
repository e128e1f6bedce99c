"""The tables of the care fund (爱心基金): promises, payments and who agreed. The money itself stands in the ledger."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false

from storage.columns import Id, Moment, branch_column, metadata

pledge = Table(
    "pledge",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("number", Integer, nullable=False, comment="P1, P2, P3 … of its branch"),
    Column("appeal_number", Integer, comment="the appeal it is for; empty for the fund in general"),
    Column("member_id", Id, nullable=False, comment="who gives; no foreign key, since money outlives a membership"),
    Column("fen", BigInteger, nullable=False),
    Column("received_fen", BigInteger, nullable=False, server_default="0"),
    Column("refunded_fen", BigInteger, nullable=False, server_default="0"),
    Column("anonymous", Boolean, nullable=False, server_default=false()),
    Column("state", String(10), nullable=False, comment="pledged, received, withdrawn, released or refunded"),
    Column("at", Moment, nullable=False),
    Column("entered_by", Id, comment="who entered it for them, if anybody"),
    Column("decided_at", Moment),
    Column("decided_by", Id),
    Column("entry", Integer, comment="the ledger entry of the last receipt or refund"),
    Column("reason", Text, nullable=False, server_default="", comment="why money was given back or an entry taken back; erased"),
    UniqueConstraint("branch_id", "number"),
    Index("ix_pledge_member", "branch_id", "member_id"),
    Index("ix_pledge_state", "branch_id", "state", "appeal_number"),
)

payout = Table(
    "payout",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("number", Integer, nullable=False, comment="B1, B2, B3 … of its branch"),
    Column("appeal_number", Integer, comment="the appeal it is for, if any"),
    Column("general", Boolean, nullable=False, comment="from the fund in general, not from what was given for the appeal"),
    Column("fen", BigInteger, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("beneficiary_id", Id, comment="a member who gets it, if one does; no foreign key, as above"),
    Column("recorded_by", Id, nullable=False),
    Column("state", String(10), nullable=False, comment="proposed, approved, paid, refused or cancelled"),
    Column("at", Moment, nullable=False),
    Column("paid_by", Id),
    Column("paid_at", Moment),
    Column("confirmed_at", Moment, comment="when who asked said that it arrived"),
    Column("entry", Integer, comment="the ledger entry of the payment"),
    Column("reason", Text, nullable=False, server_default="", comment="why the payment was taken back; erased"),
    UniqueConstraint("branch_id", "number"),
    Index("ix_payout_state", "branch_id", "state"),
)

payout_approval = Table(
    "payout_approval",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    Column("payout_id", Id, ForeignKey("payout.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False, comment="1, 2, 3 … of its payout: the order in which it was said"),
    Column("member_id", Id, comment="whose word it is; empty for the higher committee"),
    Column("verdict", String(10), nullable=False, comment="approved, refused, withdrawn, or barred: tried, but may not"),
    Column("at", Moment, nullable=False),
    Column("entered_by", Id, nullable=False),
    Column("reference", Text, nullable=False, server_default="", comment="the higher committee's paper, or why somebody refused"),
    comment="Every word said about a payout, never changed; of a person the last one counts.",
)

fund_case = Table(
    "fund_case",
    metadata,
    Column("branch_id", Id, ForeignKey("branch.id"), primary_key=True),
    Column("appeal_number", Integer, primary_key=True),
    Column("told_at", Moment, nullable=False, comment="when the givers were told what is left of a closed appeal"),
    Column("settled_at", Moment, comment="when what was left went to the fund in general; nothing more can be received or refunded"),
)
