"""Which occurrence of which job has run, so that none runs twice."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, tuple_

from storage.tables import job_run
from storage.work import Work

_AT_ONCE = 8000
"""Occurrences asked about in one statement; a database takes some ten thousand parameters."""


class JobRuns:
    """Occurrences. Crosses branches: the occurrence names its branch."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def begin(self, job: str, occurrence: str) -> bool:
        """Note an occurrence; False if it has run."""
        rows = await self._work.rows(select(job_run.c.at).where(job_run.c.job == job, job_run.c.occurrence == occurrence))
        if rows:
            return False
        self._work.insert(job_run, job=job, occurrence=occurrence, at=self._work.now)
        return True

    async def ran(self, occurrences: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Which of several occurrences have run, by one statement as long as there are not thousands of them."""
        asked = list(occurrences)
        found: list[tuple[str, str]] = []
        for start in range(0, len(asked), _AT_ONCE):
            some = tuple_(job_run.c.job, job_run.c.occurrence).in_(asked[start : start + _AT_ONCE])
            found += [(row.job, row.occurrence) for row in await self._work.rows(select(job_run.c.job, job_run.c.occurrence).where(some))]
        return found

    async def last(self) -> datetime | None:
        """When anything ran last."""
        moment: datetime | None = (await self._work.rows(select(func.max(job_run.c.at, type_=job_run.c.at.type))))[0][0]
        return moment

    async def forget_earlier(self, job: str, prefix: str, at: datetime) -> None:
        """Of a job that runs all the time only what it began last is kept: drop what began before a moment."""
        where = (job_run.c.job == job, job_run.c.occurrence.startswith(prefix, autoescape=True), job_run.c.at < at)
        await self._work.change(delete(job_run).where(*where))

    async def forget_before(self, at: datetime) -> None:
        """Drop what ran long ago."""
        await self._work.change(delete(job_run).where(job_run.c.at < at))
