"""One-time links into the browser chat and the sessions they open, kept only as hashes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.keys import BranchId, MemberId
from storage.records import fields
from storage.tables import link
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a session of a member."""

    branch_id: BranchId
    member_id: MemberId
    kind: str
    expires_at: datetime


class Links:
    """Links and sessions. Finding one crosses branches: only the token decides."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def get(self, token_hash: str, kind: str) -> Link | None:
        """What a token stands for, if it is still good."""
        rows = await self._work.rows(
            select(link).where(link.c.token_hash == token_hash, link.c.kind == kind, link.c.expires_at > self._work.now)
        )
        return fields(Link)(rows[0]) if rows else None

    async def of(self, member_id: MemberId) -> list[Link]:
        """The links and sessions of a member that are still good, the longest lasting first."""
        mine = (link.c.branch_id == self._work.branch_id, link.c.member_id == member_id, link.c.expires_at > self._work.now)
        return [fields(Link)(row) for row in await self._work.rows(select(link).where(*mine).order_by(link.c.expires_at.desc()))]

    def add(self, token_hash: str, member_id: MemberId, kind: str, expires_at: datetime) -> None:
        """Issue a token to a member of this branch."""
        values = {"token_hash": token_hash, "member_id": member_id, "kind": kind, "expires_at": expires_at}
        self._work.insert(link, **values, branch_id=self._work.branch_id)

    async def spend(self, token_hash: str) -> bool:
        """Use a token up; False if somebody else did so a moment ago."""
        return await self._work.change(delete(link).where(link.c.token_hash == token_hash)) == 1

    async def withdraw(self, member_id: MemberId, kind: str) -> None:
        """End what a member has of one kind."""
        mine = (link.c.branch_id == self._work.branch_id, link.c.member_id == member_id, link.c.kind == kind)
        await self._work.change(delete(link).where(*mine))

    async def revoke(self, member_id: MemberId) -> None:
        """End every link and session of a member."""
        await self.revoke_many([member_id])

    async def revoke_many(self, members: Iterable[MemberId]) -> None:
        """End every link and session of several members."""
        await self._work.change(delete(link).where(link.c.member_id.in_(list(members))))

    async def forget_before(self, at: datetime) -> None:
        """Drop what expired before a moment."""
        await self._work.change(delete(link).where(link.c.branch_id == self._work.branch_id, link.c.expires_at < at))
