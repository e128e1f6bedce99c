"""The outbox as delivery sees it: claiming the next letters of all branches, and noting what became of each."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, delete, func, literal_column, or_, select, text, type_coerce, update

from storage.keys import BranchId, ChatKey, OutboxId
from storage.lookups import Keyed, Lists
from storage.outbox import ERASED, ONCE, PUT_OFF, WAITS, Letter, at_chat, letter_of
from storage.tables import chat, outbox
from storage.work import Work


class Due(NamedTuple):
    """A letter that may be sent, as far as its moment goes. One that is not `ready` waits for its next try."""

    id: OutboxId
    priority: int
    branch_id: BranchId | None
    chat_id: str
    ready: bool
    mark: bool


class Spent(NamedTuple):
    """Something that was sent; `version` counts how often it was changed since it was first said; a `mark` perhaps costs nothing."""

    chat: ChatKey
    kind: str
    at: datetime
    version: int
    mark: bool


class Merged(NamedTuple):
    """A letter with the `content` that it has together with others. Those in a slot are `kept`, so that a later word finds them said."""

    letter: Letter
    others: Sequence[Letter]
    content: dict[str, Any]
    kept: bool


_WAITING = text("outbox.state = 'waiting'")
"""In these very words, so that SQLite uses the index of what waits; as a condition of its own it would be compared with 1."""

_due_since = literal_column("+outbox.not_before", outbox.c.not_before.type)
"""A number all the same, but no reason for SQLite to go by an index in which what waits is not in its order."""


def _served() -> tuple[ColumnElement[bool], ...]:
    """That a letter goes through an account, in words that keep both databases from going by an index of accounts."""
    names = ("platform", "instance")
    return tuple(func.coalesce(literal_column(f"outbox.{name}", outbox.c[name].type), "") == bindparam(name) for name in names)


_PLACE = (outbox.c.platform == bindparam("platform"), outbox.c.instance == bindparam("instance"))
_NOW = bindparam("now", type_=outbox.c.not_before.type)
_READY = type_coerce(or_(outbox.c.retry_at.is_(None), outbox.c.retry_at <= _NOW), Integer)
_NEXT = (
    select(outbox.c.id, outbox.c.priority, outbox.c.branch_id, outbox.c.chat_id, _READY, type_coerce(outbox.c.mark, Integer))
    .where(*_PLACE, _WAITING, _due_since <= _NOW)
    .where(outbox.c.chat_id.not_in(select(outbox.c.chat_id).where(*_served(), outbox.c.state == "sending")))
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("number", type_=Integer))
)
_TAKEN: Keyed[OutboxId, Letter] = Keyed(select(outbox), [outbox.c.id], letter_of)


def _later(*, named: bool) -> Select[Any]:
    """The first moments to come. `named`: by which index, for SQLite, which would look at all that waits for the second."""
    found = []
    for column, index in ((outbox.c.not_before, "ix_outbox_state_not_before"), (outbox.c.retry_at, "ix_outbox_retry_at")):
        moment = literal_column(f"outbox.{column.name}", column.type)
        where = text(f"outbox INDEXED BY {index}" if named else "outbox")
        first = select(moment).select_from(where).where(_WAITING, *_served(), moment > _NOW).order_by(moment).limit(1)
        found.append(first.scalar_subquery())
    return select(*found)


_LATER = {"sqlite": _later(named=True), "postgresql": _later(named=False)}
"""Made once: delivery asks at every turn."""


def _in_chat(state: str) -> Keyed[ChatKey, OutboxId]:
    place = [outbox.c.platform, outbox.c.instance, outbox.c.chat_id]
    return Keyed(select(outbox.c.id).where(literal_column("outbox.state") == literal_column(f"'{state}'")), place, lambda row: row.id)


_AWAITING, _UNDER_WAY = _in_chat("awaiting"), _in_chat("sending")


class Dispatch:
    """Letters on their way. Crosses branches: delivery serves all."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._awaiting: Lists[ChatKey, OutboxId] = Lists(work, _AWAITING, kept=True)
        self._under_way: Lists[ChatKey, OutboxId] = Lists(work, _UNDER_WAY, kept=True)

    async def due(self, account: tuple[str, str], number: int, beside: Collection[str] = ()) -> list[Due]:
        """The next letters through an account by urgency and age, so many at most; none of a chat with one under way or `beside`."""
        statement = _NEXT.where(outbox.c.chat_id.not_in(beside)) if beside else _NEXT
        bound = {"platform": account[0], "instance": account[1], "now": self._work.now, "number": number}
        return [Due._make(row) for row in await self._work.rows(statement, bound)]

    async def take(self, ids: Sequence[OutboxId], later: Callable[[Letter], datetime | None] = lambda _: None) -> list[Letter]:
        """Letters by their ids, which become such as are being sent with what is collected: the writer lets nobody come between.

        Those for which `later` knows a moment are put off until then and not answered.
        """
        if not ids:
            return []
        statement, wanted = _TAKEN.asked(self._work.dialect, ids)
        letters = [letter_of(row) for row in await self._work.rows(statement, {"wanted": wanted})]
        taken = []
        for letter in letters:
            if (until := later(letter)) is not None:
                self._work.update(outbox, {"id": letter.id}, retry_at=until, error=PUT_OFF)
            else:
                self._work.update(outbox, {"id": letter.id}, state="sending", claimed_by=self._work.process)
                if letter.chat is not None:
                    self._under_way.drop(letter.chat)
                taken.append(letter)
            self._changed(letter)
        return taken

    def _changed(self, letter: Letter) -> None:
        """Let what is known of a letter's slot or day be asked for anew."""
        if letter.slot is not None or letter.day is not None:
            self._work.forget("outbox", {"branch_id": letter.branch_id, "slot": letter.slot, "id": letter.id})

    async def let_go(self, in_hand: Collection[OutboxId]) -> None:
        """What this process has taken and does not have `in_hand` waits again; nothing of it has been sent."""
        mine = (outbox.c.state == "sending", outbox.c.claimed_by == self._work.process)
        await self._work.change(update(outbox).where(*mine, outbox.c.id.not_in(in_hand)).values(state="waiting"))

    async def next_due(self, served: Collection[tuple[str, str]]) -> datetime | None:
        """When a letter that has to wait may be tried next; nothing is said of those that may go now."""
        accounts = [{"platform": platform, "instance": instance, "now": self._work.now} for platform, instance in served]
        moments = [
            moment for account in accounts for row in await self._work.rows(_LATER[self._work.dialect.name], account) for moment in row
        ]
        return min((each for each in moments if each is not None), default=None)

    async def mark_sent(self, letter: Letter, message_id: str) -> None:
        """It arrived; its words are erased, unless it was changed meanwhile and has to go again."""
        done = {"sent_at": self._work.now, "message_id": message_id, "retry_at": None, "error": None}
        if letter.slot is None:  # nobody finds it to change it
            self._work.update(outbox, {"id": letter.id}, **done, **ERASED, state="sent")
        else:
            self._work.update(outbox, {"id": letter.id}, **done, state="waiting")
            self._work.update(outbox, {"id": letter.id, "version": letter.version}, **ERASED, state="sent")
        self._changed(letter)

    async def put_back(self, letter: Letter, retry_at: datetime, error: str, *, attempts: int, anew: bool = False) -> None:
        """It did not arrive; try again at a later moment, `anew` if the message to be edited is gone."""
        values: dict[str, Any] = {"state": "waiting", "retry_at": retry_at, "attempts": attempts, "error": error}
        if anew:
            values["message_id"] = None
        await self._work.change(update(outbox).where(outbox.c.id == letter.id).values(**values))

    async def give_up(self, letter: Letter, error: str, state: str = "failed") -> bool:
        """It will not arrive, or not before the person writes again (`unaddressed`).

        False if it was changed while it was being sent: what it says now is tried for itself.
        """
        values: dict[str, Any] = {"state": state, "error": error, "retry_at": None}
        if state == "unaddressed":
            kept = letter.slot if (letter.slot or "").startswith(ONCE) else None
            values |= {"platform": None, "instance": None, "chat_id": None, "message_id": None, "slot": kept}
        same = and_(outbox.c.id == letter.id, outbox.c.version == letter.version)
        if await self._work.change(update(outbox).where(same).values(**values)):
            return True
        await self.put_back(letter, self._work.now, error, attempts=0)
        return False

    async def awaits(self, chat: ChatKey) -> bool:
        """Whether something waits until somebody writes in a chat, or is about to find out that it has to."""
        return bool(await self._awaiting.all(chat)) or bool(await self._under_way.all(chat))

    async def prefetch_awaiting(self, chats: Collection[ChatKey]) -> None:
        """Fetch by two statements whether something waits in several chats."""
        await self._awaiting.prefetch(chats)
        await self._under_way.prefetch(chats)

    async def close(self, letter: Letter) -> None:
        """A letter found its chat closed: it waits until somebody writes there, and with it all that is due there.

        Where somebody wrote while it was under way (see `open`) it is tried again.
        """
        values: dict[str, Any] = {"state": "awaiting", "error": WAITS, "retry_at": None}
        same = and_(outbox.c.id == letter.id, outbox.c.version == letter.version, outbox.c.retry_at.is_not_distinct_from(letter.retry_at))
        if not await self._work.change(update(outbox).where(same).values(**values)):
            await self.put_back(letter, self._work.now, WAITS, attempts=letter.attempts)
        elif letter.chat is not None:
            due = (outbox.c.state == "waiting", outbox.c.mark.is_(False), outbox.c.not_before <= self._work.now)
            await self._work.change(update(outbox).where(*at_chat(letter.chat), *due).values(**values))

    async def open(self, chat: ChatKey) -> None:
        """Let go what waited until somebody writes in a chat, and drop what is stale by now.

        What is under way there, and may be turned away for what was so a moment ago, bears a moment to be tried again.
        """
        waits = (*at_chat(chat), outbox.c.state == "awaiting")
        stale = (outbox.c.good_until < self._work.now, outbox.c.message_id.is_(None))
        await self._work.change(delete(outbox).where(*waits, *stale))
        await self._work.change(update(outbox).where(*waits).values(state="waiting", retry_at=None, attempts=0))
        await self._work.change(update(outbox).where(*at_chat(chat), outbox.c.state == "sending").values(retry_at=self._work.now))

    async def postpone(self, letter: Letter, not_before: datetime) -> None:
        """It may not go yet; until then it holds up nothing else of its chat."""
        await self._work.change(update(outbox).where(outbox.c.id == letter.id).values(state="waiting", not_before=not_before))

    async def drop(self, letter: Letter) -> None:
        """It is not needed any more, unless it was changed while it was being sent."""
        same = and_(outbox.c.id == letter.id, outbox.c.version == letter.version)
        if not await self._work.change(delete(outbox).where(same)):
            await self.put_back(letter, self._work.now, "changed", attempts=0)

    async def sent_since(self, at: datetime) -> list[Spent]:
        """What was sent after a moment, the oldest first, and what was under way when its process ended, as if now."""
        under_way = outbox.c.state == "sending"
        where = (outbox.c.chat_id.is_not(None), or_(under_way, outbox.c.sent_at > at))
        names = ("platform", "instance", "chat_id", "kind", "sent_at", "version", "mark")
        columns = [outbox.c[name] for name in names]
        rows = await self._work.rows(select(*columns, type_coerce(under_way, Integer).label("open")).where(*where))
        now = self._work.now
        found = [
            Spent(ChatKey(row.platform, row.instance, row.chat_id), row.kind, now if row.open else row.sent_at, row.version, row.mark)
            for row in rows
        ]
        return sorted(found, key=lambda each: each.at)

    async def move(self, old: ChatKey, new_chat_id: str) -> None:
        """Follow a group to its new id, with what waits for it. Its messages have new ids there, so nothing of before can be edited."""
        new = ChatKey(old.platform, old.instance, new_chat_id)
        bound = (chat.c.platform == new.platform, chat.c.instance == new.instance)
        if await self._work.rows(select(chat.c.chat_id).where(*bound, chat.c.chat_id == new_chat_id)):
            await self._work.change(delete(chat).where(*bound, chat.c.chat_id == old.chat_id))
        else:
            await self._work.change(update(chat).where(*bound, chat.c.chat_id == old.chat_id).values(chat_id=new_chat_id))
        taken = select(outbox.c.slot).where(*at_chat(new), outbox.c.slot.is_not(None))
        await self._work.change(delete(outbox).where(*at_chat(old), outbox.c.slot.in_(taken)))
        await self._work.change(update(outbox).where(*at_chat(old)).values(chat_id=new_chat_id, message_id=None))

    async def waiting(self, ids: Sequence[OutboxId]) -> list[Letter]:
        """Letters by their ids, in their order, by one statement; they go on waiting."""
        if not ids:
            return []
        statement, wanted = _TAKEN.asked(self._work.dialect, ids)
        return sorted((letter_of(row) for row in await self._work.rows(statement, {"wanted": wanted})), key=lambda each: each.id)

    def merge(self, merged: Sequence[Merged]) -> None:
        """Letters take the words of others that followed them, with what is collected, so that many cost as few statements as one."""
        said = {**ERASED, "state": "sent", "sent_at": self._work.now, "message_id": "", "error": None}
        gone = []
        for each in merged:
            self._work.update(outbox, {"id": each.letter.id}, content=each.content)
            for other in each.others:
                self._changed(other)
                if each.kept and other.slot is not None:
                    self._work.update(outbox, {"id": other.id}, **said)
                else:
                    gone.append(other.id)
        for number in gone:
            self._work.delete(outbox, {"id": number})
