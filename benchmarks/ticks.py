"""(m) What the scheduler costs: the first tick after a start, a minute in which nothing is to be done, and how long it holds the writer.

A county of 46 branches on our own clock, with the library on its shelf. The first tick is that of a deployment in which no job ever ran,
so that every daily and monthly one is caught up; then an hour passes in ticks of twenty seconds, a second scheduler starts that knows
nothing of it, and a night passes: the tick of the morning tidies, and posts the day's lesson in every branch.
"""

import time
from datetime import UTC, datetime, timedelta

from benchmarks import world
from benchmarks.ours import running
from benchmarks.report import Row
from benchmarks.sink import InProcess
from benchmarks.world import World
from bot import discovery
from bot.scheduler import Scheduler

COUNTY = World(groups=46, people=1_278)
TICK, MINUTES = timedelta(seconds=20), 60


class _Clock:
    """Stands still until it is moved; begins on a Wednesday at 13:00 in Beijing."""

    now = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def rows(url: str, people: World = COUNTY) -> list[Row]:
    """The rows of (m)."""
    await world.build(url, people, with_lessons=True)
    clock, held = _Clock(), [0.0]
    async with running(url, InProcess(lambda _method, _parameters: None), clock, deliver=False) as ours:
        writer = ours.app.database._writer  # noqa: SLF001  what it tells of each commit goes to the metrics, which keep no single one
        assert writer is not None
        writer._observe = lambda _errands, seconds: held.append(seconds)  # noqa: SLF001

        async def ticked(step: timedelta, times: int) -> float:
            held.clear()
            began = time.process_time()
            for _ in range(times):
                clock.now += step
                await ours.app.scheduler.tick()
            return (time.process_time() - began) * 1000

        first, longest_first = await ticked(TICK, 1), max(held)
        idle, longest_idle = await ticked(TICK, 3 * MINUTES), max(held)
        app = ours.app
        again = Scheduler(app.database, discovery.jobs(), clock, app.delivery.wake, app.settings)
        began = time.process_time()
        await again.tick()
        restart = (time.process_time() - began) * 1000
        await ticked(timedelta(hours=10), 1)
        night, longest_night = await ticked(timedelta(hours=9), 1), max(held)
    branches = people.groups
    return [
        Row(f"first tick of {branches} branches: processor", "ms", first, goal=(150, "most")),
        Row(f"first tick of {branches} branches after a restart: processor", "ms", restart),
        Row("idle minute: processor a branch", "ms", idle / MINUTES / branches, goal=(0.2, "most")),
        Row(f"the tick of a morning, {branches} branches, all that was due since: processor", "ms", night),
        Row("longest transaction of the scheduler: first tick", "ms", longest_first * 1000),
        Row("longest transaction of the scheduler: idle", "ms", longest_idle * 1000),
        Row("longest transaction of the scheduler: a morning", "ms", longest_night * 1000),
    ]
