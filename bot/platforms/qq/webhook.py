"""Receiving callbacks over HTTP: acknowledged only when what they caused is committed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.patterns import Pattern
from bot.platforms.body import PATIENCE, body_of
from bot.platforms.json_fields import Json, mapping, numeral, parsed
from bot.platforms.qq.decode import ADDRESS_CHECK
from bot.platforms.qq.signing import Signer

SIGNATURE, TIMESTAMP = "X-Signature-Ed25519", "X-Signature-Timestamp"
_LARGEST_UNSIGNED = 4096
SKEW = timedelta(minutes=5)
"""How far a signature's time may be from ours. What was recorded longer ago is not listened to."""
SAID_AGAIN = timedelta(minutes=1)
"""How often the log tells of the same kind of refusal."""
_FOREIGN = ("multipart/", "image/", "audio/", "video/", "text/html", "text/xml", "application/xml", "application/x-www-form-urlencoded")
_UNSIGNED = "A callback without QQ's signature is not listened to."
_TOO_LARGE = "A body too large for a callback was posted to QQ's address; it is not read."
_SECONDS = Pattern(r"[0-9]{9,11}")
_PLAIN = Pattern(r"[A-Za-z0-9_.~+/=:-]{1,128}")

log = structlog.get_logger("qq")

Take = Callable[[Json, int], Awaitable[bool]]
"""Takes a callback in, with the time at which QQ posted it; False while the bot is not ready for any."""


class Webhook:
    """The address QQ posts to. `tell` is given, in words, what is wrong with this computer's clock; nothing once it is right."""

    def __init__(
        self, path: str, signer: Signer, take: Take, *, clock: Clock, tell: Callable[[str], None], patience: float = PATIENCE
    ) -> None:
        self._path = path
        self._signer = signer
        self._take = take
        self._clock = clock
        self._tell = tell
        self._patience = patience
        self._said: dict[str, datetime] = {}

    def route(self) -> web.RouteDef:
        """The route to serve."""
        return web.post(self._path, self._post)

    async def _post(self, request: web.Request) -> web.Response:
        if request.content_type.startswith(_FOREIGN):
            raise self._refused(web.HTTPUnsupportedMediaType(), "Something that is no callback was posted to QQ's address; it is not read.")
        try:
            body = await body_of(request, patience=self._patience)
        except web.HTTPRequestEntityTooLarge as error:
            raise self._refused(error, _TOO_LARGE) from None
        signature, timestamp = request.headers.get(SIGNATURE, ""), request.headers.get(TIMESTAMP, "")
        if (signature or len(body) > _LARGEST_UNSIGNED) and not self._signed(signature, timestamp, body):
            raise self._refused(web.HTTPUnauthorized(), _UNSIGNED)
        try:
            payload = mapping(parsed(body))
        except ValueError:
            status = web.HTTPBadRequest() if signature else web.HTTPUnauthorized()
            raise self._refused(status, "Something that is no JSON was posted to QQ's address.") from None
        if numeral(payload.get("op")) == ADDRESS_CHECK:
            return self._proved(payload)
        if not signature:
            raise self._refused(web.HTTPUnauthorized(), _UNSIGNED)
        if not self._timely(int(timestamp)):
            return web.Response(status=401)
        return await self._taken(payload, int(timestamp))

    def _signed(self, signature: str, timestamp: str, body: bytes) -> bool:
        return _SECONDS.fullmatch(timestamp) is not None and self._signer.is_good(signature, timestamp, body)

    def _proved(self, payload: Json) -> web.Response:
        """The check of the address: the platform gives something to sign.

        Only what cannot be a body is signed: QQ's callbacks bear the same key, so whoever got a body signed here could forge one.
        """
        data = mapping(payload.get("d"))
        token, at = str(data.get("plain_token", "")), str(data.get("event_ts", ""))
        if _PLAIN.fullmatch(token) is None or _SECONDS.fullmatch(at) is None:
            raise self._refused(web.HTTPBadRequest(), "Somebody asked QQ's address to sign what is no token; nothing was signed.")
        return web.json_response({"plain_token": token, "signature": self._signer.sign(at, token.encode())})

    def _timely(self, posted: int) -> bool:
        """Whether QQ's clock and ours agree; if not, the log says it in words, since nothing else would tell why the bot is silent."""
        apart = self._clock() - datetime.fromtimestamp(posted, tz=self._clock().tzinfo)
        if abs(apart) <= SKEW:
            self._tell("")
            return True
        minutes, way = round(abs(apart).total_seconds() / 60), "behind" if apart > timedelta(0) else "ahead of"
        words = (
            f"QQ's callbacks are refused: their time is {minutes} minutes {way} this computer's clock. "
            "Set the clock (or somebody plays recorded callbacks again)."
        )
        self._tell(words)
        return False

    async def _taken(self, payload: Json, posted: int) -> web.Response:
        try:
            ready = await self._take(payload, posted)
        except Exception as error:  # noqa: BLE001 – whatever it was, QQ has to send it again
            if self._news("not stored"):
                log.warning("A callback could not be handed over; QQ will send it again.", error=type(error).__name__)
            return web.Response(status=503)
        return web.json_response({"op": 12}) if ready else web.Response(status=503)

    def _refused(self, error: web.HTTPException, words: str) -> web.HTTPException:
        """The refusal, of which the log is told."""
        if self._news(words):
            log.warning(words, status=error.status)
        return error

    def _news(self, words: str) -> bool:
        """Whether the log was not told so just now: a flood of the same says nothing more."""
        now = self._clock()
        if (before := self._said.get(words)) is not None and abs(now - before) < SAID_AGAIN:
            return False
        self._said[words] = now
        return True
