"""Lines that break in every way, and what may not come of it: shared by the far sides of OneBot and of WeCom.

A far side brings events, shows messages, and ends the line in one of the `WAYS`. Afterwards every event was acted upon once and every
letter shown once, but for those of which nobody can know, and no more memory, tasks or file descriptors are held than before.
"""

import asyncio
import gc
import json
import random
import struct
import time
from abc import ABC, abstractmethod
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import SHUT_RDWR, SO_LINGER, SOL_SOCKET
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMsgType, web
from sqlalchemy import func, select

from benchmarks.measuring import percentile, resident
from bot.app import App
from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage.keys import AccountKey, BranchId, ChatKey
from storage.tables import inbox, outbox
from storage.unit_of_work import UnitOfWork

Socket = ClientWebSocketResponse | web.WebSocketResponse
GROUPS = tuple(range(200_001, 200_006))
PEOPLE = tuple(range(10_001, 10_021))
WAYS = ("cut off", "half open", "closed", "closed with a bad code", "while it is shown", "before it is shown")
CODES = (1000, 1001, 1003, 1011, 3000, 4999)
READ = b"read"
"""What the pong to it proves of all that was brought before: it was read, and is kept whatever becomes of the line."""
WARM = 100
"""Lines that break before memory is looked at first."""
MOST = {"MB": 12.0, "tasks": 3, "descriptors": 3}
"""How much more may be held after all of them."""
PATIENCE = 90.0
LATEST, AGAIN = 10, 3
"""How many events may be brought again, and how many are by each new line."""
CALM = 1.0
"""Seconds until what was brought last has been dealt with."""
TALK = 0.25
"""Seconds that a line lives if nothing is said over it."""


@dataclass
class Told:
    """What the far side saw."""

    shown: Counter[str] = field(default_factory=Counter)
    brought: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=LATEST))
    """What was brought last."""
    back: list[float] = field(default_factory=list)
    """Seconds from the end of a line to the first message over the next."""
    messages: int = 0


class FarSide(ABC):
    """One line after the other. The subclasses know the platform's frames."""

    platform: str
    instance: str

    def __init__(self) -> None:
        self.told = Told()
        self.chance = random.Random(3)
        self._left: list[Socket] = []

    @abstractmethod
    async def connected(self) -> Socket:
        """A new line."""

    @abstractmethod
    def over(self, socket: Socket) -> None:
        """A line is not needed any more."""

    @abstractmethod
    def event(self, number: int) -> dict[str, Any]:
        """Somebody writes to the bot in private."""

    @abstractmethod
    def words(self, call: dict[str, Any]) -> str | None:
        """What a call wants to be shown; None where it wants something else."""

    @abstractmethod
    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        """That it was done."""

    async def life(self, way: str, number: int) -> None:
        """Bring what was perhaps not read before and something new, answer, and end."""
        began = time.perf_counter()
        socket = await self._anew()
        fresh = [self.event(2 * number + each) for each in range(2)]
        for event in [*list(self.told.brought)[-AGAIN:], *fresh]:
            await socket.send_str(json.dumps(event))
        self.told.brought += fresh
        if number % 2:
            await socket.ping(READ)
        with suppress(TimeoutError):
            async with asyncio.timeout(TALK):
                await self._talk(socket, way, began, read=number % 2 == 0)
        await self._end(socket, way)

    async def _anew(self) -> Socket:
        socket = await self.connected()
        for left in self._left:  # the new line took the place of the half-open one
            await left.close()
            self.over(left)
        self._left.clear()
        return socket

    async def _talk(self, socket: Socket, way: str, began: float, *, read: bool) -> None:
        """Show some messages, the last one as the line ends; `read`: nothing has to be known to have been read before."""
        room = most = self.chance.randint(3, 8)
        while room > 0 or not read:
            message = await socket.receive()
            if message.type is WSMsgType.PONG:
                read = True
            elif message.type is WSMsgType.TEXT:
                call = json.loads(message.data)
                words = self.words(call)
                if words is not None and room == most:
                    self.told.back.append(time.perf_counter() - began)
                room -= words is not None
                if words is not None and self._shown(words, way, last=room <= 0):
                    return
                await socket.send_str(json.dumps(self.answer(call)))
            elif message.type is not WSMsgType.PING:
                return

    def _shown(self, words: str, way: str, *, last: bool) -> bool:
        """Show a message; whether the line ends before it is answered."""
        if last and way == "before it is shown":
            return True
        self._show(words)
        return last and way == "while it is shown"

    def _show(self, words: str) -> None:
        self.told.messages += 1
        self.told.shown[words] += 1

    async def _end(self, socket: Socket, way: str) -> None:
        if way == "half open":
            self._left.append(socket)
            return
        if way.startswith("closed"):
            await socket.close(code=self.chance.choice(CODES) if "bad" in way else 1000)
        else:
            line = socket.get_extra_info("socket")
            if line is not None:
                line.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))  # neither a goodbye nor what was still to be sent
                with suppress(OSError):
                    line.shutdown(SHUT_RDWR)
            await socket.close()
        self.over(socket)

    async def rest(self, done: asyncio.Event) -> None:
        """Lines that stay, until everything has come; they bring once more what came last."""
        while not done.is_set():
            socket = await self._anew()
            for event in self.told.brought:
                await socket.send_str(json.dumps(event))
            while not done.is_set() and not socket.closed:
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.2):
                        message = await socket.receive()
                        if message.type is WSMsgType.PING:
                            await socket.pong(message.data)
                        elif message.type is WSMsgType.TEXT:
                            call = json.loads(message.data)
                            if (words := self.words(call)) is not None:
                                self._show(words)
                            await socket.send_str(json.dumps(self.answer(call)))
            await socket.close()
            self.over(socket)


async def _found(work: UnitOfWork, far: FarSide) -> BranchId:
    made = work.branches.add("红旗村支部", "Hongqi Village Branch")
    work.enter(made.id)
    for group in GROUPS:
        work.chats.bind(_group(far, group), f"第{group}群")
    for number in PEOPLE:
        member = work.members.add(f"党员{number}", f"Member {number}", ["member"])
        key = AccountKey(far.platform, far.instance, str(number))
        work.accounts.bind(key, member.id, f"u{number}")
        await work.accounts.change(key, introduced_at=work.now)
    return made.id


def _group(far: FarSide, number: int) -> ChatKey:
    return ChatKey(far.platform, far.instance, f"g{number}")


async def _say(work: UnitOfWork, far: FarSide, branch: BranchId, number: int) -> None:
    """Two letters that wait for the line: an answer, which is repeated when in doubt, and a notice, which is not."""
    work.enter(branch)
    for each, priority in enumerate((Priority.ANSWER, Priority.NOTICE)):
        text = Outgoing(Text.plain(f"第{2 * number + each}条"))
        await posting.to_chat(work, _group(far, GROUPS[(2 * number + each) % len(GROUPS)]), text, priority=priority)


def _held() -> dict[str, float]:
    gc.collect()
    return {"MB": resident(), "tasks": len(asyncio.all_tasks()), "descriptors": len(list(Path("/proc/self/fd").iterdir()))}


async def _letters(work: UnitOfWork) -> list[Any]:
    names = ("id", "state", "doubts", "content", "priority", "kind")
    return list(await work.rows(select(*(outbox.c[name] for name in names)).order_by(outbox.c.id)))


async def _taken(work: UnitOfWork) -> int:
    return int((await work.rows(select(func.count()).select_from(inbox)))[0][0])


async def _settled(app: App) -> None:
    """Wait until nothing is under way or waits any more."""
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until:
        if not any(row.state in {"waiting", "sending"} for row in await app.database.run(_letters)):
            return
        await asyncio.sleep(0.2)


async def measure(app: App, far: FarSide, times: int) -> tuple[dict[str, Any], list[str]]:
    """The figures of a started program, and what is wrong in words."""
    branch = await app.database.run(_found, far)
    held: list[dict[str, float]] = []
    ways: Counter[str] = Counter()
    began = time.perf_counter()
    for number in range(times):
        if number in {min(WARM, times // 4), times // 2}:
            held.append(_held())
        await app.database.run(_say, far, branch, number)
        app.delivery.wake()
        way = far.chance.choice(WAYS)
        ways[way] += 1
        await far.life(way, number)
    took = time.perf_counter() - began
    done = asyncio.Event()
    resting = asyncio.create_task(far.rest(done))
    await _settled(app)
    done.set()
    await resting
    await asyncio.sleep(CALM)
    held.append(_held())
    letters = await app.database.run(_letters)
    wrong = await _wrong(app, far.told, times)
    for what, most in MOST.items():
        if held[-1][what] > held[0][what] + most:
            wrong.append(f"{what}: {held[-1][what] - held[0][what]:.1f} more than before, {most} allowed")
    figures = {
        "lines": dict(ways),
        "seconds": took,
        "back p50": percentile(far.told.back, 50),
        "back p99": percentile(far.told.back, 99),
        "events": 2 * times,
        "messages": far.told.messages,
        "letters": dict(Counter(row.state for row in letters)),
        "repeated in doubt": sum(row.doubts > 0 and row.state == "sent" for row in letters),
        "held": held,
    }
    return figures, wrong


async def _wrong(app: App, told: Told, times: int) -> list[str]:
    found = []
    if (taken := await app.database.run(_taken)) != 2 * times:
        found.append(f"of {2 * times} events {taken} were acted upon")
    letters = await app.database.run(_letters)
    # What was sent has no words any more; the letters to groups stand in the order in which they were numbered.
    ours = [row for row in letters if row.kind == "group"]
    if len(ours) != 2 * times:
        found.append(f"of {2 * times} letters {len(ours)} are there")
    for number, row in enumerate(ours):
        shown = told.shown[f"第{number}条"]
        if row.state not in {"sent", "uncertain"} or (row.state == "sent" and shown == 0) or shown > 1 + row.doubts:
            found.append(f"letter {number} is {row.state} with {row.doubts} doubts and was shown {shown} times")
        if row.priority >= Priority.NOTICE and shown > 1:
            found.append(f"the notice {number} was shown {shown} times")
    left = Counter(row.state for row in letters if row.kind == "private" and row.state not in {"sent", "uncertain"})
    return found + [f"{count} answers are {state}" for state, count in left.items()]


def show(far: FarSide, figures: dict[str, Any]) -> None:
    """Print a table."""
    ways = ", ".join(f"{count} {way}" for way, count in figures["lines"].items())
    print(f"\n{far.platform}: {sum(figures['lines'].values()):,} lines ended in {figures['seconds']:.0f} s: {ways}")
    letters = ", ".join(f"{count:,} {state}" for state, count in figures["letters"].items())
    print(f"{figures['events']:,} events; letters: {letters}; {figures['messages']:,} messages shown")
    print(f"letters repeated because nobody could know: {figures['repeated in doubt']:,}")
    half, most = figures["back p50"] * 1000, figures["back p99"] * 1000
    print(f"from the end of a line to the first message over the next: p50 {half:.0f} ms, p99 {most:.0f} ms")
    print("\n| held | before | half-way | after | bound |\n|---|---:|---:|---:|---:|")
    for what, bound in MOST.items():
        print(f"| {what} | {' | '.join(f'{each[what]:.1f}' for each in figures['held'])} | + {bound} |")
