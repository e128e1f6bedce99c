"""How branches stand, in numbers: one statement a table for all of them, and never a name.

Crosses branches: a committee sees the counts of those below it. Who may ask, and about which, is decided by `bot.services.units`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, distinct, exists, func, or_, select

from storage.keys import BranchId
from storage.tables import account, consent, member, notice, notice_read, place, role
from storage.tables_ledger import ledger_line
from storage.work import Work

_GUEST = exists().where(role.c.member_id == member.c.id, role.c.role == "guest")
"""Who belongs to another branch, where they are counted."""
_PRESENT = and_(member.c.removed_at.is_(None), ~_GUEST)
_WITHDRAWN = exists().where(consent.c.member_id == member.c.id, consent.c.purpose == "location", consent.c.given.is_(False))
_BOUND = exists().where(account.c.member_id == member.c.id)


class UnitCounts:
    """Numbers by branch. A branch with none of something is left out."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def members(self, branches: Collection[BranchId]) -> dict[BranchId, int]:
        """Present members."""
        return await self._people(branches)

    async def bound(self, branches: Collection[BranchId]) -> dict[BranchId, int]:
        """Those of them with an account."""
        return await self._people(branches, _BOUND)

    async def found(self, branches: Collection[BranchId]) -> dict[BranchId, int]:
        """Those who are found (人找到): bound, or heard of by somebody at any time."""
        return await self._people(branches, or_(_BOUND, member.c.heard_at.is_not(None)))

    async def confirmed(self, branches: Collection[BranchId], since: datetime) -> dict[BranchId, int]:
        """Those whose place was confirmed since a moment, and who did not withdraw their consent to it."""
        current = exists().where(place.c.member_id == member.c.id, place.c.confirmed_at >= since)
        return await self._people(branches, and_(current, ~_WITHDRAWN))

    async def paid(self, branches: Collection[BranchId], month: str) -> dict[BranchId, int]:
        """Those for whom dues of a month (YYYY-MM) were confirmed and not taken back."""
        kept = and_(ledger_line.c.book == "dues", ledger_line.c.account == "dues", ledger_line.c.month == month)
        whose = (ledger_line.c.branch_id, ledger_line.c.member_id)
        sums = select(*whose).join(member, and_(member.c.id == ledger_line.c.member_id, _PRESENT))
        paid = sums.where(kept, ledger_line.c.branch_id.in_(branches)).group_by(*whose).having(func.sum(ledger_line.c.fen) < 0).subquery()
        return await self._numbers(select(paid.c.branch_id, func.count().label("many")).group_by(paid.c.branch_id))

    async def read(self, branches: Collection[BranchId], since: datetime) -> dict[BranchId, int]:
        """Those who read an announcement that was posted since a moment."""
        counted = select(notice_read.c.branch_id, func.count(distinct(notice_read.c.member_id)).label("many"))
        joined = counted.join(notice, and_(notice.c.id == notice_read.c.notice_id, notice.c.post_at >= since))
        joined = joined.join(member, and_(member.c.id == notice_read.c.member_id, _PRESENT))
        return await self._numbers(joined.where(notice_read.c.branch_id.in_(branches)).group_by(notice_read.c.branch_id))

    async def _people(self, branches: Collection[BranchId], *conditions: ColumnElement[bool]) -> dict[BranchId, int]:
        counted = select(member.c.branch_id, func.count().label("many")).where(member.c.branch_id.in_(branches), _PRESENT, *conditions)
        return await self._numbers(counted.group_by(member.c.branch_id))

    async def _numbers(self, statement: Any) -> dict[BranchId, int]:
        return {BranchId(row.branch_id): int(row.many) for row in await self._work.rows(statement)}
