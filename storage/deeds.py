"""What a person did last, to undo it or to be told that it is final. Kept ten minutes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables import deed
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done, with what undoing it needs or, of what is final, what to say of it."""

    id: int
    kind: str
    data: dict[str, Any]
    at: datetime


class Deeds:
    """The last deeds of this branch's members."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, member_id: MemberId, kind: str, data: dict[str, Any]) -> None:
        """Note something that was done, be it final; `data` is what undoing it, or telling of it, needs."""
        values = {"member_id": member_id, "kind": kind, "data": data, "at": self._work.now}
        self._work.insert(deed, **values, branch_id=self._work.branch_id)

    async def last(self, member_id: MemberId, since: datetime) -> Deed | None:
        """The newest deed of a member since a moment."""
        rows = await self._work.rows(
            select(deed)
            .where(deed.c.branch_id == self._work.branch_id, deed.c.member_id == member_id, deed.c.at >= since)
            .order_by(deed.c.at.desc(), deed.c.id.desc())
            .limit(1)
        )
        return fields(Deed)(rows[0]) if rows else None

    async def of_kind(self, kind: str) -> list[Deed]:
        """What members of this branch did of a kind, the newest first; ten minutes' worth."""
        rows = await self._work.rows(
            select(deed).where(deed.c.branch_id == self._work.branch_id, deed.c.kind == kind).order_by(deed.c.at.desc(), deed.c.id.desc())
        )
        return [fields(Deed)(row) for row in rows]

    def remove(self, undone: Deed) -> None:
        """It is undone, or has been replaced."""
        self._work.delete(deed, {"id": undone.id})

    async def of(self, member_id: MemberId) -> list[Deed]:
        """What a member did and what others entered about them, the newest first; ten minutes' worth."""
        listed = select(deed).where(deed.c.branch_id == self._work.branch_id).order_by(deed.c.at.desc(), deed.c.id.desc())
        rows = await self._work.rows(listed)
        return [fields(Deed)(row) for row in rows if row.member_id == member_id or row.data.get("member") == member_id]

    async def forget_about(self, member_id: MemberId, kind: str) -> None:
        """Drop what could be undone of a kind about a member, whoever did it, with the data it holds."""
        for each in await self.of_kind(kind):
            if each.data.get("member") == member_id:
                self.remove(each)

    async def forget_before(self, at: datetime) -> None:
        """Drop what was done before a moment."""
        await self._work.change(delete(deed).where(deed.c.branch_id == self._work.branch_id, deed.c.at < at))
