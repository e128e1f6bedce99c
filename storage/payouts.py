"""What is to be paid out of the care fund, every word said about it, and which appeals are settled."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, update

from storage.keys import BranchId, MemberId
from storage.lookups import Keyed, OfBranch
from storage.records import fields
from storage.sealed_rows import SealedRows
from storage.tables_fund import fund_case, payout, payout_approval
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Payout:
    """A payment; `state` is proposed, approved, paid, refused or cancelled. Amounts in fen."""

    id: int
    number: int
    appeal_number: int | None
    general: bool
    fen: int
    purpose: str
    beneficiary_id: MemberId | None
    recorded_by: MemberId
    state: str
    at: datetime
    paid_by: MemberId | None = None
    paid_at: datetime | None = None
    confirmed_at: datetime | None = None
    entry: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A word about a payout; `member_id` is empty for the higher committee."""

    id: int
    payout_id: int
    number: int
    member_id: MemberId | None
    verdict: str
    at: datetime
    entered_by: MemberId
    reference: str


@dataclass(frozen=True, slots=True)
class FundCase:
    """How far the closing of an appeal's money is."""

    appeal_number: int
    told_at: datetime
    settled_at: datetime | None


_BY_NUMBER: Keyed[tuple[BranchId, int], Payout] = Keyed(select(payout), [payout.c.branch_id, payout.c.number], fields(Payout))
_CASES: Keyed[tuple[BranchId, int], FundCase] = Keyed(
    select(fund_case), [fund_case.c.branch_id, fund_case.c.appeal_number], fields(FundCase)
)


class Payouts:
    """The payouts of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._rows: SealedRows[Payout] = SealedRows(work, payout)
        self._approvals: SealedRows[Approval] = SealedRows(work, payout_approval)
        self._by_number: OfBranch[int, Payout] = OfBranch(work, _BY_NUMBER, self._rows.opened)
        self._cases: OfBranch[int, FundCase] = OfBranch(work, _CASES)

    def _of_branch(self) -> Select[Any]:
        return select(payout).where(payout.c.branch_id == self._work.branch_id)

    async def numbered(self, number: int) -> Payout | None:
        """The payout of a number."""
        return await self._by_number.get(number)

    async def add(self, recorded_by: MemberId, fen: int, purpose: str, **values: Any) -> Payout:
        """Note a proposed payout under the branch's next number. `values`: appeal_number, general, beneficiary_id."""
        highest = select(func.max(payout.c.number)).where(payout.c.branch_id == self._work.branch_id)
        number = ((await self._work.rows(highest))[0][0] or 0) + 1
        made = Payout(
            id=self._work.new_id(),
            number=number,
            fen=fen,
            purpose=purpose,
            recorded_by=recorded_by,
            state="proposed",
            at=self._work.now,
            **values,
        )
        row = {name: getattr(made, name) for name in Payout.__dataclass_fields__}
        self._work.about_money = True
        self._work.insert(payout, **self._rows.sealed(made.id, row), branch_id=self._work.branch_id)
        self._by_number.put(number, made)
        return made

    def change(self, changed: Payout, **values: Any) -> Payout:
        """Change fields of a payout; answers what it is now."""
        self._work.about_money = True
        self._work.update(payout, {"id": changed.id, "branch_id": self._work.branch_id}, **self._rows.sealed(changed.id, values))
        now = replace(changed, **values)
        self._by_number.put(now.number, now)
        return now

    async def of_states(self, states: Collection[str]) -> list[Payout]:
        """The payouts in some states, the oldest first."""
        return [
            self._rows.opened(fields(Payout)(row))
            for row in await self._work.rows(self._of_branch().where(payout.c.state.in_(states)).order_by(payout.c.number))
        ]

    async def about(self, member_id: MemberId) -> list[Payout]:
        """The payouts that a member recorded, paid or got, the oldest first."""
        where = (payout.c.recorded_by == member_id) | (payout.c.paid_by == member_id) | (payout.c.beneficiary_id == member_id)
        return [
            self._rows.opened(fields(Payout)(row))
            for row in await self._work.rows(self._of_branch().where(where).order_by(payout.c.number))
        ]

    async def say(self, said: Payout, verdict: str, *, member_id: MemberId | None, entered_by: MemberId, reference: str = "") -> None:
        """Note a word about a payout, after those said before."""
        highest = select(func.max(payout_approval.c.number)).where(payout_approval.c.payout_id == said.id)
        number = ((await self._work.rows(highest))[0][0] or 0) + 1
        made = Approval(self._work.new_id(), said.id, number, member_id, verdict, self._work.now, entered_by, reference)
        row = {name: getattr(made, name) for name in Approval.__dataclass_fields__}
        self._work.about_money = True
        self._work.insert(payout_approval, **self._approvals.sealed(made.id, row), branch_id=self._work.branch_id)

    async def said(self, about: Payout) -> list[Approval]:
        """Every word about a payout, the oldest first."""
        where = (payout_approval.c.branch_id == self._work.branch_id, payout_approval.c.payout_id == about.id)
        listed = select(payout_approval).where(*where).order_by(payout_approval.c.number)
        return [self._approvals.opened(fields(Approval)(row)) for row in await self._work.rows(listed)]

    async def said_by(self, member_id: MemberId) -> list[tuple[int, str, datetime]]:
        """What a member said: number of the payout, the word, when; the oldest first."""
        where = (payout_approval.c.branch_id == self._work.branch_id, payout_approval.c.member_id == member_id)
        columns = (payout.c.number, payout_approval.c.verdict, payout_approval.c.at)
        joined = select(*columns).join(payout, payout.c.id == payout_approval.c.payout_id).where(*where)
        rows = await self._work.rows(joined.order_by(payout.c.number, payout_approval.c.number))
        return [(row.number, row.verdict, row.at) for row in rows]

    async def forget_words_before(self, at: datetime) -> None:
        """Erase what is free text about payouts over before a moment: what for, why taken back, why refused."""
        over = payout.c.state.in_(["paid", "refused", "cancelled"])
        where = (payout.c.branch_id == self._work.branch_id, payout.c.at < at, or_(payout.c.paid_at.is_(None), payout.c.paid_at < at), over)
        written = or_(payout.c.purpose != "", payout.c.reason != "")
        await self._work.change(update(payout).where(*where, written).values(purpose="", reason=""))
        of = payout_approval.c.branch_id == self._work.branch_id
        why = (payout_approval.c.verdict == "refused", payout_approval.c.at < at, payout_approval.c.reference != "")
        await self._work.change(update(payout_approval).where(of, *why).values(reference=""))

    async def case(self, appeal_number: int) -> FundCase | None:
        """How far the closing of an appeal's money is; None before it began."""
        return await self._cases.get(appeal_number)

    async def cases(self, appeal_numbers: Collection[int]) -> dict[int, FundCase]:
        """The same for several appeals."""
        return await self._cases.many(appeal_numbers)

    def put_case(self, case: FundCase) -> None:
        """Note how far it is."""
        values = {"appeal_number": case.appeal_number, "told_at": case.told_at, "settled_at": case.settled_at}
        self._work.upsert(fund_case, ["branch_id", "appeal_number"], branch_id=self._work.branch_id, **values)
        self._cases.put(case.appeal_number, case)
