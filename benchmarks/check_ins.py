"""(a) Check-ins through the whole path, against the naive bot; (b) the same rows committed by sqlite3 alone.

Fifty people at once in a closed loop: each says 签到 – a new person every time, one message a day –, waits until the row is committed and
the answer has arrived, and the next begins. The answer is what the product really gives: in a group its mark under the message (the day's
merged message goes out beside it and counts as nothing), in private a message of its own; the naive bot answers each by a message.
"""

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import naive_bot, world
from benchmarks.measuring import percentile
from benchmarks.ours import Time, running, update
from benchmarks.report import Row
from benchmarks.sink import InProcess, OverHttp, http_server
from benchmarks.world import World

AT_ONCE = 50
Check = Callable[[int], Awaitable[None]]
"""One person's check-in: returns when it is stored and answered."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round brought: check-ins a second, and how long each took, in milliseconds."""

    rate: float
    took: list[float]


async def closed_loop(check: Check, numbers: Iterator[int], seconds: float) -> Round:
    """`AT_ONCE` people at a time for so long."""
    took: list[float] = []
    began = time.perf_counter()

    async def one_after_the_other() -> None:
        for number in numbers:
            if (at := time.perf_counter()) - began >= seconds:
                return
            await check(number)
            took.append((time.perf_counter() - at) * 1000)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return Round(len(took) / (time.perf_counter() - began), took)


class Answers:
    """Who waits for which answer."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, int], asyncio.Future[None]] = {}

    def expect(self, kind: str, number: int) -> asyncio.Future[None]:
        """An answer to come: a mark under a message, or a message into a chat."""
        return self._waiting.setdefault((kind, number), asyncio.get_running_loop().create_future())

    def told(self, method: str, parameters: dict[str, Any]) -> None:
        """A request of our bot arrived."""
        if method == "setMessageReaction":
            self._came("mark", int(parameters["message_id"]))
        elif method == "sendMessage":
            self._came("message", int(parameters["chat_id"]))

    def sent(self, _: int, text: str) -> None:
        """The naive bot's answer, which begins with `#` and the person."""
        self._came("naive", int(text[1:].split(" ", 1)[0]))

    def _came(self, kind: str, number: int) -> None:
        future = self._waiting.pop((kind, number), None)
        if future is not None and not future.done():
            future.set_result(None)


class Contest:
    """Our bot, in process and over HTTP, and the naive one, each on a database of its own with the same people."""

    def __init__(self, stack: AsyncExitStack, folder: Path, people: World, *, private: bool) -> None:
        self._stack = stack
        self._folder = folder
        self._people = people
        self._private = private
        self._numbers: dict[str, Iterator[int]] = {}
        self.sides: dict[str, Check] = {}

    async def add_ours(self, name: str, url: str, base_url: str | None = None) -> None:
        """Ours; with `base_url` over a real HTTP server."""
        answers, clock = Answers(), Time()
        await world.build(url, self._people)
        line = OverHttp(answers.told, base_url) if base_url else InProcess(answers.told)
        ours = await self._stack.enter_async_context(running(url, line, clock))

        async def check(number: int) -> None:
            person = self._people.person(number)
            answered = answers.expect(*(("message", person.user_id) if self._private else ("mark", number + 1)))
            await ours.say(person, "签到", message_id=number + 1, private=self._private)
            await answered

        self._enter(name, check)

    async def add_naive(self, name: str, *, concurrent: bool) -> None:
        """The naive bot, as it comes."""
        answers, clock = Answers(), Time()
        path = self._folder / f"{name.replace(' ', '-').replace(',', '')}.db"
        url = f"sqlite+aiosqlite:///{path}"
        await naive_bot.create(url)
        with sqlite3.connect(path) as filling:
            people = enumerate(self._people.everybody())
            rows = [(each.user_id, each.user_id if self._private else each.group_id, f"党员{number}") for number, each in people]
            filling.executemany("insert into member (uid, gid, name) values (?, ?, ?)", rows)
        filling.close()
        bot = await naive_bot.NaiveBot.start(url, answers.sent, concurrent=concurrent)
        self._stack.push_async_callback(bot.stop)

        async def check(number: int) -> None:
            person = self._people.person(number)
            answered = answers.expect("naive", person.user_id)
            bot.feed(update(number + 1, person, "签到", number + 1, clock(), private=self._private))
            await answered  # it answers after its commit

        self._enter(name, check)

    def _enter(self, name: str, check: Check) -> None:
        self._numbers[name] = iter(range(self._people.people))
        self.sides[name] = check

    async def rounds(self, count: int, seconds: float) -> dict[str, list[Round]]:
        """So many rounds, the sides taking turns; the first tenth of a second of each is thrown away."""
        done: dict[str, list[Round]] = {name: [] for name in self.sides}
        for name, check in self.sides.items():
            await closed_loop(check, self._numbers[name], 0.1)
        for _ in range(count):
            for name, check in self.sides.items():
                done[name].append(await closed_loop(check, self._numbers[name], seconds))
        return done


async def against_the_naive_bot(folder: Path, url: Callable[[str], str], *, private: bool, rounds: int, seconds: float) -> list[Row]:
    """The rows of (a) for groups or for private chats."""
    # As many people as the quickest could take, so that nobody has to speak twice a day.
    people = World(groups=400, people=int(8_000 * rounds * seconds) + 5_000)
    where = "in private" if private else "in groups"
    async with AsyncExitStack() as stack:
        contest = Contest(stack, folder, people, private=private)
        base_url = stack.enter_context(http_server())
        await contest.add_ours("ours", url(f"ours-{private}"))
        await contest.add_ours("ours over HTTP", url(f"http-{private}"), base_url)
        await contest.add_naive("naive", concurrent=False)
        await contest.add_naive("naive, concurrent", concurrent=True)
        done = await contest.rounds(rounds, seconds)
    rates = {name: statistics.median(each.rate for each in found) for name, found in done.items()}
    p99 = {name: statistics.median(percentile(each.took, 99) for each in found) for name, found in done.items()}
    baseline = max(rates["naive"], rates["naive, concurrent"])
    slowest = p99["naive" if baseline == rates["naive"] else "naive, concurrent"]
    return [
        Row(f"check-ins {where}, 50 at once", "1/s", rates["ours"], baseline, "naive bot", goal=(15, "ratio")),
        Row(f"check-ins {where}, 50 at once, real HTTP for ours", "1/s", rates["ours over HTTP"], baseline, "naive bot"),
        Row(f"naive bot {where}, concurrent_updates", "1/s", rates["naive, concurrent"], rates["naive"], "naive bot, one by one"),
        Row(f"check-ins {where}: stored and answered, p99", "ms", p99["ours"], slowest, "naive bot", less=True, goal=(100, "most")),
        Row(f"check-ins {where}: the same, real HTTP for ours, p99", "ms", p99["ours over HTTP"], slowest, "naive bot", less=True),
    ]


async def against_sqlite(folder: Path, server: str, file: str, rounds: int, seconds: float) -> list[Row]:
    """The row of (g): ours on PostgreSQL against ours on SQLite, in groups."""
    people = World(groups=400, people=int(8_000 * rounds * seconds) + 5_000)
    async with AsyncExitStack() as stack:
        contest = Contest(stack, folder, people, private=False)
        await contest.add_ours("postgres", server)
        await contest.add_ours("sqlite", file)
        done = await contest.rounds(rounds, seconds)
    rates = {name: statistics.median(each.rate for each in found) for name, found in done.items()}
    slow = {name: statistics.median(percentile(each.took, 99) for each in found) for name, found in done.items()}
    return [
        Row("check-ins in groups on PostgreSQL", "1/s", rates["postgres"], rates["sqlite"], "ours on SQLite", goal=(0.6, "ratio")),
        Row("check-ins in groups on PostgreSQL: p99", "ms", slow["postgres"], slow["sqlite"], "ours on SQLite", less=True),
    ]
