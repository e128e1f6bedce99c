"""Who said they are fine, on which day. Kept ninety days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select

from storage.keys import BranchId, MemberId
from storage.lookups import Keyed, Lookup
from storage.records import fields
from storage.tables import check_in
from storage.work import Work


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A check-in of a day; `entered_by` is set when a secretary entered it."""

    member_id: MemberId
    day: date
    at: datetime
    entered_by: MemberId | None


_CHECKINS: Keyed[tuple[MemberId, date], CheckIn] = Keyed(select(check_in), [check_in.c.member_id, check_in.c.day], fields(CheckIn))
_CHECKINS_COUNTS: Keyed[tuple[BranchId, date], int] = Keyed(
    select(func.count().label("people")).group_by(check_in.c.branch_id, check_in.c.day),
    [check_in.c.branch_id, check_in.c.day],
    lambda row: int(row.people),
)


class CheckIns:
    """The check-ins of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[tuple[MemberId, date], CheckIn] = Lookup(work, _CHECKINS, kept=True)
        self._counts: Lookup[tuple[BranchId, date], int] = Lookup(work, _CHECKINS_COUNTS, kept=True)

    async def on(self, member_id: MemberId, day: date) -> CheckIn | None:
        """A member's check-in of a day."""
        return await self._lookup.get((member_id, day))

    async def prefetch(self, keys: Iterable[tuple[MemberId, date]], days: Iterable[tuple[BranchId, date]]) -> None:
        """Fetch check-ins of members, and how many there were on days of branches, by one statement each."""
        await self._lookup.prefetch(keys)
        await self._counts.prefetch(days)

    def add(self, member_id: MemberId, day: date, entered_by: MemberId | None = None) -> CheckIn:
        """Note a check-in."""
        made = CheckIn(member_id, day, self._work.said_at, entered_by)
        values = {"member_id": member_id, "day": day, "at": made.at, "entered_by": entered_by}
        self._work.insert(check_in, **values, branch_id=self._work.branch_id)
        self._lookup.put((member_id, day), made)
        self._counted(day, 1)
        return made

    def _counted(self, day: date, more: int) -> None:
        """Keep the count of a day right, where it is known."""
        key = (self._work.branch_id, day)
        if self._counts.knows(key):
            self._counts.put(key, (self._counts.known(key) or 0) + more)

    def remove(self, member_id: MemberId, day: date) -> None:
        """Take a check-in back."""
        self._work.delete(check_in, {"member_id": member_id, "day": day})
        self._lookup.put((member_id, day), None)
        self._counted(day, -1)

    async def count(self, day: date) -> int:
        """How many members checked in on a day."""
        return await self._counts.get((self._work.branch_id, day)) or 0

    async def counts(self, since: date) -> dict[date, int]:
        """How many members checked in on each day since one, the newest first; days without any are left out."""
        where = (check_in.c.branch_id == self._work.branch_id, check_in.c.day >= since)
        statement = select(check_in.c.day, func.count().label("people")).where(*where).group_by(check_in.c.day)
        return {row.day: int(row.people) for row in await self._work.rows(statement.order_by(check_in.c.day.desc()))}

    async def of_day(self, day: date) -> list[CheckIn]:
        """The check-ins of a day, in their order."""
        where = (check_in.c.branch_id == self._work.branch_id, check_in.c.day == day)
        return [
            fields(CheckIn)(row)
            for row in await self._work.rows(select(check_in).where(*where).order_by(check_in.c.at, check_in.c.member_id))
        ]

    async def of(self, member_id: MemberId) -> list[CheckIn]:
        """What is kept of a member, the newest first."""
        where = (check_in.c.branch_id == self._work.branch_id, check_in.c.member_id == member_id)
        return [fields(CheckIn)(row) for row in await self._work.rows(select(check_in).where(*where).order_by(check_in.c.day.desc()))]

    async def forget(self, member_id: MemberId) -> None:
        """Drop every check-in of a member."""
        for each in await self.of(member_id):
            self._lookup.put((member_id, each.day), None)
        await self._work.change(delete(check_in).where(check_in.c.branch_id == self._work.branch_id, check_in.c.member_id == member_id))

    async def forget_before(self, day: date) -> None:
        """Drop check-ins of days before one."""
        await self._work.change(delete(check_in).where(check_in.c.branch_id == self._work.branch_id, check_in.c.day < day))
