"""Looks every few minutes which platforms this process reaches, and notes it for those who have to know (`bot.services.lines`)."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.platforms.base import Platform
from bot.services import lines
from storage.database import Database

log = structlog.get_logger()

EVERY = timedelta(minutes=5)


class Reaching:
    """Of several processes each notes what it reaches; one of them is enough."""

    def __init__(self, database: Database, platforms: Sequence[Platform]) -> None:
        self._database = database
        self._platforms = platforms
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin: whatever is not reached yet has half an hour from now."""
        await self.look(begins=True)
        self._looking = asyncio.create_task(self._run(), name="reaching")

    async def look(self, *, begins: bool = False) -> None:
        """Note once what is reached now."""
        served = {(each.name, each.instance) for each in self._platforms}
        there = {(each.name, each.instance) for each in self._platforms if each.reachable()}
        await self._database.run(lines.reached, served, there, begins=begins)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY.total_seconds())
            try:
                await self.look()
            except Exception:
                log.exception("which platforms are reached could not be noted")

    async def stop(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
