"""The trail: numbered, chained, once a day for seeing; whatever was done to it in the database itself is found."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from storage.keys import BranchId, MemberId
from storage.tables_trail import trail_entry, trail_head
from storage.trail import Look, faults
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SEES = Look("person", MemberId(1), "saw", "place")
CHANGES = Look("person", MemberId(1), "changed", "dues")


async def _five(work: UnitOfWork) -> None:
    await work.trail.note_once(SEES, [MemberId(2), MemberId(3), MemberId(2)], work.now - timedelta(hours=1))
    await work.trail.note(CHANGES, [MemberId(2), MemberId(2), MemberId(4), MemberId(5)])


async def _faults(work: UnitOfWork) -> list[tuple[int, str]]:
    return [(each.number, each.kind) for each in faults(work.branch_id, await work.trail.steps(), await work.trail.head())]


async def test_entries_are_numbered_and_seeing_is_noted_once_a_day(chat: Dialogue) -> None:
    await chat.in_branch(_five)
    await chat.in_branch(_five)

    async def look(work: UnitOfWork) -> None:
        steps = await work.trail.steps()
        assert [each.number for each in steps] == list(range(1, len(steps) + 1))
        assert [each.member_id for each in steps if each.deed == "saw"] == [2, 3]
        assert [each.member_id for each in steps if each.deed == "changed"] == [2, 4, 5, 2, 4, 5]
        assert (await work.trail.head()).hash == steps[-1].hash
        assert await _faults(work) == []
        await work.trail.note_once(SEES, [MemberId(2)], work.now + timedelta(hours=1))
        assert [each.deed for each in await work.trail.about(MemberId(2), work.now)] == ["saw", "changed", "changed", "saw"]

    await chat.in_branch(look)


async def test_what_is_written_down_by_an_errand_that_fails_is_not_believed_later(chat: Dialogue) -> None:
    async def failing(work: UnitOfWork) -> None:
        await _five(work)
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        await chat.in_branch(failing)
    await chat.in_branch(_five)

    async def look(work: UnitOfWork) -> None:
        assert len(await work.trail.steps()) == 5
        assert await _faults(work) == []

    await chat.in_branch(look)


def _entry(branch: BranchId, number: int) -> Any:
    return (trail_entry.c.branch_id == branch, trail_entry.c.number == number)


async def _altered(work: UnitOfWork) -> None:
    await work.change(update(trail_entry).where(*_entry(work.branch_id, 3)).values(member_id=9))


async def _removed(work: UnitOfWork) -> None:
    await work.change(delete(trail_entry).where(*_entry(work.branch_id, 3)))


async def _removed_and_closed(work: UnitOfWork) -> None:
    await _removed(work)
    for number in (4, 5):
        await work.change(update(trail_entry).where(*_entry(work.branch_id, number)).values(number=number - 1))
    await work.change(update(trail_head).values(number=4))


async def _inserted(work: UnitOfWork) -> None:
    for number in (5, 4, 3):
        await work.change(update(trail_entry).where(*_entry(work.branch_id, number)).values(number=number + 1))
    [row] = await work.rows(select(trail_entry).where(*_entry(work.branch_id, 2)))
    await work.change(insert(trail_entry).values({**row._mapping, "number": 3}))
    await work.change(update(trail_head).values(number=6))


async def _reordered(work: UnitOfWork) -> None:
    for number, other in ((3, 99), (4, 3), (99, 4)):
        await work.change(update(trail_entry).where(*_entry(work.branch_id, number)).values(number=other))


async def _cut(work: UnitOfWork) -> None:
    await work.change(delete(trail_entry).where(*_entry(work.branch_id, 5)))


async def _all_gone(work: UnitOfWork) -> None:
    await work.change(delete(trail_entry))


async def _first_gone_with_an_anchor(work: UnitOfWork) -> None:
    [row] = await work.rows(select(trail_entry.c.hash).where(*_entry(work.branch_id, 2)))
    await work.change(delete(trail_entry).where(trail_entry.c.number <= 2))
    await work.change(update(trail_head).values(dropped=2, anchor=row.hash))


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        (_altered, (3, "altered")),
        (_removed, (4, "gap")),
        (_removed_and_closed, (3, "altered")),
        (_inserted, (3, "altered")),
        (_reordered, (3, "altered")),
        (_cut, (5, "end")),
        (_all_gone, (5, "end")),
        (_first_gone_with_an_anchor, (2, "beginning")),
    ],
)
async def test_whatever_is_done_to_the_rows_is_found(chat: Dialogue, tampering: Any, found: tuple[int, str]) -> None:
    await chat.in_branch(_five)
    await chat.in_branch(tampering)
    assert (await chat.in_branch(_faults))[0] == found


async def test_the_oldest_go_after_their_time_and_the_rest_still_holds(chat: Dialogue) -> None:
    await chat.in_branch(_five)
    chat.now += timedelta(days=10)
    await chat.in_branch(_five)

    async def dropped(work: UnitOfWork) -> None:
        await work.trail.drop_before(work.now - timedelta(days=5))
        await work.trail.drop_before(work.now - timedelta(days=5))

    await chat.in_branch(dropped)

    async def look(work: UnitOfWork) -> None:
        steps = await work.trail.steps()
        assert [each.number for each in steps] == [6, 7, 8, 9, 10, 11]
        assert (steps[-1].deed, steps[-1].upto) == ("dropped", 5)
        assert await _faults(work) == []

    await chat.in_branch(look)
    await chat.in_branch(_removed_first)
    assert (await chat.in_branch(_faults))[0] == (7, "gap")


async def _removed_first(work: UnitOfWork) -> None:
    await work.change(delete(trail_entry).where(*_entry(work.branch_id, 6)))
