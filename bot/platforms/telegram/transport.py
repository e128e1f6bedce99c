"""The connection, which says what became of a request and keeps the token to itself.

Sending through python-telegram-bot costs 2.9 ms of processor a message, this 0.2 (docs/performance.md); its objects serve where files
are sent (`uploads`).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Protocol

from aiohttp import FormData
from yarl import URL

from bot.platforms.http import Client, NoAnswer, NotSent
from bot.platforms.json_fields import Json, listing, mapping, number, parsed, words

_LARGEST = 16 * 1024 * 1024
"""Bytes of an answer: a hundred updates come in one."""
_JSON = {"Content-Type": "application/json"}


class Failure(Exception):
    """A call did not succeed. `message` is safe to show, if Telegram's own words are."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NeverSent(Failure):
    """The request certainly did not leave this machine."""


class NotAnswered(Failure):
    """The request went out, and nothing usable came back."""


class Garbled(Failure):
    """An answer that is no JSON of Telegram's, or of a status that says nothing."""


class ServerTrouble(Failure):
    """5xx: the server, or a gateway before it, took nothing."""


class Throttled(Failure):
    """429."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Too many requests, wait {wait.total_seconds():.0f} s")
        self.wait = wait


class BadRequest(Failure):
    """400 or 413: Telegram will not take this."""


class Migrated(Failure):
    """The group has a new id."""

    def __init__(self, new_chat_id: int) -> None:
        super().__init__(f"Group migrated to supergroup. New chat id: {new_chat_id}")
        self.new_chat_id = new_chat_id


class Forbidden(Failure):
    """403: blocked, kicked, never started."""


class InvalidToken(Failure):
    """401 or 404: there is no bot of this token."""


class Conflict(Failure):
    """409: another poller, or a webhook."""


Failures = (Failure, KeyError, TypeError, ValueError, AttributeError)
"""What a call may raise: the failures above, and what reading makes of an answer of the wrong shape."""


class Line(Protocol):
    """Carries one request to a server and brings the status and the body back."""

    async def post(self, method: str, body: bytes | FormData, seconds: float) -> tuple[int, bytes]:
        """Ask. `seconds`: how long the server may take to answer. Raises `NeverSent` and `NotAnswered`."""
        ...

    async def open(self) -> None:
        """Connections may be made."""
        ...

    async def close(self) -> None:
        """Let go of them; later requests are `NeverSent`."""
        ...


class HttpLine:
    """A line over HTTP with connections that are kept. `base_url` with the token behind it is where methods are asked for."""

    def __init__(self, token: str, base_url: str, connect_seconds: float) -> None:
        self._base = f"{base_url}{token}/"
        self._client = Client(connect_seconds, largest=_LARGEST, proxies=True)
        self._addresses: dict[str, URL] = {}

    async def open(self) -> None:
        """Connections may be made; the first request makes one."""
        self._client.open()

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def post(self, method: str, body: bytes | FormData, seconds: float) -> tuple[int, bytes]:
        """One request; the answer's body is read whole."""
        headers = _JSON if isinstance(body, bytes) else None
        try:
            answer = await self._client.ask("POST", self._address(method), seconds, data=body, headers=headers)
        except NotSent as error:
            raise NeverSent(str(error)) from None
        except NoAnswer as error:
            raise NotAnswered(str(error)) from None
        return answer.status, answer.body

    def _address(self, method: str) -> URL:
        address = self._addresses.get(method)
        if address is None:
            address = self._addresses[method] = URL(self._base + method)
        return address


class Api:
    """The Bot API of one account: a method and its parameters in, its result out."""

    def __init__(self, line: Line, answer_seconds: float) -> None:
        self._line = line
        self._answer_seconds = answer_seconds

    @classmethod
    def over_http(cls, token: str, base_url: str, answer_seconds: float) -> "Api":
        """An account at a server. Nothing is sent yet."""
        return cls(HttpLine(token, base_url, min(10.0, answer_seconds)), answer_seconds)

    async def connect(self) -> None:
        """Makes connections possible, again after `disconnect`."""
        await self._line.open()

    async def disconnect(self) -> None:
        """Closes them."""
        await self._line.close()

    async def call(self, method: str, parameters: Mapping[str, object] = {}, *, longer: float = 0.0) -> object:
        """The result of a method. What is None is left out. `longer`: seconds more than usual. Raises a `Failure`."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return await self.post(method, json.dumps(given).encode(), self._answer_seconds + longer)

    async def post(self, method: str, body: bytes | FormData, seconds: float | None = None) -> object:
        """As `call`, for a body that is ready."""
        status, payload = await self._line.post(method, body, self._answer_seconds if seconds is None else seconds)
        if status >= 500:
            raise ServerTrouble(f"Status {status}")
        if status == 413:
            raise BadRequest("Request entity too large")
        if status == 429:
            raise Throttled(_wait(payload))
        if not 200 <= status < 300:
            raise _failure(status, payload)
        return _envelope(payload)["result"]

    async def upload(self, method: str, body: FormData) -> object:
        """As `post`, for something large."""
        return await self.post(method, body, max(60.0, self._answer_seconds))

    async def me(self) -> Json:
        """The bot's own account."""
        return mapping(await self.call("getMe"))

    async def updates(self, offset: int | None, seconds: int, allowed: Iterable[str]) -> list[object]:
        """What happened since, waiting for it; everything before `offset` is acknowledged."""
        wanted = {"offset": offset, "timeout": seconds, "allowed_updates": list(allowed)}
        return listing(await self.call("getUpdates", wanted, longer=seconds))


def _envelope(payload: bytes) -> Json:
    try:
        answer = parsed(payload)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Garbled("The answer is not Telegram's")
    return answer


def _failure(status: int, payload: bytes) -> Failure:
    try:
        envelope = _envelope(payload)
    except Garbled:
        envelope = {}
    said = words(envelope.get("description")) or f"Status {status}"
    moved = number(mapping(envelope.get("parameters")).get("migrate_to_chat_id"))
    if moved is not None:
        return Migrated(moved)
    kinds: dict[int, type[BadRequest | Forbidden | InvalidToken | Conflict]] = {
        400: BadRequest,
        401: InvalidToken,
        403: Forbidden,
        404: InvalidToken,
        409: Conflict,
    }
    return kinds.get(status, Garbled)(said)


def _wait(payload: bytes) -> timedelta:
    try:
        seconds = number(mapping(_envelope(payload).get("parameters")).get("retry_after"))
    except Garbled:
        seconds = None
    return timedelta(seconds=1 if seconds is None else min(max(seconds, 0), 86_400))
