"""What is on its way to people: written in the transaction of its cause, sent outside of any, erased once sent.

States: `waiting` (to be sent, or to be sent again after a change), `sending` (handed to the platform), `sent`, `held` (until a
consent), `digest` (until the month's one message), `away` (until the person is back from where there is no signal), `unaddressed`
(the person cannot be reached on any platform yet), `awaiting` (the platform lets nothing in until somebody writes there), `failed`
(given up), `uncertain` (it may have arrived, and is not repeated on a guess: see `storage.doubts`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, delete, func, not_, null, or_, select, true, update

from storage.keys import BranchId, ChatKey, MemberId, OutboxId
from storage.lookups import Keyed, Lists
from storage.records import changed
from storage.tables import outbox
from storage.work import Work

STATES = frozenset({"waiting", "sending", "sent", "held", "digest", "away", "unaddressed", "failed", "uncertain", "awaiting"})
"""Every state there is; `zhibu verify` finds any other."""
ONCE = "once:"
"""How the slots begin that are taken once: such a letter keeps its own wherever it goes, so that it can be taken back anywhere."""
BUDGET = "budget"
"""The error of a letter that waits for room only."""
PUT_OFF = "put off a little"
"""The error of a letter that waits for a moment taken at random."""
WAITS = "waits until somebody writes there"
"""The error of a letter that waits, or waited, until somebody writes in its chat."""
_UNNUMBERED = OutboxId(0)
_ON_THE_WAY = ("waiting", "sending", "sent")
ERASED: Mapping[str, Any] = {"content": None, "picture": None, "file": None}


@dataclass(frozen=True, slots=True)
class Letter:
    """One row of the outbox. `content` is the message as plain data (see `bot.services.posting`)."""

    id: OutboxId
    branch_id: BranchId | None
    chat: ChatKey | None
    kind: str
    member_id: MemberId | None
    priority: int
    slot: str | None
    content: dict[str, Any] | None
    picture: bytes | None
    file: bytes | None
    language: str
    state: str
    version: int
    attempts: int
    not_before: datetime
    retry_at: datetime | None
    created_at: datetime
    sent_at: datetime | None
    message_id: str | None
    error: str | None
    once: bool = False
    """About money, or unasked: never repeated on a guess."""
    good_until: datetime | None = None
    """What was not sent by then is stale and not sent any more."""
    doubts: int = 0
    """Tries that may have arrived without our knowing. A letter that was sent with some may be there twice."""
    cause: str | None = None
    matter: str = ""
    day: date | None = None
    """The day in Beijing on which it takes people's attention unasked; None for an answer."""
    mark: bool = False
    """A reaction or a deletion."""


@dataclass(frozen=True, slots=True)
class Told:
    """That a member was written to unasked."""

    member_id: MemberId
    at: datetime
    day: date


_FIELDS = tuple("platform" if name == "chat" else name for name in Letter.__dataclass_fields__)
_CHAT = _FIELDS.index("platform")
_places = [outbox.c.keys().index(name) for name in (*_FIELDS, "instance", "chat_id")]
_picked = itemgetter(*_places)
"""By place and not by name, since that is the greater part of what a letter costs to read."""


def letter_of(row: Any) -> Letter:
    """The letter of a row that begins with all columns of the table."""
    *values, instance, chat_id = _picked(row)
    platform = values[_CHAT]
    values[_CHAT] = ChatKey(platform, instance, chat_id) if platform else None
    return Letter(*values)


_OUTBOX_OF_SLOT: Keyed[tuple[BranchId, str], Letter] = Keyed(select(outbox), [outbox.c.branch_id, outbox.c.slot], letter_of)


_UNASKED: Keyed[BranchId, Told] = Keyed(
    select(outbox.c.member_id, outbox.c.created_at, outbox.c.day).where(
        outbox.c.kind == "private", outbox.c.day.is_not(None), outbox.c.state.in_(_ON_THE_WAY)
    ),
    [outbox.c.branch_id],
    lambda row: Told(row.member_id, row.created_at, row.day),
)

_PLANNED: Keyed[BranchId, Letter] = Keyed(
    select(outbox).where(outbox.c.kind == "group", outbox.c.day.is_not(None), outbox.c.state.in_(_ON_THE_WAY)).order_by(outbox.c.id),
    [outbox.c.branch_id],
    letter_of,
)


class Outbox:
    """The letters of this branch, and answers to strangers; see `storage.dispatch` for how they are sent."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._of_slot: Lists[tuple[BranchId, str], Letter] = Lists(work, _OUTBOX_OF_SLOT, kept=True)
        self._unasked: Lists[BranchId, Told] = Lists(work, _UNASKED)
        self._planned: Lists[BranchId, Letter] = Lists(work, _PLANNED, kept=True)

    def add(self, chat: ChatKey | None, **values: Any) -> None:
        """Queue a letter. Fields as in `Letter`; without a chat it waits for its member to be reachable."""
        address = chat._asdict() if chat else {"platform": None, "instance": None, "chat_id": None}
        content = values.get("content") or {}
        # Every letter names the same fields in the same order: then they are written, and numbered, in the order in which they were said.
        usual: dict[str, Any] = {
            **address,
            "state": "waiting" if chat else "unaddressed",
            "slot": None,
            "picture": None,
            "file": None,
            "member_id": None,
            "not_before": self._work.now,
            "good_until": None,
            "cause": self._work.cause,
            "day": None,
            "once": False,
            "matter": self._work.matter,
            "mark": any(each in content for each in ("reaction", "remove", "admission")),
            "content": None,
            "kind": "",
            "priority": 0,
            "language": "",
        }
        row = {**usual, **values}
        self._work.insert(outbox, **row, branch_id=self._work.entered, created_at=self._work.now)
        if row["slot"] is not None and self._work.entered is not None:
            key = (self._work.entered, row["slot"])
            if chat is None:
                self._of_slot.drop(key)
            elif self._of_slot.knows(key):
                self._of_slot.put(key, (*(self._of_slot.known(key) or ()), _unnumbered(chat, row)))
        if row["day"] is not None and self._work.entered is not None:
            self._planned.drop(self._work.entered)
        self._note_unasked(row)

    def _note_unasked(self, row: Mapping[str, Any]) -> None:
        """Keep what is known of the unasked letters right."""
        branch = self._work.entered
        if branch is None or row["day"] is None or row["state"] != "waiting" or row["member_id"] is None:
            return
        if self._unasked.knows(branch):
            self._unasked.put(branch, (*(self._unasked.known(branch) or ()), Told(row["member_id"], self._work.now, row["day"])))

    async def prefetch_slots(self, slots: Iterable[tuple[BranchId, str]]) -> None:
        """Fetch the letters of several slots of branches, in every chat, by one statement."""
        await self._of_slot.prefetch(slots)

    async def in_slot(self, chat: ChatKey, slot: str) -> Letter | None:
        """The branch's letter of a slot in a chat."""
        key = (self._work.branch_id, slot)
        found = await self._at(chat, key)
        if found is not None and found.id == _UNNUMBERED:
            self._of_slot.drop(key)
            found = await self._at(chat, key)
        return found

    async def _at(self, chat: ChatKey, key: tuple[BranchId, str]) -> Letter | None:
        return next((each for each in await self._of_slot.all(key) if each.chat == chat), None)

    async def in_slots(self, slot: str) -> list[Letter]:
        """The branch's letters of a slot and of those under it (`slot:…`), in every chat, the oldest first."""
        named = or_(outbox.c.slot == slot, outbox.c.slot.startswith(f"{slot}:", autoescape=True))
        where = (outbox.c.branch_id == self._work.branch_id, named)
        return [letter_of(row) for row in await self._work.rows(select(outbox).where(*where).order_by(outbox.c.id))]

    async def slot_of(self, chat: ChatKey, message_id: str) -> str | None:
        """The slot whose letter became a message of a chat."""
        where = (outbox.c.branch_id == self._work.branch_id, *at_chat(chat), outbox.c.message_id == message_id, outbox.c.slot.is_not(None))
        rows = await self._work.rows(select(outbox.c.slot).where(*where))
        return rows[0].slot if rows else None

    async def planned(self, since: date) -> list[Letter]:
        """What this branch's groups were or will be told unasked from a day on, what is sent without its words."""
        return [each for each in await self._planned.all(self._work.branch_id) if each.day is not None and each.day >= since]

    async def prefetch_planned(self, branches: Iterable[BranchId]) -> None:
        """Fetch by one statement what `planned` tells of several branches."""
        await self._planned.prefetch(branches)

    async def told_unasked(self, member_id: MemberId, since: date) -> list[datetime]:
        """When a member was written to unasked from a day on; learnt for the whole branch by one statement."""
        told = await self._unasked.all(self._work.branch_id)
        return [each.at for each in told if each.member_id == member_id and each.day >= since]

    async def rename_slot(self, letter: Letter, slot: str) -> None:
        """Let a letter's slot be taken by another."""
        await self._work.change(update(outbox).where(outbox.c.id == letter.id).values(slot=slot))

    async def leave_slot(self, slot: str) -> None:
        """Let every letter of the branch leave a slot for one of its own under it, so that it can be taken anew."""
        named = outbox.c.slot + ":" + cast(outbox.c.id, String)
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.slot == slot)
        await self._work.change(update(outbox).where(*where).values(slot=named))

    async def drop_unsent(self, slot: str, member_id: MemberId | None = None) -> None:
        """Take out what no platform has had yet of a slot and of those under it; of one member, if given."""
        named = or_(outbox.c.slot == slot, outbox.c.slot.startswith(f"{slot}:", autoescape=True))
        unsent = and_(outbox.c.message_id.is_(None), outbox.c.state.not_in(["sending", "sent"]))
        whose = true() if member_id is None else outbox.c.member_id == member_id
        await self._work.change(delete(outbox).where(outbox.c.branch_id == self._work.branch_id, named, unsent, whose))

    async def replace(self, letter: Letter, content: dict[str, Any], not_before: datetime) -> None:
        """Change what a slot's letter says: an unsent one is overwritten, a sent one edited."""
        values: dict[str, Any] = {
            "content": content,
            "not_before": not_before,
            "version": letter.version + 1,
            "attempts": 0,
            "retry_at": None,
            "cause": self._work.cause,
        }
        kept = {"sending", "held", "digest", "away", "awaiting", *(["uncertain"] if letter.once else [])}
        values["state"] = letter.state if letter.state in kept else "waiting"
        self._work.update(outbox, {"id": letter.id}, **values)
        if letter.day is not None:
            self._planned.drop(self._work.branch_id)
        key = (self._work.branch_id, letter.slot or "")
        others = self._of_slot.known(key)
        if others is not None:
            self._of_slot.put(key, tuple(changed(each, **values) if each.id == letter.id else each for each in others))

    async def address(self, member_id: MemberId, chat: ChatKey, state: str) -> int:
        """Turn what waited for a member to the chat they now have; answers how many letters."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id, outbox.c.state == "unaddressed")
        return await self._work.change(update(outbox).where(*where).values(**chat._asdict(), state=state, not_before=self._work.now))

    async def release(self, member_id: MemberId) -> None:
        """Let go what was held until a member's consent."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id, outbox.c.state == "held")
        await self._work.change(update(outbox).where(*where).values(state="waiting", not_before=self._work.now))

    async def drop_on(self, member_id: MemberId, platforms: Collection[str]) -> None:
        """Take out what is unsent to a member on some platforms, whatever it waits for, and what was sent there and could be edited."""
        await self._drop(outbox.c.member_id == member_id, outbox.c.platform.in_(platforms))

    async def kept_back(self, state: str) -> Sequence[Letter]:
        """What this branch keeps back in a state, `held` (for a consent), `digest` (for the month's) or `away`, the oldest first."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.state == state)
        return [letter_of(row) for row in await self._work.rows(select(outbox).where(*where).order_by(outbox.c.id))]

    async def undigest(self, member_id: MemberId) -> int:
        """Let go what waited for a member's digest; answers how many letters."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id, outbox.c.state == "digest")
        return await self._work.change(update(outbox).where(*where).values(state="waiting"))

    async def set_aside(self, member_id: MemberId, priority: int) -> None:
        """Let what is unsent to a member, from a priority on, wait for their return; an edit of what they have goes its way."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id, outbox.c.state == "waiting")
        new = (outbox.c.priority >= priority, outbox.c.message_id.is_(None), outbox.c.kind == "private")
        await self._work.change(update(outbox).where(*where, *new).values(state="away"))

    async def let_go(self, member_ids: Collection[MemberId]) -> None:
        """Send one by one what waited for the return of some members."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.member_id.in_(member_ids), outbox.c.state == "away")
        await self._work.change(update(outbox).where(*where).values(state="waiting"))

    async def unsent_to(self, member_id: MemberId) -> int:
        """How many letters to a member are kept that have not been sent."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id, outbox.c.state != "sent")
        return int((await self._work.rows(select(func.count()).select_from(outbox).where(*where)))[0][0])

    async def drop(self, letters: Sequence[Letter]) -> None:
        """Take letters out: they were merged into another."""
        await self._work.change(delete(outbox).where(outbox.c.id.in_([each.id for each in letters])))

    async def readdress(self, member_id: MemberId, keep: ChatKey | None = None) -> None:
        """Take what is unsent to a member away from the chats it was for, perhaps but one; it waits until they write again.

        What was sent there stays as it is: no edit follows it, and an edit that was on its way is not said anew.
        """
        lost = [outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id]
        if keep is not None:
            lost.append(not_(and_(*at_chat(keep))))
        await self._leave(lost)

    async def leave(self, member_id: MemberId, chat: ChatKey) -> None:
        """The same for what is unsent to a member in one chat that is no longer theirs."""
        await self._leave([outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id, *at_chat(chat)])

    async def _leave(self, lost: Sequence[ColumnElement[bool]]) -> None:
        await self._work.change(delete(outbox).where(*lost, outbox.c.slot.is_not(None), outbox.c.message_id.is_not(None)))
        away = {"platform": None, "instance": None, "chat_id": None, "message_id": None}
        kept = case((outbox.c.slot.startswith(ONCE), outbox.c.slot), else_=null())
        unsent = outbox.c.state.in_(["waiting", "awaiting", "held", "digest", "away"])
        await self._work.change(update(outbox).where(*lost, unsent).values(**away, slot=kept, state="unaddressed"))

    async def drop_for(self, member_id: MemberId) -> None:
        """Take out everything unsent to a member, and what was sent and could be edited."""
        await self._drop(outbox.c.member_id == member_id)

    async def drop_answers(self, member_id: MemberId, priority: int) -> None:
        """Take out what is unsent to a member at an urgency: answers, which may repeat what they have now had deleted."""
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.member_id == member_id, outbox.c.priority == priority)
        await self._work.change(delete(outbox).where(*where, outbox.c.state != "sent"))

    async def drop_in(self, chat: ChatKey) -> None:
        """Take out what is unsent for a chat that is no longer this branch's, and what was sent and could be edited."""
        await self._drop(*at_chat(chat))

    async def _drop(self, *which: ColumnElement[bool]) -> None:
        open_to_change = or_(outbox.c.state != "sent", outbox.c.slot.is_not(None))
        await self._work.change(delete(outbox).where(outbox.c.branch_id == self._work.branch_id, *which, open_to_change))

    async def undelivered(self, due_since: datetime | None = None) -> list[Letter]:
        """What failed, may have failed, or waits for somebody who cannot be reached, the newest first; and what is due since a moment."""
        kept: ColumnElement[bool] = outbox.c.state.in_(["failed", "uncertain", "unaddressed", "held", "awaiting"])
        if due_since is not None:
            new = (outbox.c.message_id.is_(None), outbox.c.mark.is_(False))
            kept = or_(kept, and_(outbox.c.state == "waiting", outbox.c.not_before <= due_since, *new))
        where = (outbox.c.branch_id == self._work.branch_id, kept)
        return [letter_of(row) for row in await self._work.rows(select(outbox).where(*where).order_by(outbox.c.id.desc()))]

    async def count_awaiting(self, before: datetime, *, beside: str) -> int:
        """How many letters of this branch, made before a moment and good still, nobody has let in; none of those whose slot begins so."""
        good = or_(outbox.c.good_until.is_(None), outbox.c.good_until >= self._work.now)
        counted = or_(outbox.c.slot.is_(None), not_(outbox.c.slot.startswith(beside, autoescape=True)))
        where = (outbox.c.branch_id == self._work.branch_id, outbox.c.state == "awaiting", outbox.c.created_at < before)
        return int((await self._work.rows(select(func.count()).select_from(outbox).where(*where, good, counted)))[0][0])

    async def forget_before(self, at: datetime, slots_at: datetime) -> None:
        """Drop letters older than a moment, answers to strangers too; what was sent in a slot, and may yet be edited, than another."""
        age = func.coalesce(outbox.c.sent_at, outbox.c.created_at)
        editable = and_(outbox.c.state == "sent", outbox.c.slot.is_not(None))
        await self._work.change(
            delete(outbox).where(
                or_(outbox.c.branch_id == self._work.branch_id, outbox.c.branch_id.is_(None)),
                or_(
                    and_(outbox.c.state.in_(["sent", "failed", "uncertain", "unaddressed", "held", "awaiting"]), not_(editable), age < at),
                    and_(editable, age < slots_at),
                    outbox.c.created_at < slots_at,
                ),
            )
        )


def at_chat(chat: ChatKey) -> tuple[Any, ...]:
    """The condition that a letter is for a chat."""
    return (outbox.c.platform == chat.platform, outbox.c.instance == chat.instance, outbox.c.chat_id == chat.chat_id)


def _unnumbered(chat: ChatKey, row: Mapping[str, Any]) -> Letter:
    """A letter that was collected and has no number yet; where that is needed it is read anew."""
    blank = dict.fromkeys(Letter.__dataclass_fields__)
    return Letter(**{**blank, "id": _UNNUMBERED, "chat": chat, "slot": row["slot"]})
