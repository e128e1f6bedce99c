"""News digests (新闻早班车): what was noted for the next one, and those that were offered or posted."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_study import news_digest, news_note
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Note:
    """Something for the next digest."""

    id: int
    member_id: MemberId
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewsDigest:
    """The digest of a day; `state` is offered, approved, declined or posted; `lines` are pairs of Chinese and English."""

    day: date
    state: str
    lines: list[list[str]]
    note_ids: list[int]


class NewsDigests:
    """The digests of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._branch = work.branch_id

    def note(self, member_id: MemberId, text: str) -> Note:
        """Keep something for the next digest."""
        made = Note(self._work.new_id(), member_id, text, self._work.now)
        self._work.insert(news_note, **asdict(made), branch_id=self._branch)
        return made

    async def notes(self) -> list[Note]:
        """What waits for the next digest, the oldest first."""
        listed = select(news_note).where(news_note.c.branch_id == self._branch).order_by(news_note.c.at, news_note.c.id)
        return [fields(Note)(row) for row in await self._work.rows(listed)]

    async def drop(self, ids: Collection[int]) -> int:
        """Forget notes; answers how many there were."""
        return await self._work.change(delete(news_note).where(news_note.c.branch_id == self._branch, news_note.c.id.in_(ids)))

    async def of(self, day: date) -> NewsDigest | None:
        """The digest of a day."""
        rows = await self._work.rows(select(news_digest).where(news_digest.c.branch_id == self._branch, news_digest.c.day == day))
        return fields(NewsDigest)(rows[0]) if rows else None

    def put(self, made: NewsDigest) -> None:
        """Keep the digest of a day."""
        self._work.upsert(news_digest, ["branch_id", "day"], **asdict(made), branch_id=self._branch)

    def change(self, changed: NewsDigest, **values: Any) -> NewsDigest:
        """Change fields of a digest; answers what it is now."""
        new = replace(changed, **values)
        self.put(new)
        return new

    async def forget_before(self, day: date) -> None:
        """Drop digests of days long past."""
        await self._work.change(delete(news_digest).where(news_digest.c.branch_id == self._branch, news_digest.c.day < day))
