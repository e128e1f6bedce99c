"""Receiving updates over HTTP: 200 only when what they caused is committed."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.platforms.telegram.trouble import Log

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – the header's name
LARGEST_BODY = 1024 * 1024
PATIENCE = 10.0
"""Seconds that a body may take; Telegram's arrive at once."""

Take = Callable[[object], Awaitable[bool]]
"""Takes an update in; False while the bot is not ready for any."""


class Webhook:
    """The address Telegram posts to."""

    def __init__(self, path: str, secret: str, take: Take, log: Log, patience: float = PATIENCE) -> None:
        self._path = path
        self._secret = secret.encode()
        self._take = take
        self._log = log
        self._patience = patience

    def route(self) -> web.RouteDef:
        """The route to serve."""
        return web.post(self._path, self._post)

    async def _post(self, request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape"), self._secret):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(self._patience):
                body = await _body(request)
        except TimeoutError:
            return web.Response(status=408, headers={"Connection": "close"})
        if body is None:
            return web.Response(status=413)
        try:
            update: object = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        try:
            ready = await self._take(update)
        except Exception as error:  # noqa: BLE001 – whatever it was, Telegram has to send it again
            self._log.warning("An update could not be handed over; Telegram will send it again.", error=type(error).__name__)
            return web.Response(status=500)
        return web.Response(status=200 if ready else 503)


async def _body(request: web.Request) -> bytes | None:
    """The body, or None when it is too large; the limit does not rest on the server's."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
