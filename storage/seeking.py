"""Finding those who are lost: campaigns, how it stands with each, and who asked whom through somebody who knows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update

from storage.keys import BranchId, MemberId
from storage.records import changed, fields
from storage.tables import account, member
from storage.tables_register import register
from storage.tables_seeking import seek_campaign, seek_passing, seek_task
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Campaign:
    """A time in which a branch looks for its members by a poster."""

    id: int
    branch_id: BranchId
    code: str
    words: str
    lost: int
    started_by: MemberId | None
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """How it stands with finding a member; `state` is open, taken, asked, declined or found."""

    member_id: MemberId
    branch_id: BranchId
    state: str
    taken_by: MemberId | None
    tries: int
    way: str
    campaign_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Passing:
    """A member asks another of the branch, whom they know, whether to be in touch."""

    id: int
    branch_id: BranchId
    member_id: MemberId
    sought_id: MemberId | None
    code_hash: str | None
    at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class Seeking:
    """What is known of finding. A code is looked up before its branch is known; everything else is the entered branch's."""

    def __init__(self, work: Work) -> None:
        self._work = work

    # ---- who is lost, and how it stands with each

    async def lost(self) -> list[MemberId]:
        """The present members without an account who were not found in another way, by name."""
        bound = exists().where(account.c.member_id == member.c.id)
        met = exists().where(register.c.member_id == member.c.id, register.c.found_on.is_not(None))
        listed = select(member.c.id).where(member.c.branch_id == self._work.branch_id, member.c.removed_at.is_(None), ~bound, ~met)
        return [MemberId(row.id) for row in await self._work.rows(listed.order_by(member.c.latin, member.c.id))]

    async def tasks(self) -> dict[MemberId, Task]:
        """What is noted of each."""
        listed = select(seek_task).where(seek_task.c.branch_id == self._work.branch_id)
        return {MemberId(row.member_id): fields(Task)(row) for row in await self._work.rows(listed)}

    async def task(self, member_id: MemberId) -> Task | None:
        """What is noted of one."""
        listed = select(seek_task).where(seek_task.c.branch_id == self._work.branch_id, seek_task.c.member_id == member_id)
        return next((fields(Task)(row) for row in await self._work.rows(listed)), None)

    async def declined(self, members: Collection[MemberId]) -> set[MemberId]:
        """Who of some does not want to be asked."""
        where = (seek_task.c.branch_id == self._work.branch_id, seek_task.c.member_id.in_(members), seek_task.c.state == "declined")
        return {MemberId(row.member_id) for row in await self._work.rows(select(seek_task.c.member_id).where(*where))}

    def note(self, member_id: MemberId, before: Task | None, **values: Any) -> Task:
        """Note how it stands with a member now."""
        fresh = Task(member_id, self._work.branch_id, "open", None, 0, "", None, self._work.now)
        now = changed(before or fresh, at=self._work.now, **values)
        self._work.upsert(seek_task, ["member_id"], **{name: getattr(now, name) for name in Task.__dataclass_fields__})
        return now

    def forget(self, member_id: MemberId) -> None:
        """Nothing is noted of a member any more."""
        self._work.delete(seek_task, {"member_id": member_id})

    # ---- campaigns

    async def running(self) -> Campaign | None:
        """The campaign that is going on."""
        where = (seek_campaign.c.branch_id == self._work.branch_id, seek_campaign.c.ended_at.is_(None))
        listed = select(seek_campaign).where(*where).order_by(seek_campaign.c.started_at.desc())
        return next((fields(Campaign)(row) for row in await self._work.rows(listed)), None)

    async def campaign(self, *, code: str | None = None, number: int | None = None) -> Campaign | None:
        """The campaign of a poster's code, or of an id, in whatever branch, if it is still going on."""
        which = seek_campaign.c.code == code if code is not None else seek_campaign.c.id == number
        rows = await self._work.rows(select(seek_campaign).where(which, seek_campaign.c.ended_at.is_(None)))
        return next((fields(Campaign)(row) for row in rows), None)

    def start(self, code: str, words: str, lost: int, by: MemberId | None) -> Campaign:
        """Begin to look."""
        made = Campaign(self._work.new_id(), self._work.branch_id, code, words, lost, by, self._work.now)
        self._work.insert(seek_campaign, **{name: getattr(made, name) for name in Campaign.__dataclass_fields__})
        return made

    def end(self, campaign_id: int, at: datetime | None) -> None:
        """End a campaign; with None it goes on."""
        self._work.update(seek_campaign, {"id": campaign_id, "branch_id": self._work.branch_id}, ended_at=at)

    # ---- asking through who knows them

    async def passing(self, code_hash: str) -> Passing | None:
        """What a code stands for, in whatever branch, used and expired ones too."""
        rows = await self._work.rows(select(seek_passing).where(seek_passing.c.code_hash == code_hash))
        return next((fields(Passing)(row) for row in rows), None)

    async def passed_since(self, by: MemberId, since: datetime) -> int:
        """How often a member said since a moment that they know somebody."""
        where = (seek_passing.c.branch_id == self._work.branch_id, seek_passing.c.member_id == by, seek_passing.c.at >= since)
        return int((await self._work.rows(select(func.count()).select_from(seek_passing).where(*where)))[0][0])

    async def waiting_for(self, sought: MemberId) -> Passing | None:
        """The asking of a member that is still open."""
        where = (seek_passing.c.branch_id == self._work.branch_id, seek_passing.c.sought_id == sought, seek_passing.c.used_at.is_(None))
        open_ones = (seek_passing.c.code_hash.is_not(None), seek_passing.c.expires_at > self._work.now)
        return next((fields(Passing)(row) for row in await self._work.rows(select(seek_passing).where(*where, *open_ones))), None)

    def ask(self, by: MemberId, sought: MemberId | None, code_hash: str | None, expires_at: datetime) -> Passing:
        """Note that somebody asks; without a code it only counts."""
        made = Passing(self._work.new_id(), self._work.branch_id, by, sought, code_hash, self._work.now, expires_at)
        self._work.insert(seek_passing, **{name: getattr(made, name) for name in Passing.__dataclass_fields__})
        return made

    def answered(self, passing: Passing) -> None:
        """The one who was asked answered."""
        self._work.update(seek_passing, {"id": passing.id}, used_at=self._work.now)

    def withdraw(self, passing_id: int) -> None:
        """Take an asking back: its code is good for nothing. It stays counted."""
        self._work.update(seek_passing, {"id": passing_id, "branch_id": self._work.branch_id}, code_hash=None)

    async def end_for(self, sought: MemberId) -> None:
        """End what is open for a member who came themselves."""
        where = (seek_passing.c.branch_id == self._work.branch_id, seek_passing.c.sought_id == sought)
        await self._work.change(update(seek_passing).where(*where, seek_passing.c.used_at.is_(None)).values(used_at=self._work.now))

    async def forget_before(self, at: datetime) -> None:
        """Drop what was said before a moment."""
        await self._work.change(delete(seek_passing).where(seek_passing.c.branch_id == self._work.branch_id, seek_passing.c.at < at))
