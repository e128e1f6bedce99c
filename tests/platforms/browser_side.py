"""A person at the page of the browser chat, over a real WebSocket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from bot.platforms.browser import BrowserPlatform
from bot.platforms.browser_frames import FRAME
from bot.services import browser_chat
from storage.database import Database
from storage.keys import BranchId, ChatKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START
from tests.platforms.sides import PERSON, Attack, Fault, Inbox, Shown, Tells


class BrowserSide:
    """The page keeps what it is shown, and sends again under the same nonce what was not taken."""

    tells = frozenset({Tells.OVERHEARD, Tells.NAMES, Tells.REPLIES, Tells.EDITS, Tells.LOCATIONS, Tells.VOICE, Tells.REPLAYS})
    faults: frozenset[Fault] = frozenset()
    attacks: frozenset[Attack] = frozenset()
    secrets: tuple[str, ...] = ()
    traps = ("<script>alert(1)</script>", "**不是粗体**", "[x](javascript:x)", "&lt;b&gt;")
    links = True
    line = False

    def __init__(self, platform: BrowserPlatform, database: Database, branch: BranchId, address: str) -> None:
        self.platform = platform
        self._database = database
        self.inbox = Inbox()
        self._group, self._private = browser_chat.group_chat(branch), browser_chat.private_chat(PERSON)
        self._address = address
        self._session = ClientSession()
        self._socket: ClientWebSocketResponse
        self._reading: asyncio.Task[None]
        self._messages: dict[str, dict[str, Any]] = {}
        self._answers: dict[str, dict[str, Any]] = {}
        self._last: dict[str, Any] = {}
        self._changed = asyncio.Event()
        self._count = 0

    @property
    def oddities(self) -> tuple[bytes, ...]:
        """Frames that no page sends."""
        odd: tuple[dict[str, Any], ...] = (
            {"type": "shout", "chat": self._private, "text": "嘿"},
            {"type": "send", "chat": self._private, "text": ["嘿"]},
            {"type": "send", "chat": "private-王秀英", "text": "我的"},
            {"type": "location", "chat": self._private, "latitude": "x", "longitude": None},
            {"type": "press", "chat": self._private, "message": {}, "data": 7},
        )
        return tuple(json.dumps({**each, "nonce": f"odd{place}"}).encode() for place, each in enumerate(odd))

    async def open(self) -> None:
        """Open the page and read what it is shown until it is closed."""
        self._socket = await self._session.ws_connect(f"{self._address}/ws?as={PERSON}")
        self._reading = asyncio.create_task(self._read())
        await self._until(lambda: "caught up" in self._answers)

    async def close(self) -> None:
        """Close the page."""
        await self._socket.close()
        await self._reading
        await self._session.close()

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = message.json()
            match frame["type"]:
                case "message" | "edit":
                    self._messages[frame["message"]["id"]] = frame["message"]
                case "remove":
                    self._messages.pop(frame["message"], None)
                case "history":
                    self._messages |= {each["id"]: each for each in frame["messages"]}
                    if frame["chat"] == self._private:
                        self._answers["caught up"] = frame
                case "ack" | "error":
                    self._answers[frame["nonce"] or ""] = frame
            self._changed.set()
        self._changed.set()

    async def _until(self, happened: Any) -> None:
        async with asyncio.timeout(10):
            while not happened():
                self._changed.clear()
                await self._changed.wait()

    async def _does(self, frame: dict[str, Any]) -> str:
        """Send a frame until it is acknowledged, as the page does."""
        self._count += 1
        nonce = f"c{self._count}"
        self._last = {**frame, "nonce": nonce}
        while True:
            await self._socket.send_str(json.dumps(self._last, ensure_ascii=False))
            await self._until(lambda: nonce in self._answers)
            answer = self._answers.pop(nonce)
            if answer["type"] == "ack":
                return str(answer["message"])

    async def _see(self) -> None:
        """Everything that was shown before is read: what comes in order is followed by the answer to what makes no sense."""
        self._answers.pop("", None)
        await self._socket.send_str("{}")
        await self._until(lambda: "" in self._answers)

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        return await self._does({"type": "send", "chat": self.key(group=group).chat_id, "text": text, "reply_to": reply_to})

    async def presses(self, message_id: str, data: str) -> None:
        await self._does({"type": "press", "chat": self._private, "message": message_id, "data": data})

    async def edits(self, message_id: str, text: str) -> None:
        await self._does({"type": "edit", "chat": self._private, "message": message_id, "text": text})

    async def shares_location(self) -> None:
        await self._does({"type": "location", "chat": self._private, "latitude": 45.8, "longitude": 126.5})

    async def speaks(self, heard: str) -> None:
        await self._does({"type": "send", "chat": self._private, "text": heard, "spoken": True})

    async def joins(self) -> None:
        """Members are in the group from the first, and others never."""

    async def leaves(self) -> None:
        """Nobody leaves."""

    async def adds_bot(self) -> None:
        """It is in every group."""

    async def removes_bot(self) -> None:
        """It cannot be removed."""

    async def asks_to_join(self, words: str) -> None:
        """Nobody can."""

    def admitted(self) -> bool | None:
        return None

    async def echoes(self, text: str) -> None:
        """Pages are shown what the bot says; the bot is not."""

    async def replays(self) -> None:
        await self._socket.send_json(self._last)

    async def puts(self, raw: bytes) -> None:
        with suppress(ConnectionError):  # the page is shut out by what it sends
            await self._socket.send_frame(raw, WSMsgType.TEXT)
        await asyncio.sleep(0)
        if len(raw) > FRAME or not _is_text(raw):
            await self._until(lambda: self._socket.closed)
            await self.open()

    def key(self, *, group: bool = False) -> ChatKey:
        return browser_chat.chat_key(self._group if group else self._private)

    def nowhere(self, *, group: bool = False) -> ChatKey:
        return browser_chat.chat_key("424242")

    async def shown(self, message_id: str, *, group: bool = False) -> Shown:
        await self._see()
        return _seen(self._messages[message_id])

    async def said(self, *, group: bool = False) -> list[Shown]:
        shown = await browser_chat.history(self._database.read, self.key(group=group).chat_id)
        return [_seen(each) for each in shown if each["from"]["id"] == "bot"]

    async def attacked(self, attack: Attack) -> bool:
        raise NotImplementedError("a page that sends too much is shut, and that is all that it can do")

    def connection(self) -> object:
        return None

    def allow_deleting(self) -> None:
        """Nothing forbids it."""

    async def is_gone(self, message_id: str) -> bool:
        await self._see()
        return message_id not in self._messages

    def fails_next(self, fault: Fault) -> None:
        raise NotImplementedError("there is no line between the bot and its own page")

    async def goes_down(self) -> None:
        """The page is closed."""
        await self._socket.close()
        await self._reading

    async def comes_back(self) -> None:
        """It is opened again and shows what was said meanwhile."""
        self._answers.pop("caught up", None)
        await self.open()

    async def falls_silent(self) -> None:
        """There are no windows."""


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except ValueError:
        return False
    return True


def _seen(raw: dict[str, Any]) -> Shown:
    buttons = [[button["label"]["zh"] for button in row] for row in raw["buttons"]]
    file = raw["file"]["name"] if raw["file"] else None
    return Shown(raw["id"], raw["text"]["zh"], buttons, raw["reactions"], raw["picture"] is not None, file, raw["reply_to"])


async def _founded(work: UnitOfWork) -> BranchId:
    """A sample with one branch and one person."""
    work.settings.put("sample", "yes")
    branch = work.branches.add("红旗村支部", "Hongqi Village Branch")
    work.enter(branch.id)
    work.chats.bind(browser_chat.chat_key(browser_chat.group_chat(branch.id)), branch.name)
    member = work.members.add(PERSON, "Li Xiaoshan", ["member"])
    work.accounts.bind(browser_chat.account_key(PERSON), member.id, browser_chat.private_chat(PERSON))
    return branch.id


@asynccontextmanager
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[BrowserSide]:
    """A page open on the sample, in a deployment of its own."""
    database = Database(request.getfixturevalue("database_url"), lambda: START)
    await database.start()
    branch = await database.run(_founded)

    async def nobody(_: web.Request) -> None:
        return None

    platform = BrowserPlatform(database.run, database.read, lambda: START, sample=True, who_is=nobody)
    runner = web.AppRunner(app := web.Application(), shutdown_timeout=0.2, access_log=None)
    app.add_routes(platform.routes())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    side = BrowserSide(platform, database, branch, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await platform.start(side.inbox.receive, [])
    await side.open()
    try:
        yield side
    finally:
        await side.close()
        await platform.stop()
        await runner.cleanup()
        await database.stop()
