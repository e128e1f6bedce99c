"""The server itself: the sockets, who is subscribed, faults."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal, Self

from aiohttp import web

from tests.wecom_server.controls import CREATED, Controls
from tests.wecom_server.http import Api
from tests.wecom_server.long import Commands
from tests.wecom_server.model import Asked, Chat, Group, Json, Person, Upload, WeComError

SAYS = frozenset({"aibot_respond_msg", "aibot_respond_welcome_msg", "aibot_send_msg"})
Fault = Literal["well", "silent", "drop_before", "drop_after", "garbage", "pieces", "502", "503", "302"] | WeComError


class WeComServer(Commands, Api, Controls):
    """One enterprise on 127.0.0.1 with one bot and one self-built app. `limits` turns the budgets on."""

    def __init__(self, *, limits: bool = True) -> None:
        self.bot_id, self.secret, self.bot_name = "aib-test", "long-secret-1", "助手"
        self.corp_id, self.agent_id, self.app_secret = "ww1234", "1000002", "app-secret-2"
        self.limits = limits
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.asked: dict[str, Asked] = {}
        self.tasks: set[str] = set()
        self.uploads: dict[str, Upload] = {}
        self.media: dict[str, tuple[str, str, bytes]] = {}
        self.tokens: dict[str, float] = {}
        self.frames: list[Json] = []
        """Every frame that came in."""
        self.acks: list[Json] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        """Every request to the API: its path and its query."""
        self.closing = asyncio.Event()
        self.last: Json = {}
        """The last callback."""
        self.created: Callable[[], int] = lambda: CREATED
        """The moment that callbacks bear."""
        self.later = 0.0
        """Seconds by which the server's clock is ahead."""
        self.delay = 0.0
        """Seconds before each acknowledgement."""
        self.patience: float | None = None
        """Seconds without a frame after which the server ends a connection."""
        self.refusing = 0
        """How many connections are still turned away."""
        self.handshakes = 0
        self.subscribed: web.WebSocketResponse | None = None
        self.sockets: set[web.WebSocketResponse] = set()
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._counts: dict[str, int] = defaultdict(int)
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def long_url(self) -> str:
        """The address of the long connection."""
        return f"ws://127.0.0.1:{self.port}/long"

    @property
    def api_url(self) -> str:
        """The address of the API and the webhooks."""
        return f"http://127.0.0.1:{self.port}"

    def now(self) -> float:
        """The server's clock in seconds."""
        return asyncio.get_running_loop().time() + self.later

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.add_routes([web.get("/long", self._long), *self.api_routes()])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closing.set()
        await self.drop_all()
        if self._runner:
            await self._runner.cleanup()

    def chat(self, chat_id: str) -> Chat | None:
        """A group or a person by the id of a push."""
        return self.groups.get(chat_id) or self.people.get(chat_id)

    def fault(self, cmd: str, *faults: Fault) -> None:
        """What goes wrong with the next commands of a name; `says` is everything that shows a message."""
        self._faults[cmd].extend(faults)

    async def drop_all(self) -> None:
        """Every connection is gone, as when the server restarts."""
        for socket in list(self.sockets):
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
        self.sockets.clear()
        self.subscribed = None

    def forget(self) -> None:
        """The server forgets who is subscribed; the connection stays."""
        self.subscribed = None

    async def until(self, happened: Callable[[], Any], *, seconds: float = 15.0) -> None:
        """Wait until something is so, on whichever side of the wire. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            while not happened():
                await asyncio.sleep(0.001)

    async def _long(self, request: web.Request) -> web.StreamResponse:
        self.handshakes += 1
        if self.refusing:
            self.refusing -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=64 * 1024 * 1024, receive_timeout=self.patience)
        await socket.prepare(request)
        self.sockets.add(socket)
        try:
            async for message in socket:
                await self._frame(socket, json.loads(message.data))
        except TimeoutError:
            await self._abort(socket)
        finally:
            self.sockets.discard(socket)
            if self.subscribed is socket:
                self.subscribed = None
        return socket

    async def _frame(self, socket: web.WebSocketResponse, frame: Json) -> None:
        self.frames.append(frame)
        cmd, req_id = frame["cmd"], frame["headers"]["req_id"]
        faults = self._faults[cmd] or (self._faults["says"] if cmd in SAYS else self._faults[cmd])
        fault = faults.popleft() if faults else None
        if fault == "drop_before":
            await self._abort(socket)
            return
        body: Json | None = None
        try:
            if isinstance(fault, WeComError):
                raise fault
            body = await self._does(socket, cmd, req_id, frame.get("body", {}))
            ack: Json = {"headers": {"req_id": req_id}, "errcode": 0, "errmsg": "ok"} | ({"body": body} if body else {})
        except WeComError as error:
            ack = {"headers": {"req_id": req_id}, "errcode": error.code, "errmsg": error.said}
        except (KeyError, TypeError, ValueError) as error:
            ack = {"headers": {"req_id": req_id}, "errcode": 40058, "errmsg": f"invalid param {error!r}"}
        self.acks.append(ack | {"cmd": cmd})
        if self.delay:
            await asyncio.sleep(self.delay)
        if fault == "drop_after":
            await self._abort(socket)
        elif fault == "garbage":
            await socket.send_bytes(b"\xff\xfe{not json")
        elif fault != "silent":
            with suppress(ConnectionError):
                await socket.send_str(json.dumps(ack, ensure_ascii=False))

    async def _does(self, socket: web.WebSocketResponse, cmd: str, req_id: str, body: Json) -> Json:
        if cmd == "aibot_subscribe":
            if (body["bot_id"], body["secret"]) != (self.bot_id, self.secret):
                raise WeComError(40001, "invalid credential")
            before, self.subscribed = self.subscribed, socket
            if before is not None and before is not socket:
                await self.kick(before)
            return {}
        if self.subscribed is not socket:
            raise WeComError(846609, "not subscribed")
        return {} if cmd == "ping" else self.command(cmd, req_id, body)

    async def _abort(self, socket: web.WebSocketResponse) -> None:
        if socket._req is not None and socket._req.transport is not None:
            socket._req.transport.abort()
