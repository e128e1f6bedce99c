"""Reports of going away as they are stored."""

from datetime import date, timedelta

from storage.unit_of_work import UnitOfWork
from tests.dialogue import START, Dialogue


async def test_a_report_is_kept_changed_found_and_forgotten(chat: Dialogue) -> None:
    zhou = chat.members["周海"]

    async def kept(work: UnitOfWork) -> None:
        draft = work.departures.add(zhou, reason="务工", place=510100)
        work.departures.change(draft, state="kept", leave_on=date(2026, 3, 16), ask_on=date(2026, 6, 16), settled=("reason",))

    async def looked(work: UnitOfWork) -> None:
        found = (await work.departures.of_many([zhou], "kept"))[zhou]
        assert (found.settled, found.reason, found.place) == (("reason",), "务工", 510100)
        assert await work.departures.get(found.id) == found
        assert await work.departures.moving(date(2026, 3, 1), date(2026, 3, 31)) == [found]
        assert await work.departures.moving(date(2026, 4, 1), date(2026, 4, 30)) == []
        assert await work.departures.to_ask(date(2026, 6, 15)) == []
        assert await work.departures.to_ask(date(2026, 6, 16)) == [found]
        await work.departures.forget_places(zhou)

    async def ended(work: UnitOfWork) -> None:
        found = (await work.departures.of(zhou, "kept"))[0]
        assert found.place is None
        work.departures.change(found, state="ended", back_on=date(2026, 12, 1))
        work.departures.add(chat.members["吴芳"])

    async def forgotten(work: UnitOfWork) -> None:
        await work.departures.forget(START - timedelta(days=1), date(2026, 12, 1))
        assert len(await work.departures.of(zhou, "ended")) == 1
        await work.departures.forget(work.now + timedelta(days=1), date(2026, 12, 2))
        assert await work.departures.of(zhou, "ended") == await work.departures.of(chat.members["吴芳"], "draft") == []

    for step in (kept, looked, ended, forgotten):
        await chat.in_branch(step)


async def test_another_branch_sees_none_of_it(chat: Dialogue) -> None:
    zhou = chat.members["周海"]

    async def kept(work: UnitOfWork) -> int:
        return work.departures.add(zhou, state="kept").id

    which = await chat.in_branch(kept)
    other = await chat.another_branch("石桥村支部", {"何明": ["member"]})

    async def looked(work: UnitOfWork) -> None:
        work.enter(other)
        assert await work.departures.get(which) is None
        assert await work.departures.of(zhou, "kept") == []

    await chat.run(looked)
