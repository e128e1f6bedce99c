"""Which occurrence of which job has run, so that none runs twice."""

from datetime import datetime

from sqlalchemy import delete, select

from storage.tables import job_run
from storage.work import Work


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

    async def forget_earlier(self, job: str, prefix: str, at: datetime) -> None:
        """Of a job that runs all the time only what it began last is kept: drop what began before a moment."""
        where = (job_run.c.job == job, job_run.c.occurrence.startswith(prefix, autoescape=True), job_run.c.at < at)
        await self._work.change(delete(job_run).where(*where))

    async def forget_before(self, at: datetime) -> None:
        """Drop what ran long ago."""
        await self._work.change(delete(job_run).where(job_run.c.at < at))
