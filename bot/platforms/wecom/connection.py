"""One long connection: a subscription, pings, and requests that WeCom acknowledges."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from enum import Enum
from typing import Any

import aiohttp

from bot.platforms.base import Temporary, Uncertain
from bot.platforms.json_fields import Json, mapping, number, words
from bot.platforms.wecom.errors import NOT_SUBSCRIBED, Failed
from bot.platforms.wecom.fields import LARGEST, frame, name
from bot.platforms.wecom.log import Log

TAKEN_IN = 64 * LARGEST
"""Bytes of a frame that is let in at all: what is too large is passed over without ending the connection."""
MISSED = 2
"""So many pings, or requests, in a row without an answer mean that nobody is there."""


class Ending(Enum):
    """Why a connection ended."""

    LOST = "lost"
    KICKED = "kicked"
    """Another program connected with the same bot."""


class Connection:
    """A connected socket. `taken` is called with each callback; while it waits, nothing is read, and silence is no sign of anything."""

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse[Any],
        taken: Callable[[Json], Awaitable[None]],
        log: Log,
        *,
        ack_seconds: float,
        ping_seconds: float,
    ) -> None:
        self._socket = socket
        self._taken = taken
        self._log = log
        self._ack_seconds = ack_seconds
        self._ping_seconds = ping_seconds
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._sent = 0
        self._unanswered = 0
        self._kicked = False
        self._held = False
        """Whether a callback waits to be taken."""
        self._reading = asyncio.create_task(self._read(), name="wecom reads")
        self._pinging: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        """Whether something may be asked through it."""
        return not self._reading.done() and not self._socket.closed

    async def subscribe(self, bot_id: str, secret: str) -> None:
        """Say who we are. Raises `Failed` where WeCom does not take it, `Temporary` or `Uncertain` where it does not answer."""
        await self.request("aibot_subscribe", {"bot_id": bot_id, "secret": secret})
        self._pinging = asyncio.create_task(self._ping(), name="wecom pings")

    async def ended(self) -> Ending:
        """Wait for the end of the connection."""
        await asyncio.wait([self._reading])
        return Ending.KICKED if self._kicked else Ending.LOST

    async def request(self, cmd: str, body: Mapping[str, Any] | None, req_id: str = "", *, patience: float = 1) -> Json:
        """Send a command and answer what acknowledges it, within so many times the usual; an answer to a callback bears its `req_id`.

        Raises `Failed` with WeCom's error, `Temporary` where it certainly did not go out, `Uncertain` where nothing came back.
        """
        self._sent += 1
        req_id = req_id or f"{cmd}_{self._sent}"
        if not self.alive or req_id in self._waiting:
            raise Temporary("not connected")
        self._waiting[req_id] = future = asyncio.get_running_loop().create_future()
        sent = {"cmd": cmd, "headers": {"req_id": req_id}} | ({} if body is None else {"body": body})
        try:
            async with asyncio.timeout(self._ack_seconds * patience):
                await self._socket.send_str(json.dumps(sent, ensure_ascii=False))
                answer: Json = await future
        except TimeoutError:
            await self._unheard()
            raise Uncertain("not acknowledged in time") from None
        except (ConnectionError, RuntimeError, aiohttp.ClientError):
            await self.drop()
            raise Temporary("the connection is gone") from None
        finally:
            self._waiting.pop(req_id, None)
        self._unanswered = 0
        return await self._checked(answer)

    async def _unheard(self) -> None:
        self._unanswered += not self._held
        if self._unanswered >= MISSED:
            self._log.warning("WeCom does not acknowledge anything any more; connecting anew.")
            await self.drop()

    async def drop(self) -> None:
        """End it at once; whoever waits for an answer hears that there is none."""
        try:
            with suppress(Exception):  # what is broken anyway cannot be closed any better
                async with asyncio.timeout(self._ack_seconds):
                    await self._socket.close()
        finally:
            self._reading.cancel()
            # A socket that broke while it was read counts as closed, and aiohttp then never lets go of what it stood on.
            self._socket._response.close()  # noqa: SLF001

    async def close(self) -> None:
        """Let go of it and of everything that runs for it."""
        tasks = [each for each in (self._reading, self._pinging) if each is not None]
        try:
            await self.drop()
        finally:
            for each in tasks:
                each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _checked(self, answer: Json) -> Json:
        code = number(answer.get("errcode"))
        if code == 0:
            return answer
        error = Failed(-1 if code is None else code, words(answer.get("errmsg")))
        if error.code == NOT_SUBSCRIBED:
            self._log.warning("WeCom has forgotten this connection; connecting anew.")
            await self.drop()
        raise error

    async def _ping(self) -> None:
        """Two that are missed in a row end the connection, and that one alone."""
        missed = 0
        while missed < MISSED:
            await asyncio.sleep(self._ping_seconds)
            try:
                await self.request("ping", None)
            except Uncertain:
                missed += not self._held
            except (Failed, Temporary):
                break
            else:
                missed = 0
        await self.drop()

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}:
                    await self._passed_on(message.data)
                elif message.type is aiohttp.WSMsgType.ERROR:
                    self._log.warning("The connection to WeCom broke.", error=type(message.data).__name__)
                if self._kicked:
                    break
        finally:
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(Uncertain("the connection was lost"))
                    future.exception()  # whoever does not wait any more need not be told that nobody looked

    async def _passed_on(self, data: object) -> None:
        """One frame; none ends the connection, not even one that nobody had thought of."""
        try:
            await self._understand(data)
        except Exception as error:  # noqa: BLE001 – see above
            self._log.error("A frame of WeCom could not be dealt with; it is passed over.", error=type(error).__name__)

    async def _understand(self, data: object) -> None:
        found = frame(data)
        if found is None:
            size = len(data) if isinstance(data, bytes | str) else 0
            self._log.warning("WeCom sent something that is no frame; it is passed over.", bytes=size)
            return
        cmd = words(found.get("cmd"))
        if cmd in {"aibot_msg_callback", "aibot_event_callback"}:
            happened = words(mapping(mapping(found.get("body")).get("event")).get("eventtype"))
            if cmd == "aibot_event_callback" and happened == "disconnected_event":
                self._kicked = True
                return
            self._held = True
            try:
                await self._taken(found)
            finally:
                self._held = False
            return
        waiting = self._waiting.get(name(mapping(found.get("headers")).get("req_id")))
        if waiting is None or waiting.done() or "errcode" not in found:
            self._log.info("WeCom sent a frame that answers nothing.", cmd=cmd[:40])
            return
        waiting.set_result(found)
