"""When members were talked with, visited or called: days and kinds, never what was said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_care import care_contact
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody was in touch with a member on a day; `kind` is talk, visit or call."""

    id: int
    member_id: MemberId
    kind: str
    day: date
    noted_by: MemberId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How often a member was met in some way within a time, and on which day last."""

    times: int
    last: date


class CareContacts:
    """What is noted in this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, member_id: MemberId, kind: str, day: date, noted_by: MemberId | None) -> Contact:
        """Note that somebody was in touch with a member."""
        made = Contact(self._work.new_id(), member_id, kind, day, noted_by, self._work.now)
        row = {name: getattr(made, name) for name in Contact.__dataclass_fields__}
        self._work.insert(care_contact, **row, branch_id=self._work.branch_id)
        return made

    def remove(self, which: int) -> None:
        """It was noted by mistake."""
        self._work.delete(care_contact, {"id": which, "branch_id": self._work.branch_id})

    async def of(self, member_id: MemberId) -> list[Contact]:
        """A member's, the newest first."""
        where = (care_contact.c.branch_id == self._work.branch_id, care_contact.c.member_id == member_id)
        listed = select(care_contact).where(*where).order_by(care_contact.c.day.desc(), care_contact.c.at.desc(), care_contact.c.id)
        return [fields(Contact)(row) for row in await self._work.rows(listed)]

    async def counts(self, since: date, members: Collection[MemberId] | None = None) -> dict[tuple[MemberId, str], Count]:
        """By member and kind, what is noted since a day: of some members, or of everybody."""
        where = [care_contact.c.branch_id == self._work.branch_id, care_contact.c.day >= since]
        if members is not None:
            where.append(care_contact.c.member_id.in_(members))
        grouped = (care_contact.c.member_id, care_contact.c.kind)
        columns = (*grouped, func.count().label("times"), func.max(care_contact.c.day).label("last"))
        rows = await self._work.rows(select(*columns).where(*where).group_by(*grouped))
        return {(MemberId(row.member_id), row.kind): Count(int(row.times), row.last) for row in rows}

    async def forget_before(self, day: date) -> None:
        """Erase what was before a day."""
        here = care_contact.c.branch_id == self._work.branch_id
        await self._work.change(delete(care_contact).where(here, care_contact.c.day < day))
