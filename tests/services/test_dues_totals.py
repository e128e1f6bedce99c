"""Totals of the ledger of dues."""

from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.services import dues_totals
from bot.services.dues_standing import CUSTODY, DUES, LARGE
from bot.services.dues_totals import HANDED, HANDED_LARGE, Totals, added
from bot.services.ledgers import REVERSAL
from storage.ledger import Entry, Line
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

AT = datetime(2026, 3, 10, tzinfo=UTC)


def _entry(number: int, kind: str, lines: list[Line], reverses: int | None = None) -> Entry:
    return Entry(number, "dues", number, kind, AT, None, None, "", reverses, {}, "", "", tuple(lines))


def _deed(number: int, said: tuple[str, int, int]) -> Entry:
    account, fen, member = said
    month = "2026-03" if account == "month" else None
    if account in {HANDED, HANDED_LARGE}:
        return _entry(number, "handed_up", [Line(account, fen, month="2026-03"), Line(CUSTODY, -fen)])
    name = LARGE if account == LARGE else DUES
    return _entry(number, "paid", [Line(CUSTODY, fen), Line(name, -fen, member, month)])  # type: ignore[arg-type]


KINDS = st.sampled_from(["month", "extra", LARGE, HANDED, HANDED_LARGE])


@given(st.lists(st.tuples(KINDS, st.integers(1, 10**6), st.integers(1, 5)), max_size=20), st.data())
def test_what_came_in_less_what_went_out_is_what_custody_gained(said: list[tuple[str, int, int]], data: st.DataObject) -> None:
    entries = [_deed(number, each) for number, each in enumerate(said, 1)]
    taken_back = data.draw(st.lists(st.sampled_from(entries), unique_by=lambda each: each.number)) if entries else []
    for each in taken_back:
        lines = [Line(line.account, -line.fen, line.member_id, line.month) for line in each.lines]
        entries.append(_entry(len(entries) + 1, REVERSAL, lines, each.number))
    totals = added(entries)
    custody = sum(line.fen for each in entries for line in each.lines if line.account == CUSTODY)
    assert totals.received + totals.large - totals.handed - totals.handed_large == custody
    assert 0 <= totals.payers <= 5
    assert min(totals.received, totals.large, totals.handed, totals.handed_large) >= 0


def test_nothing_adds_up_to_nothing() -> None:
    assert added([]) == Totals()


async def test_a_moment_has_its_balance_and_its_head_whatever_came_later(chat: Dialogue) -> None:
    async def book(work: UnitOfWork) -> str:
        made = await work.ledger.append("dues", "paid", [Line(CUSTODY, 100), Line(DUES, -100)], actor=None)
        return made.hash

    first = await chat.in_branch(book)
    chat.now += timedelta(days=1)
    moment = chat.now - timedelta(hours=1)
    assert await chat.in_branch(dues_totals.at, moment) == (100, dues_totals.Head(1, first))
    second = await chat.in_branch(book)
    assert await chat.in_branch(dues_totals.at, moment) == (100, dues_totals.Head(1, first))
    assert await chat.in_branch(partial(dues_totals.at, until=chat.now + timedelta(hours=1))) == (200, dues_totals.Head(2, second))
    assert await chat.in_branch(dues_totals.at, moment - timedelta(days=2)) == (0, dues_totals.Head(0, ""))
