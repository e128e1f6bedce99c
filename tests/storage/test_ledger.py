"""The ledgers: append-only, balanced, chained; what was tampered with is found."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from storage.chain import Fault
from storage.keys import BranchId
from storage.ledger import Entry, Line, Unbalanced, digest, faults
from storage.tables_ledger import ledger_entry, ledger_head, ledger_line
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

BRANCH = BranchId(7)
AT = datetime(2026, 3, 10, tzinfo=UTC)


def _chain(amounts: list[list[int]]) -> list[Entry]:
    entries: list[Entry] = []
    seal = ""
    for number, parts in enumerate(amounts, 1):
        lines = tuple(Line("a", part) for part in [*parts, -sum(parts)])
        bare = Entry(number, "dues", number, "x", AT + timedelta(days=number), None, None, "", None, {}, seal, "", lines)
        seal = digest(BRANCH, bare)
        entries.append(Entry(number, "dues", number, "x", bare.at, None, None, "", None, {}, bare.previous, seal, lines))
    return entries


def _found(entries: list[Entry], head: tuple[int, str]) -> list[Fault]:
    return list(faults(BRANCH, entries, head))


@given(st.lists(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=3), min_size=1, max_size=6), st.data())
def test_a_sound_chain_has_no_fault_and_any_change_of_an_amount_or_a_missing_entry_has(
    amounts: list[list[int]], data: st.DataObject
) -> None:
    entries = _chain(amounts)
    head = (entries[-1].number, entries[-1].hash)
    assert _found(entries, head) == []
    which = data.draw(st.integers(0, len(entries) - 1))
    assert _found(entries[:which] + entries[which + 1 :], head)
    hit = entries[which]
    lines = (Line("a", hit.lines[0].fen + 1), *hit.lines[1:])
    changed = Entry(hit.id, "dues", hit.number, "x", hit.at, None, None, "", None, {}, hit.previous, hit.hash, lines)
    kinds = {fault.kind for fault in _found([*entries[:which], changed, *entries[which + 1 :]], head)}
    assert {"altered", "unbalanced"} <= kinds


async def _two(work: UnitOfWork) -> None:
    for fen in (2000, 500):
        await work.ledger.append("dues", "paid", [Line("custody", fen), Line("dues", -fen, month="2026-03")], actor=None, ref="D-1")


async def _faults(work: UnitOfWork) -> set[tuple[int, str]]:
    return {(each.number, each.kind) for each in faults(work.branch_id, await work.ledger.entries("dues"), await work.ledger.head("dues"))}


async def test_entries_are_numbered_chained_and_summed(chat: Dialogue) -> None:
    await chat.in_branch(_two)

    async def look(work: UnitOfWork) -> None:
        first, second = await work.ledger.entries("dues")
        assert (first.number, second.number, second.previous) == (1, 2, first.hash)
        assert await work.ledger.entry("dues", 2) == second
        assert await work.ledger.of_ref("dues", "D-1") == [first, second]
        assert await work.ledger.head("dues") == (2, second.hash)
        assert await work.ledger.head("fund") == (0, "")
        assert await work.ledger.sum("dues", "custody") == 2500
        assert await work.ledger.sum("dues", "dues", month="2026-04") == 0
        assert await work.ledger.sums("dues", "dues", ["month"]) == {("2026-03",): -2500}
        assert await work.ledger.entries("dues", since=work.now + timedelta(days=1)) == []
        assert len(await work.ledger.entries("dues", until=work.now + timedelta(days=1))) == 2
        assert await _faults(work) == set()

    await chat.in_branch(look)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (update(ledger_line).where(ledger_line.c.fen == 500).values(fen=400), {(2, "altered"), (2, "unbalanced")}),
        (update(ledger_entry).where(ledger_entry.c.number == 1).values(ref="D-9"), {(1, "altered")}),
        (delete(ledger_line).where(ledger_line.c.fen.in_([500, -500])), {(2, "altered"), (2, "unbalanced")}),
        (
            update(ledger_entry).where(ledger_entry.c.number == 1).values(number=3),
            {(3, "altered"), (3, "broken"), (2, "gap"), (2, "broken"), (2, "end")},
        ),
        (update(ledger_head).values(number=1), {(1, "end")}),
    ],
)
async def test_what_was_tampered_with_is_found(chat: Dialogue, change: object, found: set[tuple[int, str]]) -> None:
    await chat.in_branch(_two)
    await chat.in_branch(lambda work: work.change(change))
    assert await chat.in_branch(_faults) == found


async def test_lines_that_do_not_balance_are_refused(chat: Dialogue) -> None:
    async def unbalanced(work: UnitOfWork) -> None:
        await work.ledger.append("dues", "paid", [Line("custody", 1)], actor=None)

    with pytest.raises(Unbalanced):
        await chat.in_branch(unbalanced)
