"""The register of members: what is kept of each, and what was changed when and by whom. What is sealed is opened only when read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Row, Select, select, union

from storage.columns import metadata
from storage.keys import BranchId, MemberId
from storage.lookups import Keyed, OfBranch
from storage.records import changed
from storage.tables_register import register, register_change
from storage.vault import Vault
from storage.work import Work

SEALED = frozenset({"employer", "phone", "note"})
"""Columns of the register whose words are sealed. Of the history both values always are."""


CARDS = frozenset({"", "none", "held"})
RELATIONS = frozenset({"here", "moving", "elsewhere"})


_OWN = frozenset({"register", "register_change", "role"})
"""Tables in which everybody who is imported has something."""


@cache
def _hanging() -> list[Column[Any]]:
    """The columns of all other tables that point to a member."""
    every = (column for table in metadata.sorted_tables if table.name not in _OWN for column in table.c)
    return [column for column in every if any(key.column.table.name == "member" for key in column.foreign_keys)]


class Letter(NamedTuple):
    """Sealed words: where they stand and how they are opened."""

    vault: Vault
    table: str
    column: str
    row: int
    sealed: str

    def opened(self) -> str:
        """The words. Raises `storage.vault.KeyLost`."""
        return self.vault.open(self.table, self.column, self.row, self.sealed)


def _opened(letter: Letter | None) -> str | None:
    return None if letter is None else letter.opened()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of a member; None where nothing is. `employer`, `phone` and `note` are opened at each reading."""

    member_id: MemberId
    reason: str | None = None
    left_on: date | None = None
    left_to: str | None = None
    hometown: int | None = None
    joined_on: date | None = None
    joined_to: str | None = None
    probation_until: date | None = None
    card: str | None = None
    card_until: date | None = None
    home_branch: str | None = None
    host_branch: str | None = None
    relation: str | None = None
    confirmed_on: date | None = None
    found_on: date | None = None
    books_on: date | None = None
    life_on: date | None = None
    sealed_employer: Letter | None = None
    sealed_phone: Letter | None = None
    sealed_note: Letter | None = None

    @property
    def employer(self) -> str | None:
        """Whom they work for. Raises `storage.vault.KeyLost`."""
        return _opened(self.sealed_employer)

    @property
    def phone(self) -> str | None:
        """Their telephone. Raises `storage.vault.KeyLost`."""
        return _opened(self.sealed_phone)

    @property
    def note(self) -> str | None:
        """A note of the branch. Raises `storage.vault.KeyLost`."""
        return _opened(self.sealed_note)

    def holds(self, column: str) -> bool:
        """Whether something is kept in a column, without opening it."""
        value = getattr(self, f"sealed_{column}" if column in SEALED else column)
        return value is not None and value != ""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a column, by whom and how. `before` and `after` are opened at each reading; None where there was nothing."""

    id: int
    member_id: MemberId
    field: str
    at: datetime
    by: MemberId | None
    how: str
    batch: int | None
    sealed_before: Letter | None
    sealed_after: Letter | None

    @property
    def before(self) -> str | None:
        """What stood there, as text: days as YYYY-MM-DD. Raises `storage.vault.KeyLost`."""
        return _opened(self.sealed_before)

    @property
    def after(self) -> str | None:
        """What stands there since. Raises `storage.vault.KeyLost`."""
        return _opened(self.sealed_after)


class _Kept(NamedTuple):
    """A row as it stands: nothing opened."""

    values: Mapping[str, Any]


def _values(row: Row[Any]) -> Mapping[str, Any]:
    return dict(row._mapping)  # noqa: SLF001  the documented mapping of a row


def _kept(row: Row[Any]) -> _Kept:
    return _Kept(_values(row))


_PLAIN = tuple(name for name in Entry.__dataclass_fields__ if not name.startswith("sealed_"))
_ENTRIES: Keyed[tuple[BranchId, MemberId], _Kept] = Keyed(select(register), [register.c.branch_id, register.c.member_id], _kept)


class Register:
    """The register of this branch's members."""

    def __init__(self, work: Work, vault: Vault) -> None:
        self._work = work
        self._vault = vault
        self._lookup: OfBranch[MemberId, _Kept] = OfBranch(work, _ENTRIES)
        self._written: dict[MemberId, Entry] = {}

    async def of(self, member_id: MemberId) -> Entry:
        """A member's entry; an empty one where nothing is kept."""
        return (await self.of_many([member_id])).get(member_id) or Entry(member_id)

    async def of_many(self, members: Collection[MemberId]) -> dict[MemberId, Entry]:
        """The entries that there are of several members, by one statement."""
        found = await self._lookup.many(members)
        return {member_id: self._entry(kept.values) for member_id, kept in found.items()}

    async def all(self) -> dict[MemberId, Entry]:
        """Every entry of the branch, by one statement."""
        rows = await self._work.rows(select(register).where(register.c.branch_id == self._work.branch_id))
        return {MemberId(row.member_id): self._entry(_values(row)) for row in rows}

    def _entry(self, values: Mapping[str, Any]) -> Entry:
        letters: dict[str, Any] = {f"sealed_{name}": self._letter("register", name, values["member_id"], values[name]) for name in SEALED}
        return Entry(**{name: values[name] for name in _PLAIN}, **letters)

    def _letter(self, table: str, column: str, row: int, sealed: str | None) -> Letter | None:
        return Letter(self._vault, table, column, row, sealed) if sealed else None

    async def put(self, entry: Entry, values: Mapping[str, Any]) -> Entry:
        """Keep other values in some columns of an entry, as plain words; answers the entry as it is then."""
        # In one order, whatever the caller's: only writes of one shape go together.
        stored = {name: self._stored(name, entry.member_id, values[name]) for name in sorted(values)}
        self._work.upsert(register, ["member_id"], member_id=entry.member_id, branch_id=self._work.branch_id, **stored)
        letters = {f"sealed_{name}": self._letter("register", name, entry.member_id, stored[name]) for name in stored.keys() & SEALED}
        after = changed(entry, **{name: value for name, value in stored.items() if name not in SEALED}, **letters)
        self._lookup.put(entry.member_id, _Kept(_row(after)))
        return after

    def _stored(self, column: str, member_id: MemberId, value: Any) -> Any:
        if column not in SEALED or not value:
            return None if value == "" else value
        return self._vault.seal("register", column, member_id, value)

    def note(
        self, member_id: MemberId, field: str, before: str | None, after: str | None, *, by: MemberId | None, how: str, batch: int
    ) -> Change:
        """Add to the history what stood in a column before and what does after."""
        number = self._work.new_id()
        sealed = {
            name: None if words is None else self._vault.seal("register_change", name, number, words)
            for name, words in (("before", before), ("after", after))
        }
        values = {"id": number, "member_id": member_id, "field": field, "at": self._work.now, "by": by, "how": how, "batch": batch}
        self._work.insert(register_change, **values, **sealed, branch_id=self._work.branch_id)
        return self._change({**values, **sealed})

    def _change(self, values: Mapping[str, Any]) -> Change:
        letters = [self._letter("register_change", name, values["id"], values[name]) for name in ("before", "after")]
        return Change(*(values[name] for name in Change.__dataclass_fields__ if not name.startswith("sealed_")), *letters)

    async def changes(self, member_id: MemberId) -> list[Change]:
        """A member's history, the newest first."""
        return await self._changes(register_change.c.member_id == member_id)

    async def batch(self, batch: int) -> list[Change]:
        """What was changed together, the newest first."""
        return await self._changes(register_change.c.batch == batch)

    async def changed_since(self, at: datetime) -> set[tuple[MemberId, str]]:
        """Of whom which field was changed, or confirmed, after a moment."""
        where = (register_change.c.branch_id == self._work.branch_id, register_change.c.at > at)
        chosen = select(register_change.c.member_id, register_change.c.field).where(*where)
        return {(MemberId(row.member_id), row.field) for row in await self._work.rows(chosen.distinct())}

    async def first_named(self, batch: int) -> set[MemberId]:
        """Who was given a name by a batch and had none before: they came by it."""
        return {MemberId(row.member_id) for row in await self._work.rows(self._first_named(batch))}

    def _first_named(self, batch: int) -> Select[Any]:
        where = (register_change.c.branch_id == self._work.branch_id, register_change.c.batch == batch)
        return select(register_change.c.member_id).where(*where, register_change.c.field == "name", register_change.c.before.is_(None))

    async def touched_since(self, batch: int) -> set[MemberId]:
        """Of those who came by a batch, of whom anything else is kept: another change, an account, dues, who looks after them."""
        came = self._first_named(batch)
        others = [select(column.label("member_id")).where(column.in_(came)) for column in _hanging()]
        changed_again = select(register_change.c.member_id).where(register_change.c.batch != batch, register_change.c.member_id.in_(came))
        return {MemberId(row.member_id) for row in await self._work.rows(union(changed_again, *others))}

    async def _changes(self, condition: Any) -> list[Change]:
        listed = select(register_change).where(register_change.c.branch_id == self._work.branch_id, condition)
        rows: Sequence[Row[Any]] = await self._work.rows(listed.order_by(register_change.c.at.desc(), register_change.c.id.desc()))
        return [self._change(_values(row)) for row in rows]


def _row(entry: Entry) -> dict[str, Any]:
    letters = {name: getattr(entry, f"sealed_{name}") for name in SEALED}
    sealed = {name: letter.sealed if letter else None for name, letter in letters.items()}
    return {name: getattr(entry, name) for name in _PLAIN} | sealed
