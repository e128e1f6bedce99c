"""Which occurrence of which job has run, so that none runs twice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from storage.lookups import Keyed, Lookup
from storage.tables import job_run
from storage.work import Work

_AT_ONCE = 8000
"""Occurrences asked about in one statement; a database takes some ten thousand parameters."""


def _moment(row: Any) -> datetime:
    moment: datetime = row.at
    return moment


_RUNS: Keyed[tuple[str, str], datetime] = Keyed(select(job_run.c.at), [job_run.c.job, job_run.c.occurrence], _moment)


_EARLIER = delete(job_run).where(job_run.c.job == bindparam("of"), job_run.c.at < bindparam("began"))
_OF_BRANCH = _EARLIER.where(job_run.c.occurrence.startswith(bindparam("prefix")))
_IN_RANGE = _EARLIER.where(job_run.c.occurrence >= bindparam("prefix"), job_run.c.occurrence < bindparam("after"))
"""The same by the index; only where texts are ordered by their characters' numbers, as SQLite does it."""


class JobRuns:
    """Occurrences. Crosses branches: the occurrence names its branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[tuple[str, str], datetime] = Lookup(work, _RUNS)

    async def begin(self, job: str, occurrence: str) -> bool:
        """Note an occurrence; False if it has run."""
        if await self.has_run(job, occurrence):
            return False
        self.note(job, occurrence)
        return True

    async def has_run(self, job: str, occurrence: str) -> bool:
        """Whether an occurrence is noted."""
        return await self._lookup.get((job, occurrence)) is not None

    def note(self, job: str, occurrence: str) -> None:
        """Note an occurrence that has not run."""
        self._work.insert(job_run, job=job, occurrence=occurrence, at=self._work.now)
        self._lookup.put((job, occurrence), self._work.now)

    async def ran(self, occurrences: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Which of several occurrences have run, by one statement as long as there are not thousands of them."""
        asked = list(occurrences)
        for start in range(0, len(asked), _AT_ONCE):
            await self._lookup.prefetch(asked[start : start + _AT_ONCE])
        return list(await self._lookup.many(asked))

    async def last(self) -> datetime | None:
        """When anything ran last."""
        moment: datetime | None = (await self._work.rows(select(func.max(job_run.c.at, type_=job_run.c.at.type))))[0][0]
        return moment

    async def forget_earlier(self, job: str, prefix: str, at: datetime) -> None:
        """Of a job that runs all the time only what it began last is kept: drop what began before. `prefix` is digits and a colon."""
        these = {"of": job, "began": at, "prefix": prefix}
        if self._work.on_server:
            await self._work.change(_OF_BRANCH, these)
        else:
            await self._work.change(_IN_RANGE, {**these, "after": f"{prefix.removesuffix(':')};"})  # the character after the colon

    async def forget_before(self, at: datetime) -> None:
        """Drop what ran long ago."""
        await self._work.change(delete(job_run).where(job_run.c.at < at))
