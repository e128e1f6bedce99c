"""What jobs are asked for all branches at once: a branch that is not named has nothing to do, and one that is named is one of few."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot import discovery
from bot.jobs import Job, JobContext, Round
from bot.scheduler import Scheduler
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.schedules.test_every_job import DAYS, JOBS, World, at, lived, world

__all__ = ["lived", "world"]
MOMENTS = [*DAYS, at(2, 26, 19, 5), at(3, 2, 9, 31), at(3, 3, 9, 5), at(3, 10, 12, 40), at(4, 2, 9, 5), at(4, 25, 9, 31), at(9, 1, 10, 1)]
SILENT = {"lesson_reload", "lines"}
"""Jobs of which the world of these tests holds nothing new after its first tick."""


async def _changes(work: UnitOfWork) -> int:
    await work.flush()
    return int((await work.rows(text("select total_changes() as so_far")))[0].so_far)


@pytest.mark.sqlite
async def test_who_is_not_named_has_nothing_to_do(world: World) -> None:
    changed: set[str] = set()
    missed: list[tuple[str, str]] = []

    def watched(job: Job) -> Job:
        where = job.where
        assert where is not None, f"{job.name} is run in every branch each time"

        async def run(ctx: JobContext) -> None:
            branch = ctx.work.branch_id
            named = await where(Round(ctx.work, [branch], ctx.due, ctx.prepared))
            before = await _changes(ctx.work)
            await job.run(ctx)
            if await _changes(ctx.work) > before:
                changed.add(job.name)
                if branch not in named:
                    missed.append((job.name, ctx.work.now.isoformat()))

        return replace(job, run=run, where=None)

    chat = await world.opened(MOMENTS[0])
    scheduler = Scheduler(chat.app.database, [watched(each) for each in JOBS.values()], lambda: chat.now, lambda: None, chat.app.settings)
    for moment in MOMENTS:
        chat.now = moment
        await scheduler.tick()
        await chat.app.drain()
    await chat.close()
    assert missed == []
    assert changed >= set(JOBS) - SILENT


async def test_a_branch_in_which_nothing_happens_is_hardly_ever_opened(chat: Dialogue) -> None:
    opened: list[str] = []

    def counted(job: Job) -> Job:
        async def run(ctx: JobContext) -> None:
            opened.append(job.name)
            await job.run(ctx)

        return replace(job, run=run)

    chat.now = at(3, 10, 13)
    scheduler = Scheduler(
        chat.app.database, [counted(each) for each in discovery.jobs()], lambda: chat.now, lambda: None, chat.app.settings
    )
    await scheduler.tick()
    assert sorted(opened) == ["daily_lesson", "tidy"]  # its first plan; and what belongs to no branch
    opened.clear()
    for _ in range(12):
        chat.now += timedelta(minutes=5)
        await scheduler.tick()
    assert opened == []
