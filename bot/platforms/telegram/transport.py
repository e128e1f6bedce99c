"""The connection: python-telegram-bot's `Bot`, made to say what became of a request and to keep the token to itself."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.platforms.telegram.fields import Json, listing, mapping, number

Failures = (TelegramError, KeyError, TypeError, ValueError, AttributeError)
"""What a call may raise: the library's errors, and what its parsing makes of an answer of the wrong shape."""

_NEVER_SENT = {
    *("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol", "LocalProtocolError", "InvalidURL"),
    "RuntimeError",  # the pool is closed
}
"""Causes by name, since httpx is python-telegram-bot's dependency and not ours."""


class Throttled(TelegramError):
    """429. Ours, because `RetryAfter` raises a deprecation warning when it is made and overlooks an answer without parameters."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Too many requests, wait {wait.total_seconds():.0f} s")
        self.wait = wait


class ServerTrouble(NetworkError):
    """5xx: the server, or a gateway before it, took nothing."""


class Garbled(TelegramError):
    """An answer that is no JSON of Telegram's."""


def never_sent(error: BaseException) -> bool:
    """Whether a failed request certainly did not leave this machine."""
    return type(error.__cause__).__name__ in _NEVER_SENT


class Request(HTTPXRequest):
    """Tells HTTP statuses apart that the library throws together as `NetworkError`."""

    __slots__ = ()

    async def do_request(  # noqa: PLR0917 – the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body. Raises `Throttled`, `ServerTrouble` and, for a body that is too large, `BadRequest`."""
        code, payload = await super().do_request(
            url,
            method,
            request_data,
            read_timeout,  # type: ignore[arg-type]  # the library's type for this is private
            write_timeout,  # type: ignore[arg-type]
            connect_timeout,  # type: ignore[arg-type]
            pool_timeout,  # type: ignore[arg-type]
        )
        if code >= 500:
            raise ServerTrouble(f"Status {code}")
        if code == 413:
            raise BadRequest("Request entity too large")
        if code == 429:
            raise Throttled(_wait(payload))
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The envelope. The library's own version writes what it cannot read into the log."""
        try:
            answer = HTTPXRequest.parse_json_payload(payload) if payload.lstrip()[:1] == b"{" else None
        except TelegramError:
            answer = None
        if answer is None:
            raise Garbled("The answer is not Telegram's")
        return answer


def _wait(payload: bytes) -> timedelta:
    try:
        parameters = mapping(Request.parse_json_payload(payload).get("parameters"))
    except Garbled:
        parameters = {}
    seconds = number(parameters.get("retry_after"))
    return timedelta(seconds=1 if seconds is None else min(max(seconds, 0), 86_400))


class Api(Bot):
    """`Bot` with two calls whose answers are handed on as they came, because updates need no parsing by the library."""

    __slots__ = ()

    @classmethod
    def open(cls, token: str, base_url: str, answer_seconds: float) -> "Api":
        """An account at a server. Nothing is sent yet."""
        for name in ("httpx", "httpcore", "telegram"):  # they log addresses, and with them the token, or message texts
            _quiet(logging.getLogger(name))
        request = Request(
            connection_pool_size=64,
            read_timeout=answer_seconds,
            write_timeout=answer_seconds,
            connect_timeout=min(10.0, answer_seconds),
            media_write_timeout=max(60.0, answer_seconds),
            # Reading the certificates takes 40 ms, and a Bot API server of one's own on plain HTTP has none.
            httpx_kwargs={"verify": not base_url.startswith("http://")},
        )
        return cls(token, base_url=base_url, request=request, get_updates_request=request)

    async def connect(self) -> None:
        """Opens the connection pool again after `disconnect`."""
        await self.request.initialize()

    async def disconnect(self) -> None:
        """Closes the connection pool."""
        await self.request.shutdown()

    async def me(self) -> Json:
        """The bot's own account."""
        return mapping(await self._post("getMe"))

    async def updates(self, offset: int | None, seconds: int, allowed: Iterable[str]) -> list[object]:
        """What happened since, waiting for it; everything before `offset` is acknowledged."""
        data: dict[str, object] = {"offset": offset, "timeout": seconds, "allowed_updates": list(allowed)}
        return listing(await self._post("getUpdates", data, read_timeout=(self.request.read_timeout or 0) + seconds))


def _quiet(logger: logging.Logger) -> None:
    if logger.level < logging.WARNING:
        logger.setLevel(logging.WARNING)
