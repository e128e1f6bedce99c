"""Days of a county and of a city, compressed: the real program on our clock. Messages a day, growth of the database, processor time.

A county: 46 branches, 1,278 members. A city: 4,100 members, in branches of the same size. From seven in the morning to ten at night the
scheduler ticks every quarter of an hour; the platform's limits hold. Of the members so many in a hundred say something to the bot on a
day (`ACTIVE`), in the proportions of `SAID`, and twice as often something in the group that is not for it.

    python -m benchmarks.simulate [--place county|city] [--days N]
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks import world
from benchmarks.databases import Files
from benchmarks.measuring import quiet, resident
from benchmarks.ours import Ours, running
from benchmarks.sink import InProcess
from benchmarks.sizes import kilobytes
from benchmarks.world import World
from bot.messages import Budget, Priority
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork

PLACES = {"county": World(groups=46, people=1_278), "city": World(groups=147, people=4_100)}
DAYS = {"county": 7, "city": 3}
ACTIVE = 40
SAID = {("签到", False): 45, ("签到", True): 15, ("学习", True): 15, ("党费", True): 10, ("帮助", True): 10, ("我的", True): 5}
BESIDE = "明天集市几点开，谁家有车能捎一段"
MORNING, NIGHT = 7, 22
TICK = timedelta(minutes=15)
BEIJING = timedelta(hours=8)


class Clock:
    """Stands still until it is moved; begins on a Monday at midnight in Beijing."""

    def __init__(self) -> None:
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.now = today + timedelta(days=7 - today.weekday()) - BEIJING

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Day:
    """What a day brought."""

    heard: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    busiest: int = 0
    """Messages and edits in the fullest second of the account."""
    unasked: float = 0.0
    """Messages that nobody asked for, a group."""
    processor: float = 0.0
    kilobytes: int = 0


class Sent:
    """Counts what arrives, by method and by second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.methods: Counter[str] = Counter()
        self.seconds: Counter[datetime] = Counter()

    def told(self, method: str, _: dict[str, Any]) -> None:
        """A request arrived."""
        self.methods[method] += 1
        if method in {"sendMessage", "editMessageText"}:
            self.seconds[self._clock.now.replace(microsecond=0)] += 1


class Simulation:
    """A deployment and its people. Chance is the same at every run."""

    def __init__(self, ours: Ours, people: World, clock: Clock, sent: Sent, file: Path) -> None:
        self._ours = ours
        self._people = people
        self._clock = clock
        self._sent = sent
        self._file = file
        self._chance = random.Random(1)
        self._messages = 0

    async def day(self) -> Day:
        """From midnight to midnight."""
        told = Day()
        began, before = self._clock.now, time.process_time()
        self._sent.methods.clear()
        self._sent.seconds.clear()
        self._clock.now = began + timedelta(hours=MORNING)
        ticks = (NIGHT - MORNING) * 4
        for quarter in range(ticks):
            until = began + timedelta(hours=MORNING) + TICK * (quarter + 1)
            await self._ours.app.scheduler.tick()
            speakers = [number for number in range(self._people.people) if self._chance.random() * ticks * 100 < ACTIVE]
            told.heard += 3 * len(speakers)
            await asyncio.gather(*(self._speak(number) for number in speakers))
            await self._deliver(until)
        self._clock.now = began + timedelta(days=1)
        told.sent, told.processor = self._sent.methods.copy(), time.process_time() - before
        told.busiest = max(self._sent.seconds.values(), default=0)
        told.unasked = await self._ours.app.database.run(_unasked, began) / self._people.groups
        told.kilobytes = kilobytes(self._file)
        return told

    async def _speak(self, number: int) -> None:
        person = self._people.person(number)
        for _ in range(2):
            self._messages += 1
            await self._ours.say(person, BESIDE, message_id=self._messages)
        text, private = self._chance.choices(list(SAID), list(SAID.values()))[0]
        self._messages += 1
        await self._ours.say(person, text, message_id=self._messages, private=private)

    async def _deliver(self, until: datetime) -> None:
        """Send what is due until a moment, as the platform lets it through."""
        while self._clock.now < until:
            await self._ours.app.drain()
            due = await self._ours.app.next_due()
            self._clock.now = min(until, max(due, self._clock.now + timedelta(milliseconds=250))) if due else until


async def _unasked(work: UnitOfWork, since: datetime) -> int:
    where = (outbox.c.kind == "group", outbox.c.priority >= int(Priority.NOTICE), outbox.c.sent_at >= since)
    return int((await work.rows(select(func.count()).select_from(outbox).where(*where)))[0][0])


async def simulate(place: str, days: int, folder: Path) -> Sequence[Day]:
    """So many days of a place, from its first."""
    people, clock = PLACES[place], Clock()
    url = Files(folder).url(place)
    await world.build(url, people, with_lessons=True)
    sent = Sent(clock)
    async with running(url, InProcess(sent.told), clock, budget=Budget(), deliver=False) as ours:
        simulation = Simulation(ours, people, clock, sent, folder / f"{place}.db")
        return [await simulation.day() for _ in range(days)]


def show(place: str, days: Sequence[Day]) -> None:
    """Print a table."""
    people = PLACES[place]
    print(f"\n{place}: {people.groups} branches, {people.people:,} members; {resident():.0f} MB of memory at the end\n")
    print("| day | heard | messages | edits | marks | fullest second | unasked a group | database | grew by | processor |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    before = days[0].kilobytes
    for number, each in enumerate(days, 1):
        sent = [each.sent[name] for name in ("sendMessage", "editMessageText", "setMessageReaction")]
        cells = [number, f"{each.heard:,}", *(f"{count:,}" for count in sent), each.busiest, f"{each.unasked:.1f}"]
        cells += [f"{each.kilobytes:,} kB", f"{each.kilobytes - before:,} kB", f"{each.processor:.1f} s"]
        print("| " + " | ".join(map(str, cells)) + " |")
        before = each.kilobytes


def main() -> None:
    """Simulate and print."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--place", choices=PLACES)
    reading.add_argument("--days", type=int, default=0)
    given = reading.parse_args()
    quiet()
    for place in [given.place] if given.place else list(PLACES):
        with tempfile.TemporaryDirectory(prefix="zhibu-simulation-") as name:
            show(place, asyncio.run(simulate(place, given.days or DAYS[place], Path(name))))


if __name__ == "__main__":
    main()
