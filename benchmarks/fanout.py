"""(f) A lesson to two thousand groups, while people go on asking; in real time.

The platform lets 30 messages a second through, 24 of them what nobody asked for, so this takes more than a minute whatever we do: what
counts is our own processor time a message, and that answers do not wait. Half-way the program is stopped and started again; only after
that people ask, every quarter of a second one, so that the first half tells the cost of the lesson alone.
"""

import asyncio
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from benchmarks import world
from benchmarks.ours import Ours, Time, running
from benchmarks.report import Row
from benchmarks.sink import InProcess
from benchmarks.world import FIRST_GROUP, World, chat_key
from bot.messages import Budget, Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

LESSON = Text("【三分钟党课】今天讲工资条怎么看。", "[Three-minute lesson] How to read a pay slip.")
ASKED_EVERY = 0.25
SMALL, LETTERS = 20, 200
LONG = 10.0
"""Seconds without any lesson after which none is waited for."""


class Posted:
    """What arrived when."""

    def __init__(self) -> None:
        self.lessons: list[tuple[float, int]] = []
        self.asked: dict[int, float] = {}
        self.delays: list[float] = []
        self._awaited, self._there = 0, asyncio.Event()

    def told(self, method: str, parameters: dict[str, Any]) -> None:
        """A request arrived."""
        if method != "sendMessage":
            return
        chat = int(parameters["chat_id"])
        if parameters["text"] == LESSON.zh:
            self.lessons.append((time.perf_counter(), chat))
            if len(self.lessons) == self._awaited:
                self._there.set()
        elif chat in self.asked:
            self.delays.append(time.perf_counter() - self.asked.pop(chat))

    async def until(self, lessons: int) -> None:
        """Wait for so many lessons, without looking again and again: that would cost as much as they. Raises `TimeoutError`."""
        self._awaited = lessons
        while (before := len(self.lessons)) < lessons:
            self._there.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(LONG):
                    await self._there.wait()
            if len(self.lessons) == before:
                raise TimeoutError("nothing more is sent")


async def _post(work: UnitOfWork, branch: int, chats: list[int]) -> None:
    work.enter(BranchId(branch))
    for chat in chats:
        await posting.to_chat(work, chat_key(chat), Outgoing(LESSON), priority=Priority.REMINDER)


async def _ask(ours: Ours, posted: Posted, people: World) -> None:
    """People ask in private, one every quarter of a second, until cancelled."""
    for number in range(people.people):
        person = people.person(number)
        posted.asked[person.user_id] = time.perf_counter()
        await ours.say(person, "帮助", message_id=1_000_000 + number, private=True)
        await asyncio.sleep(ASKED_EVERY)


async def measure(url: str, groups: int) -> dict[str, float]:
    """The figures: milliseconds of processor a message, seconds."""
    people = World(groups=groups, people=groups)
    await world.build(url, people)
    posted, clock = Posted(), Time()
    line = InProcess(posted.told)
    async with running(url, line, clock, budget=Budget(), deliver=False) as ours:
        for number in range(groups):  # branch after branch, as the job does it
            await ours.app.database.run(_post, people.branch_of(number), [FIRST_GROUP - number])
    async with running(url, line, clock, budget=Budget()):
        before = time.process_time()
        await posted.until(groups // 2)
        spent, done = time.process_time() - before, len(posted.lessons)
        took = posted.lessons[done - 1][0] - posted.lessons[0][0]
    async with running(url, line, clock, budget=Budget()) as ours:
        asking = asyncio.create_task(_ask(ours, posted, people))
        await posted.until(groups)
        asking.cancel()
        await asyncio.sleep(0.5)
    sent = Counter(chat for _, chat in posted.lessons)
    return {
        "processor": spent / done * 1000,
        "rate": done / took,
        "answer delay": max([*posted.delays, *(time.perf_counter() - at for at in posted.asked.values())]),
        "missing": groups - len(sent),
        "twice": sum(count > 1 for count in sent.values()),
    }


async def fairness(url: str, small: int, letters: int) -> float:
    """How long the letters of small branches take, beside a large one that posted `letters` before them: seconds."""
    people = World(groups=small + 1, people=small + 1)
    await world.build(url, people)
    posted, clock = Posted(), Time()
    line = InProcess(posted.told)
    async with running(url, line, clock, budget=Budget(), deliver=False) as ours:
        await ours.app.database.run(_post, people.branch_of(0), [500_000 + number for number in range(letters)])
        for number in range(1, small + 1):
            await ours.app.database.run(_post, people.branch_of(number), [FIRST_GROUP - number])
    async with running(url, line, clock, budget=Budget()):
        began = time.perf_counter()
        while sum(chat < 0 for _, chat in posted.lessons) < small:
            await posted.until(len(posted.lessons) + 1)
    return max(at - began for at, chat in posted.lessons if chat < 0)


async def rows(url: str, fair_url: str, groups: int) -> list[Row]:
    """The rows of (f)."""
    told = await measure(url, groups)
    waited = await fairness(fair_url, SMALL, LETTERS)
    name = f"a lesson to {groups:,} groups"
    return [
        Row(
            f"{name}: own processor a message", "ms", told["processor"], 2.9, "python-telegram-bot's sending", less=True, goal=(0.4, "most")
        ),
        Row(f"{name}: messages a second of the platform's 30", "1/s", told["rate"], goal=(22, "least")),
        Row(f"{name}: an answer meanwhile, the slowest", "s", told["answer delay"], goal=(1, "most")),
        Row(f"{name}, a restart half-way: groups without it", "", told["missing"], goal=(0, "most")),
        Row(f"{name}, a restart half-way: groups that got it twice", "", told["twice"], goal=(0, "most")),
        Row(f"{SMALL} branches with one letter beside one with {LETTERS}: the last of the {SMALL}", "s", waited, goal=(3, "most")),
    ]
