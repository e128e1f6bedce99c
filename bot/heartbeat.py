"""One of several processes on one PostgreSQL: it says every two seconds that it lives, and takes up what the dead had in hand.

On SQLite there is one process, which leads from the beginning and has nobody to tell.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.services import processes
from storage.database import Database

log = structlog.get_logger()

BEAT = timedelta(seconds=2)


class Heartbeat:
    """`leads` is set while this process is the one that does what only one may do, such as fetching a platform's updates."""

    def __init__(self, database: Database, take_up: Callable[[], Awaitable[None]], address: Callable[[], str]) -> None:
        self._database = database
        self._take_up = take_up
        self._address = address
        self._suspects: frozenset[int] = frozenset()
        self.leads = asyncio.Event()
        self._known = False
        self._beating: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Be known before anything is taken in hand."""
        if self._database.shared:
            await self.once()
        else:
            self.leads.set()

    def begin(self) -> None:
        """Beat from now on."""
        if self._database.shared:
            self._beating = asyncio.create_task(self._run(), name="heartbeat")

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(BEAT.total_seconds())
            try:
                await self.once()
            except Exception:
                self.leads.clear()  # who cannot say that it lives will be taken for dead
                log.exception("the database could not be told that this process lives")

    async def once(self) -> None:
        """One beat and what it teaches."""
        pulse = await self._database.run(processes.beat, socket.gethostname(), self._address(), self._suspects)
        self._suspects, self._known = pulse.suspects, True
        if pulse.leads:
            self.leads.set()
        else:
            self.leads.clear()
        if pulse.dead:
            log.warning("another process has died; what it had in hand is taken up", processes=pulse.dead)
            await self._take_up()

    async def stop(self) -> None:
        """Be gone at once, so that the others need not wait."""
        self.leads.clear()
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
        if self._known:
            self._known = False
            await self._database.run(processes.leave)
            await self._take_up()  # what this one could not finish: the others look only for the dead
