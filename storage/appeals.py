"""Appeals for help (求助)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from storage.keys import AppealId, BranchId, MemberId, QuestionId
from storage.lookups import Keyed, OfBranch
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_aid import appeal
from storage.tables_ledger import ledger_line
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal. `state` is one of `bot.rules.appeals.State`, `kind` of `bot.rules.appeals.Kind`; `city` is an official six-digit code."""

    id: AppealId
    number: int
    member_id: MemberId
    state: str
    asked_at: datetime
    step_at: datetime
    beneficiary_id: MemberId | None = None
    entered_by: MemberId | None = None
    for_whom: str | None = None
    kind: str | None = None
    city: int | None = None
    need: str = ""
    money: bool = False
    goal_fen: int | None = None
    public_text: str = ""
    settled: tuple[str, ...] = ()
    health_consent: bool | None = None
    truth_at: datetime | None = None
    verified_by: MemberId | None = None
    approved_at: datetime | None = None
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    ending_told_at: datetime | None = None
    closed_at: datetime | None = None
    question_id: QuestionId | None = None
    liaison_told_at: datetime | None = None
    secretary_told_at: datetime | None = None
    helped_count: int = 0
    solved: bool = False
    beneficiary_unknown: bool = False
    """For somebody else, and the words do not tell which member, if any: who handles its money has to ask."""


def _record(row: Any) -> Appeal:
    made = fields(Appeal)(row)
    return replace(made, settled=tuple(made.settled))


_BY_NUMBER: Keyed[tuple[BranchId, int], Appeal] = Keyed(select(appeal), [appeal.c.branch_id, appeal.c.number], _record)
_BY_ID: Keyed[tuple[BranchId, AppealId], Appeal] = Keyed(select(appeal), [appeal.c.branch_id, appeal.c.id], _record)


class Appeals:
    """The appeals of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Appeal] = SealedRows(work, appeal)
        self._by_number: OfBranch[int, Appeal] = OfBranch(work, _BY_NUMBER, self._rows.opened)
        self._by_id: OfBranch[AppealId, Appeal] = OfBranch(work, _BY_ID, self._rows.opened)

    async def numbered(self, number: int) -> Appeal | None:
        """The appeal of a number."""
        return await self._by_number.get(number)

    async def get(self, which: AppealId) -> Appeal | None:
        """The appeal of an id, if it is this branch's."""
        return await self._by_id.get(which)

    async def many(self, which: Collection[AppealId]) -> dict[AppealId, Appeal]:
        """The appeals of several ids."""
        return await self._by_id.many(which)

    async def add(self, member_id: MemberId, state: str, **values: Any) -> Appeal:
        """Note a new appeal under the branch's next number; one that the care fund's ledger knows is never used again."""
        taken = [
            select(func.max(appeal.c.number)).where(appeal.c.branch_id == self._work.branch_id),
            select(func.max(ledger_line.c.case_number)).where(ledger_line.c.branch_id == self._work.branch_id),
        ]
        highest = (await self._work.rows(select(*(each.scalar_subquery() for each in taken))))[0]
        now = self._work.now
        number = max(each or 0 for each in highest) + 1
        made = Appeal(AppealId(self._work.new_id()), number, member_id, state, now, now, **values)
        kept = {name: getattr(made, name) for name in Appeal.__dataclass_fields__}
        row = self._rows.sealed(made.id, {**kept, "settled": list(made.settled)})
        self._work.insert(appeal, **row, branch_id=self._work.branch_id)
        return self._known(made)

    def change(self, changed: Appeal, **values: Any) -> Appeal:
        """Change fields of an appeal; answers what it is now."""
        written = {**values, "settled": list(values["settled"])} if "settled" in values else values
        self._work.update(appeal, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, written))
        return self._known(replace(changed, **values))

    def _known(self, current: Appeal) -> Appeal:
        self._by_number.put(current.number, current)
        self._by_id.put(current.id, current)
        return current

    async def of_state(self, *states: str) -> list[Appeal]:
        """Appeals in one of some states, by number."""
        where = (appeal.c.branch_id == self._work.branch_id, appeal.c.state.in_(states))
        return [self._rows.opened(_record(row)) for row in await self._work.rows(select(appeal).where(*where).order_by(appeal.c.number))]

    async def of(self, member_id: MemberId) -> list[Appeal]:
        """What a member asked for, the newest first."""
        where = (appeal.c.branch_id == self._work.branch_id, appeal.c.member_id == member_id)
        return [
            self._rows.opened(_record(row)) for row in await self._work.rows(select(appeal).where(*where).order_by(appeal.c.number.desc()))
        ]

    async def erase_drafts_before(self, at: datetime, state: str) -> None:
        """Drop drafts that nobody went on with since a moment."""
        where = (appeal.c.branch_id == self._work.branch_id, appeal.c.state == state, appeal.c.step_at < at)
        await self._work.change(delete(appeal).where(*where))
        self._forget()

    async def erase_words_before(self, at: datetime) -> None:
        """Erase what was needed, for whom and where, in appeals that ended before a moment; number, kind and dates stay."""
        ended = (appeal.c.branch_id == self._work.branch_id, appeal.c.closed_at < at, appeal.c.need != "")
        await self._work.change(update(appeal).where(*ended).values(need="", public_text="", city=None, for_whom=None))
        self._forget()

    def _forget(self) -> None:
        self._by_number.forget()
        self._by_id.forget()
