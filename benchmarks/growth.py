"""(e) What a check-in costs as the deployment grows: branches of fifty members each, 2 to 2,000 of them.

A hundred people, always as many, check in on ten days, fifty at once, so that only the size of what lies around them differs. Cost is the
processor time of the whole process per check-in, stored and answered; wall time beside it.
"""

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks import world
from benchmarks.check_ins import AT_ONCE, Answers
from benchmarks.ours import Ours, Time, running
from benchmarks.report import Row
from benchmarks.sink import InProcess
from benchmarks.world import World

MEMBERS_EACH = 50
SIZES = (100, 1_000, 10_000, 100_000)
QUICK = (100, 2_000)
PEOPLE = 100
DAYS = 12


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds a check-in: of the processor, and until it is answered at the median."""

    members: int
    groups: int
    processor: float
    answered: float


async def cost(url: str, members: int) -> Cost:
    """The cost at one size."""
    people = World(groups=max(1, members // MEMBERS_EACH), people=members)
    await world.build(url, people)
    answers, clock = Answers(), Time()
    took: list[float] = []
    spent: list[float] = []
    async with running(url, InProcess(answers.told), clock) as ours:
        for day in range(DAYS):
            clock.shift = timedelta(days=day)
            before = time.process_time()
            took += await _day(ours, answers, people, day)
            spent.append((time.process_time() - before) / PEOPLE * 1000)
    # The first days warm up caches, on every size alike.
    return Cost(members, people.groups, statistics.median(spent[2:]), statistics.median(took[2 * PEOPLE :]))


async def _day(ours: Ours, answers: Answers, people: World, day: int) -> list[float]:
    """The people, spread evenly over all branches, check in; how long each took."""
    numbers = iter([(index * people.people) // PEOPLE for index in range(PEOPLE)])
    took: list[float] = []

    async def one_after_the_other() -> None:
        for number in numbers:
            began = time.perf_counter()
            message_id = day * people.people + number + 1
            answered = answers.expect("mark", message_id)
            await ours.say(people.person(number), "签到", message_id=message_id)
            await answered
            took.append((time.perf_counter() - began) * 1000)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return took


async def measured(url: Callable[[str], str], *, quick: bool) -> list[Cost]:
    """The cost at every size, from the smallest."""
    return [await cost(url(f"growth-{members}"), members) for members in (QUICK if quick else SIZES)]


def rows(costs: list[Cost]) -> list[Row]:
    """The rows of (e): the largest against the smallest."""
    least, most = costs[0], costs[-1]
    growth = most.processor / least.processor
    name = f"{least.members} → {most.members:,} members, {least.groups} → {most.groups:,} groups"
    lines = [Row(f"processor a check-in with {each.members:,} members", "ms", each.processor) for each in costs]
    return [*lines, Row(f"growth of the cost, {name}", "×", growth, goal=(1.2, "most"))]


def plot(costs: list[Cost], path: Path, where: str) -> None:
    """A picture for docs/."""
    import matplotlib as mpl  # noqa: PLC0415 – only where it is drawn

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(7, 4), dpi=110)
    sizes = [each.members for each in costs]
    axes.plot(sizes, [each.processor for each in costs], "o-", label="processor time a check-in")
    axes.axhline(costs[0].processor * 1.2, color="grey", linestyle=":", label="1.2 × the smallest (goal)")
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("members (fifty to a branch and group)")
    axes.set_ylabel("ms")
    axes.set_title(f"Cost of a check-in as the deployment grows\n{where}", fontsize=9)
    for each in costs:
        axes.annotate(f"{each.groups:,} groups", (each.members, each.processor), textcoords="offset points", xytext=(0, 8), ha="center")
    axes.legend(loc="lower right")
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)
