"""Runs jobs. APScheduler is only the tick; what has run stands in our own table, so that nothing runs twice or is forgotten.

A tick asks once what has not run, and remembers what has. Every branch has a lane of its own, in which what was missed is caught up in
the order in which it was due; the lanes take turns, so that no branch waits for all the work of another, and the writer finds several
of them to do in one transaction.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.config import Settings
from bot.jobs import Job, JobContext
from bot.metrics import Metrics
from bot.permissions import Actor, ActorKind
from storage.database import Database
from storage.faults import Unstorable
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

TICK = timedelta(seconds=20)
AT_ONCE = 8
"""Jobs that may be with the writer at the same time; an answer waits for no more than these."""
LEAP = timedelta(days=200)
"""No stop is so long: a clock that leaps so far is more likely wrong than right."""
SET_BACK = timedelta(days=2)
"""By how much a clock may have been ahead for what ran then to count as having run now."""
SETTLING = timedelta(hours=1)
"""How long nothing is done unasked after such a leap. A wrong clock is put right meanwhile, before it has erased or ended anything."""


class Scheduler:
    """Looks every twenty seconds which occurrence of which job has not run, and runs it once for every branch."""

    def __init__(
        self,
        database: Database,
        jobs: Sequence[Job],
        clock: Clock,
        wake: Callable[[], None],
        settings: Settings | None = None,
        *,
        metrics: Metrics | None = None,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self._wake = wake
        self._settings = settings or Settings()
        self._metrics = metrics or Metrics()
        self._done: dict[tuple[str, BranchId], datetime] = {}
        self._prepared: dict[str, Any] = {}
        self._ticker: AsyncIOScheduler | None = None
        self._seen: datetime | None = None
        self._settled: datetime | None = None

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
        with suppress(Unstorable):  # then the next tick finds it due still
            await self._tick()

    async def _tick(self) -> None:
        now = self._clock()
        due = {job.name: job.timetable.latest(now) for job in self._jobs}
        if self._seen is None:
            self._seen = await self._database.run(_last_run) or now
        branches, ran = await self._database.run(_look, due=_or_later(self._jobs, now), done=self._done)
        self._done.update({(job, branch): due[job] for job, branch in ran})
        if self._is_wrong(now):
            return
        ready = [job for job in self._jobs if any(self._waits(job, branch, due) for branch in branches) and await self._prepare(job)]
        ready.sort(key=lambda job: due[job.name])
        lanes = {branch: [job for job in ready if self._waits(job, branch, due)] for branch in branches}
        turns = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._catch_up(branch, jobs, due, turns) for branch, jobs in lanes.items() if jobs))
        self._wake()

    def _waits(self, job: Job, branch: BranchId, due: Mapping[str, datetime]) -> bool:
        return self._done.get((job.name, branch)) != due[job.name]

    def _is_wrong(self, now: datetime) -> bool:
        """Whether the clock has just leapt so far that it is better not believed yet."""
        before, self._seen = self._seen, now
        if before is not None and abs(now - before) > LEAP:
            self._settled = now + SETTLING
            log.warning("the clock leapt by months; what is done unasked waits for an hour", before=before.isoformat(), now=now.isoformat())
        return self._settled is not None and now < self._settled

    async def _catch_up(self, branch: BranchId, jobs: Iterable[Job], due: Mapping[str, datetime], turns: asyncio.Semaphore) -> None:
        for job in jobs:
            async with turns:
                with structlog.contextvars.bound_contextvars(cause=_cause(job, due[job.name])):
                    await self._run(job, branch, due[job.name])

    async def _run(self, job: Job, branch: BranchId, due: datetime) -> None:
        try:
            ran = await self._database.run(_occurrence, job=job, branch=branch, due=due, prepared=self._prepared.get(job.name))
        except Unstorable:
            return  # the next tick tries again
        except Exception:
            self._metrics.job_failed(job.name)
            log.exception("a job failed and will be tried again", job=job.name, branch=branch)
            return
        self._done[job.name, branch] = due
        if ran:
            late = (self._clock() - due).total_seconds()
            self._metrics.job(job.name, late)
            if not job.timetable.minutes:
                log.info("job", job=job.name, branch=branch, late=round(late))

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


async def _last_run(work: UnitOfWork) -> datetime | None:
    return await work.job_runs.last()


def _or_later(jobs: Iterable[Job], now: datetime) -> dict[str, list[datetime]]:
    """What is due, and what would have been by a clock that was ahead: where that has run, the earlier one is not run after it."""
    ahead = (now, now + SET_BACK / 2, now + SET_BACK)
    moments = {job.name: ahead[:1] if job.timetable.minutes else ahead for job in jobs}
    return {job.name: list(dict.fromkeys(job.timetable.latest(each) for each in moments[job.name])) for job in jobs}


async def _look(
    work: UnitOfWork, *, due: Mapping[str, list[datetime]], done: Mapping[tuple[str, BranchId], datetime]
) -> tuple[list[BranchId], list[tuple[str, BranchId]]]:
    """The branches; and what has run, or is overtaken, of that which is not known to be done, as the table has it."""
    branches = [branch.id for branch in await work.branches.all()]
    waiting = [(name, branch) for name, moments in due.items() for branch in branches if done.get((name, branch)) != moments[0]]
    asked = {(name, _key(branch, at)): (name, branch) for name, branch in waiting for at in due[name]}
    return branches, [asked[each] for each in await work.job_runs.ran(asked)]


def _key(branch: BranchId, due: datetime) -> str:
    return f"{branch}:{due.isoformat()}"


async def _occurrence(work: UnitOfWork, *, job: Job, branch: BranchId, due: datetime, prepared: Any) -> bool:
    """One occurrence for one branch: noted in the transaction that holds what it does; False if it had run."""
    work.enter(branch)
    work.matter = job.name
    work.cause = _cause(job, due)
    key = _key(branch, due)
    if await work.job_runs.has_run(job.name, key):
        return False
    context = JobContext(work, Actor(ActorKind.JOB, branch, None, frozenset()), due, prepared)
    if not job.timetable.minutes:
        work.job_runs.note(job.name, key)
        await job.run(context)
        return True
    await job.run(context)
    if work.has_written:  # a look that changed nothing may be taken again, and is most of what there is to note
        await work.job_runs.forget_earlier(job.name, f"{branch}:", work.now)
        work.job_runs.note(job.name, key)
    return True


def _cause(job: Job, due: datetime) -> str:
    """What letters and the log name as their cause."""
    return f"{job.name}:{due:%Y-%m-%dT%H:%M}"
