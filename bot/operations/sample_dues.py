"""Dues of the invented branch: assessments, seven months of receipts in a sound ledger, closings, and some who are not so far.

Told in order of time, since a ledger is written in that order: the caller's unit of work is moved through the days.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.rules.dues import Category, policy_on
from bot.rules.dues_days import USUAL_DAY, reminding_day
from bot.rules.months import after, month_of, span
from bot.services import dues_reminders, dues_totals
from bot.services.dues_deciding import PAID
from bot.services.dues_handing import ENTRY
from bot.services.dues_standing import CUSTODY, DUES, LARGE, ClaimKind, ClaimState
from bot.services.dues_totals import HANDED, HANDED_LARGE
from bot.services.ledgers import Book
from storage.keys import MemberId
from storage.ledger import Entry, Line
from storage.members import Member
from storage.unit_of_work import UnitOfWork

BACK = 7
"""Months before this one that are told."""
_AMOUNTS = (
    (Category.SALARIED, (1500, 2000, 3000, 4500, 6000, 9000)),
    (Category.SALARIED, (1500, 2500, 4000)),
    (Category.SELF_EMPLOYED, (2000, 3000, 4500)),
    (Category.RETIRED, (1500, 2000, 2500)),
    (Category.FARMER, (50, 100)),
    (Category.SALARIED, (1200, 1500, 7500)),
    (Category.LAID_OFF, (20,)),
)
_TOUR = {
    "李小山": (Category.SALARIED, 2000),
    "周海": (Category.SELF_EMPLOYED, 3000),
    "吴芳": (Category.SALARIED, 1500),
    "马文秀": (Category.RETIRED, 2000),
}
"""What those of the tour pay, in fen, so that it can be told in advance."""
_UNASSESSED = frozenset({"陈立夏", "林小满"})
_BEHIND = {"周海": 1}
"""Months before this one that somebody of the tour has not paid; others are behind by their place in the list."""
_LATE = (5, 2)
"""Months before this one that the last two of the list have not paid."""
_REDUCED, _LESS = "马文秀", 500
_CLAIMS = "吴芳"
_LARGE_DUES = 100_000


@dataclass(frozen=True, slots=True)
class _Payer:
    member: Member
    category: Category
    fen: int
    behind: int


@dataclass(frozen=True, slots=True)
class _Payment:
    """What is confirmed at a moment; without months it is large dues."""

    at: datetime
    payer: _Payer
    months: tuple[str, ...]
    fen: int


class _Books:
    """Writes receipts in their order and remembers what closings need."""

    def __init__(self, work: UnitOfWork, keeper: MemberId, deputy: MemberId) -> None:
        self._work = work
        self._keeper = keeper
        self._deputy = deputy
        self._receipts: dict[int, int] = {}
        self._entries: list[Entry] = []

    async def receive(self, payment: _Payment) -> None:
        """A claim of some hours before, and the entry that confirms it."""
        self._work.now = payment.at
        member, day = payment.payer.member.id, beijing_day(payment.at)
        decided_by = self._deputy if member == self._keeper else self._keeper
        self._receipts[day.year] = self._receipts.get(day.year, 0) + 1
        receipt = f"D-{day.year}-{self._receipts[day.year]:04}"
        each = payment.fen // max(1, len(payment.months))
        account = DUES if payment.months else LARGE
        sides = [Line(account, -each, member, month) for month in payment.months] or [Line(account, -payment.fen, member)]
        entry = await self._append(PAID, [Line(CUSTODY, payment.fen), *sides], decided_by, member, receipt)
        await self._work.dues_claims.add(
            member,
            claimed_by=member,
            payer="self",
            kind=(ClaimKind.MONTHS if payment.months else ClaimKind.LARGE).value,
            months=[[month, each] for month in payment.months],
            fen=payment.fen,
            state=ClaimState.CONFIRMED.value,
            flags=[],
            at=payment.at - timedelta(hours=5),
            receipt=receipt,
            decided_at=payment.at,
            decided_by=decided_by,
            entry_number=entry.number,
        )

    async def close(self, month: str, at: datetime, *, hand_up: bool) -> None:
        """Write down a month that is over, and perhaps that its dues were handed upward."""
        self._work.now = at
        since, until = dues_totals.bounds(month)
        before = [each for each in self._entries if each.at < until]
        totals = dues_totals.added([each for each in before if each.at >= since])
        custody = sum(line.fen for each in before for line in each.lines if line.account == CUSTODY)
        head = (before[-1].number, before[-1].hash) if before else (0, "")
        self._work.dues_closings.add(month, {**asdict(totals), "custody": custody}, head, self._keeper)
        for account, fen in ((HANDED, totals.received), (HANDED_LARGE, totals.large)):
            if hand_up and fen:
                lines = [Line(account, fen, month=month), Line(CUSTODY, -fen, month=month)]
                await self._append(ENTRY, lines, self._keeper, None, f"H-{month}")

    async def _append(self, kind: str, lines: Sequence[Line], actor: MemberId, subject: MemberId | None, ref: str) -> Entry:
        made = await self._work.ledger.append(Book.DUES.value, kind, lines, actor=actor, subject=subject, ref=ref)
        self._entries.append(made)
        return made


async def make(work: UnitOfWork, members: Sequence[Member], today: datetime) -> None:
    """Dues of the members, up to a moment. Deterministic. Leaves `work.now` somewhere before it."""
    chance = random.Random(2)  # noqa: S311  habits of invented people
    this = month_of(beijing_day(today))
    months = span(after(this, -BACK), after(this, -1))
    keeper, deputy = _holder(members, "dues_keeper"), _holder(members, "secretary")
    payers = _payers(members, chance)
    await _assess(work, payers, keeper, months)
    books = _Books(work, keeper, deputy)
    payments = sorted(_payments(payers, months, today, chance), key=lambda each: each.at)
    for month in months:
        _, until = dues_totals.bounds(month)
        for payment in [each for each in payments if month_of(beijing_day(each.at)) == month]:
            await books.receive(payment)
        await books.close(month, min(until + timedelta(hours=34), today - timedelta(minutes=30)), hand_up=month != months[-1])
    for payment in [each for each in payments if month_of(beijing_day(each.at)) == this]:
        await books.receive(payment)
    await _open_matters(work, payers, this, today)


def _holder(members: Sequence[Member], role: str) -> MemberId:
    return next(each.id for each in members if role in each.roles)


def _payers(members: Sequence[Member], chance: random.Random) -> list[_Payer]:
    """Whom something is assessed for: not the guest, who pays at home, nor the two who were forgotten."""
    found = []
    listed = [each for each in members if "guest" not in each.roles and each.name not in _UNASSESSED]
    for place, member in enumerate(listed):
        category, fens = _AMOUNTS[place % len(_AMOUNTS)]
        category, fen = _TOUR.get(member.name, (category, chance.choice(fens)))
        from_end = len(listed) - 1 - place
        behind = _BEHIND.get(member.name, _LATE[from_end] if from_end < len(_LATE) else 0)
        found.append(_Payer(member, category, fen, behind))
    return found


async def _assess(work: UnitOfWork, payers: Sequence[_Payer], keeper: MemberId, months: Sequence[str]) -> None:
    first = date.fromisoformat(f"{months[0]}-01")
    work.now = datetime.combine(first, time(10), BEIJING)
    policy = policy_on(first)
    for each in payers:
        article = policy.measures[each.category].article[0]
        values: dict[str, Any] = {"category": each.category.value, "article": article, "set_by": keeper}
        await work.dues_assessments.add(each.member.id, effective_from=months[0], monthly_fen=each.fen, **values)
        if each.member.name == _REDUCED:
            await _reduce(work, each, months, values)


async def _reduce(work: UnitOfWork, payer: _Payer, months: Sequence[str], values: Mapping[str, Any]) -> None:
    """Less in hardship, with both decisions on record (2008 rule, art. 7)."""
    since, until = months[-4], after(months[-1], 6)
    branch_on = date.fromisoformat(f"{since}-05")
    asked = await work.dues_reductions.add(payer.member.id, "")
    decided = {
        "branch_on": branch_on,
        "higher_on": branch_on + timedelta(days=9),
        "higher_reference": "镇党委会议记录",
        "decided_at": work.now,
    }
    work.dues_reductions.change(asked, state="approved", since=since, until=until, fen=_LESS, **decided)
    more = {**values, "state": "reduced", "until": until, "article": "第七条", "reason": "经支部研究、上级党委批准"}
    await work.dues_assessments.add(payer.member.id, effective_from=since, monthly_fen=_LESS, **more)


def _payments(payers: Sequence[_Payer], months: Sequence[str], today: datetime, chance: random.Random) -> list[_Payment]:
    """Each month in that month, by most; some this month already; one pays a quarter at once, one large dues."""
    found = []
    for place, payer in enumerate(payers):
        paid = months[: len(months) - payer.behind]
        for at, month in enumerate(paid):
            fen = _LESS if payer.member.name == _REDUCED and at >= len(months) - 4 else payer.fen
            found.append(_Payment(_moment(month, chance), payer, (month,), fen))
        if not payer.behind and payer.member.name not in _TOUR and place % 3 == 0:
            this = after(months[-1])
            moment = min(_moment(this, chance), today - timedelta(hours=1 + place))
            found.append(_Payment(max(moment, dues_totals.bounds(this)[0] + timedelta(minutes=place)), payer, (this,), payer.fen))
    found.append(_Payment(_moment(months[2], chance), payers[-4], (), _LARGE_DUES))
    return [each for each in found if each.at < today]


def _moment(month: str, chance: random.Random) -> datetime:
    day = date(int(month[:4]), int(month[5:]), chance.randint(6, 25))
    return datetime.combine(day, time(chance.randint(9, 20), chance.randint(0, 59)), BEIJING)


async def _open_matters(work: UnitOfWork, payers: Sequence[_Payer], this: str, today: datetime) -> None:
    """A claim that waits; and this month's reminders are done where their day has come, so that the tour begins quietly."""
    claims = next(each for each in payers if each.member.name == _CLAIMS)
    work.now = today - timedelta(hours=3)
    values = {"claimed_by": claims.member.id, "payer": "self", "kind": ClaimKind.MONTHS.value, "flags": []}
    await work.dues_claims.add(claims.member.id, months=[[this, claims.fen]], fen=claims.fen, state=ClaimState.WAITING.value, **values)
    day = beijing_day(today)
    if day >= reminding_day(day.year, day.month, USUAL_DAY):
        await work.job_runs.begin(dues_reminders.JOB, f"{work.branch_id}:{this}")
    late = next(each for each in payers if each.behind == _LATE[0])
    work.dues_reminding.put(late.member.id, run_since=after(this, -_LATE[0]), run_step=4)
