"""The people of the sample at a running server: what each does and sees, over the sockets of docs/browser-chat.md."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode, urljoin

from aiohttp import ClientWebSocketResponse

from bot.operations.stage import Line, Message, frame_of, named, told, worth_telling
from bot.operations.trouble import Trouble
from bot.services import browser_chat
from bot.services.browser_chat import STRANGER
from bot.texts import Text

QUIET = 0.8
"""Seconds without a new message after which a running server has said all."""
PATIENCE = 10.0
Socket = ClientWebSocketResponse


class Audience:
    """A socket for each person, so that everything is seen that anybody sees."""

    def __init__(self, address: str, connect: Callable[[str], Awaitable[Socket]]) -> None:
        self._address = address
        self._connect = connect
        self._people: dict[str, Text] = {}
        self._roles: dict[str, Text] = {}
        self._sockets: dict[str, Socket] = {}
        self._histories: dict[str, list[Message]] = {}
        self._group = ""
        self._shown: list[Message] = []
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listeners: list[asyncio.Task[None]] = []
        self._heard = asyncio.Event()

    async def gather(self) -> None:
        """Open a socket for everybody."""
        first = await self._join(STRANGER)
        self._people = {each["id"]: Text(**each["name"]) for each in first["people"]}
        self._roles = {each["id"]: Text(**each["role"]) for each in first["people"]}
        self._group = next(chat["id"] for chat in first["chats"] if chat["kind"] == "group")
        for user_id in self._people:
            if user_id != STRANGER:
                await self._join(user_id)
        self._listeners = [asyncio.create_task(self._listen(user_id, socket)) for user_id, socket in self._sockets.items()]

    def leave(self) -> None:
        """Stop listening."""
        for listener in self._listeners:
            listener.cancel()

    async def _join(self, who: str) -> dict[str, Any]:
        socket = await self._connect(urljoin(self._address, "ws") + "?" + urlencode({"as": who}))
        self._sockets[who] = socket
        welcome: dict[str, Any] = await socket.receive_json(timeout=PATIENCE)
        for _ in welcome["chats"]:
            history = await socket.receive_json(timeout=PATIENCE)
            self._histories[history["chat"]] = history["messages"]
        return welcome

    async def _listen(self, who: str, socket: Socket) -> None:
        async for raw in socket:
            frame = json.loads(raw.data)
            if frame["type"] in {"ack", "error"}:
                self._answers.put_nowait(frame)
            elif frame["type"] in {"message", "edit"} and (frame["message"]["chat"] != self._group or who == STRANGER):
                message = frame["message"]
                self._shown.append(message)
                known = self._histories.setdefault(message["chat"], [])
                known[:] = [each for each in known if each["id"] != message["id"]] + [message]
                self._heard.set()

    async def say(self, line: Line) -> list[Message]:
        """Act a line out and answer what is shown because of it. Raises `Trouble`."""
        user_id = named(self._people, self._roles, line.who)
        seen = self._histories.get(self._group, []) + self._histories.get(browser_chat.private_chat(user_id), [])
        frame = frame_of(user_id, self._group, line, seen)
        await self._sockets[user_id].send_json({**frame, "nonce": secrets.token_hex(8)})
        answer = await asyncio.wait_for(self._answers.get(), PATIENCE)
        if answer["type"] == "error":
            raise Trouble(answer["text"]["en"])
        await self._wait()
        shown, self._shown = self._shown, []
        return [told(each, self._people) for each in shown if worth_telling(each)]

    async def _wait(self) -> None:
        try:
            while True:
                self._heard.clear()
                await asyncio.wait_for(self._heard.wait(), QUIET)
        except TimeoutError:
            return
