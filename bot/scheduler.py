"""Runs jobs. APScheduler is only the tick; what has run stands in our own table, so that nothing runs twice or is forgotten.

A tick asks once what has not run, and remembers what has. What was missed is caught up job by job in the order in which it was due. Each
job is asked for all branches at once where it may have something to do (`Job.where`), and only these are opened, each in a transaction of
its own or with a few others: a branch without anything to do costs nothing, and none waits for all the work of another.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.config import Settings
from bot.jobs import Job, JobContext, Round
from bot.metrics import Metrics
from bot.permissions import Actor, ActorKind
from storage.database import Database
from storage.faults import Unstorable
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
log = structlog.get_logger()

TICK = timedelta(seconds=20)
AT_A_LOOK = 250
"""Branches, or occurrences in them, that one transaction looks after: some milliseconds."""
AT_ONCE = 2
"""Jobs that may be with the writer at the same time; an answer waits for no more than these."""
LEAP = timedelta(days=200)
"""No stop is so long: a clock that leaps so far is more likely wrong than right."""
SET_BACK = timedelta(days=2)
"""By how much a clock may have been ahead for what ran then to count as having run now."""
SETTLING = timedelta(hours=1)
"""How long nothing is done unasked after such a leap. A wrong clock is put right meanwhile, before it has erased or ended anything."""


@dataclass(slots=True)
class _Done:
    """The occurrence of a job that is due, and the branches in which it has run or need not."""

    due: datetime
    branches: set[BranchId] = field(default_factory=set)


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
        self._done: dict[str, _Done] = {}
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
        branches = await self._look(_or_later(self._jobs, now))
        if self._is_wrong(now):
            return
        for job in sorted(self._jobs, key=lambda job: due[job.name]):
            waiting = branches - self._done[job.name].branches
            if waiting and await self._prepare(job):
                with structlog.contextvars.bound_contextvars(cause=_cause(job, due[job.name])):
                    await self._everywhere(job, waiting, due[job.name])
        self._wake()

    def _is_wrong(self, now: datetime) -> bool:
        """Whether the clock has just leapt so far that it is better not believed yet."""
        before, self._seen = self._seen, now
        if before is not None and abs(now - before) > LEAP:
            self._settled = now + SETTLING
            log.warning("the clock leapt by months; what is done unasked waits for an hour", before=before.isoformat(), now=now.isoformat())
        return self._settled is not None and now < self._settled

    async def _look(self, moments: Mapping[str, list[datetime]]) -> frozenset[BranchId]:
        """All branches; and, of daily jobs, where they are known not to be done: what has run, or is overtaken, as the table has it."""
        for name, (due, *_) in moments.items():
            if name not in self._done or self._done[name].due != due:
                self._done[name] = _Done(due)
        branches = await self._database.run(_branches)
        daily = [job.name for job in self._jobs if not job.timetable.minutes]
        waiting = [(name, each) for name in daily for each in branches - self._done[name].branches]
        for some in _parts(waiting):
            for name, branch in await self._database.run(_ran, some, moments):
                self._done[name].branches.add(branch)
        return branches

    async def _everywhere(self, job: Job, branches: Set[BranchId], due: datetime) -> None:
        """Run an occurrence in the branches in which the job may have something to do; in the others it counts as run."""
        turns = asyncio.Semaphore(AT_ONCE)
        busy = await self._busy(job, sorted(branches), due)
        for some in _parts(busy):
            await asyncio.gather(*(self._run(job, branch, due, turns) for branch in some))

    async def _busy(self, job: Job, branches: Sequence[BranchId], due: datetime) -> Sequence[BranchId]:
        """Where a job has to run: everywhere if it cannot be asked, since the question only spares work and each branch may fail alone."""
        if job.where is None:
            return branches
        try:
            busy = await self._database.run(_named, job=job, branches=branches, due=due, prepared=self._prepared.get(job.name))
            idle = [each for each in branches if each not in busy]
            for some in [] if job.timetable.minutes else _parts(idle):
                await self._database.run(_note_idle, job=job, branches=some, due=due)
        except Unstorable:
            return ()  # the next tick asks again
        except Exception:
            self._metrics.job_failed(job.name)
            log.exception("a job could not be asked where it is due and runs in every branch", job=job.name)
            return branches
        self._done[job.name].branches.update(idle)
        return [each for each in branches if each in busy]

    async def _run(self, job: Job, branch: BranchId, due: datetime, turns: asyncio.Semaphore) -> None:
        try:
            async with turns:
                ran = await self._database.run(_occurrence, job=job, branch=branch, due=due, prepared=self._prepared.get(job.name))
        except Unstorable:
            return  # the next tick tries again
        except Exception:
            self._metrics.job_failed(job.name)
            log.exception("a job failed and will be tried again", job=job.name, branch=branch)
            return
        self._done[job.name].branches.add(branch)
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
            if job.known is not None and job.name not in self._prepared:
                self._prepared[job.name] = await self._database.run(job.known)
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


async def _branches(work: UnitOfWork) -> frozenset[BranchId]:
    return frozenset(await work.branches.ids())


async def _ran(
    work: UnitOfWork, waiting: Sequence[tuple[str, BranchId]], moments: Mapping[str, list[datetime]]
) -> list[tuple[str, BranchId]]:
    asked = {(name, _key(branch, at)): (name, branch) for name, branch in waiting for at in moments[name]}
    return [asked[each] for each in await work.job_runs.ran(asked)]


async def _named(work: UnitOfWork, *, job: Job, branches: Sequence[BranchId], due: datetime, prepared: Any) -> Set[BranchId]:
    """The branches in which a job has to run: asked once for all, however many they are."""
    return frozenset(branches if job.where is None else await job.where(Round(work, branches, due, prepared)))


async def _note_idle(work: UnitOfWork, *, job: Job, branches: Sequence[BranchId], due: datetime) -> None:
    """What has nothing to do counts as run."""
    idle = [(job.name, _key(each, due)) for each in branches]
    ran = set(await work.job_runs.ran(idle))  # by another process, since it was looked for
    for each in idle:
        if each not in ran:
            work.job_runs.note(*each)


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


def _parts(many: Iterable[T]) -> Iterator[list[T]]:
    each = iter(many)
    while some := list(islice(each, AT_A_LOOK)):
        yield some


def _cause(job: Job, due: datetime) -> str:
    """What letters and the log name as their cause."""
    return f"{job.name}:{due:%Y-%m-%dT%H:%M}"
