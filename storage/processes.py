"""Which programs run on this database. They beat; one that has stopped beating is struck out, and the others take up what it had."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, cast, delete, func, select

from storage.tables_processes import process
from storage.work import Work

SILENT = timedelta(seconds=5)
"""Who has not beaten for so long is suspected; who still has not at the next look is dead."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a process learns from its own beat."""

    leads: bool
    """Whether it is the oldest alive: the one that does what only one may do."""
    suspects: frozenset[int]
    dead: int
    """How many were struck out by this beat."""
    newly: bool
    """Whether it was not on the list: it has just started, or the others took it for dead."""


class Processes:
    """The list of programs. Crosses branches."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def beat(self, host: str, address: str, suspects: Collection[int]) -> Pulse:
        """Say that this process lives; strike out those of the `suspects` that are silent still."""
        now = await self._now()
        me = self._work.process
        rows = {row.id: row for row in await self._work.rows(select(process))}
        silent = {each for each, row in rows.items() if each != me and row.beat_at < now - SILENT}
        dead = silent & set(suspects)
        if dead:
            await self._work.change(delete(process).where(process.c.id.in_(dead)))
        if me in rows:
            self._work.update(process, {"id": me}, beat_at=now, address=address)
        else:
            self._work.insert(process, id=me, host=host[:80], address=address, started_at=now, beat_at=now)
        elders = [(row.started_at, each) for each, row in rows.items() if each not in dead and each != me]
        mine = (rows[me].started_at if me in rows else now, me)
        return Pulse(all(mine < each for each in elders), frozenset(silent - dead), len(dead), me not in rows)

    async def on_other_hosts(self, host: str) -> bool:
        """Whether a program on another machine is at work."""
        since = await self._now() - SILENT
        there = select(process.c.id).where(process.c.host != host[:80], process.c.beat_at >= since).limit(1)
        return bool(await self._work.rows(there))

    async def leave(self) -> None:
        """Strike this process off the list."""
        await self._work.change(delete(process).where(process.c.id == self._work.process))

    async def _now(self) -> datetime:
        """The server's time, which is one for all; a file has no other clock than ours."""
        if not self._work.on_server:
            return self._work.now
        shown = cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger)
        return datetime.fromtimestamp((await self._work.rows(select(shown)))[0][0] / 1000, UTC)
