"""Three processes on one PostgreSQL, one of them killed at random again and again; webhooks reach any of them through a balancer.

`make torture-postgres MINUTES=10`. What people were promised is compared with what the database holds and what the platform was told.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import aiohttp
from aiohttp import web

from bot.config import DatabaseSection, Settings
from bot.operations import ledger, opening
from bot.services import deployment
from tests.databases import ask, served
from tests.torture.branch import START, _fill, names
from tests.torture.campaign import Clock
from tests.torture.comparison import free_port
from tests.torture.nursery import Life, Nursery
from tests.torture.witness import Witness

PROCESSES = 3
MONTHS = [f"{month}月" for month in range(1, 13)]
ANSWER = re.compile(r"编号 C\d+：(\d+月) 20 元")
BACKLOG = 12
"""So much may wait for the processes; then people wait with it."""
SETTLE = 120.0
CONFIG = """\
[database]
url = "{url}"
[web]
port = {port}
chat = false
[study]
lessons = ""
[telegram]
token_file = "{folder}/token"
base_url = "{base_url}"
members_own_choice = true
mode = "webhook"
webhook_secret_file = "{folder}/secret"
webhook_url = "http://127.0.0.1:{balancer}/telegram/main"
"""


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
    ledgers: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        wrong = self.lost or self.doubled or self.out_of_order or self.stuck or [each for each in self.ledgers if "WRONG" in each]
        return not wrong and self.unanswered <= self.in_doubt and self.repeated <= self.marked

    def table(self) -> str:
        rows = [(name.replace("_", " "), len(value) if isinstance(value, list) else value) for name, value in vars(self).items()]
        rows = [each for each in rows if each[0] != "ledgers"]
        return "\n".join(
            [f"{name:<20}{value:>8}" for name, value in [*rows, ("promises kept", "yes" if self.good else "NO")]] + self.ledgers
        )


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

    def __init__(self, folder: Path, url: str, server: Witness, nurseries: list[Nursery], clock: Clock, seed: int, people: int) -> None:
        self.folder, self.url, self.server, self.nurseries, self.clock = folder, url, server, nurseries, clock
        self.chance = random.Random(seed)
        self.outcome = Outcome()
        self.settings = Settings(database=DatabaseSection(url=url))
        self.users = {name: server.user(name, started=True) for name in names(people)}
        self.asked: dict[str, list[str]] = defaultdict(list)
        self.lives: dict[int, Life] = {}
        self.ports = [free_port() for _ in nurseries]

    async def found(self, balancer: int) -> None:
        """A branch of people who are assessed and bound, and three configurations."""
        group = self.server.add_group("红旗村支部群", *self.users.values())
        async with opening.opened(self.settings, lambda: START) as database:
            await database.run(deployment.ensure_key)
            await database.run(_fill, group, self.users)
        for name, secret in (("token", self.server.token), ("secret", "torture")):
            (self.folder / name).touch(0o600)
            (self.folder / name).write_text(secret, encoding="utf-8")
        for number, port in enumerate(self.ports):
            words = CONFIG.format(url=self.url, port=port, folder=self.folder, base_url=self.server.base_url, balancer=balancer)
            (self.folder / f"{number}.toml").write_text(words, encoding="utf-8")

    async def born(self, number: int) -> None:
        order = {"config": str(self.folder / f"{number}.toml"), "log": str(self.folder / f"{number}.log"), "shift": self.clock.shift}
        self.lives[number] = await self.nurseries[number].live(**order)

    async def speak(self, until: float) -> None:
        """People report their dues, each month once, in private; some things the platform brings twice."""
        left = [name for name in self.users for _ in MONTHS]
        self.chance.shuffle(left)
        while left and time.monotonic() < until:
            await self.server.until(lambda: len(self.server.pending) < BACKLOG, SETTLE)
            name = left.pop()
            month = MONTHS[len(self.asked[name])]
            self.asked[name].append(month)
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
        found = self.outcome
        claims = Counter(
            (row.name, f"{int(month[5:])}月")
            for row in ask(self.url, "SELECT m.name, c.months FROM dues_claim c JOIN member m ON m.id = c.member_id")
            for month, _ in row.months
        )
        promised = {(name, month) for name, months in self.asked.items() for month in months}
        found.claims = sum(claims.values())
        found.lost = [f"claim {each}" for each in sorted(promised) if not claims[each]]
        found.doubled = [f"claim {each}: {times}" for each, times in claims.items() if times > 1 or each not in promised]
        for name, months in self.asked.items():
            said = [month for message in self.server.shown(self.users[name]) for month in ANSWER.findall(message.text)]
            first = list(dict.fromkeys(said))
            found.repeated += len(said) - len(first)
            found.unanswered += len(set(months) - set(first))
            if first != [month for month in months if month in first]:
                found.out_of_order.append(f"{name}: {first}")
        found.in_doubt = int(ask(self.url, "SELECT count(*) FROM outbox WHERE state = 'uncertain'")[0][0])
        for number in range(PROCESSES):
            for line in (self.folder / f"{number}.log").read_text(encoding="utf-8").splitlines():
                event = json.loads(line) if line.startswith("{") else {}
                found.marked += event.get("letters", 0) if str(event.get("event")).startswith("some messages may arrive twice") else 0
                found.taken_up += str(event.get("event")).startswith("another process has died")
        audits = await ledger.verify(self.settings, lambda: datetime.now(UTC))
        found.ledgers = [line for name, audit in audits for line in ledger.told(name, audit)]


async def play(folder: Path, url: str, *, seconds: float, people: int, seed: int, pause: float) -> Outcome:
    """Let people speak for so long while processes die; then everything has to be there."""
    clock = Clock()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Witness(clock))
        nurseries = [await stack.enter_async_context(Nursery()) for _ in range(PROCESSES)]
        one = Play(folder, url, server, nurseries, clock, seed, people)
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
    for each in (*outcome.lost[:20], *outcome.doubled[:20], *outcome.out_of_order[:20]):
        print(each)
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
