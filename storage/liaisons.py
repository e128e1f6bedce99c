"""Who looks after whom, from when to when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select

from storage.keys import MemberId
from storage.records import changed, fields
from storage.tables import member
from storage.tables_care import care_prompt, care_wish, liaison
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody looks after a member; `ended_how` is moved, taken, declined or gone, and empty while it holds."""

    id: int
    member_id: MemberId
    liaison_id: MemberId | None
    since: datetime
    assigned_by: MemberId | None
    until: datetime | None = None
    ended_how: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member wants of being looked after; of a liaison also the month of their last list."""

    member_id: MemberId
    liaison: bool = True
    birthday: bool = True
    listed_in: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something that a member's liaison is told of on the next morning."""

    id: int
    member_id: MemberId
    kind: str


class Liaisons:
    """Who looks after whom in this branch."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def _of_branch(self, *where: ColumnElement[bool]) -> Select[Any]:
        return select(liaison).where(liaison.c.branch_id == self._work.branch_id, *where).order_by(liaison.c.since, liaison.c.id)

    async def current(self) -> list[Assignment]:
        """What holds now of members who are present, the oldest first."""
        present = select(member.c.id).where(member.c.branch_id == self._work.branch_id, member.c.removed_at.is_(None))
        return await self._listed(self._of_branch(liaison.c.until.is_(None), liaison.c.member_id.in_(present)))

    async def of(self, member_id: MemberId) -> list[Assignment]:
        """Who has looked after a member, the oldest first."""
        return await self._listed(self._of_branch(liaison.c.member_id == member_id))

    async def by(self, liaison_id: MemberId) -> list[Assignment]:
        """Whom somebody has looked after, the oldest first."""
        return await self._listed(self._of_branch(liaison.c.liaison_id == liaison_id))

    async def get_many(self, ids: Collection[int]) -> list[Assignment]:
        """Assignments by their ids."""
        return await self._listed(self._of_branch(liaison.c.id.in_(ids))) if ids else []

    async def declined(self, since: datetime) -> set[tuple[MemberId, MemberId]]:
        """Members with liaisons to whom they said no since a moment."""
        found = await self._listed(self._of_branch(liaison.c.ended_how == "declined", liaison.c.until >= since))
        return {(each.member_id, each.liaison_id) for each in found if each.liaison_id is not None}

    def assign(self, member_id: MemberId, liaison_id: MemberId, assigned_by: MemberId | None) -> Assignment:
        """From now on somebody looks after a member."""
        made = Assignment(self._work.new_id(), member_id, liaison_id, self._work.now, assigned_by)
        row = {name: getattr(made, name) for name in Assignment.__dataclass_fields__}
        self._work.insert(liaison, **row, branch_id=self._work.branch_id)
        return made

    def end(self, ended: Assignment, how: str) -> Assignment:
        """It holds no more."""
        self._change(ended.id, until=self._work.now, ended_how=how)
        return changed(ended, until=self._work.now, ended_how=how)

    def reopen(self, which: int) -> None:
        """It holds again, as if it had not ended."""
        self._change(which, until=None, ended_how="")

    def remove(self, which: int) -> None:
        """It was assigned by mistake."""
        self._work.delete(liaison, {"id": which, "branch_id": self._work.branch_id})

    def _change(self, which: int, **values: Any) -> None:
        self._work.update(liaison, {"id": which, "branch_id": self._work.branch_id}, **values)

    async def wishes(self) -> dict[MemberId, Wish]:
        """What members want; whoever has said nothing is left out."""
        rows = await self._work.rows(select(care_wish).where(care_wish.c.branch_id == self._work.branch_id))
        return {MemberId(row.member_id): fields(Wish)(row) for row in rows}

    async def wish(self, member_id: MemberId) -> Wish:
        """What a member wants, or the usual."""
        where = (care_wish.c.branch_id == self._work.branch_id, care_wish.c.member_id == member_id)
        rows = await self._work.rows(select(care_wish).where(*where))
        return fields(Wish)(rows[0]) if rows else Wish(member_id)

    def want(self, wanted: Wish) -> None:
        """Replace what a member wants."""
        values = {name: getattr(wanted, name) for name in Wish.__dataclass_fields__}
        self._work.upsert(care_wish, ["member_id"], **values, branch_id=self._work.branch_id)

    async def prompts(self) -> list[Prompt]:
        """What liaisons have to be told of, the oldest first."""
        listed = select(care_prompt).where(care_prompt.c.branch_id == self._work.branch_id).order_by(care_prompt.c.at, care_prompt.c.id)
        return [fields(Prompt)(row) for row in await self._work.rows(listed)]

    def prompt(self, member_id: MemberId, kind: str) -> int:
        """Let a member's liaison be told of something on the next morning; answers its id."""
        made = self._work.new_id()
        self._work.insert(care_prompt, id=made, member_id=member_id, kind=kind, at=self._work.now, branch_id=self._work.branch_id)
        return made

    def unprompt(self, which: int) -> None:
        """It has been told, or is not to be."""
        self._work.delete(care_prompt, {"id": which, "branch_id": self._work.branch_id})

    async def forget_ended(self, before: datetime) -> None:
        """Erase what ended before a moment."""
        await self._work.change(delete(liaison).where(liaison.c.branch_id == self._work.branch_id, liaison.c.until < before))

    async def _listed(self, statement: Select[Any]) -> list[Assignment]:
        return [fields(Assignment)(row) for row in await self._work.rows(statement)]
