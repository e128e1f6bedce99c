"""What the ledger of dues says of a time: received by kind, taken back, handed upward, held. Totals only, in fen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import BEIJING
from bot.rules.months import after
from bot.services.dues_standing import CUSTODY, DUES, LARGE
from bot.services.ledgers import REVERSAL, Book
from storage.ledger import Entry, Line
from storage.unit_of_work import UnitOfWork

HANDED, HANDED_LARGE = "handed_up", "handed_large"
"""Accounts of what was handed to the next-higher committee; large dues go their own way to the centre (art. 11)."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in fen and a number of people. `reversed` was taken back in this time, whenever it had come in."""

    months: int = 0
    extra: int = 0
    large: int = 0
    reversed: int = 0
    handed: int = 0
    handed_large: int = 0
    payers: int = 0

    @property
    def received(self) -> int:
        """What came in by the month and voluntarily, less what was taken back; large dues are not in it."""
        return self.months + self.extra - self.reversed


@dataclass(frozen=True, slots=True)
class Head:
    """The ledger's last entry before a moment; number 0 and no hash before the first."""

    number: int
    hash: str

    @property
    def code(self) -> str:
        """The check code that people compare."""
        return self.hash[:8]


def bounds(first: str, last: str | None = None) -> tuple[datetime, datetime]:
    """The moments at which the first month begins and the last (the same, if none is given) is over, in Beijing."""
    return _begins(first), _begins(after(last or first))


def _begins(month: str) -> datetime:
    return datetime(int(month[:4]), int(month[5:]), 1, tzinfo=BEIJING)


async def of_time(work: UnitOfWork, since: datetime, until: datetime) -> Totals:
    """The totals from a moment on and before another."""
    return added(await work.ledger.entries(Book.DUES.value, since=since, until=until))


async def at(work: UnitOfWork, until: datetime) -> tuple[int, Head]:
    """What the keepers held and the ledger's head just before a moment."""
    later = await work.ledger.entries(Book.DUES.value, since=until)
    held = await work.ledger.sum(Book.DUES.value, CUSTODY) - sum(
        line.fen for entry in later for line in entry.lines if line.account == CUSTODY
    )
    return held, Head(later[0].number - 1, later[0].previous) if later else Head(*await work.ledger.head(Book.DUES.value))


def added(entries: Sequence[Entry]) -> Totals:
    """The totals of entries. A reversal counts as taken back; of handing upward it makes that less."""
    usual = [line for entry in entries if entry.kind != REVERSAL for line in entry.lines]
    back = [line for entry in entries if entry.kind == REVERSAL for line in entry.lines]
    every = [*usual, *back]
    return Totals(
        months=-_sum(line for line in usual if line.account == DUES and line.month is not None),
        extra=-_sum(line for line in usual if line.account == DUES and line.month is None),
        large=-_sum(line for line in every if line.account == LARGE),
        reversed=_sum(line for line in back if line.account == DUES),
        handed=_sum(line for line in every if line.account == HANDED),
        handed_large=_sum(line for line in every if line.account == HANDED_LARGE),
        payers=_payers(every),
    )


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.fen for line in lines)


def _payers(lines: Sequence[Line]) -> int:
    """How many people have paid something that stands."""
    paid: dict[int, int] = {}
    for line in lines:
        if line.account in {DUES, LARGE} and line.member_id is not None:
            paid[line.member_id] = paid.get(line.member_id, 0) - line.fen
    return sum(fen > 0 for fen in paid.values())
