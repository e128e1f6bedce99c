"""Receiving updates over HTTP: 200 only when what they caused is committed."""

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.platforms.body import PATIENCE, body_of
from bot.platforms.json_fields import parsed
from bot.platforms.telegram.trouble import Log

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – the header's name

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
        update = await self._update(request)
        try:
            ready = await self._take(update)
        except Exception as error:  # noqa: BLE001 – whatever it was, Telegram has to send it again
            self._log.warning("An update could not be handed over; Telegram will send it again.", error=type(error).__name__)
            return web.Response(status=500)
        return web.Response(status=200 if ready else 503)

    async def _update(self, request: web.Request) -> object:
        """The update. Raises an `HTTPException` for a body that is too large, too slow or no JSON."""
        body = await body_of(request, patience=self._patience)
        try:
            return parsed(body)
        except ValueError:
            raise web.HTTPBadRequest from None
