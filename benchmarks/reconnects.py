"""A thousand broken lines of each kind: OneBot calls the running program, WeCom is called by it, and the line is gone again.

The far sides are WebSockets of our own in the same process, speaking the platform's protocol over real connections of this machine. Every
time they bring some events, while letters wait for their groups, and then the line ends: cut off, left half-open while a new one comes,
closed with a code good or bad, or in the middle of a message, which was shown or not (see `benchmarks.broken_lines` for what has to hold).
Exit code 1 where it does not.

    python -m benchmarks.reconnects [--times 1000] [--only onebot|wecom]
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from pydantic import SecretStr

from benchmarks.broken_lines import PEOPLE, FarSide, Socket, measure, show
from benchmarks.measuring import quiet
from bot import clock
from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.messages import Budget
from bot.platforms.onebot import link
from bot.platforms.wecom import WeComBot, keeping
from bot.sections.onebot import OneBot

ACCOUNT, TOKEN = "800001", "a token that nobody knows"
HEADERS = {"X-Self-ID": ACCOUNT, "X-Client-Role": "Universal", "Authorization": f"Bearer {TOKEN}"}
FREE = Budget(chat_per_second=1000, group_per_minute=60_000, all_per_second=1000)
WORDS = "帮助 签到"
COMES = 30.0
"""Seconds within which a new line has to come."""


class OneBotSide(FarSide):
    """A OneBot that connects to us."""

    platform, instance = "onebot", ACCOUNT

    def __init__(self, session: ClientSession, url: str) -> None:
        super().__init__()
        self._session = session
        self._url = url

    async def connected(self) -> Socket:
        return await self._session.ws_connect(self._url, headers=HEADERS, autoping=False)

    def over(self, socket: Socket) -> None:
        """Nothing is left of it."""

    def event(self, number: int) -> dict[str, Any]:
        who = PEOPLE[number % len(PEOPLE)]
        said = {"post_type": "message", "message_type": "private", "sub_type": "friend", "message_id": number + 1, "user_id": who}
        words = [{"type": "text", "data": {"text": WORDS}}]
        return {
            "time": int(time.time()),
            "self_id": int(ACCOUNT),
            **said,
            "message": words,
            "raw_message": WORDS,
            "sender": {"nickname": "x"},
        }

    def words(self, call: dict[str, Any]) -> str | None:
        if not call["action"].startswith("send_"):
            return None
        return "".join(each["data"].get("text", "") for each in call["params"]["message"] if each["type"] == "text")

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        sends = call["action"].startswith("send_")
        data: Any = {"message_id": 1_000_000 + self.told.messages} if sends else [] if "list" in call["action"] else {}
        return {"status": "ok", "retcode": 0, "data": data, "echo": call.get("echo")}


class WeComSide(FarSide):
    """A WeCom that we connect to."""

    platform, instance = "wecom", "main"

    def __init__(self) -> None:
        super().__init__()
        self._come: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self._over: dict[Socket, asyncio.Event] = {}

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """A connection, for as long as it is needed."""
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self._over[socket] = asyncio.Event()
        subscribed = await socket.receive_json()
        await socket.send_json(self.answer(subscribed))
        await self._come.put(socket)
        await self._over[socket].wait()
        return socket

    async def connected(self) -> Socket:
        async with asyncio.timeout(COMES):
            return await self._come.get()

    def over(self, socket: Socket) -> None:
        self._over.pop(socket).set()

    def event(self, number: int) -> dict[str, Any]:
        who = {"userid": str(PEOPLE[number % len(PEOPLE)])}
        body = {"msgid": f"m{number}", "aibotid": "b", "chattype": "single", "from": who, "msgtype": "text", "text": {"content": WORDS}}
        return {"cmd": "aibot_msg_callback", "headers": {"req_id": f"r{number}"}, "body": body}

    def words(self, call: dict[str, Any]) -> str | None:
        body = call.get("body") or {}
        if call["cmd"] not in {"aibot_send_msg", "aibot_respond_msg"}:
            return None
        said: str = body.get("markdown", body.get("stream", {})).get("content", "")
        return said

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        return {"headers": {"req_id": call["headers"]["req_id"]}, "errcode": 0, "errmsg": "ok"}


@asynccontextmanager
async def onebot(folder: Path) -> AsyncIterator[tuple[App, FarSide]]:
    """The program with an account of OneBot, and the other side."""
    link.ANSWER = 0.1  # a half-open line is asked for a sign of life before a new one is let in, here a thousand times
    seconds = {"chat_per_second": FREE.chat_per_second, "all_per_second": FREE.all_per_second}
    minutes = dict.fromkeys(("group_per_minute", "private_per_minute", "all_per_minute"), FREE.group_per_minute)
    section = OneBot(accounts=(ACCOUNT,), token=SecretStr(TOKEN), jitter=0, **seconds, **minutes)
    app = App(_settings(folder, onebot=section))
    await app.open()
    await app.start()
    async with ClientSession() as session:
        yield app, OneBotSide(session, app.address.replace("http", "ws", 1) + "onebot/v11/ws")
    await app.stop()


@asynccontextmanager
async def wecom(folder: Path) -> AsyncIterator[tuple[App, FarSide]]:
    """The program with a bot of WeCom that connects again at once, and the other side."""
    side = WeComSide()
    served = web.Application()
    served.add_routes([web.get("/", side.serve)])
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app = App(_settings(folder))
    url = f"ws://127.0.0.1:{runner.addresses[0][1]}/"

    def wake() -> None:
        app.delivery.wake()

    keeping.LONGEST = 2  # a line that breaks at once is made again ever more slowly, here a thousand times
    hurry: Any = {"first_wait": 0.02, "ack_seconds": 0.3, "ping_seconds": 0.3}
    platform = WeComBot("b", "s", url=url, clock=clock.now, budget=FREE, wake=wake, **hurry)
    await app.open([platform])
    await app.start()
    yield app, side
    await app.stop()
    await runner.cleanup()


def _settings(folder: Path, **sections: Any) -> Settings:
    return Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{folder / 'lines.db'}"), web=Web(port=0, chat=False), **sections)


Started = Callable[[Path], AbstractAsyncContextManager[tuple[App, FarSide]]]
SIDES: dict[str, Started] = {"onebot": onebot, "wecom": wecom}


async def _broken(start: Started, folder: Path, times: int) -> list[str]:
    async with start(folder) as (app, far):
        figures, wrong = await measure(app, far, times)
        show(far, figures)
    return wrong


def main() -> int:
    """Measure and print."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--times", type=int, default=1000)
    reading.add_argument("--only", choices=SIDES)
    given = reading.parse_args()
    quiet()
    wrong: list[str] = []
    for name in [given.only] if given.only else list(SIDES):
        with tempfile.TemporaryDirectory(prefix="zhibu-lines-") as folder:
            wrong += asyncio.run(_broken(SIDES[name], Path(folder), given.times))
    for each in wrong[:40]:
        print(f"WRONG {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
