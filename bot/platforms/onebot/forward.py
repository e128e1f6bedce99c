"""Calling OneBot ourselves and calling again when the connection is over: soon at first, then more patiently, never in step with others."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, InvalidURL, WSServerHandshakeError

from bot.platforms.onebot.standing import Standing
from bot.platforms.onebot.wire import PASSED_OVER, Socket, Wire

log = structlog.get_logger("onebot")

_LONGEST = 30.0
_CONNECT = 10.0
_LOOK = 1.0
"""Seconds between looks whether this process is still the one to hold the connection."""
_REFUSED = frozenset({401, 403})
NO_TOKEN = "OneBot does not take the token; set the same in [onebot] and in OneBot"  # noqa: S105 – words about a token


class Backoff:
    """Seconds to wait after failures in a row, doubled each time up to thirty-fold and scattered by a quarter."""

    def __init__(self, first: float, chance: Callable[[], float]) -> None:
        self._first = first
        self._chance = chance
        self._failures = 0

    def wait(self, *, longest: bool = False) -> float:
        """The next wait; `longest` where trying soon is of no use."""
        self._failures += 1
        times = _LONGEST if longest else min(_LONGEST, 2.0 ** min(self._failures - 1, 10))
        return self._first * times * (0.75 + self._chance() / 2)

    def over(self) -> None:
        """It worked."""
        self._failures = 0


class Forward:
    """The client of one account. Of several processes only the one that `leads` calls."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        serve: Callable[[Socket, str], Awaitable[Wire]],
        standing: Standing,
        backoff: Backoff,
        leads: asyncio.Event | None,
    ) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._serve = serve
        self._standing = standing
        self._backoff = backoff
        self._leads = leads

    async def run(self) -> None:
        """Keeps a connection until cancelled."""
        async with ClientSession(cookie_jar=DummyCookieJar(), timeout=ClientTimeout(total=None, connect=_CONNECT)) as session:
            while True:
                if self._leads is not None:
                    await self._leads.wait()
                try:
                    wait = await self._once(session)
                except Exception:  # nobody would call again
                    log.exception("The connection to OneBot ended in a way that nobody foresaw.")
                    wait = self._backoff.wait(longest=True)
                await asyncio.sleep(wait)

    async def _once(self, session: ClientSession) -> float:
        """One connection from its beginning to its end; answers how long to wait for the next."""
        try:
            async with (
                asyncio.timeout(_CONNECT) as patience,
                session.ws_connect(
                    self._url, headers=self._headers, max_msg_size=PASSED_OVER, autoping=False, compress=0, decode_text=False
                ) as socket,
            ):
                patience.reschedule(None)
                wire = await self._while_leading(socket)
        except WSServerHandshakeError as error:
            refused = error.status in _REFUSED
            self._standing.lost(NO_TOKEN if refused else f"OneBot answers {error.status}, not a WebSocket; see [onebot] urls")
            return self._backoff.wait(longest=refused)
        except (ClientError, OSError, TimeoutError, InvalidURL) as error:
            self._standing.lost(f"OneBot cannot be reached ({type(error).__name__}); see that it runs, and [onebot] urls")
            return self._backoff.wait()
        if wire.refused:
            self._standing.lost(NO_TOKEN)
            return self._backoff.wait(longest=True)
        if wire.heard:
            self._backoff.over()
        return self._backoff.wait()

    async def _while_leading(self, socket: Socket) -> Wire:
        serving = asyncio.ensure_future(self._serve(socket, "Universal"))
        try:
            while not serving.done():
                await asyncio.wait({serving}, timeout=_LOOK if self._leads is not None else None)
                if self._leads is not None and not self._leads.is_set():
                    break
            return await serving if serving.done() else await self._let_go(socket, serving)
        finally:
            serving.cancel()

    @staticmethod
    async def _let_go(socket: Socket, serving: "asyncio.Future[Wire]") -> Wire:
        """Another process calls from now on."""
        await socket.close()
        return await serving
