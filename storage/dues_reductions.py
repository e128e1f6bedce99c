"""Requests for less or no dues in hardship, and the two decisions that they need."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.keys import BranchId, MemberId
from storage.lookups import Keyed, OfBranch
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_dues import dues_reduction
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Reduction:
    """One request. `state` is asked, branch_ok, approved, declined or withdrawn; months are YYYY-MM, both ends included."""

    id: int
    number: int
    member_id: MemberId
    reason: str
    asked_at: datetime
    state: str
    since: str | None = None
    until: str | None = None
    fen: int | None = None
    branch_on: date | None = None
    branch_by: MemberId | None = None
    higher_on: date | None = None
    higher_reference: str = ""
    higher_by: MemberId | None = None
    decided_at: datetime | None = None


_BY_NUMBER: Keyed[tuple[BranchId, int], Reduction] = Keyed(
    select(dues_reduction), [dues_reduction.c.branch_id, dues_reduction.c.number], fields(Reduction)
)


class DuesReductions:
    """The requests of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Reduction] = SealedRows(work, dues_reduction)
        self._by_number: OfBranch[int, Reduction] = OfBranch(work, _BY_NUMBER, self._rows.opened)

    async def numbered(self, number: int) -> Reduction | None:
        """The request of a number."""
        return await self._by_number.get(number)

    async def of(self, member_id: MemberId) -> list[Reduction]:
        """A member's requests, the oldest first."""
        return await self._listed(dues_reduction.c.member_id == member_id)

    async def of_state(self, states: Collection[str]) -> list[Reduction]:
        """The requests in some states, the oldest first."""
        return await self._listed(dues_reduction.c.state.in_(states))

    async def _listed(self, *conditions: Any) -> list[Reduction]:
        where = (dues_reduction.c.branch_id == self._work.branch_id, *conditions)
        rows = await self._work.rows(select(dues_reduction).where(*where).order_by(dues_reduction.c.number))
        return [self._rows.opened(fields(Reduction)(row)) for row in rows]

    async def add(self, member_id: MemberId, reason: str) -> Reduction:
        """Note a request under the branch's next number."""
        highest = select(func.coalesce(func.max(dues_reduction.c.number), 0)).where(dues_reduction.c.branch_id == self._work.branch_id)
        number = int((await self._work.rows(highest))[0][0]) + 1
        made = Reduction(self._work.new_id(), number, member_id, reason, self._work.now, "asked")
        row = {name: getattr(made, name) for name in Reduction.__dataclass_fields__}
        self._work.insert(dues_reduction, **self._rows.sealed(made.id, row), branch_id=self._work.branch_id)
        self._by_number.put(number, made)
        return made

    def change(self, changed: Reduction, **values: Any) -> Reduction:
        """Change fields of a request; answers what it is now."""
        self._work.update(dues_reduction, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, values))
        current = replace(changed, **values)
        self._by_number.put(current.number, current)
        return current

    async def forget_reasons_before(self, at: datetime) -> None:
        """Erase the reasons of requests that were made before a moment and never decided."""
        where = (dues_reduction.c.branch_id == self._work.branch_id, dues_reduction.c.asked_at < at, dues_reduction.c.reason != "")
        await self._work.change(update(dues_reduction).where(*where).values(reason=""))
