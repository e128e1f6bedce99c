"""The connection to QQ's servers: one aiohttp session that says what became of a request and keeps secrets to itself."""

import json
from datetime import timedelta
from io import BytesIO
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    NonHttpUrlClientError,
    TCPConnector,
)
from aiohttp import ConnectionTimeoutError as ConnectTimedOut
from yarl import URL

from bot.platforms.json_fields import Json, numeral, words

_CONNECTIONS = 64
_KEPT = 45.0
"""Seconds that an idle connection is kept."""
_LARGEST = 1024 * 1024
"""Bytes of an answer that are read."""
_LONGEST_WAIT = 3600


class Failure(Exception):
    """A call did not succeed. Its words hold no secret."""


class NeverSent(Failure):
    """The request certainly did not leave this machine."""


class NotAnswered(Failure):
    """The request went out, and nothing usable came back."""


class Throttled(Failure):
    """QQ asks to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"too many requests, wait {wait.total_seconds():.0f} s")
        self.wait = wait


class BadCredentials(Failure):
    """QQ does not know this AppID, or not with this AppSecret."""


class Declined(Failure):
    """QQ answered that it does not do it. `code`: its own number for why, 0 for none."""

    def __init__(self, status: int, code: int, said: str = "") -> None:
        super().__init__(f"QQ says {code or status}{': ' if said else ''}{said[:80]}")
        self.status = status
        self.code = code


class Line:
    """Carries requests over connections that are kept. `connect_seconds`: how long a connection may take, beside the answer."""

    def __init__(self, connect_seconds: float, answer_seconds: float) -> None:
        self._connect_seconds = connect_seconds
        self._answer_seconds = answer_seconds
        self._session: ClientSession | None = None
        self._closed = False

    async def open(self) -> None:
        """Connections may be made; the first request makes one."""
        self._closed = False

    async def close(self) -> None:
        """Closes the connections; later requests are `NeverSent`."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def request(self, method: str, url: str, body: object = None, token: str = "", *, longer: float = 0.0) -> tuple[int, Json]:
        """The status and the object that came back, empty where there is none. `longer`: seconds more than usual.

        Raises `NeverSent`, `NotAnswered`, `Throttled`.
        """
        if self._closed:
            raise NeverSent("the connection is closed")
        seconds = self._answer_seconds + longer
        patience = ClientTimeout(total=self._connect_seconds + seconds, connect=self._connect_seconds, sock_read=seconds)
        headers = {"Authorization": f"QQBot {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = BytesIO(json.dumps(body).encode()) if body is not None else None
        try:
            address = URL(url, encoded=True)
            async with self._opened().request(
                method, address, data=data, headers=headers, timeout=patience, proxy=_proxy(address), allow_redirects=False
            ) as answer:
                payload = await answer.content.read(_LARGEST)
                status, after = answer.status, answer.headers.get("Retry-After", "")
        except (ClientConnectorError, ConnectTimedOut, InvalidURL, NonHttpUrlClientError, ValueError) as error:
            raise NeverSent(f"not connected ({type(error).__name__})") from None
        except (ClientError, OSError, TimeoutError) as error:
            raise NotAnswered(f"not answered ({type(error).__name__})") from None
        if status == 429:
            raise Throttled(timedelta(seconds=min(numeral(after) or 5, _LONGEST_WAIT)))
        return status, _object(status, payload)

    def _opened(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEPT),
                cookie_jar=DummyCookieJar(),
                skip_auto_headers=("User-Agent",),
            )
        return self._session


def _object(status: int, payload: bytes) -> Json:
    """The body. A success whose body is no object leaves open what was done; a failure is one whatever it says."""
    try:
        answer: object = json.loads(payload) if payload.strip() else {}
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict):
        return answer
    if 200 <= status < 300:
        raise NotAnswered("the answer is not QQ's")
    return {}


def code_of(answer: Json) -> int:
    """QQ's number for what is wrong, under the name of old or of new; 0 for nothing."""
    return numeral(answer.get("code")) or numeral(answer.get("err_code")) or numeral(answer.get("errcode")) or 0


def said(answer: Json) -> str:
    """What QQ says about it."""
    return words(answer.get("message"))


def _proxy(address: URL) -> str | None:
    """The proxy that the machine is set to use for an address."""
    return None if address.host and proxy_bypass(address.host) else getproxies().get(address.scheme)
