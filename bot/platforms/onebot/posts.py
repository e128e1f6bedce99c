"""Calling actions by HTTP, each a request of its own."""

import json
from io import BytesIO

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError, DummyCookieJar, InvalidURL

from bot.platforms.json_fields import Json, mapping, parsed
from bot.platforms.onebot.calls import Failed, NeverSent, NotAnswered, result
from bot.platforms.onebot.wire import LARGEST

_CONNECT = 10.0
_NEVER_TAKEN = frozenset({502, 503})
"""A server in front of OneBot says that this did not get through."""


class HttpLine:
    """The HTTP API of one account. Errors never hold the token."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._session: ClientSession | None = None
        self._closed = False

    def is_open(self) -> bool:
        """Every call is a request of its own."""
        return not self._closed

    def open(self) -> None:
        """Makes calls possible, again after `close`."""
        self._closed = False

    async def close(self) -> None:
        """Lets go of the connections."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, action: str, params: Json, wait: float) -> object:
        """The data of the answer. Raises a `Failure`."""
        if self._closed:
            raise NeverSent("closed")
        status, payload = await self._post(action, json.dumps(params, ensure_ascii=False).encode(), wait)
        if status in {401, 403}:
            raise Failed(1400 + status % 100, "the token is not taken")
        if status == 404:
            raise Failed(1404, "the action is not known")
        if status in _NEVER_TAKEN:
            raise NeverSent(f"status {status}")
        try:
            answer = mapping(parsed(payload))
        except ValueError:
            answer = {}
        if status >= 500 or not answer:
            raise NotAnswered(f"status {status}, and no answer of OneBot's")
        return result(answer)

    async def _post(self, action: str, body: bytes, wait: float) -> tuple[int, bytes]:
        if self._session is None:
            self._session = ClientSession(cookie_jar=DummyCookieJar())
        patience = ClientTimeout(total=_CONNECT + wait, connect=_CONNECT, sock_read=wait)
        try:
            async with self._session.post(f"{self._url}/{action}", data=BytesIO(body), headers=self._headers, timeout=patience) as answer:
                return answer.status, await answer.content.read(LARGEST)
        except (ClientConnectorError, ConnectionTimeoutError, InvalidURL) as error:
            raise NeverSent(f"not connected ({type(error).__name__})") from None
        except (ClientError, OSError, TimeoutError) as error:
            raise NotAnswered(f"not answered ({type(error).__name__})") from None
