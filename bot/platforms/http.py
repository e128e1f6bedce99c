"""One way to ask a platform's servers over HTTP: what became of a request, and the whole answer to it.

An address may hold a token or a key, so no error of the library leaves this module, not even as the context of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    NonHttpUrlClientError,
    TCPConnector,
)
from yarl import URL

LARGEST = 1024 * 1024
"""Bytes of an answer that are taken in, where nobody says otherwise."""
_CONNECTIONS = 64
_KEPT = 45.0
"""Seconds that an idle connection is kept; servers keep theirs a little longer, so that a request seldom meets a closed one."""
_IN_ONE_PIECE = 512 * 1024
"""Bytes of a body that are handed to the socket at once; aiohttp warns of twice as many."""


class NotSent(Exception):
    """The request certainly did not leave this machine."""


class NoAnswer(Exception):
    """The request went out, and no whole answer came back."""


class Fate(Enum):
    """What an answer says about a request that changes something."""

    ANSWERED = "answered"
    """The platform itself said what it made of it."""
    NOT_TAKEN = "not taken"
    """It did not get as far as the platform: it may be sent again."""
    UNSURE = "unsure"
    """It may have been done, and what the platform said of it got lost on the way."""


def fate(status: int, *, own: bool) -> Fate:
    """What became of a request; `own`: the body is of the platform's own making, not a gateway's, a portal's or nobody's.

    A gateway that says 502 or 504 may have passed the request on; only 503 says that nobody took it.
    """
    if own and not 300 <= status < 400:
        return Fate.ANSWERED
    if status == 503 or 300 <= status < 500:
        return Fate.NOT_TAKEN
    return Fate.UNSURE


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read to its end."""

    status: int
    body: bytes
    wait: str = ""
    """How long we are asked to wait (`Retry-After`)."""


class Client:
    """Asks over connections that are kept. Cookies are not, and nobody is followed to another address.

    `connect_seconds`: how long a connection may take, beside the answer; `largest`: bytes of an answer; `proxies`: by way of the proxy
    that this machine is set to use.
    """

    def __init__(self, connect_seconds: float, *, largest: int = LARGEST, proxies: bool = False) -> None:
        self._connect_seconds = connect_seconds
        self._largest = largest
        self._proxies = proxies
        self._ways: dict[tuple[str, str], str | None] = {}
        self._session: ClientSession | None = None
        self._closed = False

    def is_open(self) -> bool:
        """Whether anything may be asked."""
        return not self._closed

    def open(self) -> None:
        """Makes requests possible, again after `close`; the first of them connects."""
        self._closed = False

    async def close(self) -> None:
        """Lets go of the connections; later requests are `NotSent`."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def ask(
        self,
        method: str,
        url: str | URL,
        seconds: float,
        *,
        data: bytes | FormData | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request. `seconds`: how long the answer may take. Raises `NotSent` and `NoAnswer`, whose words hold no secret."""
        if self._closed:
            raise NotSent("the connection is closed")
        found = await self._asked(method, url, seconds, data=data, headers=headers, query=query)
        if isinstance(found, Answer):
            return found
        raise found  # outside of every except clause, so that no traceback leads to the address

    async def _asked(
        self,
        method: str,
        url: str | URL,
        seconds: float,
        *,
        data: bytes | FormData | None,
        headers: Mapping[str, str] | None,
        query: Mapping[str, str] | None,
    ) -> Answer | NotSent | NoAnswer:
        patience = ClientTimeout(total=self._connect_seconds + seconds, connect=self._connect_seconds, sock_read=seconds)
        given = BytesIO(data) if isinstance(data, bytes) and len(data) > _IN_ONE_PIECE else data
        try:
            address = url if isinstance(url, URL) else URL(url, encoded="%" in url)  # what is quoted stays as it is
            async with self._opened().request(
                method,
                address,
                data=given,
                headers=headers,
                params=query,
                timeout=patience,
                proxy=self._way(address),
                allow_redirects=False,
            ) as answer:
                body = bytearray()
                async for piece in answer.content.iter_any():
                    body += piece
                    if len(body) > self._largest:
                        return NoAnswer("an answer larger than any")
                return Answer(answer.status, bytes(body), answer.headers.get("Retry-After", ""))
        except (ClientConnectorError, ConnectionTimeoutError, InvalidURL, NonHttpUrlClientError, ValueError) as error:
            return NotSent(f"not connected ({type(error).__name__})")
        except (ClientError, OSError, TimeoutError) as error:
            return NoAnswer(f"not answered ({type(error).__name__})")

    def _opened(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEPT),
                cookie_jar=DummyCookieJar(),
                skip_auto_headers=("User-Agent",),
            )
        return self._session

    def _way(self, address: URL) -> str | None:
        """The proxy for an address; asked for once, since asking for each request costs as much as the request."""
        if not self._proxies:
            return None
        place = (address.scheme, address.host or "")
        if place not in self._ways:
            self._ways[place] = None if address.host and proxy_bypass(address.host) else getproxies().get(address.scheme)
        return self._ways[place]
