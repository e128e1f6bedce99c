"""Who was reminded of dues, who wishes for no reminders, and which step of the ladder was told of whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_dues_keeping import dues_reminding
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Reminding:
    """One member's. Months are YYYY-MM; `run_step` is what was told of the row of months that began with `run_since`."""

    member_id: MemberId
    stopped_at: datetime | None = None
    reminded_in: str | None = None
    run_since: str | None = None
    run_step: int = 0


class DuesReminding:
    """The members of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def all(self) -> dict[MemberId, Reminding]:
        """Everybody's of whom there is something to know."""
        listed = select(dues_reminding).where(dues_reminding.c.branch_id == self._work.branch_id)
        return {MemberId(row.member_id): fields(Reminding)(row) for row in await self._work.rows(listed)}

    async def of(self, member_id: MemberId) -> Reminding:
        """One member's; nothing noted where there is no row."""
        where = (dues_reminding.c.branch_id == self._work.branch_id, dues_reminding.c.member_id == member_id)
        rows = await self._work.rows(select(dues_reminding).where(*where))
        return fields(Reminding)(rows[0]) if rows else Reminding(member_id)

    def put(self, member_id: MemberId, **values: Any) -> None:
        """Note something of a member; what else is known of them stays."""
        self._work.upsert(dues_reminding, ["member_id"], member_id=member_id, branch_id=self._work.branch_id, **values)
