"""(o) Check-ins over the OneBot wire: ours, the naive bot of NoneBot2 with nonebot-plugin-orm, and the bare wire with group commit.

All three are processes of their own behind a reverse WebSocket, and one driver plays NapCat for them, taking turns. Fifty people at once in
a closed loop: each says 签到 to the bot in private – a new person every time –, waits until the row is committed and a message of the bot's
own has come back, and the next begins. In private, since only there everybody gets an answer of their own from both: in a group of QQ ours
speaks once for all, and a message to nobody would be compared with one to each.
"""

import asyncio
import os
import signal
import socket
import sqlite3
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen

import aiohttp

from benchmarks import onebot_floor, world
from benchmarks.check_ins import Round, closed_loop
from benchmarks.measuring import percentile
from benchmarks.onebot_driver import SELF_ID, TOKEN, Wire
from benchmarks.report import Row
from benchmarks.world import Place, World

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-peers" / "bin" / "python"
QQ = Place("onebot", str(SELF_ID), lambda number: f"g{-number}", lambda number: f"u{number}")
PATIENCE = 60
"""Seconds that a bot may take to start."""
GOAL = 40


@dataclass(slots=True)
class Side:
    """A bot that runs: the connection to it, who has not spoken yet, and the table of its file that holds the check-ins."""

    wire: Wire
    process: int
    numbers: Iterator[int]
    path: Path
    table: str
    answered: int = 0
    used: float = 0.0
    """Seconds of processor in the rounds."""

    def stored(self) -> int:
        """How many check-ins its file holds."""
        with closing(sqlite3.connect(self.path)) as reading:
            return int(reading.execute(f"select count(*) from {self.table}").fetchone()[0])


class Contest:
    """The three, each on a database of its own with the same people."""

    def __init__(self, stack: AsyncExitStack, folder: Path, people: World) -> None:
        self._stack = stack
        self._folder = folder
        self._people = people
        self.sides: dict[str, Side] = {}

    async def add_ours(self, url: str) -> None:
        """Ours, as it is run."""
        await world.build(url, self._people, place=QQ)
        port = _free_port()
        process = self._run([sys.executable, "-m", "benchmarks.onebot_ours", str(port), url], ROOT)
        await self._connect("ours", process, port, Path(url.partition(":///")[2]), "check_in")

    async def add_naive(self) -> None:
        """The naive bot, as it comes: every event in a task of its own."""
        path, port = self._folder / "naive-nonebot.db", _free_port()
        told = {
            "DRIVER": "~fastapi",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "LOG_LEVEL": "WARNING",
            "ONEBOT_ACCESS_TOKEN": TOKEN,
            "ALEMBIC_STARTUP_CHECK": "false",
            "SQLALCHEMY_DATABASE_URL": f"sqlite+aiosqlite:///{path}",
            "SQLALCHEMY_ENGINE_OPTIONS": '{"connect_args": {"timeout": 60}}',
            **{f"LOCALSTORE_{kind}_DIR": str(self._folder / "nonebot") for kind in ("CACHE", "CONFIG", "DATA")},
        }
        process = self._run([str(PEERS), "bot.py"], ROOT / "benchmarks" / "naive_nonebot", told)
        side = await self._connect("naive", process, port, path, "check_in_attendance")
        rows = [(each.user_id, each.user_id, f"党员{number}") for number, each in enumerate(self._people.everybody())]
        _fill(side.path, "insert into check_in_member (uid, gid, name) values (?, ?, ?)", rows)

    async def add_floor(self) -> None:
        """The wire and the commit, without a bot."""
        path, port = self._folder / "floor-onebot.db", _free_port()
        with closing(sqlite3.connect(path)) as made:
            made.executescript(onebot_floor.TABLES)
        rows = [(each.user_id, f"党员{number}") for number, each in enumerate(self._people.everybody())]
        _fill(path, "insert into member (uid, name) values (?, ?)", rows)
        process = self._run([sys.executable, "-m", "benchmarks.onebot_floor", str(port), str(path)], ROOT)
        await self._connect("floor", process, port, path, "attendance")

    async def rounds(self, count: int, seconds: float) -> dict[str, list[Round]]:
        """So many rounds, the sides taking turns; half a second of each is thrown away first."""
        done: dict[str, list[Round]] = {name: [] for name in self.sides}
        for side in self.sides.values():
            await _at_rest(side.process)
            side.answered += len((await self._one(side, 0.5)).took)
        for _ in range(count):
            for name, side in self.sides.items():
                before = processor(side.process)
                found = await self._one(side, seconds)
                side.used += processor(side.process) - before
                side.answered += len(found.took)
                done[name].append(found)
        for name, side in self.sides.items():
            if (stored := side.stored()) != side.answered:
                raise RuntimeError(f"{name}: {side.answered} were answered and {stored} stored")
        return done

    async def _one(self, side: Side, seconds: float) -> Round:
        async def check(number: int) -> None:
            await side.wire.say(self._people.person(number).user_id, "签到")

        return await closed_loop(check, side.numbers, seconds)

    def _run(self, command: Sequence[str], folder: Path, told: dict[str, str] | None = None) -> int:
        process = Popen(command, cwd=folder, env={**os.environ, **(told or {})}, stdout=DEVNULL)
        self._stack.callback(_end, process)
        return process.pid

    async def _connect(self, name: str, process: int, port: int, path: Path, table: str) -> Side:
        session = await self._stack.enter_async_context(aiohttp.ClientSession())
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    wire = await Wire.to(session, f"ws://127.0.0.1:{port}/onebot/v11/ws")
                    break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)
        self._stack.push_async_callback(wire.close)
        side = self.sides[name] = Side(wire, process, iter(range(self._people.people)), path, table)
        return side


async def rows(folder: Path, url: str, *, rounds: int, seconds: float) -> list[Row]:
    """The rows of (o); none, and it says so, where the environment of the peers was not made."""
    if not PEERS.exists():
        print("(o) is left out: the environment of the naive bot is not there (make peers-ready)")
        return []
    people = World(groups=400, people=int(6_000 * rounds * seconds) + 5_000)
    async with AsyncExitStack() as stack:
        contest = Contest(stack, folder, people)
        await contest.add_naive()
        await contest.add_floor()
        await contest.add_ours(url)
        done = await contest.rounds(rounds, seconds)
    rate = {name: statistics.median(each.rate for each in found) for name, found in done.items()}
    slow = {name: statistics.median(percentile(each.took, 99) for each in found) for name, found in done.items()}
    used = {name: contest.sides[name].used * 1000 / sum(len(each.took) for each in found) for name, found in done.items()}
    naive = "NoneBot2 + nonebot-plugin-orm"
    return [
        Row("check-ins over the OneBot wire, 50 at once", "1/s", rate["ours"], rate["naive"], naive, goal=(GOAL, "ratio")),
        Row("check-ins over the OneBot wire: p99", "ms", slow["ours"], slow["naive"], naive, less=True, goal=(100, "most")),
        Row("check-ins over the OneBot wire: processor each", "ms", used["ours"], used["naive"], naive, less=True),
        Row("the bare OneBot wire with group commit, no bot", "1/s", rate["floor"], rate["naive"], naive),
    ]


async def _at_rest(process: int) -> None:
    """Waits, half a minute at most, until a bot has done what it does when it starts: ours looks what is due in four hundred branches."""
    before = -1.0
    for _ in range(60):
        if (now := processor(process)) - before <= 0.02:
            return
        before = now
        await asyncio.sleep(0.5)


def processor(process: int) -> float:
    """Seconds of processor that a process has used so far."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _fill(path: Path, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(path, timeout=30)) as filling, filling:
        filling.executemany(statement, rows)


def _end(process: Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)
