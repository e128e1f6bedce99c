"""What the sockets of an account bring, in order, until a lane has room for it.

It stands between the reader and the lanes, so that the reader comes to an answer behind many events: what waits in a lane may wait for just
that answer. It outlives a connection: what an old one brought goes before what the next one brings.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.platforms.json_fields import Json
from bot.platforms.onebot.wire import Wire

MOST = 1000
"""Events that wait here at the same time; then the sockets are not read until there is room."""

log = structlog.get_logger("onebot")


class Intake:
    """Gives `take` one event after the other."""

    def __init__(self, take: Callable[[Wire, Json], Awaitable[None]], *, most: int = MOST) -> None:
        self._take = take
        self._queue: asyncio.Queue[tuple[Wire, Json]] = asyncio.Queue(most)
        self._taking = False

    def waiting(self) -> int:
        """How many events no lane has yet."""
        return self._queue.qsize() + self._taking

    async def put(self, wire: Wire, value: Json) -> None:
        """Puts an event behind the others, as soon as there is room."""
        await self._queue.put((wire, value))

    async def run(self) -> None:
        """Gives on until cancelled."""
        while True:
            wire, value = await self._queue.get()
            self._taking = True
            try:
                await self._take(wire, value)
            except Exception as error:  # noqa: BLE001 – one event that nobody foresaw must not end it for all
                # Without the error's own words, which may be somebody's.
                log.error("An event could not be taken and was left out.", error=type(error).__name__)  # noqa: TRY400
            finally:
                self._taking = False
