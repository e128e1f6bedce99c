"""The address that WeCom calls for a self-built app: 200 only when what it brought is committed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from aiohttp import web

from bot.patterns import Pattern
from bot.platforms.body import PATIENCE, body_of
from bot.platforms.bounded import Bounded
from bot.platforms.wecom.app_decode import fields
from bot.platforms.wecom.crypto import BadCallback, Envelope
from bot.platforms.wecom.log import Log

LARGEST_BODY = 256 * 1024
OLD = timedelta(minutes=5)
"""What was signed longer ago, or will have been, is refused."""
_REMEMBERED = 20_000
_ECHO = Pattern(r"[0-9A-Za-z]{1,64}")
"""What WeCom checks an address with. A callback is XML and never looks like it."""
CLOCK = "the clock here and WeCom's differ by {minutes} minutes, so its callbacks are refused; set this computer's clock (time server)"

Take = Callable[[Mapping[str, str]], Awaitable[bool]]
"""Takes what a callback says; False while the bot is not ready."""


class Callback:
    """The two routes of one app: the check of the address, and what happens."""

    def __init__(
        self,
        path: str,
        envelope: Envelope,
        take: Take,
        told: Callable[[str], Awaitable[None]],
        *,
        clock: Callable[[], datetime],
        log: Log,
        patience: float = PATIENCE,
    ) -> None:
        self._path = path
        self._envelope = envelope
        self._take = take
        self._told = told
        self._clock = clock
        self._log = log
        self._patience = patience
        self._used: Bounded[tuple[str, str], None] = Bounded(_REMEMBERED)
        """Signed moments and nonces that were taken."""
        self._off = False
        """Whether the last callback was of another time than ours."""
        self._under_way: set[tuple[str, str]] = set()

    def routes(self) -> Sequence[web.RouteDef]:
        """The routes to serve."""
        return [web.get(self._path, self._get), web.post(self._path, self._post)]

    async def _get(self, request: web.Request) -> web.Response:
        """WeCom checks whether the address is ours.

        The check and the callbacks are sealed alike, so whoever caught a callback could have it opened here: only what can be nothing but
        a check is answered, and once.
        """
        once = _once(request)
        try:
            plain = (await self._opened(request, request.query.get("echostr", ""))).decode("ascii", "replace")
        except BadCallback as error:
            return self._refused(error)
        if _ECHO.fullmatch(plain) is None:
            return self._refused(BadCallback("no check of the address"))
        if once in self._used:
            return self._refused(BadCallback("played again"))
        self._use_up(once)
        return web.Response(text=plain)

    async def _post(self, request: web.Request) -> web.Response:
        outside = fields(await body_of(request, largest=LARGEST_BODY, patience=self._patience))
        if outside is None:
            self._log.warning("What came to WeCom's address is no XML of WeCom's; it is refused.")
            return web.Response(status=400)
        once = _once(request)
        try:
            inside = fields(await self._opened(request, outside.get("Encrypt", "")))
        except BadCallback as error:
            return self._refused(error)
        if once in self._used:
            return self._refused(BadCallback("played again"))
        if inside is None:
            self._log.warning("A callback of WeCom holds no XML; it is passed over.")
            return web.Response()
        if once in self._under_way:
            return web.Response(status=503)
        self._under_way.add(once)
        try:
            return await self._handed_over(inside, once)
        finally:
            self._under_way.discard(once)

    async def _handed_over(self, inside: Mapping[str, str], once: tuple[str, str]) -> web.Response:
        try:
            ready = await self._take(inside)
        except Exception as error:  # noqa: BLE001 – whatever it was, WeCom has to bring it again
            self._log.warning("A callback could not be stored; WeCom will bring it again.", error=type(error).__name__)
            return web.Response(status=500)
        if not ready:
            return web.Response(status=503)
        # Only now: what failed comes again under the same signature.
        self._use_up(once)
        return web.Response()

    def _use_up(self, once: tuple[str, str]) -> None:
        self._used.keep(once, None)

    async def _opened(self, request: web.Request, encrypted: str) -> bytes:
        """What was sent to us, just now, by WeCom. Raises `BadCallback`."""
        query = request.query
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        self._envelope.check(query.get("msg_signature", ""), timestamp, nonce, encrypted)
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            raise BadCallback("no timestamp")
        off = self._clock().timestamp() - int(timestamp)
        if abs(off) > OLD.total_seconds():
            self._off = True
            await self._told(CLOCK.format(minutes=round(abs(off) / 60)))
            raise BadCallback("too old, or a clock is wrong")
        if self._off:
            self._off = False
            await self._told("")
        return self._envelope.opened(encrypted)

    def _refused(self, error: BadCallback) -> web.Response:
        self._log.warning("A callback in WeCom's name is refused.", why=str(error))
        return web.Response(status=403)


def _once(request: web.Request) -> tuple[str, str]:
    """What WeCom signs with and uses once: the moment and the nonce."""
    return request.query.get("timestamp", ""), request.query.get("nonce", "")
