"""Which account on which platform is which person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.keys import AccountKey, BranchId, ChatKey, MemberId
from storage.lookups import Keyed, Lists, Lookup
from storage.records import changed
from storage.tables import account, member
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Account:
    """A bound account."""

    key: AccountKey
    branch_id: BranchId
    member_id: MemberId
    private_chat: str | None
    introduced_at: datetime | None
    pointed_at: datetime | None
    bound_at: datetime
    used_at: datetime
    removed: bool = False
    """The person was removed; the binding is kept for 恢复, and gives nothing."""

    @property
    def chat(self) -> ChatKey | None:
        """The private chat, once it is known."""
        return ChatKey(self.key.platform, self.key.instance, self.private_chat) if self.private_chat else None


_JOINED = select(account, member.c.removed_at).join(member, member.c.id == account.c.member_id)
_NEWEST = (account.c.used_at.desc(), account.c.platform, account.c.instance, account.c.user_id)


def _account(row: Any) -> Account:
    return Account(
        AccountKey(row.platform, row.instance, row.user_id),
        row.branch_id,
        row.member_id,
        row.private_chat,
        row.introduced_at,
        row.pointed_at,
        row.bound_at,
        row.used_at,
        row.removed_at is not None,
    )


_ACCOUNTS: Keyed[AccountKey, Account] = Keyed(_JOINED, [account.c.platform, account.c.instance, account.c.user_id], _account)
_ACCOUNTS_OF: Keyed[MemberId, Account] = Keyed(_JOINED.order_by(*_NEWEST), [account.c.member_id], _account)


class Accounts:
    """Bindings. Finding one by its account crosses branches: only it tells the branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[AccountKey, Account] = Lookup(work, _ACCOUNTS, kept=True)
        self._of: Lists[MemberId, Account] = Lists(work, _ACCOUNTS_OF)

    async def get(self, key: AccountKey) -> Account | None:
        """The binding of an account, or None."""
        return await self._lookup.get(key)

    async def prefetch(self, keys: Iterable[AccountKey]) -> None:
        """Fetch several by one statement."""
        await self._lookup.prefetch(keys)

    async def of(self, member_id: MemberId) -> list[Account]:
        """The accounts of a member of this branch, the last used first."""
        found = [each for each in await self._of.all(member_id) if each.branch_id == self._work.branch_id]
        for each in found:
            self._lookup.put(each.key, each)
        return found

    async def prefetch_of(self, members: Iterable[MemberId]) -> None:
        """Fetch the accounts of several members by one statement."""
        await self._of.prefetch(members)

    async def of_branch(self) -> list[Account]:
        """All accounts of this branch, the last used first."""
        of_branch = _JOINED.where(account.c.branch_id == self._work.branch_id).order_by(*_NEWEST)
        found = [_account(row) for row in await self._work.rows(of_branch)]
        for each in found:
            self._lookup.put(each.key, each)
        return found

    def bind(self, key: AccountKey, member_id: MemberId, private_chat: str | None) -> Account:
        """Bind an account to a member of this branch; an account is one person's only."""
        now = self._work.now
        made = Account(key, self._work.branch_id, member_id, private_chat, None, None, now, now)
        self._work.upsert(
            account,
            ["platform", "instance", "user_id"],
            **key._asdict(),
            branch_id=made.branch_id,
            member_id=member_id,
            private_chat=private_chat,
            introduced_at=None,
            pointed_at=None,
            bound_at=now,
            used_at=now,
        )
        self._lookup.put(key, made)
        self._of.forget()
        return made

    async def change(self, key: AccountKey, **values: Any) -> None:
        """Change fields of a binding."""
        self._work.update(account, key._asdict(), **values)
        self._of.forget()
        known = await self._lookup.get(key)
        if known is not None:
            self._lookup.put(key, changed(known, **values))

    def unbind(self, key: AccountKey) -> None:
        """Revoke one account of a member of this branch."""
        self._lookup.put(key, None)
        self._work.delete(account, {**key._asdict(), "branch_id": self._work.branch_id})
        self._of.forget()

    async def unbind_all(self, member_id: MemberId, keep: AccountKey | None = None) -> int:
        """Revoke every account of a member, perhaps but one; answers how many that were."""
        revoked = [each.key for each in await self.of(member_id) if each.key != keep]
        for key in revoked:
            self._lookup.put(key, None)
            self._work.delete(account, {**key._asdict(), "branch_id": self._work.branch_id})
        self._of.forget()
        return len(revoked)
