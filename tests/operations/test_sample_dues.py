"""The invented branch's dues."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.operations import opening, sample
from bot.rules.months import after
from bot.services import dues_standing, dues_totals, ledgers
from bot.services.dues_standing import State
from bot.services.ledgers import Book
from bot.services.people import actor_of
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START
from tests.operations.test_sample import settings_in

DAYS = [START, datetime(2026, 1, 1, 0, 5, tzinfo=UTC), datetime(2026, 5, 31, 15, 0, tzinfo=UTC)]


@pytest.fixture(params=DAYS, ids=[f"{day:%m-%d}" for day in DAYS])
async def database(request: pytest.FixtureRequest, blank_url: str) -> AsyncIterator[Database]:
    async with opening.opened(settings_in(blank_url), lambda: request.param) as opened:
        await opened.run(sample.load)
        yield opened


async def _enter(work: UnitOfWork) -> None:
    work.enter((await work.branches.all())[0].id)


async def test_the_ledger_is_sound_and_in_order_of_time(database: Database) -> None:
    async def look(work: UnitOfWork) -> None:
        await _enter(work)
        secretary = (await work.members.holding("secretary"))[0]
        found = await ledgers.audit(work, actor_of(secretary), Book.DUES)
        assert found.faults == ()
        assert found.entries > 300
        moments = [each.at for each in await work.ledger.entries("dues")]
        assert moments == sorted(moments)
        assert moments[-1] < work.now

    await database.run(look)


async def test_every_month_before_this_one_is_closed_with_what_the_ledger_says(database: Database) -> None:
    async def look(work: UnitOfWork) -> None:
        await _enter(work)
        this = f"{work.now + timedelta(hours=8):%Y-%m}"
        closings = [each for ago in range(1, 25) if (each := await work.dues_closings.of(after(this, -ago)))]
        assert len(closings) == 7
        for each in closings:
            since, until = dues_totals.bounds(each.month)
            totals = await dues_totals.of_time(work, since, until)
            custody, head = await dues_totals.at(work, until)
            assert (each.totals["months"], each.totals["custody"]) == (totals.months, custody)
            assert (each.head_number, each.head_hash) == (head.number, head.hash)
            assert each.at <= work.now

    await database.run(look)


async def test_those_of_the_tour_are_in_the_states_that_it_shows(database: Database) -> None:
    async def look(work: UnitOfWork) -> None:
        await _enter(work)
        month = f"{work.now + timedelta(hours=8):%Y-%m}"
        members = {each.name: each.id for each in await work.members.present()}
        standings = await dues_standing.of_branch(work, month, month)
        states = {name: standings[members[name]].cells[month].state for name in ("李小山", "周海", "吴芳", "马文秀", "陈立夏")}
        assert states == {
            "李小山": State.DUE,
            "周海": State.DUE,
            "吴芳": State.CLAIMED,
            "马文秀": State.REDUCED,
            "陈立夏": State.NOT_ASSESSED,
        }
        assert sum(each.cells[month].state is State.NOT_ASSESSED for each in standings.values()) == 3

    await database.run(look)
