"""What a branch and its members do with the library: what was pushed, what comes next, who has read what."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select

from storage.keys import MemberId, QuestionId
from storage.records import fields
from storage.tables_study import lesson_post, lesson_seen, study_plan
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Seen:
    """What a member has read of a lesson. `page` is how many pages they were shown."""

    lesson_id: str
    seen_at: datetime
    done_at: datetime | None
    page: int


@dataclass(frozen=True, slots=True)
class Post:
    """A lesson pushed into the branch's groups, for a day."""

    id: int
    lesson_id: str
    day: date
    posted_at: datetime
    question_id: QuestionId | None = None
    recalled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the curator decided: ids in order, ids left out, `[day, lesson]` of one day, the last day of a pause."""

    queue: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    today: list[str] | None = None
    paused_until: date | None = None
    handled_through: date | None = None


class Studies:
    """The study of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._plan: Plan | None = None
        self._branch = work.branch_id

    async def plan(self) -> Plan:
        """What the curator decided; an empty plan where nothing was."""
        if self._plan is None:
            rows = await self._work.rows(select(study_plan).where(study_plan.c.branch_id == self._branch))
            self._plan = fields(Plan)(rows[0]) if rows else Plan()
        return self._plan

    async def change_plan(self, **values: Any) -> Plan:
        """Change fields of the plan; answers what it is now."""
        self._plan = replace(await self.plan(), **values)
        self._work.upsert(study_plan, ["branch_id"], branch_id=self._branch, **asdict(self._plan))
        return self._plan

    def post(self, lesson_id: str, day: date, question_id: QuestionId | None = None) -> Post:
        """Note that a lesson is pushed now."""
        made = Post(self._work.new_id(), lesson_id, day, self._work.now, question_id)
        self._work.insert(lesson_post, **asdict(made), branch_id=self._branch)
        return made

    def recall(self, taken: Post) -> None:
        """Note that a push was taken back; it counts as not sent."""
        self._work.update(lesson_post, {"id": taken.id, "branch_id": self._branch}, recalled_at=self._work.now)

    async def posted(self, post_id: int) -> Post | None:
        """The push of an id, if it is this branch's and was not taken back."""
        return next(iter(await self._posts(lesson_post.c.id == post_id)), None)

    async def posted_on(self, day: date) -> list[Post]:
        """What was pushed for a day, the newest first."""
        return await self._posts(lesson_post.c.day == day)

    async def recent(self, since: date) -> list[Post]:
        """What was pushed for a day and after, the newest first."""
        return await self._posts(lesson_post.c.day >= since)

    async def _posts(self, condition: Any) -> list[Post]:
        where = (lesson_post.c.branch_id == self._branch, lesson_post.c.recalled_at.is_(None), condition)
        listed = select(lesson_post).where(*where).order_by(lesson_post.c.posted_at.desc(), lesson_post.c.id)
        return [fields(Post)(row) for row in await self._work.rows(listed)]

    async def last_posted(self) -> dict[str, datetime]:
        """When each lesson that was ever pushed was pushed last."""
        newest = func.max(lesson_post.c.posted_at).label("at")
        where = (lesson_post.c.branch_id == self._branch, lesson_post.c.recalled_at.is_(None))
        rows = await self._work.rows(select(lesson_post.c.lesson_id, newest).where(*where).group_by(lesson_post.c.lesson_id))
        return {row.lesson_id: row.at for row in rows}

    async def seen(self, member_id: MemberId, lesson_id: str) -> Seen | None:
        """What a member has read of a lesson."""
        found = await self._seen(member_id, lesson_seen.c.lesson_id == lesson_id)
        return found[0] if found else None

    async def seen_by(self, member_id: MemberId) -> list[Seen]:
        """Everything a member has read, the latest first."""
        return await self._seen(member_id)

    async def seen_by_many(self, member_ids: Collection[MemberId]) -> dict[MemberId, list[str]]:
        """The lessons that several members have read, the latest first, by one statement."""
        where = (lesson_seen.c.branch_id == self._branch, lesson_seen.c.member_id.in_(member_ids))
        listed = select(lesson_seen.c.member_id, lesson_seen.c.lesson_id).where(*where)
        found: dict[MemberId, list[str]] = {}
        for row in await self._work.rows(listed.order_by(lesson_seen.c.seen_at.desc(), lesson_seen.c.lesson_id)):
            found.setdefault(MemberId(row.member_id), []).append(row.lesson_id)
        return found

    async def _seen(self, member_id: MemberId, *conditions: Any) -> list[Seen]:
        where = (lesson_seen.c.branch_id == self._branch, lesson_seen.c.member_id == member_id, *conditions)
        listed = select(lesson_seen).where(*where).order_by(lesson_seen.c.seen_at.desc(), lesson_seen.c.lesson_id)
        return [fields(Seen)(row) for row in await self._work.rows(listed)]

    def mark(self, member_id: MemberId, seen: Seen) -> None:
        """Keep what a member has read of a lesson."""
        self._work.upsert(lesson_seen, ["member_id", "lesson_id"], member_id=member_id, branch_id=self._branch, **asdict(seen))

    def unmark(self, member_id: MemberId, lesson_id: str) -> None:
        """Forget that a member has read a lesson."""
        self._work.delete(lesson_seen, {"member_id": member_id, "lesson_id": lesson_id, "branch_id": self._branch})

    async def forget(self, member_id: MemberId) -> int:
        """Forget everything a member has read; answers how many lessons that were."""
        where = (lesson_seen.c.branch_id == self._branch, lesson_seen.c.member_id == member_id)
        return await self._work.change(delete(lesson_seen).where(*where))

    async def count_done(self, ids: Collection[str]) -> dict[str, int]:
        """How many members of the branch are through with each of some lessons; never who."""
        where = (lesson_seen.c.branch_id == self._branch, lesson_seen.c.lesson_id.in_(ids), lesson_seen.c.done_at.is_not(None))
        counted = select(lesson_seen.c.lesson_id, func.count().label("members")).where(*where).group_by(lesson_seen.c.lesson_id)
        return {row.lesson_id: int(row.members) for row in await self._work.rows(counted)}
