"""Months of dues that were closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_dues_keeping import dues_closing
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Closing:
    """One month, what its totals were, and the ledger's last entry in it."""

    id: int
    month: str
    totals: Mapping[str, int]
    head_number: int
    head_hash: str
    closed_by: MemberId | None
    at: datetime


class DuesClosings:
    """The closings of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def of(self, month: str) -> Closing | None:
        """The closing of a month, if it was closed."""
        where = (dues_closing.c.branch_id == self._work.branch_id, dues_closing.c.month == month)
        rows = await self._work.rows(select(dues_closing).where(*where))
        return fields(Closing)(rows[0]) if rows else None

    async def of_year(self, year: int) -> list[Closing]:
        """Those of a year, the earliest month first."""
        where = (dues_closing.c.branch_id == self._work.branch_id, dues_closing.c.month.startswith(f"{year}-"))
        return [fields(Closing)(row) for row in await self._work.rows(select(dues_closing).where(*where).order_by(dues_closing.c.month))]

    def add(self, month: str, totals: Mapping[str, int], head: tuple[int, str], closed_by: MemberId | None) -> Closing:
        """Note that a month is closed."""
        made = Closing(self._work.new_id(), month, dict(totals), head[0], head[1], closed_by, self._work.now)
        values = {name: getattr(made, name) for name in Closing.__dataclass_fields__}
        self._work.insert(dues_closing, **values, branch_id=self._work.branch_id)
        return made

    def remove(self, closing_id: int) -> None:
        """It was closed by mistake, a moment ago."""
        self._work.delete(dues_closing, {"id": closing_id, "branch_id": self._work.branch_id})
