"""Runs jobs. APScheduler is only the tick; what has run stands in our own table, so that nothing runs twice or is forgotten."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.config import Settings
from bot.jobs import Job, JobContext
from bot.permissions import Actor, ActorKind
from storage.database import Database
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

TICK = timedelta(seconds=20)


class Scheduler:
    """Looks every twenty seconds which occurrence of which job has not run, and runs it once for every branch."""

    def __init__(
        self, database: Database, jobs: Sequence[Job], clock: Clock, wake: Callable[[], None], settings: Settings | None = None
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self._wake = wake
        self._settings = settings or Settings()
        self._done: dict[tuple[str, BranchId], datetime] = {}
        self._prepared: dict[str, Any] = {}
        self._ticker: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Begin to tick."""
        self._ticker = AsyncIOScheduler()
        self._ticker.add_job(self.tick, "interval", seconds=TICK.total_seconds(), max_instances=1, coalesce=True, misfire_grace_time=None)
        self._ticker.start()

    def stop(self) -> None:
        """Tick no more."""
        ticker, self._ticker = self._ticker, None
        if ticker is not None:
            ticker.shutdown(wait=False)

    async def tick(self) -> None:
        """Run every occurrence that is due and has not run; a job that fails is tried again at the next tick."""
        branches = await self._database.run(_branches)
        for job in self._jobs:
            due = job.timetable.latest(self._clock())
            waiting = [branch for branch in branches if self._done.get((job.name, branch)) != due]
            if not waiting or not await self._prepare(job):
                continue
            for branch in waiting:
                try:
                    await self._database.run(_occurrence, job=job, branch=branch, due=due, prepared=self._prepared.get(job.name))
                except Exception:
                    log.exception("a job failed and will be tried again", job=job.name, branch=branch)
                else:
                    self._done[job.name, branch] = due
        self._wake()

    async def _prepare(self, job: Job) -> bool:
        """Let a job read what it needs, beside the loop and the writer; False if that failed and is tried again at the next tick."""
        if job.prepare is None:
            return True
        try:
            self._prepared[job.name] = await asyncio.to_thread(job.prepare, self._settings, self._prepared.get(job.name))
        except Exception:
            log.exception("a job could not be prepared and will be tried again", job=job.name)
            return False
        return True


async def _branches(work: UnitOfWork) -> list[BranchId]:
    return [branch.id for branch in await work.branches.all()]


async def _occurrence(work: UnitOfWork, *, job: Job, branch: BranchId, due: datetime, prepared: Any) -> None:
    """One occurrence for one branch: noted in the transaction that holds what it does."""
    work.enter(branch)
    work.matter = job.name
    if await work.job_runs.begin(job.name, f"{branch}:{due.isoformat()}"):
        if job.timetable.minutes:
            await work.job_runs.forget_earlier(job.name, f"{branch}:", work.now)
        await job.run(JobContext(work, Actor(ActorKind.JOB, branch, None, frozenset()), due, prepared))
