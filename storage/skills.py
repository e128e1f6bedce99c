"""What members offered in advance to help with, and about which kinds of appeals they do not want to be asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables import member
from storage.tables_aid import aid_mute, skill
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Skill:
    """Something a member can do for others, in normalised words."""

    id: int
    member_id: MemberId
    words: str
    at: datetime


class Skills:
    """The skills and mutes of this branch's members."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def of(self, member_id: MemberId) -> list[Skill]:
        """What a member offered, the oldest first."""
        where = (skill.c.branch_id == self._work.branch_id, skill.c.member_id == member_id)
        return [fields(Skill)(row) for row in await self._work.rows(select(skill).where(*where).order_by(skill.c.at, skill.c.words))]

    async def all(self) -> list[Skill]:
        """What all present members offered."""
        present = select(skill).join(member, member.c.id == skill.c.member_id)
        where = (skill.c.branch_id == self._work.branch_id, member.c.removed_at.is_(None))
        return [fields(Skill)(row) for row in await self._work.rows(present.where(*where).order_by(skill.c.at, skill.c.words))]

    def add(self, member_id: MemberId, words: str) -> None:
        """Note one more."""
        values = {"id": self._work.new_id(), "member_id": member_id, "words": words, "at": self._work.now}
        self._work.insert(skill, **values, branch_id=self._work.branch_id)

    async def remove(self, member_id: MemberId, words: str) -> int:
        """Forget one; answers how many there were."""
        where = (skill.c.branch_id == self._work.branch_id, skill.c.member_id == member_id, skill.c.words == words)
        return await self._work.change(delete(skill).where(*where))

    async def forget(self, member_id: MemberId) -> int:
        """Forget all of a member; answers how many there were."""
        return await self._work.change(delete(skill).where(skill.c.branch_id == self._work.branch_id, skill.c.member_id == member_id))

    def mute(self, member_id: MemberId, kind: str) -> None:
        """Note that a member is not to be asked about a kind of appeals."""
        key = ["member_id", "kind"]
        self._work.upsert(aid_mute, key, member_id=member_id, kind=kind, branch_id=self._work.branch_id, at=self._work.now)

    async def muted(self, kind: str) -> set[MemberId]:
        """Who is not to be asked about a kind."""
        where = (aid_mute.c.branch_id == self._work.branch_id, aid_mute.c.kind == kind)
        return {row.member_id for row in await self._work.rows(select(aid_mute.c.member_id).where(*where))}

    async def mutes_of(self, member_id: MemberId) -> list[str]:
        """The kinds about which a member is not to be asked."""
        where = (aid_mute.c.branch_id == self._work.branch_id, aid_mute.c.member_id == member_id)
        return [row.kind for row in await self._work.rows(select(aid_mute.c.kind).where(*where).order_by(aid_mute.c.kind))]

    async def unmute(self, member_id: MemberId) -> int:
        """Let a member be asked about every kind again; answers how many were muted."""
        where = (aid_mute.c.branch_id == self._work.branch_id, aid_mute.c.member_id == member_id)
        return await self._work.change(delete(aid_mute).where(*where))
