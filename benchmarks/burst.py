"""(c) Five thousand people in a hundred groups write within a second. How long until all is stored, and until every group can see it.

Stored: from an update's arrival to the commit, after which Telegram would be told. Visible: a group's one message shows all of its people;
the platform's limits (30 a second overall, 20 a minute for a group, 1 a second for a chat) hold as in production. With the web pages and
the scheduler of the product running; a process of its own, so that its memory is its own:

    python -m benchmarks.burst --database URL [--people N] [--groups N]      (the people must be there, see `benchmarks.world`)
"""

import argparse
import asyncio
import json
import re
import sys
import time
from typing import Any

from benchmarks import world
from benchmarks.measuring import percentile, quiet, resident
from benchmarks.ours import Ours, Time, running
from benchmarks.report import Row
from benchmarks.sink import InProcess
from benchmarks.world import World
from bot.messages import Budget

PATIENCE = 60.0
_COUNT = re.compile(r"(\d+) 人")


class Shown:
    """What each group's message shows, and which people have their mark."""

    def __init__(self, people: World) -> None:
        self._people = people
        self._wanted = people.people // people.groups
        self.groups: dict[int, float] = {}
        """When a group saw everybody."""
        self.marks: dict[int, float] = {}
        self.messages = 0
        self.all_seen = asyncio.Event()

    def told(self, method: str, parameters: dict[str, Any]) -> None:
        """A request arrived."""
        if method == "setMessageReaction":
            self.marks[int(parameters["message_id"])] = time.perf_counter()
            return
        text = parameters.get("text")
        if text is None:
            return
        self.messages += 1
        counted = _COUNT.search(text)
        if counted and int(counted[1]) >= self._wanted:
            self.groups.setdefault(int(parameters["chat_id"]), time.perf_counter())
        if len(self.groups) == self._people.groups:
            self.all_seen.set()


async def measure(url: str, people: World) -> dict[str, float]:
    """The figures, in seconds and megabytes."""
    shown, clock = Shown(people), Time()
    async with running(url, InProcess(shown.told), clock, budget=Budget(), complete=True) as ours:
        ready = resident()
        began = time.perf_counter()
        stored = await asyncio.gather(*(_stored(ours, people, number) for number in range(people.people)))
        all_stored = time.perf_counter() - began
        try:
            async with asyncio.timeout(PATIENCE):
                await shown.all_seen.wait()
        except TimeoutError:
            print(f"after {PATIENCE:.0f} s only {len(shown.groups)} of {people.groups} groups see everybody")
        seen = sorted(at - began for at in shown.groups.values())
        marked = [at - began for at in shown.marks.values()]
        after = resident()
    missing = [float("inf")] * (people.groups - len(seen))
    return {
        "stored p50": percentile(stored, 50),
        "stored p99": percentile(stored, 99),
        "all stored": all_stored,
        "visible to all": max([*seen, *missing]),
        "visible p50": percentile([*seen, *missing], 50),
        "marks p99": percentile(marked, 99) if len(marked) == people.people else float("inf"),
        "messages a group": shown.messages / people.groups,
        "ready MB": ready,
        "after MB": after,
    }


async def _stored(ours: Ours, people: World, number: int) -> float:
    began = time.perf_counter()
    await ours.say(people.person(number), "签到", message_id=number + 1)
    return time.perf_counter() - began


async def apart(url: str, people: World) -> dict[str, float]:
    """The figures, measured by a process of its own on a database that is filled by this one."""
    await world.build(url, people, with_lessons=True)
    command = ["-m", "benchmarks.burst", "--database", url, "--people", str(people.people), "--groups", str(people.groups)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError("the burst could not be measured")
    figures: dict[str, float] = json.loads(told.splitlines()[-1])
    return figures


async def rows(url: str, people: World) -> list[Row]:
    """The rows of (c), and of (d) what memory was held."""
    told = await apart(url, people)
    name = f"burst of {people.people:,} in {people.groups} groups"
    return [
        Row(f"{name}: stored, p99", "s", told["stored p99"], goal=(1.5, "most")),
        Row(f"{name}: all stored", "s", told["all stored"]),
        Row(f"{name}: every group sees everybody", "s", told["visible to all"], goal=(10, "most")),
        Row(f"{name}: messages and edits a group", "", told["messages a group"]),
        Row("memory when ready, with web pages and scheduler", "MB", told["ready MB"], goal=(86, "most")),
        Row("memory after the burst", "MB", told["after MB"], goal=(110, "most")),
    ]


def main() -> None:
    """Measure and print as JSON."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--database", required=True)
    reading.add_argument("--people", type=int, default=5_000)
    reading.add_argument("--groups", type=int, default=100)
    given = reading.parse_args()
    quiet()
    figures = asyncio.run(measure(given.database, World(groups=given.groups, people=given.people)))
    print(json.dumps({what: round(figure, 4) for what, figure in figures.items()}))


if __name__ == "__main__":
    main()
