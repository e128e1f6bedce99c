"""Three processes on one PostgreSQL, one of them killed at random again and again; webhooks reach any of them through a balancer.

`make torture-postgres MINUTES=10`. What people were promised is compared with what the database holds and what the platform was told.
"""

import argparse
import asyncio
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import aiohttp
from aiohttp import web

from tests.databases import ask, served
from tests.torture import comparison
from tests.torture.branch import configured, fill, names, settings_of
from tests.torture.campaign import Clock
from tests.torture.expected import Expected
from tests.torture.nursery import Life, Nursery
from tests.torture.witness import Witness

PROCESSES = 3
MONTHS = [f"{month}月" for month in range(1, 13)]
BACKLOG = 12
"""So much may wait for the processes; then people wait with it."""
SETTLE = 120.0


@dataclass
class Outcome:
    """What is printed."""

    kills: int = 0
    messages: int = 0
    claims: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    unanswered: int = 0
    in_doubt: int = 0
    """Letters of which it is not known whether they arrived: about money they are not repeated, and a person decides."""
    repeated: int = 0
    marked: int = 0
    """By the log: letters that may arrive twice."""
    taken_up: int = 0
    """How often a process found another dead."""
    stuck: int = 0
    unexplained: list[str] = field(default_factory=list)
    ledgers: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        wrong = (
            self.lost
            or self.doubled
            or self.out_of_order
            or self.stuck
            or self.unexplained
            or [each for each in self.ledgers if "WRONG" in each]
        )
        return not wrong and self.unanswered <= self.in_doubt and self.repeated <= self.marked

    def table(self) -> str:
        return "\n".join([comparison.table(self, without={"ledgers"}), *self.ledgers])


class Balancer:
    """Hands each request to one of the processes that answer."""

    def __init__(self, ports: list[int], chance: random.Random) -> None:
        self._ports = ports
        self._chance = chance

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20))
        app = web.Application()
        app.router.add_post("/telegram/main", self._hand_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _hand_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        secret = {name: value for name, value in request.headers.items() if name.startswith("X-") or name == "Content-Type"}
        for port in self._chance.sample(self._ports, len(self._ports)):
            try:
                async with self._session.post(f"http://127.0.0.1:{port}/telegram/main", data=body, headers=secret) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)


class Play:
    """One branch, one platform, three processes."""

    def __init__(self, folder: Path, url: str, server: Witness, nursery: Nursery, clock: Clock, seed: int, people: int) -> None:
        self.folder, self.url, self.server, self.nursery, self.clock = folder, url, server, nursery, clock
        self.chance = random.Random(seed)
        self.outcome = Outcome()
        self.settings = settings_of(folder, url)
        self.users = {name: server.user(name, started=True) for name in names(people)}
        self.expected = Expected()
        self.lives: dict[int, Life] = {}
        self.ports = [comparison.free_port() for _ in range(PROCESSES)]
        self.logs = [folder / f"{port}.log" for port in self.ports]

    async def found(self, balancer: int) -> None:
        """A branch of people who are assessed and bound, and three configurations."""
        group = self.server.add_group("红旗村支部群", *self.users.values())
        await fill(self.settings, group, self.users)
        self.configs = [configured(self.folder, self.server, self.url, port, balancer) for port in self.ports]

    async def born(self, number: int) -> None:
        order = {"config": str(self.configs[number]), "log": str(self.logs[number]), "shift": self.clock.shift}
        self.lives[number] = await self.nursery.live(**order)

    async def speak(self, until: float) -> None:
        """People report their dues, each month once, in private; some things the platform brings twice."""
        left = [name for name in self.users for _ in MONTHS]
        self.chance.shuffle(left)
        while left and time.monotonic() < until:
            await self.server.until(lambda: len(self.server.pending) < BACKLOG, SETTLE)
            name = left.pop()
            answers = self.expected.answers[self.users[name].id]
            month = MONTHS[len(answers)]
            self.expected.claims.add((name, month))
            answers.append(rf"编号 C\d+：{month} 20 元")
            self.server.say(self.users[name], self.users[name], f"已交 20 {month}")
            self.outcome.messages += 1
            if self.chance.random() < 0.05:
                self.server.repeat(self.chance)

    async def kill(self, until: float, pause: float) -> None:
        """Now and then one is killed, and started again a moment later."""
        while time.monotonic() + pause < until:
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * pause)
            number = self.chance.randrange(PROCESSES)
            self.lives[number].kill(signal.SIGKILL)
            await self.lives[number].end()
            self.outcome.kills += 1
            await asyncio.sleep(self.chance.uniform(0, pause))
            await self.born(number)

    def waiting(self) -> int:
        """What is not delivered yet."""
        return int(ask(self.url, "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') AND kind = 'private'")[0][0])

    async def settle(self) -> None:
        """Everything is acknowledged, and what is due has gone out."""
        began = time.monotonic()
        await self.server.until(lambda: not self.server.pending, SETTLE)
        while (left := await asyncio.to_thread(self.waiting)) and time.monotonic() - began < SETTLE:
            await asyncio.sleep(0.2)
        self.outcome.stuck = left

    async def end(self) -> None:
        for life in self.lives.values():
            life.kill(signal.SIGTERM)
        for life in self.lives.values():
            await life.end()

    async def reckon(self) -> None:
        """What was promised against what is there."""
        outcome, found = self.outcome, comparison.Found()
        rows = ask(self.url, "SELECT m.name, c.months FROM dues_claim c JOIN member m ON m.id = c.member_id")
        claims = Counter((row.name, f"{int(month[5:])}月") for row in rows for month, _ in row.months)
        found.count("claim", self.expected.claims, claims)
        for user in self.users.values():
            texts = [each.text for each in self.server.shown(user)]
            asked = self.expected.answers[user.id]
            outcome.repeated += sum(max(0, len(re.findall(each, "\n".join(texts))) - 1) for each in asked)
            outcome.unanswered += len(self.expected.missing(user.id, texts))
            found.out_of_order += comparison.overtaken(user.id, texts, self.expected)
        for log in self.logs:
            found.read(log)
        outcome.claims, outcome.lost, outcome.doubled, outcome.out_of_order = (
            sum(claims.values()),
            found.lost,
            found.doubled,
            found.out_of_order,
        )
        outcome.in_doubt = int(ask(self.url, "SELECT count(*) FROM outbox WHERE state = 'uncertain'")[0][0])
        outcome.marked, outcome.taken_up, outcome.unexplained = found.marked, found.taken_up, found.unexplained
        outcome.ledgers = await comparison.ledgers(self.settings)


async def play(folder: Path, url: str, *, seconds: float, people: int, seed: int, pause: float) -> Outcome:
    """Let people speak for so long while processes die; then everything has to be there."""
    clock = Clock()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Witness(clock))
        nursery = await stack.enter_async_context(Nursery())
        one = Play(folder, url, server, nursery, clock, seed, people)
        balancer = await stack.enter_async_context(Balancer(one.ports, random.Random(seed)))
        await one.found(balancer.port)
        for number in range(PROCESSES):
            await one.born(number)
        await server.until(lambda: server.webhook, SETTLE)
        until = time.monotonic() + seconds
        await asyncio.gather(one.speak(until), one.kill(until, pause))
        await one.settle()
        await one.end()
        await one.reckon()
        return one.outcome


def main() -> int:
    """Print the table; exit code 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.three_processes")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with served() as databases, tempfile.TemporaryDirectory(prefix="zhibu-three-") as folder:
        url = databases.blank(Path(folder) / "three")
        people = max(10, round(options.minutes * 30))
        outcome = asyncio.run(play(Path(folder), url, seconds=options.minutes * 60, people=people, seed=options.seed, pause=3))
    print(outcome.table())
    for each in (*outcome.lost[:20], *outcome.doubled[:20], *outcome.out_of_order[:20], *outcome.unexplained[:20]):
        print(each)
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
