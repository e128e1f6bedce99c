"""A thousand broken lines: OneBot connects to the running program and is gone again, each time in another way.

The far side is a WebSocket client of our own in the same process, speaking OneBot v11 over a real connection of this machine. Every time
it brings some events, while letters wait for its groups, and then the line ends: cut off, left half-open while a new one comes, closed
with a code good or bad, or in the middle of a message, which was shown or not. At the end nothing may be lost: every event acted upon once,
every letter shown, and once, but for those of which nobody can know (`uncertain`, or repeated for that reason). Exit code 1 otherwise,
and where more memory, tasks or file descriptors are held than before.

    python -m benchmarks.reconnects [--times 1000]
"""

import argparse
import asyncio
import gc
import json
import random
import struct
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import SHUT_RDWR, SO_LINGER, SOL_SOCKET
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from pydantic import SecretStr
from sqlalchemy import func, select

from benchmarks.measuring import percentile, quiet, resident
from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.messages import Outgoing, Priority
from bot.sections.onebot import OneBot
from bot.services import posting
from bot.texts import Text
from storage.keys import AccountKey, BranchId, ChatKey
from storage.tables import inbox, outbox
from storage.unit_of_work import UnitOfWork

ACCOUNT, TOKEN = "800001", "a token that nobody knows"
HEADERS = {"X-Self-ID": ACCOUNT, "X-Client-Role": "Universal", "Authorization": f"Bearer {TOKEN}"}
READ = b"read"
"""What the pong to it proves of all that was brought before: it was read, and is kept whatever becomes of the line."""
GROUPS = tuple(range(200_001, 200_006))
PEOPLE = tuple(range(10_001, 10_021))
WAYS = ("cut off", "half open", "closed", "closed with a bad code", "while it is shown", "before it is shown")
CODES = (1000, 1001, 1003, 1011, 3000, 4999)
WARM = 100
"""Lines that break before memory is looked at first."""
MOST = {"MB": 12.0, "tasks": 3, "descriptors": 3}
"""How much more may be held after all of them."""
PATIENCE = 90.0


@dataclass
class Told:
    """What the far side saw."""

    shown: Counter[str] = field(default_factory=Counter)
    brought: list[dict[str, Any]] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    """Seconds from a new connection to the first message over it."""
    messages: int = 0


class FarSide:
    """One OneBot after the other. `way` says how the present one ends."""

    def __init__(self, session: ClientSession, url: str, chance: random.Random) -> None:
        self.told = Told()
        self._session = session
        self._url = url
        self._chance = chance
        self._left: list[ClientWebSocketResponse] = []

    async def life(self, way: str, number: int) -> None:
        """Connect, bring what was perhaps not read before and something new, answer, and end."""
        began = time.perf_counter()
        socket = await self._session.ws_connect(self._url, headers=HEADERS, autoping=False)
        for left in self._left:  # the new line took the place of the half-open one
            await left.close()
        self._left.clear()
        for event in [*self.told.brought[-3:], *(self._event(2 * number + each) for each in range(2))]:
            await socket.send_str(json.dumps(event))
        if number % 2:
            await socket.ping(READ)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.25):
                await self._talk(socket, way, began, read=number % 2 == 0)
        await self._end(socket, way)

    async def _talk(self, socket: ClientWebSocketResponse, way: str, began: float, *, read: bool) -> None:
        """Show some messages, the last one as the line ends; `read`: nothing has to be known to have been read before."""
        room = most = self._chance.randint(3, 8)
        while room > 0 or not read:
            message = await socket.receive()
            if message.type is WSMsgType.PONG:
                read = True
            elif message.type is WSMsgType.TEXT:
                call = json.loads(message.data)
                sends = call["action"].startswith("send_")
                if sends and room == most:
                    self.told.back.append(time.perf_counter() - began)
                room -= sends
                if sends and self._shown(call, way, last=room <= 0):
                    return
                await socket.send_str(json.dumps(_answer(call, self.told.messages)))
            elif message.type is not WSMsgType.PING:
                return

    def _shown(self, call: dict[str, Any], way: str, *, last: bool) -> bool:
        """Show a message; whether the line ends before it is answered."""
        if last and way == "before it is shown":
            return True
        self._show(call)
        return last and way == "while it is shown"

    def _event(self, number: int) -> dict[str, Any]:
        who = PEOPLE[number % len(PEOPLE)]
        said = {"post_type": "message", "message_type": "private", "sub_type": "friend", "message_id": number + 1, "user_id": who}
        words = [{"type": "text", "data": {"text": "帮助 签到"}}]
        event = {
            "time": int(time.time()),
            "self_id": int(ACCOUNT),
            **said,
            "message": words,
            "raw_message": "帮助 签到",
            "sender": {"nickname": "x"},
        }
        self.told.brought.append(event)
        return event

    def _show(self, call: dict[str, Any]) -> None:
        self.told.messages += 1
        parts = call["params"]["message"]
        self.told.shown["".join(each["data"].get("text", "") for each in parts if each["type"] == "text")] += 1

    async def _end(self, socket: ClientWebSocketResponse, way: str) -> None:
        if way == "half open":
            self._left.append(socket)
        elif way.startswith("closed"):
            code = self._chance.choice(CODES) if "bad" in way else 1000
            await socket.close(code=code)
        else:
            line = socket.get_extra_info("socket")
            line.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))  # neither a goodbye nor what was still to be sent
            line.shutdown(SHUT_RDWR)
            await socket.close()

    async def rest(self, done: asyncio.Event) -> None:
        """A line that stays, until everything has come."""
        async with self._session.ws_connect(self._url, headers=HEADERS) as socket:
            for event in self.told.brought[-10:]:
                await socket.send_str(json.dumps(event))
            while not done.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.2):
                        message = await socket.receive()
                        if message.type is not WSMsgType.TEXT:
                            return
                        call = json.loads(message.data)
                        if call["action"].startswith("send_"):
                            self._show(call)
                        await socket.send_str(json.dumps(_answer(call, self.told.messages)))


def _answer(call: dict[str, Any], number: int) -> dict[str, Any]:
    data: Any = {"message_id": 1_000_000 + number} if call["action"].startswith("send_") else [] if "list" in call["action"] else {}
    return {"status": "ok", "retcode": 0, "data": data, "echo": call.get("echo")}


async def _found(work: UnitOfWork) -> BranchId:
    made = work.branches.add("红旗村支部", "Hongqi Village Branch")
    work.enter(made.id)
    for group in GROUPS:
        work.chats.bind(_group(group), f"第{group}群")
    for number in PEOPLE:
        member = work.members.add(f"党员{number}", f"Member {number}", ["member"])
        key = AccountKey("onebot", ACCOUNT, str(number))
        work.accounts.bind(key, member.id, f"u{number}")
        await work.accounts.change(key, introduced_at=work.now)
    return made.id


def _group(number: int) -> ChatKey:
    return ChatKey("onebot", ACCOUNT, f"g{number}")


async def _say(work: UnitOfWork, branch: BranchId, number: int) -> None:
    """Two letters that wait for the line: an answer, which is repeated when in doubt, and a notice, which is not."""
    work.enter(branch)
    for each, priority in enumerate((Priority.ANSWER, Priority.NOTICE)):
        text = Outgoing(Text.plain(f"第{2 * number + each}条"))
        await posting.to_chat(work, _group(GROUPS[(2 * number + each) % len(GROUPS)]), text, priority=priority)


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


async def measure(folder: Path, times: int) -> tuple[dict[str, Any], list[str]]:
    """The figures, and what is wrong in words."""
    section = OneBot(
        accounts=(ACCOUNT,), token=SecretStr(TOKEN), jitter=0, chat_per_second=1000, group_per_minute=60_000, all_per_second=1000
    )
    app = App(
        Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{folder / 'lines.db'}"), web=Web(port=0, chat=False), onebot=section)
    )
    await app.open()
    branch = await app.database.run(_found)
    await app.start()
    before: dict[str, float] = {}
    chance = random.Random(3)
    began = time.perf_counter()
    async with ClientSession() as session:
        far = FarSide(session, app.address.replace("http", "ws", 1) + "onebot/v11/ws", chance)
        ways: Counter[str] = Counter()
        for number in range(times):
            if number == min(WARM, times // 2):
                before = _held()
            await app.database.run(_say, branch, number)
            app.delivery.wake()
            way = chance.choice(WAYS)
            ways[way] += 1
            await far.life(way, number)
        done = asyncio.Event()
        resting = asyncio.create_task(far.rest(done))
        took = time.perf_counter() - began
        await _settled(app)
        done.set()
        await resting
        after = _held()
        wrong = await _wrong(app, far.told, times)
    letters = await app.database.run(_letters)
    await app.stop()
    wrong += [
        f"{what}: {after[what] - before[what]:.1f} more than before, {most} allowed"
        for what, most in MOST.items()
        if after[what] > before[what] + most
    ]
    figures = {
        "lines": dict(ways),
        "seconds": took,
        "back p50": percentile(far.told.back, 50),
        "back p99": percentile(far.told.back, 99),
        "events": 2 * times,
        "messages": far.told.messages,
        "letters": dict(Counter(row.state for row in letters)),
        "repeated in doubt": sum(row.doubts > 0 and row.state == "sent" for row in letters),
        "before": before,
        "after": after,
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


def show(figures: dict[str, Any]) -> None:
    """Print a table."""
    ways = ", ".join(f"{count} {way}" for way, count in figures["lines"].items())
    print(f"{sum(figures['lines'].values()):,} lines ended in {figures['seconds']:.0f} s: {ways}")
    letters = ", ".join(f"{count:,} {state}" for state, count in figures["letters"].items())
    print(f"{figures['events']:,} events; letters: {letters}; {figures['messages']:,} messages shown")
    print(f"letters repeated because nobody could know: {figures['repeated in doubt']:,}")
    half, most = figures["back p50"] * 1000, figures["back p99"] * 1000
    print(f"from a new connection to the first message over it: p50 {half:.0f} ms, p99 {most:.0f} ms")
    print("\n| held | before | after | bound |\n|---|---:|---:|---:|")
    for what, bound in MOST.items():
        print(f"| {what} | {figures['before'][what]:.1f} | {figures['after'][what]:.1f} | + {bound} |")


def main() -> int:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--times", type=int, default=1000)
    given = reading.parse_args()
    quiet()
    with tempfile.TemporaryDirectory(prefix="zhibu-lines-") as name:
        figures, wrong = asyncio.run(measure(Path(name), given.times))
    show(figures)
    for each in wrong[:40]:
        print(f"WRONG {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
