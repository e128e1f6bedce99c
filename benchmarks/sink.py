"""The far side of Telegram, as thin as can be: it takes every request, tells who watches, and answers as Telegram would.

In our own process at the level where a request is a method and its JSON – the same level at which the naive bot's `Sink` stands –,
or behind a real local HTTP server in a process of its own.
"""

import asyncio
import json
import multiprocessing
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import FormData

from bot.platforms.telegram.transport import HttpLine

Told = Callable[[str, dict[str, Any]], None]
"""Hears of every request that has arrived: the method and its parameters."""

TOKEN = "1:bench"
_ME = {"id": 1, "is_bot": True, "first_name": "zhibu", "username": "zhibu_bot"}
_MARKED = {"setMessageReaction", "deleteMessage", "setMyCommands", "setWebhook", "deleteWebhook", "answerCallbackQuery"}


def answer(method: str, parameters: dict[str, Any]) -> bytes:
    """The body of Telegram's answer."""
    result: Any = True
    if method == "getMe":
        result = _ME
    elif method not in _MARKED:
        chat = {"id": int(parameters["chat_id"]), "type": "supergroup", "title": "g"}
        message_id = parameters.get("message_id") or next(_numbers)
        result = {"message_id": message_id, "date": 1, "chat": chat, "text": parameters.get("text", "")}
    return json.dumps({"ok": True, "result": result}).encode()


def _count() -> Iterator[int]:
    number = 1_000_000
    while True:
        number += 1
        yield number


_numbers = _count()


class InProcess:
    """A `Line` that ends here."""

    def __init__(self, told: Told) -> None:
        self._told = told

    async def open(self) -> None:
        """There is nothing to open."""

    async def close(self) -> None:
        """There is nothing to close."""

    async def post(self, method: str, body: bytes | FormData, seconds: float) -> tuple[int, bytes]:
        """One request."""
        parameters = json.loads(body) if isinstance(body, bytes) else {}
        self._told(method, parameters)
        return 200, answer(method, parameters)


class OverHttp(HttpLine):
    """The product's own line to a server of ours; tells what has been answered."""

    def __init__(self, told: Told, base_url: str) -> None:
        super().__init__(TOKEN, base_url, 10.0)
        self._told = told

    async def post(self, method: str, body: bytes | FormData, seconds: float) -> tuple[int, bytes]:
        """One request."""
        done = await super().post(method, body, seconds)
        self._told(method, json.loads(body) if isinstance(body, bytes) else {})
        return done


@contextmanager
def http_server() -> Iterator[str]:
    """A server in a process of its own; its base address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        port = listening.getsockname()[1]
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(listening,), daemon=True)
        process.start()
    try:
        yield f"http://127.0.0.1:{port}/bot"
    finally:
        process.terminate()
        process.join()


def _serve(listening: socket.socket) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Connection, sock=listening)
        await server.serve_forever()

    asyncio.run(serve())


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with Content-Length, which is what our line sends."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head = self._waiting[:end]
            mark = head.lower().index(b"content-length:")
            length = int(head[mark + 15 :].split(b"\r\n", 1)[0])
            if len(self._waiting) < end + 4 + length:
                return
            body, self._waiting = self._waiting[end + 4 : end + 4 + length], self._waiting[end + 4 + length :]
            method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
            self._answer(answer(method, _parameters(body)))

    def _answer(self, body: bytes) -> None:
        if self._transport is not None:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            self._transport.write(head % len(body) + body)


def _parameters(body: bytes) -> dict[str, Any]:
    """Ours come as JSON, python-telegram-bot's as a form."""
    if body.startswith(b"{"):
        given: dict[str, Any] = json.loads(body)
        return given
    return dict(parse_qsl(body.decode()))
