"""The tree of organisations: units, what they were called and under whom, who organises what, who is in which party group.

It crosses branches by nature: a committee lies above several. It holds names of organisations, never anything about a member but
which offices and which group they have.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, update

from storage.keys import BranchId, MemberId, UnitId
from storage.records import changed, fields
from storage.tables import member
from storage.tables_units import unit, unit_change, unit_member, unit_office
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `kind` is committee, general_branch, branch or group, `branch_id` the branch that it is or lies in."""

    id: UnitId
    parent_id: UnitId | None
    kind: str
    name: str
    latin: str
    branch_id: BranchId | None
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """What a unit was called, and under whom, from a moment to another; `until` is empty for what holds now."""

    id: int
    unit_id: UnitId
    parent_id: UnitId | None
    name: str
    latin: str
    since: datetime
    until: datetime | None


class Units:
    """All units of this deployment."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def get(self, unit_id: UnitId) -> Unit | None:
        """A unit, living or closed."""
        return next(iter(await self._listed(unit.c.id == unit_id)), None)

    async def living(self) -> list[Unit]:
        """Every unit that is not closed, by name."""
        return await self._listed(unit.c.until.is_(None))

    async def at(self, moment: datetime) -> list[Unit]:
        """The units as they were at a moment: their names and parents of then, by name."""
        kept = and_(unit_change.c.since <= moment, or_(unit_change.c.until.is_(None), unit_change.c.until > moment))
        columns = (unit.c.id, unit_change.c.parent_id, unit.c.kind, unit_change.c.name, unit_change.c.latin)
        joined = select(*columns, unit.c.branch_id, unit.c.since, unit.c.until).join(unit_change, unit_change.c.unit_id == unit.c.id)
        return await self._records(joined.where(kept).order_by(unit_change.c.latin, unit_change.c.name, unit.c.id))

    async def stages(self, unit_id: UnitId) -> list[Stage]:
        """What a unit was called and under whom, the oldest first."""
        listed = select(unit_change).where(unit_change.c.unit_id == unit_id).order_by(unit_change.c.since, unit_change.c.id)
        return [fields(Stage)(row) for row in await self._work.rows(listed)]

    async def groups(self, branch: BranchId) -> list[Unit]:
        """The living party groups of a branch, in the order in which they were made."""
        where = (unit.c.kind == "group", unit.c.branch_id == branch, unit.c.until.is_(None))
        return await self._records(select(unit).where(*where).order_by(unit.c.since, unit.c.id))

    def add(self, kind: str, name: str, latin: str, parent: UnitId | None, branch: BranchId | None = None) -> Unit:
        """Make a unit. The unit of a branch is made with the branch (`Branches.add`)."""
        made = Unit(UnitId(self._work.new_id()), parent, kind, name, latin, branch, self._work.now)
        insert_unit(self._work, made)
        return made

    async def change(self, current: Unit, **values: Any) -> Unit:
        """Rename or move a unit: what it was until now is kept."""
        now = changed(current, **values)
        self._work.update(unit, {"id": now.id}, **values)
        await self._end_stage(now.id)
        _begin_stage(self._work, now)
        return now

    async def close(self, closed: Unit) -> None:
        """End a unit; its history stays."""
        self._work.update(unit, {"id": closed.id}, until=self._work.now)
        await self._end_stage(closed.id)

    def reopen(self, closed: Unit) -> None:
        """It was closed by mistake."""
        self._work.update(unit, {"id": closed.id}, until=None)
        _begin_stage(self._work, closed)

    async def _end_stage(self, unit_id: UnitId) -> None:
        """End what held until now; what began at this very moment never held."""
        current = (unit_change.c.unit_id == unit_id, unit_change.c.until.is_(None))
        await self._work.change(update(unit_change).where(*current).values(until=self._work.now))

    # ---- who organises what

    async def organised_by(self, member_id: MemberId) -> list[UnitId]:
        """The units that a member is organiser of."""
        listed = select(unit_office.c.unit_id).where(unit_office.c.member_id == member_id).order_by(unit_office.c.since)
        return [UnitId(row.unit_id) for row in await self._work.rows(listed)]

    def appoint(self, member_id: MemberId, branch: BranchId, unit_id: UnitId) -> None:
        """Make a member of a branch organiser of a unit."""
        values = {"member_id": member_id, "unit_id": unit_id, "branch_id": branch, "since": self._work.now}
        self._work.upsert(unit_office, ["member_id", "unit_id"], **values)

    def dismiss(self, member_id: MemberId, unit_id: UnitId) -> None:
        """Take that office."""
        self._work.delete(unit_office, {"member_id": member_id, "unit_id": unit_id})

    # ---- who is in which party group

    async def group_of(self, member_id: MemberId) -> UnitId | None:
        """The party group of a member."""
        rows = await self._work.rows(select(unit_member.c.unit_id).where(unit_member.c.member_id == member_id))
        return UnitId(rows[0].unit_id) if rows else None

    async def grouped(self, branch: BranchId) -> dict[MemberId, UnitId]:
        """The party group of everybody in a branch who has one and is present."""
        listed = select(unit_member.c.member_id, unit_member.c.unit_id).join(member, member.c.id == unit_member.c.member_id)
        rows = await self._work.rows(listed.where(unit_member.c.branch_id == branch, member.c.removed_at.is_(None)))
        return {MemberId(row.member_id): UnitId(row.unit_id) for row in rows}

    def put(self, members: Collection[MemberId], branch: BranchId, unit_id: UnitId) -> None:
        """Put members of a branch into a group, each out of the one they were in."""
        for each in members:
            values = {"member_id": each, "unit_id": unit_id, "branch_id": branch, "since": self._work.now}
            self._work.upsert(unit_member, ["member_id"], **values)

    def take(self, members: Collection[MemberId]) -> None:
        """Take members out of their groups."""
        for each in members:
            self._work.delete(unit_member, {"member_id": each})

    async def _listed(self, condition: Any) -> list[Unit]:
        return await self._records(select(unit).where(condition).order_by(unit.c.latin, unit.c.name, unit.c.id))

    async def _records(self, statement: Select[Any]) -> list[Unit]:
        return [fields(Unit)(row) for row in await self._work.rows(statement)]


def insert_unit(work: Work, made: Unit) -> None:
    """Write a new unit and the beginning of its history."""
    work.insert(unit, **{name: getattr(made, name) for name in Unit.__dataclass_fields__})
    _begin_stage(work, made)


def _begin_stage(work: Work, now: Unit) -> None:
    values = {"parent_id": now.parent_id, "name": now.name, "latin": now.latin, "since": work.now, "until": None}
    work.insert(unit_change, id=work.new_id(), unit_id=now.id, **values)
