"""When jobs are due, and that an occurrence runs once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock import BEIJING
from bot.config import Settings
from bot.jobs import Job, JobContext, Round, Timetable, daily, every, job, jobs_of, monthly
from bot.messages import Outgoing, Priority
from bot.scheduler import Scheduler
from bot.services import posting
from bot.texts import Text
from storage.keys import BranchId
from storage.tables import job_run
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

TABLES = st.sampled_from([every(1), every(10), every(60), daily(3, 30), daily(0), daily(23, 59), monthly(1, 9), monthly(28, 0)])


def beijing(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BEIJING)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("timetable", "now", "due"),
    [
        (every(10), beijing(2026, 3, 10, 9, 9, 59), beijing(2026, 3, 10, 9, 0)),
        (every(10), beijing(2026, 3, 10, 9, 10), beijing(2026, 3, 10, 9, 10)),
        (daily(3, 30), beijing(2026, 3, 10, 3, 29), beijing(2026, 3, 9, 3, 30)),
        (daily(3, 30), beijing(2026, 3, 10, 3, 30), beijing(2026, 3, 10, 3, 30)),
        (monthly(1, 9), beijing(2026, 3, 1, 8, 59), beijing(2026, 2, 1, 9)),
        (monthly(28, 9), beijing(2028, 3, 1), beijing(2028, 2, 28, 9)),
        (monthly(1, 9), beijing(2027, 1, 1, 8), beijing(2026, 12, 1, 9)),
    ],
)
def test_the_latest_moment_a_job_was_due(timetable: Timetable, now: datetime, due: datetime) -> None:
    assert timetable.latest(now) == due


@given(TABLES, st.integers(0, 6 * 366 * 24 * 3600))
def test_the_latest_moment_is_never_in_the_future_and_stays_the_latest_until_the_next(timetable: Timetable, seconds: int) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    due = timetable.latest(now)
    assert due <= now
    assert timetable.latest(due) == due
    assert timetable.latest(due + timedelta(seconds=30)) == due


def test_two_jobs_of_one_name_are_refused() -> None:
    class Module:
        one = job("a", daily(1))(_nothing)
        two = job("a", daily(2))(_nothing)

    with pytest.raises(ValueError, match="declared twice"):
        jobs_of([Module])  # type: ignore[list-item]


async def _nothing(_: JobContext) -> None: ...


async def _greets(context: JobContext) -> None:
    text = Text.plain(f"早上好 {context.due.astimezone(BEIJING):%d %H:%M}")
    await posting.to_groups(context.work, Outgoing(text), priority=Priority.NOTICE)


def _scheduler(chat: Dialogue, *jobs: Job) -> Scheduler:
    return Scheduler(chat.app.database, jobs, lambda: chat.now, chat.app.delivery.wake)


async def _tick(chat: Dialogue, scheduler: Scheduler) -> list[str]:
    before = len(chat.shown)
    await scheduler.tick()
    await chat.app.drain()
    return [each["text"]["zh"] for each in chat.shown[before:]]


async def test_an_occurrence_runs_once_even_after_a_restart_and_a_missed_one_is_caught_up_once(chat: Dialogue) -> None:
    greeting = Job("greeting", daily(7, 30), _greets)
    first = _scheduler(chat, greeting)
    assert await _tick(chat, first) == ["早上好 10 07:30"]
    assert await _tick(chat, first) == []
    assert await _tick(chat, _scheduler(chat, greeting)) == []
    chat.now += timedelta(days=3)
    assert await _tick(chat, _scheduler(chat, greeting)) == ["早上好 13 07:30"]


async def test_a_job_that_fails_is_tried_again_and_the_others_run(chat: Dialogue) -> None:
    tries: list[int] = []

    async def fails_once(context: JobContext) -> None:
        await _greets(context)
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("once")

    scheduler = _scheduler(chat, Job("fails", daily(7), fails_once), Job("works", daily(6), _greets))
    assert await _tick(chat, scheduler) == ["早上好 10 06:00"]
    assert await _tick(chat, scheduler) == ["早上好 10 07:00"]


async def test_the_ticker_starts_and_stops(chat: Dialogue) -> None:
    scheduler = _scheduler(chat)
    scheduler.start()
    assert scheduler._ticker
    assert scheduler._ticker.running
    scheduler.stop()
    scheduler.stop()
    assert scheduler._ticker is None


async def test_of_a_job_that_runs_all_the_time_only_the_last_occurrence_that_did_something_is_noted(chat: Dialogue) -> None:
    other = await chat.another_branch("东风村支部", {"钱有福": ["member", "secretary"]})
    jobs = (Job("often", every(1), _greets), Job("looks", every(1), _nothing), Job("daily", daily(7), _nothing))
    scheduler = _scheduler(chat, *jobs)
    for _ in range(3):
        await scheduler.tick()
        chat.now += timedelta(minutes=1)
    chat.now += timedelta(days=1)
    await scheduler.tick()

    async def noted(work: UnitOfWork) -> list[tuple[str, str]]:
        return sorted((row.job, row.occurrence.split(":")[0]) for row in await work.rows(select(job_run)))

    often = [("often", str(chat.branch)), ("often", str(other))]
    each_day = [("daily", str(branch)) for branch in (chat.branch, other) for _ in range(2)]
    assert await chat.run(noted) == sorted(often + each_day)


async def test_what_a_job_needs_from_outside_is_read_once_for_all_branches_and_tried_again_when_that_failed(chat: Dialogue) -> None:
    await chat.another_branch("二支部", {"老二": ["member", "secretary"]})
    asked: list[object] = []
    ran: list[object] = []

    def prepare(_: Settings, previous: object) -> int:
        asked.append(previous)
        if len(asked) == 1:
            raise OSError("the disk is away")
        return len(asked)

    async def note(ctx: JobContext) -> None:
        ran.append(ctx.prepared)

    scheduler = Scheduler(chat.app.database, [job("a", every(1), prepare=prepare)(note)], lambda: chat.now, lambda: None)
    await scheduler.tick()
    assert ran == []
    await scheduler.tick()
    await scheduler.tick()
    assert (asked, ran) == ([None, None], [2, 2])
    chat.now += timedelta(minutes=1)
    await scheduler.tick()
    assert (asked, ran) == ([None, None, 2], [2, 2, 3, 3])


async def test_what_was_missed_is_caught_up_in_the_order_in_which_it_was_due(chat: Dialogue) -> None:
    ran: list[str] = []

    async def note(context: JobContext) -> None:
        ran.append(f"{context.due.astimezone(BEIJING):%d %H:%M}")

    chat.now += timedelta(days=11)
    await _scheduler(chat, Job("a", daily(8), note), Job("b", monthly(2, 9), note), Job("c", daily(6), note)).tick()
    assert ran == ["02 09:00", "21 06:00", "21 08:00"]


async def test_a_clock_that_is_set_back_runs_nothing_daily_again_and_stops_nothing_that_runs_all_the_time(chat: Dialogue) -> None:
    ran: list[str] = []

    async def often(context: JobContext) -> None:
        ran.append(f"{context.due.astimezone(BEIJING):%H:%M}")

    scheduler = _scheduler(chat, Job("often", every(10), often), Job("daily", daily(8, 55), _greets))
    assert await _tick(chat, scheduler) == ["早上好 10 08:55"]
    chat.now -= timedelta(hours=1)
    for _ in range(7):
        assert await _tick(chat, scheduler) == []
        chat.now += timedelta(minutes=10)
    assert ran == ["09:00", "08:00", "08:10", "08:20", "08:30", "08:40", "08:50", "09:00"]  # it changed nothing: it may look again
    chat.now -= timedelta(minutes=10)
    assert await _tick(chat, _scheduler(chat, Job("daily", daily(8, 55), _greets))) == []


async def test_after_a_leap_of_years_nothing_is_done_unasked_until_the_clock_has_settled(chat: Dialogue) -> None:
    scheduler = _scheduler(chat, Job("greeting", daily(7), _greets))
    assert await _tick(chat, scheduler) == ["早上好 10 07:00"]
    right = chat.now
    chat.now += timedelta(days=365)
    assert await _tick(chat, scheduler) == []
    chat.now = right + timedelta(minutes=2)
    assert await _tick(chat, scheduler) == []
    chat.now += timedelta(days=1)
    assert await _tick(chat, scheduler) == ["早上好 11 07:00"]
    chat.now += timedelta(days=300)
    restarted = _scheduler(chat, Job("greeting", daily(7), _greets))
    assert await _tick(chat, restarted) == []
    chat.now += timedelta(hours=1)
    assert len(await _tick(chat, restarted)) == 1


async def test_in_a_county_a_tick_that_finds_nothing_to_do_is_one_transaction_and_branches_take_turns(chat: Dialogue) -> None:
    branches = [chat.branch, *[await chat.another_branch(f"{number}支部", {}) for number in range(45)]]
    order: list[tuple[str, int]] = []
    transactions: list[object] = []

    async def note(context: JobContext) -> None:
        order.append((context.due.astimezone(BEIJING).strftime("%H"), context.work.branch_id))

    jobs = [Job(f"job{hour}", daily(hour), note) for hour in range(9)]
    scheduler = _scheduler(chat, *jobs)
    genuine = chat.app.database.run

    async def run(function: Any, *args: Any, **kwargs: Any) -> Any:
        transactions.append(function)
        return await genuine(function, *args, **kwargs)

    chat.app.database.run = run  # type: ignore[method-assign]
    await scheduler.tick()
    assert len(order) == 9 * 46
    for branch in branches:
        assert [hour for hour, where in order if where == branch] == [f"{hour:02}" for hour in range(9)]
    assert {where for _, where in order[:46]} == set(branches)
    transactions.clear()
    await scheduler.tick()
    assert len(transactions) == 1
    transactions.clear()
    await _scheduler(chat, *jobs).tick()
    assert len(transactions) == 4  # what ran last, the branches, and twice a part of the 9 × 46 occurrences
    assert len(order) == 9 * 46


async def test_a_job_is_run_only_where_it_is_due_and_elsewhere_counts_as_run(chat: Dialogue) -> None:
    other = await chat.another_branch("东风村支部", {"钱有福": ["member", "secretary"]})
    asked: list[str] = []
    ran: list[tuple[str, int]] = []
    named = {other}

    def looks(name: str, timetable: Timetable) -> Job:
        async def where(round_: Round) -> set[BranchId]:
            asked.append(name)
            assert set(round_.branches) == {chat.branch, other}
            return named

        async def run(context: JobContext) -> None:
            ran.append((name, context.work.branch_id))

        return job(name, timetable, where=where)(run)

    jobs = [looks("daily", daily(7)), looks("often", every(10))]
    scheduler = _scheduler(chat, *jobs)
    for _ in range(2):
        await scheduler.tick()
    assert (asked, ran) == (["daily", "often"], [("daily", other), ("often", other)])
    named.add(chat.branch)
    await _scheduler(chat, *jobs).tick()
    assert asked[2:] == ["often"], "what was noted for a day is not asked after a restart"
    chat.now += timedelta(days=1)
    named.clear()
    await scheduler.tick()
    assert asked[3:] == ["daily", "often"]
    assert len(ran) == 4


async def test_a_job_that_cannot_be_asked_runs_everywhere_and_a_branch_that_fails_stops_no_other(chat: Dialogue) -> None:
    malformed = await chat.another_branch("东风村支部", {"钱有福": ["member", "secretary"]})
    asked: list[int] = []
    tried: list[BranchId] = []

    async def where(round_: Round) -> set[BranchId]:
        asked.append(1)
        raise ValueError("one branch decided something malformed")

    async def run(context: JobContext) -> None:
        tried.append(context.work.branch_id)
        if context.work.branch_id == malformed:
            raise ValueError("this one")
        await _greets(context)

    scheduler = _scheduler(chat, job("fails", daily(6), where=where)(run))
    assert await _tick(chat, scheduler) == ["早上好 10 06:00"]
    assert sorted(tried) == sorted([chat.branch, malformed])
    tried.clear()
    assert await _tick(chat, scheduler) == []
    assert tried == [malformed], "only where it failed is it tried again"
    assert len(asked) == 2


async def test_a_job_is_asked_once_for_all_branches_however_many(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.AT_A_LOOK", 2)
    others = [await chat.another_branch(f"东风村{each}支部", {"钱有福": ["member", "secretary"]}) for each in "一二三四"]
    asked: list[int] = []
    ran: list[BranchId] = []

    async def where(round_: Round) -> set[BranchId]:
        asked.append(len(round_.branches))
        return set(others[:3])

    async def run(context: JobContext) -> None:
        ran.append(context.work.branch_id)

    jobs = job("daily", daily(7), where=where)(run)
    await _scheduler(chat, jobs).tick()
    await _scheduler(chat, jobs).tick()
    assert asked == [5]
    assert sorted(ran) == sorted(others[:3])
