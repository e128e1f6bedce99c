"""What members promised to the care fund, by number."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from storage.keys import BranchId, MemberId
from storage.lookups import Keyed, OfBranch
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_fund import pledge
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge (认捐); `state` is pledged, received, withdrawn, released or refunded. Amounts in fen."""

    id: int
    number: int
    appeal_number: int | None
    member_id: MemberId
    fen: int
    received_fen: int
    refunded_fen: int
    anonymous: bool
    state: str
    at: datetime
    entered_by: MemberId | None = None
    decided_at: datetime | None = None
    decided_by: MemberId | None = None
    entry: int | None = None
    reason: str = ""

    @property
    def open_fen(self) -> int:
        """What is still to come."""
        return max(self.fen - self.received_fen, 0) if self.state == "pledged" else 0

    @property
    def held_fen(self) -> int:
        """What was received and not given back."""
        return self.received_fen - self.refunded_fen


_BY_NUMBER: Keyed[tuple[BranchId, int], Pledge] = Keyed(select(pledge), [pledge.c.branch_id, pledge.c.number], fields(Pledge))


class Pledges:
    """The pledges of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Pledge] = SealedRows(work, pledge)
        self._by_number: OfBranch[int, Pledge] = OfBranch(work, _BY_NUMBER, self._rows.opened)

    def _of_branch(self) -> Select[Any]:
        return select(pledge).where(pledge.c.branch_id == self._work.branch_id)

    async def numbered(self, number: int) -> Pledge | None:
        """The pledge of a number."""
        return await self._by_number.get(number)

    async def add(
        self, member_id: MemberId, appeal_number: int | None, fen: int, *, anonymous: bool, entered_by: MemberId | None = None
    ) -> Pledge:
        """Note a pledge under the branch's next number."""
        highest = select(func.max(pledge.c.number)).where(pledge.c.branch_id == self._work.branch_id)
        number = ((await self._work.rows(highest))[0][0] or 0) + 1
        identity = self._work.new_id()
        made = Pledge(identity, number, appeal_number, member_id, fen, 0, 0, anonymous, "pledged", self._work.now, entered_by)
        row = {name: getattr(made, name) for name in Pledge.__dataclass_fields__}
        self._work.about_money = True
        self._work.insert(pledge, **self._rows.sealed(made.id, row), branch_id=self._work.branch_id)
        self._by_number.put(number, made)
        return made

    def change(self, changed: Pledge, **values: Any) -> Pledge:
        """Change fields of a pledge; answers what it is now."""
        self._work.about_money = True
        self._work.update(pledge, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, values))
        now = replace(changed, **values)
        self._by_number.put(now.number, now)
        return now

    async def of_member(self, member_id: MemberId) -> list[Pledge]:
        """A member's pledges, the newest first."""
        return await self._listed(self._of_branch().where(pledge.c.member_id == member_id).order_by(pledge.c.number.desc()))

    async def of_state(self, state: str) -> list[Pledge]:
        """The pledges in a state, the oldest first."""
        return await self._listed(self._of_branch().where(pledge.c.state == state).order_by(pledge.c.number))

    async def of_appeals(self, numbers: Collection[int]) -> list[Pledge]:
        """The pledges for some appeals, the oldest first."""
        return await self._listed(self._of_branch().where(pledge.c.appeal_number.in_(numbers)).order_by(pledge.c.number))

    async def newest(self, count: int) -> list[Pledge]:
        """The last pledges of the branch that were not taken back."""
        return await self._listed(
            self._of_branch().where(pledge.c.state.in_(["pledged", "received"])).order_by(pledge.c.number.desc()).limit(count)
        )

    async def forget_reasons_before(self, at: datetime) -> None:
        """Erase why money was given back or an entry taken back before a moment."""
        where = (pledge.c.branch_id == self._work.branch_id, pledge.c.decided_at < at, pledge.c.reason != "")
        await self._work.change(update(pledge).where(*where).values(reason=""))

    async def _listed(self, statement: Select[Any]) -> list[Pledge]:
        return [self._rows.opened(fields(Pledge)(row)) for row in await self._work.rows(statement)]
