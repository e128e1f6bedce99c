"""Events that were acted upon, so that a platform that repeats itself is not obeyed twice. Never a text."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from storage.keys import ChatKey, EventKey
from storage.lookups import Keyed, Lookup
from storage.tables import inbox
from storage.work import Work

_INBOX: Keyed[str, str] = Keyed(select(inbox.c.state), [inbox.c.key], lambda row: str(row.state))


class Inbox:
    """Keys of events. Crosses branches: an event is known before its branch is."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[str, str] = Lookup(work, _INBOX, kept=True)

    async def seen(self, key: str) -> bool:
        """Whether the event was acted upon before."""
        return await self._lookup.get(key) is not None

    async def prefetch(self, keys: Iterable[str]) -> None:
        """Fetch several by one statement."""
        await self._lookup.prefetch(keys)

    async def of_chat(self, chat: ChatKey, since: datetime, most: int) -> list[tuple[EventKey, datetime]]:
        """The newest events of a chat that were acted upon since a moment, the newest first."""
        wanted = select(inbox.c.key, inbox.c.at).where(inbox.c.chat == ":".join(chat), inbox.c.at >= since)
        rows = await self._work.rows(wanted.order_by(inbox.c.at.desc(), inbox.c.key).limit(most))
        return [(EventKey(row.key), row.at) for row in rows]

    def note(self, key: EventKey, chat: ChatKey, state: str = "done", error: str | None = None) -> None:
        """Remember an event by its key, its chat, the time and how it ended."""
        self._work.insert(inbox, key=key, chat=":".join(chat), at=self._work.now, state=state, error=error)
        self._lookup.put(key, state)

    async def forget_before(self, at: datetime) -> None:
        """Drop keys that no platform will repeat any more."""
        await self._work.change(delete(inbox).where(inbox.c.at < at))
