"""The care fund's books (爱心基金): what came in, what was paid, what is left, for each appeal and in general.

The bot never holds or moves money; the ledger says what people confirmed. Accounts of the book `fund`, in fen, a debit positive:

- `cash`: what the keeper holds, for the whole fund.
- `fund` (credit): what was given and not given back. `case_number` is the appeal, empty for the fund in general; `member_id` the giver.
- `paid_out`: what was paid, by `case_number`.
- `moved`: what was left of an appeal and went to the fund in general; both sides add up to nothing.
- `pledges_open` and `pledged` (credit): promises not yet fulfilled, by `case_number`; `member_id` on the giver's own line alone.

What is left of a case is −`fund` − `paid_out` − `moved`; over all cases that is `cash`. Dues are another book (RULES.md 1.20).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import beijing_day
from bot.language.money import yuan
from bot.permissions import Actor, Permission, Subject, require
from bot.services.ledgers import REVERSAL, Book
from bot.texts import Text
from storage.ledger import Entry, Line
from storage.unit_of_work import UnitOfWork

CASH, FUND, PAID_OUT, MOVED, PLEDGES_OPEN, PLEDGED = "cash", "fund", "paid_out", "moved", "pledges_open", "pledged"
RECEIVED, REFUNDED, PAID, SETTLED, PROMISED, RELEASED = "received", "refunded", "paid", "settled", "promised", "released"
"""Kinds of entries."""
_MOVING = frozenset({FUND, PAID_OUT, MOVED})
ENTRY_NAMES: Mapping[str, Text] = {
    RECEIVED: Text("收", "in"),
    REFUNDED: Text("退", "given back"),
    PAID: Text("支", "out"),
    SETTLED: Text("余款转入总账", "rest to the fund"),
    REVERSAL: Text("冲正", "taken back"),
}
GENERAL_NAME = Text("爱心基金", "care fund")
REPORT = Text("{case}：收 {received}、支 {paid}、余 {left}。", "{case}: in {received}, out {paid}, left {left}.")


WORDS_KEPT = timedelta(days=180)
"""How long free text about payments and refunds is kept; the books have none."""
TOLD = Text(
    "爱心基金付款的用途、退款和冲正的原因留 180 天，账本里不写这些话。",
    "What a payment of the care fund was for, and why one was given or taken back, is kept 180 days; the books have no such words.",
)


async def tidy(work: UnitOfWork) -> None:
    """Erase the free text that is past its time."""
    await work.pledges.forget_reasons_before(work.now - WORDS_KEPT)
    await work.payouts.forget_words_before(work.now - WORDS_KEPT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An appeal's money, or that of the fund in general (`case` is None), in fen."""

    case: int | None
    received: int = 0
    paid: int = 0
    moved: int = 0
    promised: int = 0

    @property
    def left(self) -> int:
        """What could still be paid."""
        return self.received - self.paid - self.moved


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that came or went: the entry's kind, day, case and amount; no names."""

    kind: str
    day: date
    case: int | None
    fen: int


def case_name(case: int | None) -> Text:
    """A12, or the fund's name."""
    return GENERAL_NAME if case is None else Text.plain(f"A{case}")


def told(sheet: Sheet) -> Text:
    """One line: in, out, left. For the fund in general what came from appeals counts as received."""
    received = sheet.received - sheet.moved if sheet.case is None else sheet.received
    rest = sheet.left
    return REPORT(case=case_name(sheet.case), received=yuan(received), paid=yuan(sheet.paid), left=yuan(rest))


async def sheets(work: UnitOfWork) -> dict[int | None, Sheet]:
    """Every case that money was ever promised to or given for, and the fund in general."""
    book = Book.FUND.value
    found: dict[int | None, dict[str, int]] = defaultdict(dict)
    for account in (FUND, PAID_OUT, MOVED, PLEDGES_OPEN):
        for (case,), fen in (await work.ledger.sums(book, account, ["case_number"])).items():
            found[case][account] = fen
    found[None] = found.get(None, {})
    return {
        case: Sheet(case, -each.get(FUND, 0), each.get(PAID_OUT, 0), each.get(MOVED, 0), each.get(PLEDGES_OPEN, 0))
        for case, each in found.items()
    }


async def sheet(work: UnitOfWork, case: int | None) -> Sheet:
    """The money of one case."""
    return (await sheets(work)).get(case, Sheet(case))


async def overview(work: UnitOfWork, actor: Actor) -> dict[int | None, Sheet]:
    """The same for any member: totals without names."""
    require(actor, Permission.PLEDGE, Subject(work.branch_id))
    return await sheets(work)


async def movements(work: UnitOfWork, actor: Actor, case: int | None, count: int) -> list[Movement]:
    """The last so many times something came or went, the newest first: of an appeal, or of all. Promises are none."""
    require(actor, Permission.PLEDGE, Subject(work.branch_id))
    keys = {} if case is None else {"case_number": case}
    return [_movement(each) for each in reversed(await work.ledger.newest(Book.FUND.value, _MOVING, count, **keys))]


def _movement(entry: Entry) -> Movement:
    cash = sum(line.fen for line in entry.lines if line.account == CASH)
    line = next(line for line in entry.lines if line.account in _MOVING)
    return Movement(entry.kind, beijing_day(entry.at), line.case_number, abs(cash or line.fen))


async def check_code(work: UnitOfWork) -> str:
    """The first signs of the newest entry's hash, which 验账 lets anybody work out again."""
    return (await work.ledger.head(Book.FUND.value))[1][:8]


def promise(fen: int, case: int | None, giver: int) -> list[Line]:
    """The lines of a promise; with a negative amount those of its end."""
    from_giver = Line(PLEDGES_OPEN, fen, member_id=giver, case_number=case)  # type: ignore[arg-type]
    return [from_giver, Line(PLEDGED, -fen, case_number=case)]


def gift(fen: int, case: int | None, giver: int) -> list[Line]:
    """The lines of money received; with a negative amount those of a refund."""
    return [Line(CASH, fen), Line(FUND, -fen, member_id=giver, case_number=case)]  # type: ignore[arg-type]


def open_sheets(all_of_them: Mapping[int | None, Sheet]) -> list[Sheet]:
    """The appeals that still have money or promises, by number."""
    numbers = sorted(case for case in all_of_them if case is not None)
    return [all_of_them[case] for case in numbers if all_of_them[case].left or all_of_them[case].promised]
