"""Where each person is now, to the district at most, and when that was confirmed. No trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update

from storage.keys import MemberId
from storage.lookups import Keyed, Lookup
from storage.records import fields
from storage.tables import consent, member, place
from storage.work import Work

_WITHDRAWN = exists().where(consent.c.member_id == place.c.member_id, consent.c.purpose == "location", consent.c.given.is_(False))


@dataclass(frozen=True, slots=True)
class CurrentPlace:
    """A member's place; `code` is the six-digit code of the official list."""

    member_id: MemberId
    code: int
    confirmed_at: datetime
    entered_by: MemberId | None
    moved: bool
    """The city is another than the secretary was last told of."""


_PLACES: Keyed[MemberId, CurrentPlace] = Keyed(select(place), [place.c.member_id], fields(CurrentPlace))


class Places:
    """The current places of this branch's members."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[MemberId, CurrentPlace] = Lookup(work, _PLACES)

    async def get(self, member_id: MemberId) -> CurrentPlace | None:
        """Where a member is."""
        return await self._lookup.get(member_id)

    async def prefetch(self, keys: Iterable[MemberId]) -> None:
        """Fetch several by one statement."""
        await self._lookup.prefetch(keys)

    def put(
        self, member_id: MemberId, code: int, confirmed_at: datetime, entered_by: MemberId | None = None, *, moved: bool = False
    ) -> None:
        """Replace where a member is; `moved`: the secretary has not been told of that city."""
        values = {"code": code, "confirmed_at": confirmed_at, "entered_by": entered_by, "moved": moved}
        self._work.upsert(place, ["member_id"], member_id=member_id, branch_id=self._work.branch_id, **values)
        self._lookup.put(member_id, CurrentPlace(member_id, code, confirmed_at, entered_by, moved))

    def remove(self, member_id: MemberId) -> None:
        """Forget where a member is."""
        self._work.delete(place, {"member_id": member_id})
        self._lookup.put(member_id, None)

    async def counts(self) -> dict[int, int]:
        """How many present members each code has; without those who withdrew their consent."""
        statement = (
            select(place.c.code, func.count().label("people"))
            .join(member, member.c.id == place.c.member_id)
            .where(place.c.branch_id == self._work.branch_id, member.c.removed_at.is_(None), ~_WITHDRAWN)
            .group_by(place.c.code)
        )
        return {int(row.code): int(row.people) for row in await self._work.rows(statement)}

    async def all(self) -> list[CurrentPlace]:
        """The places of all present members, by code; without those who withdrew their consent."""
        return await self._listed()

    async def moved(self) -> list[CurrentPlace]:
        """Those of them of whose city the secretary has not been told."""
        return await self._listed(place.c.moved)

    async def _listed(self, *where: ColumnElement[bool]) -> list[CurrentPlace]:
        statement = (
            select(place)
            .join(member, member.c.id == place.c.member_id)
            .where(place.c.branch_id == self._work.branch_id, member.c.removed_at.is_(None), ~_WITHDRAWN, *where)
            .order_by(place.c.code, member.c.latin)
        )
        return [fields(CurrentPlace)(row) for row in await self._work.rows(statement)]

    async def told(self) -> None:
        """The secretary knows of every city now."""
        await self._work.change(update(place).where(place.c.branch_id == self._work.branch_id, place.c.moved).values(moved=False))
