"""Who pays their dues to the branch where they are, and in which months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_dues_keeping import dues_elsewhere
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A member pays elsewhere from a month on (YYYY-MM), to another or until they say otherwise."""

    id: int
    member_id: MemberId
    since: str
    until: str | None
    said_by: MemberId | None
    at: datetime

    def covers(self, month: str) -> bool:
        """Whether a month lies in it."""
        return self.since <= month and (self.until is None or month <= self.until)


class DuesElsewhere:
    """What is noted in this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def of(self, member_id: MemberId) -> list[Elsewhere]:
        """A member's, the oldest first."""
        return (await self.of_all([member_id])).get(member_id, [])

    async def of_all(self, members: Sequence[MemberId] | None = None) -> dict[MemberId, list[Elsewhere]]:
        """Those of several members, or of everybody in the branch, the oldest first; whoever has none is left out."""
        where = [dues_elsewhere.c.branch_id == self._work.branch_id]
        if members is not None:
            where.append(dues_elsewhere.c.member_id.in_(members))
        listed = select(dues_elsewhere).where(*where).order_by(dues_elsewhere.c.at, dues_elsewhere.c.id)
        found: dict[MemberId, list[Elsewhere]] = {}
        for row in await self._work.rows(listed):
            found.setdefault(MemberId(row.member_id), []).append(fields(Elsewhere)(row))
        return found

    def add(self, member_id: MemberId, since: str, until: str | None, said_by: MemberId | None) -> Elsewhere:
        """Note months, both ends included; without `until` from `since` on."""
        made = Elsewhere(self._work.new_id(), member_id, since, until, said_by, self._work.now)
        values = {name: getattr(made, name) for name in Elsewhere.__dataclass_fields__}
        self._work.insert(dues_elsewhere, **values, branch_id=self._work.branch_id)
        return made

    def end(self, elsewhere_id: int, until: str | None) -> None:
        """Let months end with another one; with None go on."""
        self._work.update(dues_elsewhere, {"id": elsewhere_id, "branch_id": self._work.branch_id}, until=until)

    def remove(self, elsewhere_id: int) -> None:
        """It was noted by mistake."""
        self._work.delete(dues_elsewhere, {"id": elsewhere_id, "branch_id": self._work.branch_id})
