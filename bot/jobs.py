"""How a schedule says when it runs. A decorated function becomes a `Job`; discovery finds it."""

from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from bot.clock import BEIJING
from bot.config import Settings
from bot.permissions import Actor
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a job is due, in Beijing's time: every so many minutes, or at a time of each day or of one day of the month."""

    minutes: int = 0
    hour: int = 0
    minute: int = 0
    day: int = 0

    def latest(self, now: datetime) -> datetime:
        """The last moment at or before `now` when the job was due."""
        local = now.astimezone(BEIJING)
        if self.minutes:
            start = local.replace(hour=0, minute=0, second=0, microsecond=0)
            return start + timedelta(minutes=(local - start) // timedelta(minutes=self.minutes) * self.minutes)
        due = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        if self.day:
            due = due.replace(day=self.day)
            return due if due <= local else (due.replace(day=1) - timedelta(days=1)).replace(day=self.day)
        return due if due <= local else due - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job is given: a transaction opened for one branch, and itself as the one who acts."""

    work: UnitOfWork
    actor: Actor
    due: datetime
    prepared: Any = None
    """What the job's `prepare` answered."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a job is asked with, for all branches at once, before any of them is entered."""

    work: UnitOfWork
    branches: Collection[BranchId]
    due: datetime
    prepared: Any = None


Where = Callable[[Round], Awaitable[Collection[BranchId]]]
"""Answers, by a few statements, in which branches the job may have something to do: perhaps one too many, never one too few."""
Run = Callable[[JobContext], Awaitable[None]]
Prepare = Callable[[Settings, Any], Any]
"""Given the settings and what it answered last (None at first), reads what a job needs from outside the database."""


Known = Callable[[UnitOfWork], Coroutine[Any, Any, Any]]


@dataclass(frozen=True, slots=True)
class Job:
    """Something done unasked, once for every occurrence and branch."""

    name: str
    timetable: Timetable
    run: Run
    prepare: Prepare | None = None
    where: Where | None = None
    known: Known | None = None


def job(
    name: str, timetable: Timetable, *, prepare: Prepare | None = None, where: Where | None = None, known: Known | None = None
) -> Callable[[Run], Job]:
    """Make a function a job. What it says it writes to the outbox; it never sends.

    `where` spares the branches in which there is nothing to do: they are not opened, and the occurrence counts as run there. Without it
    the job runs in every branch. `prepare` runs before, in a thread of its own and outside any transaction: the place for reading files.
    `known` tells, after a start, what `prepare` is to be given as its own last answer, so that what was read before is not read again.
    """
    return lambda run: Job(name, timetable, run, prepare, where, known)


def every(minutes: int) -> Timetable:
    """Every so many minutes of the day."""
    return Timetable(minutes=minutes)


def daily(hour: int, minute: int = 0) -> Timetable:
    """At a time of every day."""
    return Timetable(hour=hour, minute=minute)


def monthly(day: int, hour: int) -> Timetable:
    """At an hour of one day of every month (1 to 28)."""
    return Timetable(day=day, hour=hour)


def jobs_of(modules: Iterable[ModuleType]) -> list[Job]:
    """The jobs that modules declare. Raises `ValueError` when two share a name."""
    found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, Job)]
    names = [each.name for each in found]
    if len(set(names)) != len(names):
        raise ValueError(f"declared twice: {sorted(name for name in names if names.count(name) > 1)}")
    return found
