"""Keyed reads: each row is asked for once in a transaction, for one key or for many by the same statement."""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Dialect, Row, Select, Table, Text, bindparam, func

from storage import carried
from storage.keys import BranchId
from storage.work import Work

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


class Keyed(Generic[K, R]):
    """How rows are found by a key and made into records. Made once: building a statement costs more than running it."""

    def __init__(self, select: Select[Any], columns: Sequence[Column[Any]], record: Callable[[Row[Any]], R]) -> None:
        self.width = len(columns)
        self.record = record
        self.names = tuple(each.name for each in columns)
        self._columns = columns
        labelled = select.add_columns(*(each.label(f"k{number}") for number, each in enumerate(columns)))
        # SQLite looks through a whole table for one of several pairs, and uses the index for each row of a table-valued function.
        wanted = func.json_each(bindparam("wanted", type_=Text)).table_valued("value", name="wanted")
        parts = [wanted.c.value] if self.width == 1 else [func.json_extract(wanted.c.value, f"$[{at}]") for at in range(self.width)]
        self._joined = labelled.where(*(each == part for each, part in zip(columns, parts, strict=True)))
        given = carried.table({f"w{number}": each.type for number, each in enumerate(columns)}, "wanted")
        self._carried = labelled.where(*(each == part for each, part in zip(columns, given.c, strict=True)))
        self._wanted = tuple(given.c.keys())
        self._plain: dict[str, list[Callable[[Any], Any]]] = {}
        self.tables = frozenset(each.name for each in labelled.columns_clause_froms if isinstance(each, Table))

    def asked(self, dialect: Dialect, keys: Sequence[K]) -> tuple[Select[Any], Any]:
        """The statement for several keys, and what to bind."""
        plains = self._plain.get(dialect.name)
        if plains is None:
            plains = self._plain[dialect.name] = [_bound(each, dialect) for each in self._columns]
        listed: Sequence[Any] = [(key,) for key in keys] if self.width == 1 else keys
        rows: list[Sequence[Any]] = [[plain(part) for plain, part in zip(plains, key, strict=True)] for key in listed]
        statement, text = (self._carried, self._packed) if dialect.name == "postgresql" else (self._joined, self._listed)
        wanted = text(rows)
        return statement, text(carried.without_nul(rows)) if carried.may_hold_nul(wanted) else wanted

    def _packed(self, rows: list[Sequence[Any]]) -> str:
        return carried.packed(self._wanted, rows)

    def _listed(self, rows: list[Sequence[Any]]) -> str:
        return json.dumps([part for [part] in rows] if self.width == 1 else rows)


def _bound(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """How a value of a column is stored."""
    if dialect.name == "postgresql":
        return carried.bound(column.type, dialect) or _as_it_is
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


class Lookup(Generic[K, R]):
    """Rows by key, each asked for once a transaction; that there is none is remembered, too.

    What an errand wrote to its tables makes the next ones ask anew, unless it is `kept`: then whoever writes says so by `put`.
    `opened` opens what is sealed of a record; what is `put` is open.
    """

    def __init__(self, work: Work, keyed: Keyed[K, R], opened: Callable[[R], R] | None = None, *, kept: bool = False) -> None:
        self.kept = kept
        self.tables = keyed.tables
        self._work = work
        self._keyed = keyed
        self._opened = opened
        self._known: dict[K, R | None] = {}
        work.lookups.append(self)

    async def get(self, key: K) -> R | None:
        """The row of a key, or None."""
        if key not in self._known:
            await self.prefetch((key,))
        return self._known[key]

    async def many(self, keys: Iterable[K]) -> dict[K, R]:
        """The rows that there are of several keys."""
        wanted = list(keys)
        await self.prefetch(wanted)
        return {key: row for key in wanted if (row := self._known[key]) is not None}

    async def prefetch(self, keys: Iterable[K]) -> None:
        """Fetch what is not known yet by one statement."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._known]
        if not missing:
            return
        width, record = self._keyed.width, self._keyed.record
        statement, wanted = self._keyed.asked(self._work.dialect, missing)
        found: dict[Any, R] = {}
        for row in await self._work.rows(statement, {"wanted": wanted}, of=self.tables):
            found[row[-1] if width == 1 else tuple(row[-width:])] = record(row) if self._opened is None else self._opened(record(row))
        for key in missing:
            self._known[key] = found.get(key)

    def forget(self, row: Mapping[str, Any] | None = None) -> None:
        """Ask anew for everything, or for a row that was changed by other than the key it is known by."""
        names = self._keyed.names
        if row is None or not all(name in row for name in names):
            self._known.clear()
        else:
            key: Any = row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)
            self._known.pop(key, None)

    def known(self, key: K) -> R | None:
        """The row of a key, as far as it was asked for already."""
        return self._known.get(key)

    def knows(self, key: K) -> bool:
        """Whether a key was asked for already, even if there is no such row."""
        return key in self._known

    def drop(self, key: K) -> None:
        """Ask anew for one key."""
        self._known.pop(key, None)

    def put(self, key: K, row: R | None) -> None:
        """Let later reads of this transaction see a row that was collected, or its end."""
        self._known[key] = row


class OfBranch(Generic[K, R]):
    """As `Lookup`, for rows whose key means something in one branch only: the first of the columns is the branch."""

    def __init__(self, work: Work, keyed: Keyed[tuple[BranchId, K], R], opened: Callable[[R], R] | None = None) -> None:
        self._branch = work.branch_id
        self._lookup: Lookup[tuple[BranchId, K], R] = Lookup(work, keyed, opened)

    async def get(self, key: K) -> R | None:
        """The branch's row of a key, or None."""
        return await self._lookup.get((self._branch, key))

    async def many(self, keys: Iterable[K]) -> dict[K, R]:
        """The branch's rows that there are of several keys."""
        found = await self._lookup.many([(self._branch, key) for key in keys])
        return {key: row for (_, key), row in found.items()}

    async def prefetch(self, keys: Iterable[K]) -> None:
        """Fetch what is not known yet by one statement."""
        await self._lookup.prefetch([(self._branch, key) for key in keys])

    def put(self, key: K, row: R | None) -> None:
        """Let later reads of this transaction see a row that was collected, or its end."""
        self._lookup.put((self._branch, key), row)

    def forget(self) -> None:
        """Ask anew for everything."""
        self._lookup.forget()


class Lists(Lookup[K, tuple[R, ...]]):
    """As `Lookup`, for keys that have any number of rows, in the order of the statement."""

    def __init__(self, work: Work, keyed: Keyed[K, R], opened: Callable[[R], R] | None = None, *, kept: bool = False) -> None:
        super().__init__(work, keyed, kept=kept)  # type: ignore[arg-type]
        self._each = keyed
        self._opens = opened

    async def all(self, key: K) -> tuple[R, ...]:
        """The rows of a key."""
        return await self.get(key) or ()

    async def prefetch(self, keys: Iterable[K]) -> None:
        """Fetch what is not known yet by one statement."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._known]
        if not missing:
            return
        width, record = self._each.width, self._each.record
        statement, wanted = self._each.asked(self._work.dialect, missing)
        found: dict[Any, list[R]] = {}
        for row in await self._work.rows(statement, {"wanted": wanted}, of=self.tables):
            made = record(row) if self._opens is None else self._opens(record(row))
            found.setdefault(row[-1] if width == 1 else tuple(row[-width:]), []).append(made)
        for key in missing:
            self._known[key] = tuple(found.get(key, ()))
