"""Erasing, and the list of what was erased: numbers and kinds only. What is on the list can be erased again after a restore."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Column, ColumnElement, Date, Table, and_, delete, select, tuple_, update

from storage.columns import moment_of, whole
from storage.keys import BranchId, MemberId
from storage.records import fields
from storage.tables import account, check_in, deed, inbox, member, outbox, place, transcript, visitor
from storage.tables_aid import skill
from storage.tables_away import departure
from storage.tables_erased import tombstone
from storage.tables_learning import daily_question, reflection, review_card, study_time
from storage.tables_register import register, register_change
from storage.tables_study import lesson_seen
from storage.work import Work

MEMBER, OWN, PLACE, CHECK_IN, STUDY, REFLECTION, CONTACT = "member", "own", "place", "check_in", "study", "reflection", "contact"
WHAT = frozenset({MEMBER, OWN, PLACE, CHECK_IN, STUDY, REFLECTION, CONTACT})

_Rows = Sequence[tuple[Table, Column[Any]]]
_KINDS: dict[str, _Rows] = {
    PLACE: ((place, place.c.confirmed_at),),
    CHECK_IN: ((check_in, check_in.c.at),),
    STUDY: (
        (lesson_seen, lesson_seen.c.seen_at),
        (review_card, review_card.c.answered_on),
        (daily_question, daily_question.c.since),
        (study_time, study_time.c.at),
    ),
}
_KINDS[OWN] = (
    *(each for rows in _KINDS.values() for each in rows),
    (reflection, reflection.c.at),
    (skill, skill.c.at),
    (departure, departure.c.at),
)
_FIELDS = {OWN: ("reason", "employer", "phone", "hometown", "note", "left_on", "left_to"), CONTACT: ("phone",)}
"""What of the register goes with a kind: what is about a person's life and not about their membership."""
_SETTINGS = ("quiet_from", "quiet_to", "zone", "language", "matter", "away_since", "away_until")


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Something was erased. `what` is a kind of this module."""

    branch_id: BranchId
    member_id: MemberId
    what: str
    at: datetime


class Tombstones:
    """What was erased. Crosses branches: a restore is of all of them."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, members: Iterable[MemberId], what: str, at: datetime | None = None) -> None:
        """Note that something of some members of this branch was erased now; `at`: of what moment it was, where only that one was."""
        for each in members:
            self._put(Tombstone(self._work.branch_id, each, what, at or whole(self._work.now)))

    def _put(self, stone: Tombstone) -> None:
        self._work.insert(tombstone, id=self._work.new_id(), **asdict(stone))

    async def of(self, member_id: MemberId) -> list[Tombstone]:
        """What a member of this branch erased of theirs, the oldest first."""
        where = (tombstone.c.branch_id == self._work.branch_id, tombstone.c.member_id == member_id)
        rows = await self._work.rows(select(tombstone).where(*where).order_by(tombstone.c.at, tombstone.c.id))
        return [fields(Tombstone)(row) for row in rows]

    async def all(self) -> list[Tombstone]:
        """Everything on the list, the oldest first."""
        return [fields(Tombstone)(row) for row in await self._work.rows(select(tombstone).order_by(tombstone.c.at, tombstone.c.id))]

    async def take_over(self, stones: Iterable[Tombstone]) -> list[Tombstone]:
        """Put on the list what is missing on it; answers that, the oldest first."""
        missing = sorted(set(stones) - set(await self.all()), key=lambda stone: stone.at)
        for each in missing:
            self._put(each)
        return missing

    async def members_here(self, stones: Iterable[Tombstone]) -> list[tuple[BranchId, MemberId]]:
        """Which of those who were erased are here (again)."""
        gone = {(each.branch_id, each.member_id) for each in stones if each.what == MEMBER}
        found = await self._work.rows(select(member.c.branch_id, member.c.id))
        return sorted((BranchId(row.branch_id), MemberId(row.id)) for row in found if (row.branch_id, row.id) in gone)

    async def erase_members(self, members: Collection[MemberId]) -> None:
        """Erase members of this branch with all that hangs on them, and what else knows their accounts."""
        if not members:
            return
        where = (account.c.branch_id == self._work.branch_id, account.c.member_id.in_(members))
        rows = await self._work.rows(
            select(account.c.platform, account.c.instance, account.c.user_id, account.c.private_chat).where(*where)
        )
        people = [(row.platform, row.instance, row.user_id) for row in rows]
        chats = {(row.platform, row.instance, each) for row in rows for each in (row.private_chat, row.user_id) if each}
        if people:
            named = tuple_(visitor.c.platform, visitor.c.instance, visitor.c.user_id)
            await self._work.change(delete(visitor).where(named.in_(people)))
            letters = tuple_(outbox.c.platform, outbox.c.instance, outbox.c.chat_id)
            await self._work.change(delete(outbox).where(letters.in_(sorted(chats)), outbox.c.kind == "private"))
            await self._work.change(delete(inbox).where(inbox.c.chat.in_(sorted(":".join(each) for each in chats))))
            await self._work.change(delete(transcript).where(transcript.c.chat_id.in_(sorted({each for _, _, each in chats}))))
        await self._work.change(delete(member).where(member.c.branch_id == self._work.branch_id, member.c.id.in_(members)))

    async def erase(self, stone: Tombstone) -> None:
        """Erase of a member what is older than the stone and of its kind (any but `MEMBER`); of reflections the one of its moment."""
        if stone.what == REFLECTION:
            await self._work.change(delete(reflection).where(reflection.c.member_id == stone.member_id, reflection.c.at == stone.at))
            return
        for table, column in _KINDS.get(stone.what, ()):
            await self._work.change(delete(table).where(table.c.member_id == stone.member_id, _older(column, stone.at)))
        if stone.what in {CHECK_IN, OWN}:
            seen = and_(member.c.id == stone.member_id, member.c.last_check_in <= stone.at.date())
            await self._work.change(update(member).where(seen).values(last_check_in=None))
        if stone.what in _FIELDS:
            await self._erase_fields(stone, _FIELDS[stone.what])
        if stone.what == OWN:
            await self._erase_own(stone)

    async def _erase_fields(self, stone: Tombstone, names: Sequence[str]) -> None:
        """Blank fields of the register that were not said anew since, and what their history says."""
        changes = (register_change.c.member_id == stone.member_id, register_change.c.at > stone.at)
        since = {row.field for row in await self._work.rows(select(register_change.c.field).where(*changes))}
        gone = [each for each in names if _ROUGH.get(each, each) not in since]
        if gone:
            blank = update(register).where(register.c.member_id == stone.member_id).values(**dict.fromkeys(gone))
            await self._work.change(blank)
        history = (
            register_change.c.member_id == stone.member_id,
            register_change.c.field.in_(names),
            register_change.c.at <= stone.at,
        )
        await self._work.change(delete(register_change).where(*history))
        drafts = update(departure).where(departure.c.member_id == stone.member_id, departure.c.step_at <= stone.at)
        await self._work.change(drafts.values(phone=""))

    async def _erase_own(self, stone: Tombstone) -> None:
        await self._work.change(delete(deed).where(deed.c.member_id == stone.member_id, deed.c.at <= stone.at))
        theirs = await self._work.rows(select(account.c.private_chat).where(account.c.member_id == stone.member_id))
        chats = {row.private_chat for row in theirs if row.private_chat}
        # The browser chat's own record of what they and the bot said to each other; other platforms keep theirs themselves.
        await self._work.change(delete(transcript).where(transcript.c.chat_id.in_(sorted(chats)), transcript.c.at <= stone.at))
        plain = {**dict.fromkeys(_SETTINGS), "text_only": False}
        await self._work.change(update(member).where(member.c.id == stone.member_id).values(**plain))


_ROUGH = {"left_to": "left_on", "joined_to": "joined_on"}
"""How exact a day is, which has no history of its own: it goes with its day."""


def _older(column: Column[Any], at: datetime) -> ColumnElement[bool]:
    return column <= (at.date() if isinstance(column.type, Date) else at)


def in_file(path: Path) -> list[Tombstone]:
    """The list of a database that nothing here has opened; empty if it has none or cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=5)) as connection:
            rows = connection.execute("SELECT branch_id, member_id, what, at FROM tombstone").fetchall()
    except sqlite3.Error:
        return []
    return [Tombstone(BranchId(branch), MemberId(who), what, moment_of(at)) for branch, who, what, at in rows]
