"""Discussions in the group: a prompt, and who took part while it is open, so that each is counted once."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from storage.keys import MemberId, QuestionId
from storage.records import fields
from storage.tables_learning import discussion, discussion_voice
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Discussion:
    """A discussion; `voices` is filled in when it is closed."""

    id: int
    number: int
    lesson_id: str | None
    prompt: str
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    question_id: QuestionId | None = None
    voices: int = 0


class Discussions:
    """The discussions of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._branch = work.branch_id

    async def add(self, lesson_id: str | None, prompt: str, closes_at: datetime) -> Discussion:
        """Begin a discussion under the branch's next number."""
        highest = select(func.max(discussion.c.number)).where(discussion.c.branch_id == self._branch)
        number = ((await self._work.rows(highest))[0][0] or 0) + 1
        made = Discussion(self._work.new_id(), number, lesson_id, prompt, self._work.now, closes_at)
        self._work.insert(discussion, **asdict(made), branch_id=self._branch)
        return made

    async def open(self) -> Discussion | None:
        """The one that is open."""
        listed = select(discussion).where(discussion.c.branch_id == self._branch, discussion.c.closed_at.is_(None))
        rows = await self._work.rows(listed.order_by(discussion.c.number.desc()).limit(1))
        return fields(Discussion)(rows[0]) if rows else None

    def change(self, known: Discussion, **values: Any) -> Discussion:
        """Change fields of a discussion."""
        self._work.update(discussion, {"id": known.id, "branch_id": self._branch}, **values)
        return replace(known, **values)

    def remove(self, known: Discussion) -> None:
        """Drop a discussion that was begun by mistake."""
        self._work.delete(discussion, {"id": known.id, "branch_id": self._branch})

    def speak(self, known: Discussion, member_id: MemberId) -> None:
        """Count somebody in, once."""
        values = {"discussion_id": known.id, "member_id": member_id, "branch_id": self._branch}
        self._work.upsert(discussion_voice, ["discussion_id", "member_id"], **values)

    async def count(self, known: Discussion) -> int:
        """How many took part so far."""
        counted = select(func.count()).select_from(discussion_voice).where(discussion_voice.c.discussion_id == known.id)
        return int((await self._work.rows(counted))[0][0])

    def forget_voices(self, known: Discussion) -> None:
        """Forget who took part."""
        self._work.delete(discussion_voice, {"discussion_id": known.id})

    async def spoke(self, member_id: MemberId) -> list[int]:
        """The numbers of the open discussions that a member takes part in."""
        listed = select(discussion.c.number).join(discussion_voice, discussion_voice.c.discussion_id == discussion.c.id)
        rows = await self._work.rows(
            listed.where(discussion.c.branch_id == self._branch, discussion_voice.c.member_id == member_id).order_by(discussion.c.number)
        )
        return [row.number for row in rows]

    async def withdraw(self, member_id: MemberId) -> None:
        """Forget that a member takes part in anything."""
        where = (discussion_voice.c.branch_id == self._branch, discussion_voice.c.member_id == member_id)
        await self._work.change(delete(discussion_voice).where(*where))
