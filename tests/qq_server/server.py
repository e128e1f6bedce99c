"""The server itself: HTTP, tokens, faults, and the posting of callbacks."""

import asyncio
import io
import json
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Literal, Self

import aiohttp
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.pieces import in_pieces
from tests.qq_server.controls import Controls
from tests.qq_server.methods import Methods
from tests.qq_server.model import Anchor, ApiError, Json, Message, Place

Fault = Literal["400", "401", "429", "500", "502_page", "hang", "drop_before", "drop_after", "garbage", "nameless", "pieces", "503_page"]
_STORED_FIRST = {"hang", "drop_after", "garbage", "nameless", "pieces"}
SECRET = "naOC0ocQE3shWLAfffVLB1rhYPG7"
"""The example of QQ's documents."""


class QQServer(Controls):
    """One bot's open platform on 127.0.0.1, by the clock of the test. `skew`: how wrong its clock is."""

    def __init__(self, clock: Callable[[], datetime], *, app_id: str = "102000001", secret: str = SECRET) -> None:
        self._clock = clock
        self.app_id = app_id
        self.secret = secret
        self.skew = timedelta(0)
        self.webhook = ""
        self.markdown = self.files = self.tells_state = True
        self.no_addresses = self.off_the_list = False
        self.sites: tuple[str, ...] = ()
        self.longest = 2000
        self.pushes_left = 1000
        self.token_seconds = 7200
        self.tokens: dict[str, datetime] = {}
        self.count = 0
        self.places: dict[str, Place] = {}
        self.said: dict[int, list[Message]] = defaultdict(list)
        self.anchors: dict[str, Anchor] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.presses: dict[str, bool] = {}
        """Presses of buttons by their id, and whether they were answered."""
        self.pending: list[Json] = []
        self.calls: list[tuple[str, Json]] = []
        self.refused: set[int] = set()
        """QQ's numbers of everything that was not done because of a rule."""
        self.answers: list[tuple[int, Json]] = []
        """What the webhook answered."""
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._methods = Methods(self)
        seed = secret.encode()
        while len(seed) < 32:
            seed *= 2
        self._key = Ed25519PrivateKey.from_private_bytes(seed[:32])

    def clock(self) -> datetime:
        """The time here."""
        return self._clock() + self.skew

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50 * 1024 * 1024)
        app.router.add_post("/app/getAppAccessToken", self._token)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        await self._listen(0)
        self._delivery = asyncio.create_task(self._deliver())
        return self

    async def _listen(self, port: int) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", port)
        await self._site.start()
        host, self._port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{self._port}"
        self.token_url = f"{self.url}/app/getAppAccessToken"

    async def down(self) -> None:
        """Nobody listens any more, and every token is forgotten."""
        await self._site.stop()
        for connection in self._runner.server.connections if self._runner.server else []:
            connection.force_close()
        self.tokens.clear()

    async def up(self) -> None:
        """It listens again where it did, if it did not."""
        if self._site not in self._runner.sites:
            await self._listen(self._port)

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        self._delivery.cancel()
        with suppress(asyncio.CancelledError):
            await self._delivery
        await self._runner.cleanup()

    async def until(self, happened: Callable[[], object], seconds: float = 15.0) -> None:
        """Waits until something is so; fails aloud after a while."""
        async with asyncio.timeout(seconds):
            while not happened():
                await self._changed.wait()

    async def acknowledged(self) -> None:
        """Waits until the bot has acknowledged everything that happened."""
        await self.until(lambda: not self.pending)

    def changed(self) -> None:
        """Wakes whoever waits for something."""
        event, self._changed = self._changed, asyncio.Event()
        event.set()

    def fail_next(self, what: str, kind: Fault, *, times: int = 1) -> None:
        """The next calls of messages, files, bot_state, interactions or token go wrong."""
        self._faults[what].extend([kind] * times)

    def called(self, what: str) -> list[Json]:
        """The bodies of every call of a kind so far."""
        return [body for name, body in self.calls if name == what]

    def sign(self, timestamp: str, body: bytes) -> str:
        """QQ's signature of a callback."""
        return self._key.sign(timestamp.encode() + body).hex()

    async def post(self, payload: Json | bytes, headers: dict[str, str] | None = None) -> tuple[int, Json]:
        """Post something to the bot: signed as it should be, unless other headers are given; its status and what it answers."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
        timestamp = str(int(self.clock().timestamp()))
        signed = {"X-Signature-Ed25519": self.sign(timestamp, body), "X-Signature-Timestamp": timestamp, "X-Bot-Appid": self.app_id}
        given = {"Content-Type": "application/json", **(signed if headers is None else headers)}
        async with aiohttp.ClientSession() as session, session.post(self.webhook, data=io.BytesIO(body), headers=given) as answer:
            text = await answer.text()
        with suppress(ValueError):
            return answer.status, dict(json.loads(text))
        return answer.status, {}

    async def _deliver(self) -> None:
        """Posts callbacks one by one, each until it is acknowledged with op 12."""
        while True:
            await self.until(lambda: self.webhook and self.pending, seconds=3600)
            event = self.pending[0]
            try:
                answer = await self.post(event)
            except aiohttp.ClientError:
                answer = (0, {})
            self.answers.append(answer)
            if answer[0] == 200 and answer[1].get("op") == 12:
                self.pending.remove(event)
            self.changed()
            await asyncio.sleep(0 if answer[0] == 200 else 0.01)

    async def _token(self, request: web.Request) -> web.StreamResponse:
        given = await request.json()
        self.calls.append(("token", given))
        self.changed()
        if fault := self._fault("token"):
            return await self._broken(request, fault, web.json_response({}))
        if given != {"appId": self.app_id, "clientSecret": self.secret}:
            return web.json_response({"code": 100016, "message": "invalid appid or secret"})  # with status 200, as QQ does
        now = self.clock()
        good = next((each for each, ends in self.tokens.items() if ends - now > timedelta(seconds=60)), None)
        if good is None:
            good = f"token{len(self.calls)}"
            self.tokens[good] = now + timedelta(seconds=self.token_seconds)
        return web.json_response({"access_token": good, "expires_in": str(int((self.tokens[good] - now).total_seconds()))})

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "")
        body = json.loads(await request.read() or b"{}")
        what, call = self._route(request.method, request.path, body)
        self.calls.append((what, body))
        self.changed()
        if self.tokens.get(token.removeprefix("QQBot "), self.clock()) <= self.clock() or not token.startswith("QQBot "):
            return _failed(ApiError(401, 11243, "校验 token 未通过"))
        if self.off_the_list:
            return _failed(ApiError(401, 11298, "接口访问源IP不在白名单"))
        fault = self._fault(what)
        if fault and fault not in _STORED_FIRST:
            return await self._broken(request, fault, web.Response())
        try:
            answer: web.Response = web.json_response(await call())
        except ApiError as error:
            self.refused.add(error.code)
            answer = _failed(error)
        self.changed()
        return await self._broken(request, fault, answer) if fault else answer

    def _route(self, method: str, path: str, body: Json) -> tuple[str, Callable[[], Any]]:
        parts, methods = path.strip("/").split("/"), self._methods
        if (method, parts[0]) in {("GET", "users"), ("PUT", "interactions")}:
            return parts[0], (lambda: methods.answer_press(parts[1], body)) if method == "PUT" else methods.me
        place = self.places.get(parts[2]) if len(parts) > 3 and parts[0] == "v2" else None
        if place is not None and (parts[1] == "groups") is hasattr(place, "title"):
            match method, *parts[3:]:
                case "POST", "messages":
                    return "messages", lambda: methods.post_message(place, body)
                case "POST", "files":
                    return "files", lambda: methods.post_file(place, body)
                case "GET", "bot_state":
                    return "bot_state", lambda: methods.bot_state(place)
                case "DELETE", "messages", message_id:
                    return "delete", lambda: methods.delete(place, message_id)
        return "unknown", _nobody if place is None else _nothing

    def _fault(self, what: str) -> Fault | None:
        return self._faults[what].popleft() if self._faults[what] else None

    async def _broken(self, request: web.Request, fault: Fault, answer: web.Response) -> web.StreamResponse:
        if fault in _ANSWERED:
            return _ANSWERED[fault]()
        if fault == "pieces":
            return await in_pieces(request, answer)
        if fault == "hang":
            await self._closing.wait()
        if request.transport:
            request.transport.abort()
        return answer


async def _nobody() -> Json:
    raise ApiError(400, 40034024, "openid无效")


async def _nothing() -> Json:
    raise ApiError(404, 0, "未找到 API")


def _failed(error: ApiError) -> web.Response:
    """QQ writes the number under two names, the old and the new."""
    answer = {"message": error.message, "code": error.code, "err_code": error.code, "trace_id": "4a8a61565b909f199b1ec169fdd6f49e"}
    return web.json_response(answer, status=error.status)


_ANSWERED: dict[Fault, Callable[[], web.Response]] = {
    "400": lambda: _failed(ApiError(400, 40034006, "消息内容违规")),
    "401": lambda: _failed(ApiError(401, 11243, "校验 token 未通过")),
    "429": lambda: web.Response(status=429, headers={"Retry-After": "3"}),
    "500": lambda: _failed(ApiError(500, 50055001, "消息发送异常，请稍后重试")),
    "502_page": lambda: web.Response(status=502, text="<html>stgw</html>", content_type="text/html"),
    "503_page": lambda: web.Response(status=503, text="<html>stgw</html>", content_type="text/html"),
    "garbage": lambda: web.Response(text="{not json", content_type="application/json"),
    "nameless": lambda: web.json_response({}),
}
