"""Hours of study: what members say of themselves, what is entered for them, and what the lessons add up to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, union_all

from storage.keys import MemberId
from storage.records import fields
from storage.tables_learning import study_time
from storage.tables_study import lesson, lesson_seen
from storage.work import Work


@dataclass(frozen=True, slots=True)
class StudyTime:
    """Minutes of study on a day. `entered_by` is empty for the member's own statement."""

    id: int
    day: date
    minutes: int
    what: str
    entered_by: MemberId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class LessonCount:
    """How many members have seen a lesson, and how many are through with it."""

    lesson_id: str
    seen: int
    done: int


class StudyTimes:
    """The study of this branch's members in hours. Periods are half-open: from the first moment, before the second."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._branch = work.branch_id

    def add(self, member_id: MemberId, day: date, minutes: int, what: str, entered_by: MemberId | None) -> StudyTime:
        """Note a time."""
        made = StudyTime(self._work.new_id(), day, minutes, what, entered_by, self._work.now)
        self._work.insert(study_time, **asdict(made), member_id=member_id, branch_id=self._branch)
        return made

    async def remove(self, which: int) -> bool:
        """Take a time back; False if it is gone already."""
        return bool(await self._work.change(delete(study_time).where(study_time.c.branch_id == self._branch, study_time.c.id == which)))

    async def of(self, member_id: MemberId, since: date, before: date) -> list[StudyTime]:
        """A member's times, the newest first."""
        where = (study_time.c.branch_id == self._branch, study_time.c.member_id == member_id)
        listed = select(study_time).where(*where, study_time.c.day >= since, study_time.c.day < before)
        return [fields(StudyTime)(row) for row in await self._work.rows(listed.order_by(study_time.c.day.desc(), study_time.c.id))]

    async def lesson_minutes(self, member_id: MemberId, since: datetime, before: datetime) -> tuple[int, int]:
        """How many lessons a member finished, and their minutes together."""
        finished = (lesson_seen.c.done_at >= since, lesson_seen.c.done_at < before)
        where = (lesson_seen.c.branch_id == self._branch, lesson_seen.c.member_id == member_id, *finished)
        total = select(func.count(), func.coalesce(func.sum(lesson.c.minutes), 0)).join(lesson, lesson.c.id == lesson_seen.c.lesson_id)
        return _two(await self._work.rows(total.where(*where)))

    async def total(self, days: tuple[date, date], moments: tuple[datetime, datetime]) -> tuple[int, int]:
        """How many members studied, and their minutes together; lessons by moments, other times by days."""
        others = select(study_time.c.member_id, study_time.c.minutes).where(
            study_time.c.branch_id == self._branch, study_time.c.day >= days[0], study_time.c.day < days[1]
        )
        finished = (lesson_seen.c.done_at >= moments[0], lesson_seen.c.done_at < moments[1])
        lessons = (
            select(lesson_seen.c.member_id, lesson.c.minutes)
            .join(lesson, lesson.c.id == lesson_seen.c.lesson_id)
            .where(lesson_seen.c.branch_id == self._branch, *finished)
        )
        both = union_all(others, lessons).subquery()
        summed = select(func.count(both.c.member_id.distinct()), func.coalesce(func.sum(both.c.minutes), 0))
        return _two(await self._work.rows(summed))

    async def lesson_counts(self, since: datetime) -> list[LessonCount]:
        """How many members read each lesson since a moment, and how many of them are through; the most read last seen first."""
        counted = (
            select(
                lesson_seen.c.lesson_id,
                func.count().label("seen"),
                func.count(lesson_seen.c.done_at).label("done"),
            )
            .where(lesson_seen.c.branch_id == self._branch, lesson_seen.c.seen_at >= since)
            .group_by(lesson_seen.c.lesson_id)
            .order_by(func.max(lesson_seen.c.seen_at).desc(), lesson_seen.c.lesson_id)
        )
        return [fields(LessonCount)(row) for row in await self._work.rows(counted)]

    async def forget(self, member_id: MemberId) -> int:
        """Drop a member's own statements and what was entered for them; answers how many."""
        where = (study_time.c.branch_id == self._branch, study_time.c.member_id == member_id)
        return await self._work.change(delete(study_time).where(*where))

    async def forget_before(self, day: date) -> None:
        """Drop times of days before one."""
        await self._work.change(delete(study_time).where(study_time.c.branch_id == self._branch, study_time.c.day < day))


def _two(rows: Sequence[Any]) -> tuple[int, int]:
    first, second = rows[0]
    return int(first), int(second)
