"""What members pay a month, as the branch assessed it. Nothing is changed; an assessment is followed by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.keys import MemberId
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_dues import dues_assessment
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment. `state` is normal, reduced or waived; without `monthly_fen` nothing is assessed, or reduced, any more."""

    id: int
    number: int
    member_id: MemberId
    effective_from: str
    until: str | None
    category: str
    monthly_fen: int | None
    state: str
    article: str
    reason: str
    set_by: MemberId | None
    at: datetime


class DuesAssessments:
    """The assessments of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Assessment] = SealedRows(work, dues_assessment)

    async def of(self, member_id: MemberId) -> list[Assessment]:
        """Those of a member, the oldest first."""
        return (await self.of_all([member_id])).get(member_id, [])

    async def of_all(self, members: Sequence[MemberId] | None = None) -> dict[MemberId, list[Assessment]]:
        """Those of several members, or of everybody in the branch, the oldest first; whoever has none is left out."""
        where = [dues_assessment.c.branch_id == self._work.branch_id]
        if members is not None:
            where.append(dues_assessment.c.member_id.in_(members))
        rows = await self._work.rows(select(dues_assessment).where(*where).order_by(dues_assessment.c.number))
        found: dict[MemberId, list[Assessment]] = {}
        for row in rows:
            found.setdefault(MemberId(row.member_id), []).append(self._rows.opened(fields(Assessment)(row)))
        return found

    async def add(
        self,
        member_id: MemberId,
        *,
        effective_from: str,
        category: str,
        monthly_fen: int | None,
        article: str,
        state: str = "normal",
        until: str | None = None,
        reason: str = "",
        set_by: MemberId | None = None,
        at: datetime | None = None,
    ) -> Assessment:
        """Note an assessment; it goes before the earlier ones from its first month on. `at` where it only says again what was decided."""
        highest = select(func.coalesce(func.max(dues_assessment.c.number), 0)).where(dues_assessment.c.branch_id == self._work.branch_id)
        number = int((await self._work.rows(highest))[0][0]) + 1
        made = Assessment(
            self._work.new_id(),
            number,
            member_id,
            effective_from,
            until,
            category,
            monthly_fen,
            state,
            article,
            reason,
            set_by,
            at or self._work.now,
        )
        values = {name: getattr(made, name) for name in Assessment.__dataclass_fields__}
        self._work.insert(dues_assessment, **self._rows.sealed(made.id, values), branch_id=self._work.branch_id)
        return made
