"""The OneBot itself: connections in both directions, posts, and faults."""

import asyncio
import hmac
import json
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha1
from io import BytesIO
from typing import Any, Literal, Self

import aiohttp
from aiohttp import WSMsgType, web

from tests.onebot_server.actions import Actions
from tests.onebot_server.controls import Controls
from tests.onebot_server.model import ActionError, Group, Json, Message, Place, User
from tests.pieces import in_pieces

Fault = Literal["well", "timeout", "silence", "drop", "drop_before", "refuse", "late", "pieces", "502", "503", "404_page"]
"""`timeout`: stored, and answered with 1200; `silence`: stored, never answered; `drop`: stored, and the connection is cut;
`drop_before`: cut before; `refuse`: not stored; `late`: answered when `let_answer` is called; by HTTP alone `pieces`:
answered in two, and a page of somebody's before OneBot, who passed nothing on."""
_PAGES = {"502", "503", "404_page"}
Socket = aiohttp.ClientWebSocketResponse | web.WebSocketResponse


class OneBotServer(Controls):
    """One account. `cq`: messages as CQ strings; `texts`: ids as texts."""

    def __init__(
        self, account: int = 123_456, *, token: str = "", cq: bool = False, texts: bool = False, app_name: str = "NapCat.Onebot"
    ) -> None:
        self.account = account
        self.token = token
        self.cq = cq
        self.texts = texts
        self.app_name = app_name
        self.takes_files = True
        self.numberless = False
        """What is sent is taken, and its number is not told."""
        self.online = True
        self.rude_token = True
        """A wrong token is let in, told 1403 and thrown out, as NapCat does; else the handshake is refused."""
        self.frozen: set[Socket] = set()
        """Connections on which no ping is answered, as if the machine were gone."""
        self.date = 1_795_000_000
        self.places: dict[int, Place] = {}
        self.said: list[Message] = []
        self.requests: dict[str, tuple[User, Group | None]] = {}
        self.admitted: list[tuple[int, int, bool]] = []
        self.calls: list[tuple[str, Json]] = []
        self.events: list[Json] = []
        """Everything that was told, in order."""
        self.closed: list[int | None] = []
        """Codes by which connections ended."""
        self.connections = 0
        self.posted: list[int] = []
        self.sockets: list[Socket] = []
        self._telling: set[Socket] = set()
        self.numbers: dict[str, int] = {"user": 10_000, "group": 200_000, "message": 500, "flag": 0}
        self._actions = Actions(self)
        self._faults: dict[str, deque[tuple[Fault, int, str]]] = defaultdict(deque)
        self._late: list[Callable[[], Any]] = []
        self._pongs = 0
        self._post_to = self._secret = ""
        self._kept = ""
        self._calling = asyncio.Lock()
        """Where it calls again whenever the connection is over, as NapCat does."""
        self._changed = asyncio.Event()
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None
        self.address = ""

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in self.sockets:
            with suppress(ConnectionError):
                await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    # How it is reached, and reaches us

    async def connect(self, url: str, *, role: str = "Universal", headers: dict[str, str] | None = None) -> Socket:
        """Reverse: calls the bot. Raises `WSServerHandshakeError` where that refuses."""
        assert self._session
        sent = {"X-Self-ID": str(self.account), "X-Client-Role": role} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        sent = sent if headers is None else {name: value for name, value in (sent | headers).items() if value}
        socket = await self._session.ws_connect(url, headers=sent, autoping=False, max_msg_size=0)
        self._take_up(socket, events=role != "API")
        if role != "API":
            await self._send(socket, {**self.head("meta_event"), "meta_event_type": "lifecycle", "sub_type": "connect"})
        return socket

    async def keep(self, url: str) -> None:
        """Reverse: calls the bot, and calls again whenever the connection is over, until `down`."""
        self._kept = url
        await self._call()

    async def _call(self) -> None:
        """Calls the bot if it is to be called and nothing is connected: one call at a time."""
        async with self._calling:
            if self._kept and not self.sockets:
                await self.connect(self._kept)

    async def down(self) -> None:
        """Is gone, and calls no more."""
        self._kept = ""
        async with self._calling:
            await self.cut()
        await self.until(lambda: not self.sockets)

    async def listen(self, port: int = 0) -> None:
        """Forward: lets itself be called, by WebSocket and by HTTP."""
        if self._runner is not None:
            return
        app = web.Application(client_max_size=200 * 1024 * 1024)
        app.router.add_get("/", self._called)
        app.router.add_post("/{action}", self._requested)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True).start()
        self.address = f"127.0.0.1:{self._runner.addresses[0][1]}"

    def post_to(self, url: str, secret: str) -> None:
        """HTTP POST: tells what happens there, signed."""
        self._post_to, self._secret = url, secret

    async def restart(self) -> None:
        """NapCat ends and begins anew: connections are cut, and message ids are forgotten and given anew."""
        await self.cut()
        self.said.clear()
        self.numbers["message"] = 500

    async def cut(self) -> None:
        """All connections break."""
        for socket in list(self.sockets):
            transport = socket._conn.transport if isinstance(socket, aiohttp.ClientWebSocketResponse) else socket._req.transport
            if transport is not None:
                transport.abort()
        self.changed()

    # What happened

    def head(self, post_type: str, date: int | None = None) -> Json:
        """What stands in every event."""
        return {"time": date or self.date, "self_id": self.number(self.account), "post_type": post_type}

    def number(self, value: int) -> int | str:
        """An id as this implementation writes it."""
        return str(value) if self.texts else value

    async def emit(self, event: Json) -> None:
        """Tells an event by every way there is, and waits until a post is answered."""
        self.events.append(event)
        for socket in self.sockets:
            if socket in self._telling:
                await self._send(socket, event)
        if self._post_to:
            self.posted.append(await self.post(json.dumps(event).encode()))
        self.changed()

    async def post(self, body: bytes, **headers: str) -> int:
        """One post, signed unless a header says otherwise; the answer is its status."""
        assert self._session
        signed = "sha1=" + hmac.new(self._secret.encode(), body, sha1).hexdigest()
        sent = {"X-Self-ID": str(self.account), "X-Signature": signed, "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.post(
            self._post_to, data=BytesIO(body), headers={name: value for name, value in sent.items() if value}
        ) as answer:
            return answer.status

    async def raw(self, data: str | bytes) -> None:
        """A frame of any kind to everybody who listens."""
        for socket in list(self.sockets):
            with suppress(ConnectionError):  # it may be over before all of it went out
                await socket._writer.send_frame(data.encode() if isinstance(data, str) else data, WSMsgType.TEXT)

    async def replay(self) -> None:
        """Everything that was told is told again."""
        for event in list(self.events):
            for socket in self._telling & set(self.sockets):
                await self._send(socket, event)

    async def read(self) -> bool:
        """Waits until the bot has read everything that was told; False if a connection was over before."""
        sockets = [each for each in self.sockets if each in self._telling and not each.closed]
        wanted = self._pongs + len(sockets)
        for socket in sockets:
            with suppress(ConnectionError):
                await socket.ping()
        await self.until(lambda: self._pongs >= wanted or not set(sockets) <= set(self.sockets))
        return set(sockets) <= set(self.sockets)

    async def tell_surely(self, event: Json) -> None:
        """Tells an event, and again where the connection was over before the bot had read it."""
        while True:
            await self.until(lambda: self._telling or not self._kept)
            await self.emit(event)
            if await self.read():
                return

    async def until(self, happened: Callable[[], object], seconds: float = 15.0) -> None:
        """Waits until something is so; fails aloud after a while."""
        async with asyncio.timeout(seconds):
            while not happened():
                await self._changed.wait()

    def called(self, action: str) -> list[Json]:
        """The parameters of every call of an action so far."""
        return [given for name, given in self.calls if name == action]

    def fail_next(self, action: str, kind: Fault, *, times: int = 1, retcode: int = 1200, wording: str = "消息体无法解析") -> None:
        """The next calls of an action go wrong."""
        self._faults[action].extend([(kind, retcode, wording)] * times)

    def forget_faults(self, action: str) -> None:
        """The next calls of an action go well."""
        self._faults[action].clear()

    async def let_answer(self) -> None:
        """What is `late` is answered now."""
        late, self._late = self._late, []
        for answer in late:
            await answer()

    def changed(self) -> None:
        """Wakes whoever waits for something."""
        event, self._changed = self._changed, asyncio.Event()
        event.set()

    # The wire

    def _take_up(self, socket: Socket, *, events: bool) -> None:
        self.sockets.append(socket)
        self.connections += 1
        if events:
            self._telling.add(socket)
        task = asyncio.create_task(self._read(socket))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.changed()

    async def _read(self, socket: Socket) -> None:
        while True:
            message = await socket.receive()
            if message.type is WSMsgType.PONG:
                self._pongs += 1
                self.changed()
            elif message.type is WSMsgType.PING:
                if socket in self.frozen:
                    continue
                await socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                await self._answer(socket, json.loads(message.data))
            else:
                break
        self.closed.append(socket.close_code)
        self._telling.discard(socket)
        if socket in self.sockets:
            self.sockets.remove(socket)
        self.changed()
        while self._kept and not self.sockets:
            await asyncio.sleep(0.005)
            with suppress(aiohttp.ClientError, OSError):
                await self._call()

    async def _answer(self, socket: Socket, frame: Json) -> None:
        action, given = frame["action"], frame.get("params") or {}
        fault, retcode, wording = self._faults[action].popleft() if self._faults[action] else ("", 0, "")
        if fault == "drop_before":
            return await self.cut()
        answer = self._done(action, given) if fault != "refuse" else _no(retcode, wording)
        if fault == "drop":
            return await self.cut()
        if fault == "timeout":
            answer = _no(1200, "Timeout: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg")
        answer["echo"] = frame.get("echo")
        if fault == "late":
            self._late.append(lambda: self._send(socket, answer))
        elif fault != "silence":
            await self._send(socket, answer)
        return None

    def _done(self, action: str, given: Json) -> Json:
        self.calls.append((action, given))
        if action not in self._actions.table:
            return _no(1404, f"不支持的Api {action}")
        try:
            data = self._actions.table[action](given)
        except ActionError as error:
            return _no(error.retcode, error.wording)
        finally:
            self.changed()
        return {"status": "ok", "retcode": 0, "data": data, "message": "", "wording": ""}

    async def _send(self, socket: Socket, frame: Json) -> None:
        with suppress(ConnectionError):
            await socket.send_str(json.dumps(frame, ensure_ascii=False))

    async def _called(self, request: web.Request) -> web.WebSocketResponse:
        right = not self.token or request.headers.get("Authorization") == f"Bearer {self.token}"
        if not right and not self.rude_token:
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if not right:
            await self._send(socket, {**_no(1403, "token验证失败"), "echo": None})
            await socket.close(code=1008)
            return socket
        self._take_up(socket, events=True)
        await self._send(socket, {**self.head("meta_event"), "meta_event_type": "lifecycle", "sub_type": "connect"})
        while not socket.closed:
            await self._changed.wait()
        return socket

    async def _requested(self, request: web.Request) -> web.StreamResponse:
        if self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response(_no(1403, "token verify failed!"), status=403)
        action, given = request.match_info["action"], json.loads(await request.read() or b"{}")
        fault, retcode, wording = self._faults[action].popleft() if self._faults[action] else ("", 0, "")
        if fault in _PAGES:
            return web.Response(status=int(fault[:3]), text="<html>nginx</html>", content_type="text/html")
        answer = self._done(action, given) if fault not in {"refuse", "drop_before"} else _no(retcode, wording)
        if fault in {"drop", "drop_before"} and request.transport:
            request.transport.abort()
        if fault == "timeout":
            answer = _no(1200, "Timeout: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg")
        if fault == "silence":
            await asyncio.sleep(3600)
        made = web.json_response(answer)
        return await in_pieces(request, made) if fault == "pieces" else made


def _no(retcode: int, wording: str) -> Json:
    return {"status": "failed", "retcode": retcode, "data": None, "message": wording, "wording": wording}
