"""Who looks after which household (结对帮扶), and what they did for it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from storage.keys import MemberId
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_pairing import pairing, pairing_visit
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pairing; `state` is wanted, paired, ended or declined."""

    id: int
    member_id: MemberId
    household: str
    state: str
    at: datetime
    matched_at: datetime | None = None
    matched_by: MemberId | None = None
    ended_at: datetime | None = None
    prompted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What was done for a household on a day."""

    id: int
    pairing_id: int
    day: date
    kind: str
    words: str
    entered_by: MemberId | None
    at: datetime


class Pairings:
    """The pairings of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._visits: SealedRows[Visit] = SealedRows(work, pairing_visit)

    def _of_branch(self) -> Select[Any]:
        return select(pairing).where(pairing.c.branch_id == self._work.branch_id)

    async def get(self, which: int) -> Pairing | None:
        """The pairing of an id, if it is this branch's."""
        return next(iter(await self._listed(self._of_branch().where(pairing.c.id == which))), None)

    async def of_member(self, member_id: MemberId) -> list[Pairing]:
        """A member's pairings, the oldest first."""
        return await self._listed(
            self._of_branch().where(pairing.c.member_id == member_id).order_by(pairing.c.at, pairing.c.household, pairing.c.id)
        )

    async def of_state(self, state: str) -> list[Pairing]:
        """The pairings in a state, the oldest first."""
        return await self._listed(
            self._of_branch().where(pairing.c.state == state).order_by(pairing.c.at, pairing.c.household, pairing.c.id)
        )

    def add(self, member_id: MemberId) -> Pairing:
        """Somebody would like to look after a household."""
        made = Pairing(self._work.new_id(), member_id, "", "wanted", self._work.now)
        row = {name: getattr(made, name) for name in Pairing.__dataclass_fields__}
        self._work.insert(pairing, **row, branch_id=self._work.branch_id)
        return made

    def change(self, changed: Pairing, **values: Any) -> Pairing:
        """Change fields of a pairing; answers what it is now."""
        self._work.update(pairing, {"id": changed.id, "branch_id": self._work.branch_id}, **values)
        return replace(changed, **values)

    def remove(self, gone: Pairing) -> None:
        """Take a pairing back that has just been asked for."""
        self._work.delete(pairing, {"id": gone.id, "branch_id": self._work.branch_id})

    def visit(self, about: Pairing, day: date, kind: str, words: str, entered_by: MemberId | None) -> Visit:
        """Note what was done on a day."""
        made = Visit(self._work.new_id(), about.id, day, kind, words, entered_by, self._work.now)
        row = {name: getattr(made, name) for name in Visit.__dataclass_fields__}
        self._work.insert(pairing_visit, **self._visits.sealed(made.id, row), branch_id=self._work.branch_id)
        return made

    def unvisit(self, which: int) -> None:
        """Take such a note back."""
        self._work.delete(pairing_visit, {"id": which, "branch_id": self._work.branch_id})

    async def visits(self, pairings: Collection[int]) -> list[Visit]:
        """What was done in some pairings, the newest first."""
        where = (pairing_visit.c.branch_id == self._work.branch_id, pairing_visit.c.pairing_id.in_(pairings))
        listed = select(pairing_visit).where(*where).order_by(pairing_visit.c.day.desc(), pairing_visit.c.at.desc(), pairing_visit.c.id)
        return [self._visits.opened(fields(Visit)(row)) for row in await self._work.rows(listed)]

    async def last_days(self) -> dict[int, date]:
        """The last day on which something was done, by pairing."""
        newest = select(pairing_visit.c.pairing_id, func.max(pairing_visit.c.day).label("day"))
        rows = await self._work.rows(newest.where(pairing_visit.c.branch_id == self._work.branch_id).group_by(pairing_visit.c.pairing_id))
        return {row.pairing_id: row.day for row in rows}

    async def counts(self, since: date) -> dict[str, int]:
        """How often something of each kind was done since a day."""
        where = (pairing_visit.c.branch_id == self._work.branch_id, pairing_visit.c.day >= since)
        counted = select(pairing_visit.c.kind, func.count().label("times")).where(*where).group_by(pairing_visit.c.kind)
        return {row.kind: int(row.times) for row in await self._work.rows(counted)}

    async def forget_words(self, before: date, ended: datetime) -> None:
        """Erase the words of visits before a day, and pairings that ended before a moment with all that hangs on them."""
        here = pairing_visit.c.branch_id == self._work.branch_id
        await self._work.change(update(pairing_visit).where(here, pairing_visit.c.day < before).values(words=""))
        await self._work.change(delete(pairing).where(pairing.c.branch_id == self._work.branch_id, pairing.c.ended_at < ended))

    async def _listed(self, statement: Select[Any]) -> list[Pairing]:
        return [fields(Pairing)(row) for row in await self._work.rows(statement)]
