"""The tables of the register of members (党员台账): one row a member, and the history of every change."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from storage.columns import Id, Moment, branch_column, member_column, metadata

register = Table(
    "register",
    metadata,
    member_column(primary_key=True),
    branch_column(),
    Column("reason", String(40), comment="why they are away"),
    Column("left_on", Date, comment="when they left"),
    Column("left_to", String(5), comment="how exactly that is known: to the year, month or day"),
    Column("employer", Text, comment="sealed"),
    Column("phone", Text, comment="sealed"),
    Column("hometown", Integer, comment="six-digit code of the division, of a city or a district"),
    Column("joined_on", Date, comment="when they became a probationary member (入党时间)"),
    Column("joined_to", String(5), comment="how exactly that is known: to the year, month or day"),
    Column("probation_until", Date),
    Column("card", String(10), comment="activity card (流动党员活动证): none or held; empty where it is not known"),
    Column("card_until", Date),
    Column("home_branch", String(80), comment="where the membership is, if that is not this branch"),
    Column("host_branch", String(80), comment="the branch of the place where they are"),
    Column("relation", String(12), comment="where the organisational relation (组织关系) is: here, moving or elsewhere"),
    Column("note", Text, comment="sealed"),
    Column("confirmed_on", Date, comment="when all of this was last found right"),
    Column("found_on", Date, comment="first light: the person was found (人找到)"),
    Column("books_on", Date, comment="second light: study material was sent (书发到)"),
    Column("life_on", Date, comment="third light: took part in the organisation's life once (过一次组织生活)"),
    comment="What a branch keeps of its members besides place, dues and roles; a row is made when there is something to keep.",
)

register_change = Table(
    "register_change",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    branch_column(),
    member_column(),
    Column("field", String(20), nullable=False),
    Column("before", Text, comment="sealed; empty where nothing was kept"),
    Column("after", Text, comment="sealed; empty where nothing is kept any more"),
    Column("at", Moment, nullable=False),
    Column("by", Id, comment="the member who did it; no foreign key, since a change outlives a membership"),
    Column("how", String(12), nullable=False, comment="own, entered, imported, reported or undone"),
    Column("batch", Id, comment="what was changed together, and is undone together"),
    Index("ix_register_change_member_id", "member_id"),
    Index("ix_register_change_batch", "batch"),
    comment="The history of the register: what stood there before, what after, who did it and how.",
)
