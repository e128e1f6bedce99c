"""Branches, their members and the roles these hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, delete, func, or_, select

from storage.keys import BranchId, MemberId, UnitId
from storage.lookups import Keyed, Lists, Lookup
from storage.records import changed, fields
from storage.tables import branch, member, role
from storage.units import Unit, insert_unit
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch (支部)."""

    id: BranchId
    name: str
    latin: str
    language: str | None
    created_at: datetime


_BRANCHES: Keyed[BranchId, Branch] = Keyed(select(branch), [branch.c.id], fields(Branch))


class Branches:
    """The branches of this deployment. Crosses branches by nature."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[BranchId, Branch] = Lookup(work, _BRANCHES, kept=True)

    async def get(self, branch_id: BranchId) -> Branch:
        """A branch that is known to exist. Raises `LookupError` otherwise."""
        found = await self._lookup.get(branch_id)
        if found is None:
            raise LookupError(f"no branch {branch_id}")
        return found

    async def prefetch(self, keys: Iterable[BranchId]) -> None:
        """Fetch several by one statement."""
        await self._lookup.prefetch(keys)

    async def all(self) -> list[Branch]:
        """Every branch, by name."""
        return [fields(Branch)(row) for row in await self._work.rows(select(branch).order_by(branch.c.name))]

    async def ids(self) -> list[BranchId]:
        """The id of every branch."""
        return [BranchId(row.id) for row in await self._work.rows(select(branch.c.id).order_by(branch.c.id))]

    def add(self, name: str, latin: str) -> Branch:
        """Found a branch; it is a unit of the tree of organisations by itself."""
        made = Branch(BranchId(self._work.new_id()), name, latin, None, self._work.now)
        self._work.insert(branch, id=made.id, name=name, latin=latin, language=None, created_at=made.created_at)
        insert_unit(self._work, Unit(UnitId(made.id), None, "branch", name, latin, made.id, made.created_at))
        self._lookup.put(made.id, made)
        return made

    async def rename(self, branch_id: BranchId, name: str, latin: str) -> None:
        """Call a branch by another name."""
        renamed = changed(await self.get(branch_id), name=name, latin=latin)
        self._work.update(branch, {"id": branch_id}, name=name, latin=latin)
        self._lookup.put(branch_id, renamed)


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a branch. `roles` are role values."""

    id: MemberId
    branch_id: BranchId
    name: str
    latin: str
    removed_at: datetime | None
    heard_at: datetime | None
    last_check_in: date | None
    language: str | None
    quiet_from: int | None
    quiet_to: int | None
    zone: str | None
    digest: bool
    matter: str | None = None
    away_since: datetime | None = None
    away_until: date | None = None
    text_only: bool = False
    roles: frozenset[str] = frozenset()


_PLAIN = itemgetter(*(name for name in Member.__dataclass_fields__ if name != "roles"))


def _member(row: Any) -> Member:
    return Member(*_PLAIN(row._mapping))  # noqa: SLF001  the documented mapping of a row


_MEMBERS: Keyed[MemberId, Member] = Keyed(select(member), [member.c.id], _member)
_MEMBERS_ROLES: Keyed[MemberId, str] = Keyed(select(role.c.role), [role.c.member_id], lambda row: str(row.role))


class Members:
    """The members of the entered branch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[MemberId, Member] = Lookup(work, _MEMBERS, kept=True)
        self._whole: dict[MemberId, tuple[Member, tuple[str, ...], Member]] = {}
        """Members with their roles, as last put together of the two lookups."""
        self._roles: Lists[MemberId, str] = Lists(work, _MEMBERS_ROLES, kept=True)

    async def get(self, member_id: MemberId) -> Member | None:
        """A member with their roles, present or removed; None if there is none in this branch."""
        last = self._whole.get(member_id)
        if last is None or last[0] is not self._lookup.known(member_id) or last[1] is not self._roles.known(member_id):
            found = await self._lookup.get(member_id)
            if found is None:
                return None
            await self._roles.prefetch([member_id])
            roles = self._roles.known(member_id) or ()
            last = self._whole[member_id] = (found, roles, changed(found, roles=frozenset(roles)))
        return last[2] if last[2].branch_id == self._work.branch_id else None

    async def prefetch(self, keys: Iterable[MemberId]) -> None:
        """Fetch several members, and their roles, by one statement each."""
        wanted = list(keys)
        await self._lookup.prefetch(wanted)
        await self._roles.prefetch(wanted)

    async def roles_since(self, member_id: MemberId) -> dict[str, datetime]:
        """The roles of a member, and since when they hold each."""
        where = (role.c.branch_id == self._work.branch_id, role.c.member_id == member_id)
        return {row.role: row.since for row in await self._work.rows(select(role).where(*where).order_by(role.c.role))}

    async def since_when(self) -> list[datetime]:
        """Since when each present member has had the role they have had longest: when they came."""
        listed = select(func.min(role.c.since).label("at")).join(member, member.c.id == role.c.member_id)
        where = (member.c.branch_id == self._work.branch_id, member.c.removed_at.is_(None))
        return [row.at for row in await self._work.rows(listed.where(*where).group_by(role.c.member_id))]

    async def present(self) -> list[Member]:
        """Everybody of the branch, by id of the alphabet (latin name), with roles."""
        return await self._listed(member.c.removed_at.is_(None))

    async def named(self, name: str) -> list[Member]:
        """Present members of a name, in characters or in latin letters."""
        return await self._listed(and_(member.c.removed_at.is_(None), _named(name)))

    async def removed_named(self, name: str, after: datetime) -> list[Member]:
        """Members of a name, in characters or in latin letters, who were removed after a moment; the last removed first."""
        return sorted(await self._listed(and_(member.c.removed_at > after, _named(name))), key=_removed, reverse=True)

    async def holding(self, wanted: str) -> list[Member]:
        """Present members who hold a role."""
        held = select(role.c.member_id).where(role.c.branch_id == self._work.branch_id, role.c.role == wanted)
        return await self._listed(and_(member.c.removed_at.is_(None), member.c.id.in_(held)))

    async def away_before(self, at: datetime) -> list[Member]:
        """Present members who have been away since before a moment."""
        return await self._listed(and_(member.c.removed_at.is_(None), member.c.away_since <= at))

    async def count(self) -> int:
        """How many members are present."""
        rows = await self._work.rows(
            select(func.count()).select_from(member).where(member.c.branch_id == self._work.branch_id, member.c.removed_at.is_(None))
        )
        return int(rows[0][0])

    async def _listed(self, condition: Any) -> list[Member]:
        where = and_(member.c.branch_id == self._work.branch_id, condition)
        people = [_member(row) for row in await self._work.rows(select(member).where(where).order_by(member.c.latin, member.c.id))]
        rows = (
            await self._work.rows(select(role.c.member_id, role.c.role).where(role.c.branch_id == self._work.branch_id)) if people else []
        )
        held: dict[int, set[str]] = {}
        for row in rows:
            held.setdefault(row.member_id, set()).add(row.role)
        for person in people:
            self._lookup.put(person.id, person)
            self._roles.put(person.id, tuple(held.get(person.id, ())))
        return [changed(person, roles=frozenset(held.get(person.id, ()))) for person in people]

    def add(self, name: str, latin: str, roles: Sequence[str]) -> Member:
        """Take somebody in."""
        made = Member(
            id=MemberId(self._work.new_id()),
            branch_id=self._work.branch_id,
            name=name,
            latin=latin,
            removed_at=None,
            heard_at=None,
            last_check_in=None,
            language=None,
            quiet_from=None,
            quiet_to=None,
            zone=None,
            digest=False,
            roles=frozenset(roles),
        )
        self._work.insert(member, id=made.id, branch_id=made.branch_id, name=name, latin=latin)
        self._lookup.put(made.id, made)
        self._roles.put(made.id, tuple(made.roles))
        for each in roles:
            self._work.insert(role, member_id=made.id, role=each, branch_id=made.branch_id, since=self._work.now)
        return made

    async def change(self, member_id: MemberId, **values: Any) -> None:
        """Change fields of a member."""
        self._work.update(member, {"id": member_id, "branch_id": self._work.branch_id}, **values)
        if "removed_at" in values:
            self._work.forget("account")  # it is known with each binding
        known = await self._lookup.get(member_id)
        if known is not None:
            self._lookup.put(member_id, changed(known, **values))

    async def appoint(self, member_id: MemberId, given: str) -> None:
        """Give a role."""
        self._work.upsert(
            role, ["member_id", "role"], member_id=member_id, role=given, branch_id=self._work.branch_id, since=self._work.now
        )
        self._roles.put(member_id, (*await self._roles.all(member_id), given))

    async def dismiss(self, member_id: MemberId, taken: str) -> None:
        """Take a role."""
        self._roles.put(member_id, tuple(each for each in await self._roles.all(member_id) if each != taken))
        self._work.delete(role, {"member_id": member_id, "role": taken, "branch_id": self._work.branch_id})

    async def removed_before(self, at: datetime) -> list[MemberId]:
        """Who was removed before a moment and is still kept."""
        gone = (member.c.removed_at.is_not(None), member.c.removed_at < at)
        return [
            MemberId(row.id) for row in await self._work.rows(select(member.c.id).where(member.c.branch_id == self._work.branch_id, *gone))
        ]

    async def erase_removed_before(self, at: datetime) -> None:
        """Erase, with all that hangs on them, members who were removed before a moment."""
        await self._work.change(
            delete(member).where(member.c.branch_id == self._work.branch_id, member.c.removed_at.is_not(None), member.c.removed_at < at)
        )


def _named(name: str) -> Any:
    words = name.strip()
    return or_(member.c.name == words, func.lower(member.c.latin) == words.lower())


def _removed(person: Member) -> float:
    return person.removed_at.timestamp() if person.removed_at else 0.0
