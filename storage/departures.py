"""Who goes away, from the first word to the return."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update

from storage.keys import MemberId
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_away import departure
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Departure:
    """A report of going away; `state` is draft, kept or ended. `employer` and `phone` are a draft's, and sealed in the database."""

    id: int
    member_id: MemberId
    state: str
    at: datetime
    step_at: datetime
    reason: str = ""
    leave_on: date | None = None
    place: int | None = None
    scope: str = ""
    employer: str = ""
    phone: str = ""
    until: date | None = None
    lasting: bool = False
    settled: tuple[str, ...] = ()
    kept_at: datetime | None = None
    back_on: date | None = None
    entered_by: MemberId | None = None
    ask_on: date | None = None


def _made(row: Any) -> Departure:
    found: Departure = fields(Departure)(row)
    return replace(found, settled=tuple(found.settled))


class Departures:
    """The reports of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Departure] = SealedRows(work, departure)

    def _of_branch(self) -> Select[Any]:
        return select(departure).where(departure.c.branch_id == self._work.branch_id).order_by(departure.c.at, departure.c.id)

    async def get(self, which: int) -> Departure | None:
        """The report of an id, if it is this branch's."""
        return next(iter(await self._listed(self._of_branch().where(departure.c.id == which))), None)

    async def of(self, member_id: MemberId, *states: str) -> list[Departure]:
        """A member's in some states, the oldest first."""
        return await self._listed(self._of_branch().where(departure.c.member_id == member_id, departure.c.state.in_(states)))

    async def of_many(self, members: Collection[MemberId], state: str) -> dict[MemberId, Departure]:
        """The last of each of several members in a state; whoever has none is left out."""
        found = await self._listed(self._of_branch().where(departure.c.member_id.in_(members), departure.c.state == state))
        return {each.member_id: each for each in found}

    async def moving(self, first: date, last: date) -> list[Departure]:
        """Those that were not taken back and begin or end between two days."""
        within = or_(departure.c.leave_on.between(first, last), departure.c.back_on.between(first, last))
        return await self._listed(self._of_branch().where(departure.c.state != "draft", within))

    async def to_ask(self, day: date) -> list[Departure]:
        """The members still away who are to be asked once more about moving their membership."""
        return await self._listed(self._of_branch().where(departure.c.state == "kept", departure.c.ask_on <= day))

    def add(self, member_id: MemberId, *, entered_by: MemberId | None = None, **values: Any) -> Departure:
        """Begin a report."""
        given = {"state": "draft", "entered_by": entered_by, **values}
        made = Departure(self._work.new_id(), member_id, at=self._work.now, step_at=self._work.now, **given)
        row = {name: getattr(made, name) for name in Departure.__dataclass_fields__}
        self._work.insert(departure, **self._rows.sealed(made.id, {**row, "settled": list(made.settled)}), branch_id=self._work.branch_id)
        return made

    def change(self, changed: Departure, **values: Any) -> Departure:
        """Change fields of a report; answers what it is now."""
        written = {**values, "settled": list(values["settled"])} if "settled" in values else values
        self._work.update(departure, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, written))
        return replace(changed, **values)

    def remove(self, which: int) -> None:
        """It is taken back."""
        self._work.delete(departure, {"id": which, "branch_id": self._work.branch_id})

    async def forget_places(self, member_id: MemberId) -> None:
        """Erase where a member went: they do not want their place kept."""
        where = (departure.c.branch_id == self._work.branch_id, departure.c.member_id == member_id)
        await self._work.change(update(departure).where(*where).values(place=None, scope=""))

    async def forget(self, drafts: datetime, ended: date) -> None:
        """Erase drafts nobody said anything to since a moment, and reports of those who have been back since before a day."""
        old = or_(
            (departure.c.state == "draft") & (departure.c.step_at < drafts),
            (departure.c.state == "ended") & (departure.c.back_on < ended),
        )
        await self._work.change(delete(departure).where(departure.c.branch_id == self._work.branch_id, old))

    async def _listed(self, statement: Select[Any]) -> list[Departure]:
        return [self._rows.opened(_made(row)) for row in await self._work.rows(statement)]
