"""Announcements and who has read them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.keys import BranchId, MemberId, NoticeId, QuestionId
from storage.lookups import Keyed, OfBranch
from storage.records import fields
from storage.tables import notice, notice_read
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement (公告); `state` is scheduled, open, recalled or missed. `post_at` is when it was, or will be, posted."""

    id: NoticeId
    number: int
    author_id: MemberId | None
    text: str
    state: str
    post_at: datetime
    nudged_at: datetime | None = None
    question_id: QuestionId | None = None
    corrected: bool = False


_BY_NUMBER: Keyed[tuple[BranchId, int], Notice] = Keyed(select(notice), [notice.c.branch_id, notice.c.number], fields(Notice))
_BY_ID: Keyed[tuple[BranchId, NoticeId], Notice] = Keyed(select(notice), [notice.c.branch_id, notice.c.id], fields(Notice))


class Notices:
    """The announcements of this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._by_number: OfBranch[int, Notice] = OfBranch(work, _BY_NUMBER)
        self._by_id: OfBranch[NoticeId, Notice] = OfBranch(work, _BY_ID)

    async def numbered(self, number: int) -> Notice | None:
        """The announcement of a number."""
        return await self._by_number.get(number)

    async def get(self, which: NoticeId) -> Notice | None:
        """The announcement of an id, if it is this branch's."""
        return await self._by_id.get(which)

    async def add(self, author: MemberId, text: str, state: str, post_at: datetime) -> Notice:
        """Note a new announcement under the branch's next number."""
        highest = select(func.max(notice.c.number)).where(notice.c.branch_id == self._work.branch_id)
        number = ((await self._work.rows(highest))[0][0] or 0) + 1
        made = Notice(NoticeId(self._work.new_id()), number, author, text, state, post_at)
        row = {name: getattr(made, name) for name in Notice.__dataclass_fields__}
        self._work.insert(notice, **row, branch_id=self._work.branch_id)
        return self._known(made)

    def change(self, changed: Notice, **values: Any) -> Notice:
        """Change fields of an announcement; answers what it is now."""
        self._work.update(notice, {"id": changed.id, "branch_id": self._work.branch_id}, **values)
        return self._known(replace(changed, **values))

    def _known(self, current: Notice) -> Notice:
        self._by_number.put(current.number, current)
        self._by_id.put(current.id, current)
        return current

    async def of_state(self, state: str, *, before: datetime | None = None, after: datetime | None = None) -> list[Notice]:
        """Announcements in a state whose time lies between two moments, the newest first."""
        statement = select(notice).where(notice.c.branch_id == self._work.branch_id, notice.c.state == state)
        if before is not None:
            statement = statement.where(notice.c.post_at <= before)
        if after is not None:
            statement = statement.where(notice.c.post_at > after)
        return [fields(Notice)(row) for row in await self._work.rows(statement.order_by(notice.c.post_at.desc(), notice.c.number.desc()))]

    async def of_author(self, author: MemberId) -> list[Notice]:
        """What a member announced, the newest first."""
        statement = select(notice).where(notice.c.branch_id == self._work.branch_id, notice.c.author_id == author)
        return [fields(Notice)(row) for row in await self._work.rows(statement.order_by(notice.c.number.desc()))]

    async def read(self, which: NoticeId, member_id: MemberId) -> bool:
        """Note that a member read an announcement; False if that was known."""
        rows = await self._work.rows(select(notice_read.c.at).where(notice_read.c.notice_id == which, notice_read.c.member_id == member_id))
        if rows:
            return False
        values = {"notice_id": which, "member_id": member_id, "at": self._work.now}
        self._work.insert(notice_read, **values, branch_id=self._work.branch_id)
        return True

    def unread(self, which: NoticeId, member_id: MemberId) -> None:
        """Take a read mark back."""
        self._work.delete(notice_read, {"notice_id": which, "member_id": member_id})

    async def readers(self, which: NoticeId) -> set[MemberId]:
        """Who has read an announcement."""
        rows = await self._work.rows(select(notice_read.c.member_id).where(notice_read.c.notice_id == which))
        return {row.member_id for row in rows}

    async def read_of(self, which: Collection[NoticeId]) -> set[tuple[NoticeId, MemberId]]:
        """Who has read which of some announcements."""
        rows = await self._work.rows(select(notice_read.c.notice_id, notice_read.c.member_id).where(notice_read.c.notice_id.in_(which)))
        return {(row.notice_id, row.member_id) for row in rows}

    async def count_readers(self, which: NoticeId) -> int:
        """How many have read an announcement."""
        rows = await self._work.rows(select(func.count()).select_from(notice_read).where(notice_read.c.notice_id == which))
        return int(rows[0][0])

    async def read_by(self, member_id: MemberId) -> list[tuple[int, datetime]]:
        """Numbers and times of what a member has read, the newest first."""
        rows = await self._work.rows(
            select(notice.c.number, notice_read.c.at)
            .join(notice, notice.c.id == notice_read.c.notice_id)
            .where(notice.c.branch_id == self._work.branch_id, notice_read.c.member_id == member_id)
            .order_by(notice_read.c.at.desc(), notice.c.number.desc())
        )
        return [(row.number, row.at) for row in rows]
