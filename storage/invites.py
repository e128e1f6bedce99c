"""One-time codes, kept only as hashes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.keys import BranchId, MemberId
from storage.lookups import Keyed, Lookup
from storage.records import fields
from storage.tables import invite
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Invite:
    """A code that binds whoever shows it to a member."""

    branch_id: BranchId
    member_id: MemberId
    expires_at: datetime
    used_at: datetime | None


_INVITES: Keyed[str, Invite] = Keyed(select(invite), [invite.c.code_hash], fields(Invite))


class Invites:
    """Codes. Finding one crosses branches: only the code decides."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[str, Invite] = Lookup(work, _INVITES)

    async def get(self, code_hash: str) -> Invite | None:
        """What a code stands for, used and expired ones too."""
        return await self._lookup.get(code_hash)

    async def open_for(self, member_id: MemberId) -> list[Invite]:
        """The codes that a member could still use; never the codes themselves."""
        mine = (invite.c.branch_id == self._work.branch_id, invite.c.member_id == member_id)
        rows = await self._work.rows(
            select(invite).where(*mine, invite.c.used_at.is_(None), invite.c.expires_at > self._work.now).order_by(invite.c.expires_at)
        )
        return [fields(Invite)(row) for row in rows]

    async def issue(self, code_hash: str, member_id: MemberId, expires_at: datetime) -> None:
        """Issue a code; earlier ones of the member end."""
        await self.revoke(member_id)
        self._insert(code_hash, member_id, expires_at)

    async def issue_many(self, codes: Mapping[MemberId, str], expires_at: datetime) -> None:
        """Issue a code, given by its hash, to each of several members; their earlier ones end."""
        await self.revoke_many(codes)
        for member_id, code_hash in codes.items():
            self._insert(code_hash, member_id, expires_at)

    def _insert(self, code_hash: str, member_id: MemberId, expires_at: datetime) -> None:
        values = {"branch_id": self._work.branch_id, "member_id": member_id, "expires_at": expires_at, "used_at": None}
        self._work.insert(invite, code_hash=code_hash, **values)

    async def revoke(self, member_id: MemberId) -> None:
        """End the unused codes of a member."""
        await self.revoke_many([member_id])

    async def revoke_many(self, members: Iterable[MemberId]) -> None:
        """End the unused codes of several members of this branch."""
        where = (invite.c.branch_id == self._work.branch_id, invite.c.member_id.in_(list(members)), invite.c.used_at.is_(None))
        await self._work.change(delete(invite).where(*where))

    def spend(self, code_hash: str) -> None:
        """Use a code up."""
        self._work.update(invite, {"code_hash": code_hash}, used_at=self._work.now)

    async def forget_before(self, at: datetime) -> None:
        """Drop codes that ended before a moment."""
        await self._work.change(delete(invite).where(invite.c.branch_id == self._work.branch_id, invite.c.expires_at < at))
