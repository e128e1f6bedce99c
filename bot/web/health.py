"""What other machines ask: does it live, can it work, how is it doing. Nothing about anybody, and the numbers not for everybody."""

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.platforms.browser_origin import is_here

PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
_TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Health:
    """The three pages. `ready` names what must be so and whether it is; `exposed`: others than this machine can reach the server."""

    ready: Callable[[], Awaitable[Mapping[str, bool]]]
    measured: Callable[[], Awaitable[bytes]]
    token: str
    exposed: bool

    def routes(self) -> Sequence[web.RouteDef]:
        """Their routes."""
        return [web.get("/healthz", self._alive), web.get("/readyz", self._ready), web.get("/metrics", self._metrics)]

    @staticmethod
    async def _alive(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _ready(self, _request: web.Request) -> web.Response:
        found = await self.ready()
        return web.json_response({"ready": all(found.values()), **found}, status=200 if all(found.values()) else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        if not self._may_measure(request):
            raise web.HTTPForbidden(text="Send the token of [metrics] as “Authorization: Bearer …”; without one, ask from this machine.")
        return web.Response(body=await self.measured(), headers={"Content-Type": _TEXT_FORMAT, "Cache-Control": "no-store"})

    def _may_measure(self, request: web.Request) -> bool:
        if self.token:
            sent = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
            return hmac.compare_digest(sent, f"Bearer {self.token}".encode())
        return not self.exposed and is_here(request)
