"""The server itself: HTTP, faults, the queue of updates and the webhook."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal, Self

import aiohttp
from aiohttp import web

from tests.pieces import in_pieces
from tests.telegram_server.controls import Controls
from tests.telegram_server.methods import Methods
from tests.telegram_server.model import ApiError, Group, Json, Message, Place, bad

Fault = Literal["400", "409", "429", "429_page", "500", "502", "hang", "drop_before", "drop_after", "garbage", "half", "hollow", "pieces"]
_STORED_FIRST = {"hang", "drop_after", "garbage", "half", "hollow", "pieces"}
_ERRORS: dict[str, Callable[[int], ApiError]] = {
    "400": lambda _: bad("message is of a kind that nobody takes"),
    "409": lambda _: ApiError(409, "Conflict: terminated by other getUpdates request"),
    "429": lambda after: ApiError(429, f"Too Many Requests: retry after {after}", retry_after=after),
    "500": lambda _: ApiError(500, "Internal Server Error"),
}


class TelegramServer(Controls):
    """One bot's Bot API on 127.0.0.1. `limits` turns the rate limits on, `privacy` the privacy mode of groups."""

    def __init__(
        self,
        token: str = "123456:TEST-token_abcdefghijklmnopqrstuvwxyz",
        *,
        username: str = "zhibu_bot",
        limits: bool = False,
        privacy: bool = False,
        date: int = 1_795_000_000,
    ) -> None:
        self.token = token
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "支部", "username": username}
        self.limits = limits
        self.privacy = privacy
        self.date = date
        self.webhook = self.secret = ""
        self.webhook_answers: list[int] = []
        self.allowed: list[str] = []
        self.pending: list[Json] = []
        self.poll: asyncio.Future[None] | None = None
        self.places: dict[int, Place] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.presses: dict[str, bool] = {}
        """Presses of buttons by their id, and whether they were answered."""
        self.calls: list[tuple[str, Json]] = []
        self._raw: deque[bytes] = deque()
        self._said: dict[int, list[Message]] = defaultdict(list)
        self._faults: dict[str, deque[tuple[Fault, int]]] = defaultdict(deque)
        self._sent: dict[int, list[float]] = defaultdict(list)
        self._numbers: dict[str, int] = {"update": 700_000_000, "message": 0, "user": 5_000_000, "group": 1_000, "press": 0}
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._methods = Methods(self)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        host, self._port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{self._port}/bot"
        self._delivery = asyncio.create_task(self._deliver())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        self._delivery.cancel()
        with suppress(asyncio.CancelledError):
            await self._delivery
        await self._runner.cleanup()

    async def down(self) -> None:
        """Nobody listens any more, and every connection is cut."""
        await self._site.stop()
        if self._runner.server:
            for connection in self._runner.server.connections:
                connection.force_close()
                if connection.transport:
                    connection.transport.abort()

    async def up(self) -> None:
        """It listens where it did, again if it has to, and comes back when the bot has asked it for something."""
        before = len(self.calls)
        if self._site not in self._runner.sites:
            self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
            await self._site.start()
        await self.until(lambda: len(self.calls) > before)

    async def until(self, happened: Callable[[], object], seconds: float = 15.0) -> None:
        """Waits until something is so; fails aloud after a while."""
        async with asyncio.timeout(seconds):
            while not happened():
                changed = self._changed
                await changed.wait()

    async def acknowledged(self) -> None:
        """Waits until the bot has acknowledged everything that happened."""
        await self.until(lambda: not self.pending)

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of a method so far."""
        return [given for name, given in self.calls if name == method]

    def fail_next(self, method: str, kind: Fault, *, times: int = 1, retry_after: int = 3) -> None:
        """The next calls of a method go wrong."""
        self._faults[method.casefold()].extend([(kind, retry_after)] * times)

    def answer_next_poll(self, raw: bytes) -> None:
        """The next request for updates is answered with these bytes."""
        self._raw.append(raw)
        if self.poll and not self.poll.done():
            self.poll.set_result(None)

    def changed(self) -> None:
        """Wakes whoever waits for something."""
        event, self._changed = self._changed, asyncio.Event()
        event.set()

    def forget_before(self, offset: int) -> None:
        """Updates before the offset are acknowledged; a negative one keeps that many of the last."""
        self.pending = self.pending[offset:] if offset < 0 else [one for one in self.pending if one["update_id"] >= offset]
        self.changed()

    def find(self, place: Place, message_id: object) -> Message | None:
        """A message of a chat by its id."""
        return next((message for message in self._said[place.id] if str(message.id) == str(message_id)), None)

    def remove(self, message: Message) -> None:
        """A message is deleted."""
        self._said[message.place.id].remove(message)
        self.changed()

    def allow_sending(self, place: Place) -> None:
        """Refuses what comes faster than the real limits: one a second in a chat, twenty a minute in a group."""
        now, sent = asyncio.get_running_loop().time(), self._sent[place.id]
        sent[:] = [at for at in sent if now - at < 60]
        wait = 1 if sent and now - sent[-1] < 1 else 0
        if isinstance(place, Group) and len(sent) >= 20:
            wait = max(wait, int(60 - (now - sent[-20])) + 1)
        if self.limits and wait:
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        sent.append(now)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].casefold()
        if (turned := self._turned_away(request, method)) is not None:
            return turned
        try:
            given = await _parameters(request)
        except ValueError:
            return _failed(bad("can't parse JSON object"))
        name = self._methods.table[method].__name__
        self.calls.append((name, given))
        self.changed()
        fault, retry_after = self._faults[method].popleft() if self._faults[method] else (None, 0)
        if fault and fault not in _STORED_FIRST:
            return _broken(request, fault, retry_after)
        try:
            answer: web.Response = web.json_response({"ok": True, "result": await self._methods.table[method](given)})
        except ApiError as error:
            answer = _failed(error)
        self.changed()
        if fault == "hang":
            await self._closing.wait()
        if fault == "half":
            return await _half(request, answer)
        if fault == "pieces":
            return await in_pieces(request, answer)
        return _broken(request, fault, retry_after) if fault else answer

    def _turned_away(self, request: web.Request, method: str) -> web.Response | None:
        """What is answered without a look at the parameters."""
        if request.match_info["token"] != self.token:
            return _failed(ApiError(401, "Unauthorized"))
        if method not in self._methods.table:
            return _failed(ApiError(404, "Not Found"))
        if method == "getupdates" and self._raw:
            return web.Response(body=self._raw.popleft(), content_type="application/json")
        return None

    async def _deliver(self) -> None:
        """Posts updates to the webhook one by one, each until it is answered with 200."""
        async with aiohttp.ClientSession() as session:
            while True:
                await self.until(lambda: self.webhook and self.pending, seconds=3600)
                update = self.pending[0]
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
                try:
                    async with session.post(self.webhook, json=update, headers=headers) as answer:
                        status = answer.status
                except aiohttp.ClientError:
                    status = 0
                self.webhook_answers.append(status)
                if status == 200 and update in self.pending:
                    self.pending.remove(update)
                self.changed()
                await asyncio.sleep(0 if status == 200 else 0.01)


def _failed(error: ApiError) -> web.Response:
    envelope: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        envelope["parameters"] = error.parameters
    return web.json_response(envelope, status=error.code)


def _broken(request: web.Request, fault: Fault, retry_after: int) -> web.Response:
    match fault:
        case "400" | "429" | "500":
            return _failed(_ERRORS[fault](retry_after))
        case "429_page" | "502":
            page = "<html><body><center>nginx/1.18.0</center></body></html>"
            return web.Response(status=int(fault[:3]), text=page, content_type="text/html")
        case "hollow":
            return web.json_response({"ok": True})
        case "garbage":
            return web.Response(text="{not json", content_type="application/json")
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _half(request: web.Request, answer: web.Response) -> web.StreamResponse:
    """Half of the body, and then the connection is gone."""
    whole = answer.body if isinstance(answer.body, bytes) else b""
    cut = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(whole))})
    await cut.prepare(request)
    await cut.write(whole[: len(whole) // 2])
    if request.transport:
        request.transport.close()
    return cut


async def _parameters(request: web.Request) -> Json:
    """Query, JSON, urlencoded or multipart; files as (name, content)."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(await request.read() or b"{}")
        if not isinstance(body, dict):
            raise ValueError("no object")
        return given | body
    for name, value in (await request.post()).items():
        given[name] = _file(value) if isinstance(value, web.FileField) else value
    return given


def _file(field: Any) -> tuple[str, bytes]:
    with field.file as opened:
        return str(field.filename), opened.read()
