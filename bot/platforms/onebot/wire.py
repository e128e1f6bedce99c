"""One WebSocket with a OneBot: events in, calls out, and answers found by their echo."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Any, Protocol

import structlog
from aiohttp import WSCloseCode, WSMessage, WSMsgType

from bot.platforms.json_fields import Json, mapping, parsed, words
from bot.platforms.json_fields import numeral as number
from bot.platforms.onebot.calls import NeverSent, NotAnswered, Patience, result

LARGEST = 1024 * 1024
"""Bytes of a frame that is looked into. An event holds some kilobytes."""
PASSED_OVER = 64 * LARGEST
"""Bytes of a frame that is read, so that it can be passed over and its connection lives; a larger one ends it."""
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_ENDED = frozenset({WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED})
WRONG_TOKEN = 1403
_AGAIN = 5
"""How often the time for an answer begins anew while nothing is read: an answer that is never read may not hold up its caller for good."""
_QUESTION = "get_"
"""Actions that change nothing. Nothing is lost with an answer, and what was read may itself wait for it: they get no more time."""

log = structlog.get_logger("onebot")


class Socket(Protocol):
    """Either end of aiohttp's WebSockets."""

    @property
    def closed(self) -> bool:
        """Whether it is over."""
        ...

    async def receive(self) -> Any:
        """The next frame."""
        ...

    async def send_str(self, data: str) -> None:
        """Sends a frame of text."""
        ...

    async def ping(self, message: bytes = b"") -> None:
        """Asks for a sign of life."""
        ...

    async def pong(self, message: bytes = b"") -> None:
        """Gives one."""
        ...

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"") -> Any:
        """Ends it."""
        ...


Take = Callable[["Wire", Json], Awaitable[None]]
"""Takes an event in. While it waits nothing more is read: the far side has to wait, too."""


class _Asked:
    """A call under way."""

    __slots__ = ("again", "answer", "begun", "sent", "timer", "wait")

    def __init__(self, action: str, wait: float) -> None:
        self.wait = wait
        self.again = 0 if action.startswith(_QUESTION) else _AGAIN
        self.answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.begun = False
        """Sending takes longer than a moment: some of it may be on its way. What fails before was never written."""
        self.sent = False
        self.timer: asyncio.TimerHandle

    def begin(self) -> None:
        self.begun = True


class Wire:
    """A connection, from when it stands until it is over. `role`: API, Event or Universal."""

    def __init__(self, socket: Socket, role: str, take: Take, patience: Patience) -> None:
        self.role = role
        self.refused = False
        """The far side said that it does not take our token."""
        self.heard = False
        """It said something sensible."""
        self.interval = 0.0
        """Seconds between its heartbeats, once they are known."""
        self._socket = socket
        self._take = take
        self._patience = patience
        self._pending: dict[str, _Asked] = {}
        self._closing: asyncio.Task[None] | None = None
        self._numbers = count(1)
        self._lost = False
        self._held = False
        """Nothing is read, because what was read could not be stored yet: no answer and no sign of life can come."""
        self._sign = 0.0
        self._seen = asyncio.Event()

    def is_open(self) -> bool:
        """Whether a call could go out now."""
        return not self._lost and not self._socket.closed

    async def call(self, action: str, params: Json, wait: float) -> object:
        """The data of the answer. Raises a `Failure`."""
        if not self.is_open():
            raise NeverSent("not connected")
        echo = f"z{next(self._numbers)}"
        asked = self._pending[echo] = _Asked(action, wait)
        self._arm(asked)
        moment = asyncio.get_running_loop().call_soon(asked.begin)
        try:
            await self._socket.send_str(_ENCODER.encode({"action": action, "params": params, "echo": echo}))
            asked.sent = True
            return result(await asked.answer)
        except TimeoutError:
            raise NotAnswered("no answer came in time") from None
        except (ConnectionError, OSError, RuntimeError) as error:
            if not asked.begun and not asked.sent:
                raise NeverSent(f"the connection is over ({type(error).__name__})") from None
            raise NotAnswered(f"the connection broke ({type(error).__name__})") from None
        finally:
            moment.cancel()
            asked.timer.cancel()
            self._pending.pop(echo, None)

    def _arm(self, asked: "_Asked") -> None:
        asked.timer = asyncio.get_running_loop().call_later(asked.wait, self._late, asked)

    def _late(self, asked: "_Asked") -> None:
        """The time for an answer is over; while nothing is read it begins anew, a few times. Who does not even read us is left."""
        if asked.answer.done():
            return
        if self._held and asked.again:
            asked.again -= 1
            self._arm(asked)
        elif asked.sent:
            asked.answer.set_exception(TimeoutError())
        else:
            self.leave("nothing is read")

    async def lives(self, within: float) -> bool:
        """Whether the far side is still there: it kept its promise of heartbeats, and gives a sign when it is asked for one."""
        if not self.is_open():
            return False
        if self.interval and not self._held and self._now() - self._sign > self.interval + self._patience.margin:
            return False
        self._seen.clear()
        try:
            async with asyncio.timeout(within):
                await self._socket.ping()
                await self._seen.wait()
        except TimeoutError:
            return self._held and self.is_open()  # it is we who do not read
        except (ConnectionError, OSError, RuntimeError):
            return False
        return self.is_open()

    def leave(self, why: str) -> None:
        """Ends the connection without waiting for the far side to agree."""
        self.lose()
        self._closing = asyncio.create_task(self.close(WSCloseCode.GOING_AWAY, why))

    async def run(self) -> None:
        """Reads until the connection is over."""
        self._sign = self._now()
        watching = asyncio.create_task(self._watch(), name="onebot watch")
        try:
            while not self._lost:
                message = await self._socket.receive()
                self._seen.set()
                if message.type is not WSMsgType.PONG or not self.interval:  # who promised heartbeats lives by them
                    self._sign = self._now()
                if message.type in _ENDED:
                    break
                if message.type is WSMsgType.ERROR:
                    self._say_why(message.data)
                    break
                await self._frame(message)
        finally:
            self.lose()
            watching.cancel()

    def lose(self) -> None:
        """The connection is over: whoever waits for an answer will get none."""
        self._lost = True
        self._seen.set()
        for asked in self._pending.values():
            if not asked.answer.done():
                asked.answer.set_exception(ConnectionResetError("the connection is over"))
                asked.answer.exception()  # who gave up waiting does not hear of it

    async def close(self, code: int, why: str) -> None:
        """Ends the connection."""
        self.lose()
        with suppress(ConnectionError, OSError, RuntimeError):
            await self._socket.close(code=code, message=why.encode()[:120])

    async def _frame(self, message: WSMessage) -> None:
        if message.type is WSMsgType.PING:
            return await self._socket.pong(message.data)
        if message.type is WSMsgType.PONG:
            return None
        if len(message.data) > LARGEST:
            log.warning("A frame of OneBot was larger than a mebibyte and was left out.", size=len(message.data))
            return None
        try:
            value = mapping(parsed(message.data))
        except ValueError as error:
            return _say_unreadable(message.data, error)
        if "post_type" in value:
            self.heard = True
            await self._event(value)
        elif (asked := self._pending.get(words(value.get("echo")))) is not None and not asked.answer.done():
            self.heard = True
            asked.answer.set_result(value)
        elif number(value.get("retcode")) == WRONG_TOKEN:
            self.refused = True
        else:
            log.info("A frame that is neither an event nor an answer that is waited for was left out.")
        return None

    async def _event(self, value: Json) -> None:
        self._held = True
        try:
            await self._take(self, value)
        finally:
            self._held = False
            self._sign = self._now()

    async def _watch(self) -> None:
        """Closes a connection of which nothing was heard for too long."""
        while True:
            limit = 2 * self.interval + self._patience.margin if self.interval else self._patience.silence
            await asyncio.sleep(limit / 4)
            quiet = 0.0 if self._held else self._now() - self._sign
            if quiet > limit:
                log.warning("OneBot gave no sign of life; the connection is given up.", seconds=round(quiet, 1))
                return await self.close(WSCloseCode.GOING_AWAY, "no sign of life")
            if not self.interval and quiet > limit / 4:
                with suppress(ConnectionError, OSError, RuntimeError):
                    await self._socket.ping()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    @staticmethod
    def _say_why(error: object) -> None:
        code = getattr(error, "code", 0)
        if code == WSCloseCode.MESSAGE_TOO_BIG:
            log.warning("OneBot sent a frame that is far too large; the connection was closed.", most=PASSED_OVER)
        else:
            log.warning("OneBot's connection broke.", error=type(error).__name__, code=int(code or 0))


def _say_unreadable(data: object, error: ValueError) -> None:
    why = {UnicodeDecodeError: "no UTF-8", json.JSONDecodeError: "no JSON"}.get(type(error), "nested too deep")
    log.warning("A frame of OneBot could not be read and was left out.", why=why, size=len(data) if isinstance(data, bytes | str) else 0)
