"""Which group chat is which branch's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from storage.keys import BranchId, ChatKey
from storage.lookups import Keyed, Lists, Lookup
from storage.tables import chat
from storage.work import Work

_KEY = [chat.c.platform, chat.c.instance, chat.c.chat_id]


@dataclass(frozen=True, slots=True)
class Group:
    """A bound group chat."""

    key: ChatKey
    branch_id: BranchId
    title: str
    spared: frozenset[str] = frozenset()
    """Kinds of matters that are not posted there; everything else is."""


def _group(row: Any) -> Group:
    return Group(ChatKey(row.platform, row.instance, row.chat_id), row.branch_id, row.title, frozenset(row.spared.split()))


_CHATS: Keyed[ChatKey, Group] = Keyed(select(chat), _KEY, _group)
_CHATS_OF: Keyed[BranchId, Group] = Keyed(select(chat).order_by(chat.c.bound_at, *_KEY), [chat.c.branch_id], _group)


class Chats:
    """Group chats. Finding one by its key crosses branches: only it tells the branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[ChatKey, Group] = Lookup(work, _CHATS, kept=True)
        self._of: Lists[BranchId, Group] = Lists(work, _CHATS_OF, kept=True)

    async def get(self, key: ChatKey) -> Group | None:
        """The binding of a group, or None."""
        return await self._lookup.get(key)

    async def prefetch(self, keys: Iterable[ChatKey]) -> None:
        """Fetch several by one statement."""
        await self._lookup.prefetch(keys)

    async def of_branch(self) -> list[Group]:
        """The groups of this branch, the oldest first."""
        return list(await self._of.all(self._work.branch_id))

    async def prefetch_of(self, branches: Iterable[BranchId]) -> None:
        """Fetch the groups of several branches by one statement."""
        await self._of.prefetch(branches)

    def bind(self, key: ChatKey, title: str) -> None:
        """Make a group this branch's."""
        values = {**key._asdict(), "branch_id": self._work.branch_id, "title": title, "bound_at": self._work.now, "spared": ""}
        self._work.upsert(chat, ["platform", "instance", "chat_id"], **values)
        self._lookup.put(key, Group(key, self._work.branch_id, title))
        self._of.forget()

    def spare(self, group: Group, matters: frozenset[str]) -> None:
        """Post some kinds of matters no longer in a group, and all others."""
        self._work.update(chat, group.key._asdict(), spared=" ".join(sorted(matters)))
        self._lookup.put(group.key, replace(group, spared=matters))
        self._of.forget()

    def unbind(self, key: ChatKey) -> None:
        """Let a group go."""
        self._work.delete(chat, {**key._asdict(), "branch_id": self._work.branch_id})
        self._lookup.put(key, None)
        self._of.forget()
