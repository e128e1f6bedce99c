"""What every repository stands on: statements that run now, writes that are collected, and keyed reads that are remembered."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Executable,
    Insert,
    Row,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    insert,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.keys import BranchId

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


class WrongBranch(RuntimeError):
    """A unit of work was used before it was opened for a branch, or for a second one."""


@dataclass(frozen=True, slots=True)
class _Write:
    statement: Insert | Update | Delete
    shape: tuple[str, str, tuple[str, ...]]
    values: dict[str, Any]


class Work:
    """One transaction. `now` is the same moment throughout it; `new_id` makes ids."""

    def __init__(self, connection: Connection, now: datetime, new_id: Callable[[], int]) -> None:
        self.now = now
        self.said_at = now
        """When what is acted upon was said; earlier than `now` where the program or the line was down."""
        self.new_id = new_id
        self._connection = connection
        self._pending: list[_Write] = []
        self._branch: BranchId | None = None

    @property
    def branch_id(self) -> BranchId:
        """The branch this unit of work is for; repositories filter by it."""
        if self._branch is None:
            raise WrongBranch("no branch has been entered")
        return self._branch

    @property
    def entered(self) -> BranchId | None:
        """The branch, or None while there is none: before it is known, or for a stranger in private."""
        return self._branch

    def enter(self, branch: BranchId) -> None:
        """Open this unit of work for one branch, for good."""
        if self._branch not in {None, branch}:
            raise WrongBranch(f"already in branch {self._branch}")
        self._branch = branch

    async def rows(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run a reading statement; what was collected before is written first."""
        await self.flush()
        return self._connection.execute(statement, parameters or {}).all()

    async def change(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> int:
        """Run a writing statement at once; answers how many rows it touched."""
        await self.flush()
        return self._connection.execute(statement, parameters or {}).rowcount

    def insert(self, table: Table, **values: Any) -> None:
        """Collect a new row."""
        self._collect("insert", table, (), values)

    def upsert(self, table: Table, key: Sequence[str], **values: Any) -> None:
        """Collect a row that replaces the one of the same key."""
        self._collect("upsert", table, tuple(key), values)

    def update(self, table: Table, key: Mapping[str, Any], **values: Any) -> None:
        """Collect a change to the row of a key."""
        self._collect("update", table, tuple(key), {**values, **{f"key_{name}": value for name, value in key.items()}})

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        """Collect the end of the row, or rows, of a key."""
        self._collect("delete", table, tuple(key), {f"key_{name}": value for name, value in key.items()})

    def _collect(self, deed: str, table: Table, key: tuple[str, ...], values: dict[str, Any]) -> None:
        shape = (deed, table.name, (*key, *sorted(values)))
        if self._pending and self._pending[-1].shape == shape:
            statement = self._pending[-1].statement
        else:
            statement = self._statement(deed, table, key, values)
        self._pending.append(_Write(statement, shape, values))

    def _statement(self, deed: str, table: Table, key: tuple[str, ...], values: dict[str, Any]) -> Insert | Update | Delete:
        if deed == "insert":
            return insert(table)
        match = and_(True, *(table.c[name] == bindparam(f"key_{name}") for name in key))  # noqa: FBT003  SQLAlchemy's empty conjunction
        if deed == "update":
            return update(table).where(match).values({name: bindparam(name) for name in values if not name.startswith("key_")})
        if deed == "delete":
            return delete(table).where(match)
        new = (postgresql if self._connection.dialect.name == "postgresql" else sqlite).insert(table)
        kept = {name: new.excluded[name] for name in values if name not in key}
        replacing: Insert = new.on_conflict_do_update(index_elements=list(key), set_=kept)
        return replacing

    async def flush(self) -> None:
        """Write what was collected, in its order; neighbours of one shape go as one statement."""
        pending, self._pending = self._pending, []
        start = 0
        for end in range(1, len(pending) + 1):
            if end == len(pending) or pending[end].shape != pending[start].shape:
                self._connection.execute(pending[start].statement, [write.values for write in pending[start:end]])
                start = end


class Lookup(Generic[K, R]):
    """Rows by key, each asked for once a transaction; that there is none is remembered, too."""

    def __init__(self, work: Work, select: Select[Any], columns: Sequence[Column[Any]], record: Callable[[Row[Any]], R]) -> None:
        self._work = work
        self._select = select
        self._columns = columns
        self._record = record
        self._known: dict[K, R | None] = {}

    async def get(self, key: K) -> R | None:
        """The row of a key, or None."""
        if key not in self._known:
            await self.prefetch([key])
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
        column = self._columns[0] if len(self._columns) == 1 else tuple_(*self._columns)
        wanted: list[Any] = [key if len(self._columns) == 1 else tuple(key) for key in missing]  # type: ignore[arg-type]
        rows = await self._work.rows(
            self._select.add_columns(*(c.label(f"k{n}") for n, c in enumerate(self._columns))).where(column.in_(wanted))
        )
        found: dict[Any, R] = {}
        for row in rows:
            values = tuple(row[-len(self._columns) :])
            found[values[0] if len(values) == 1 else values] = self._record(row)
        for key in missing:
            self._known[key] = found.get(key)

    def forget(self) -> None:
        """Ask anew for everything: rows were changed by other than their keys."""
        self._known.clear()

    def put(self, key: K, row: R | None) -> None:
        """Let later reads of this transaction see a row that was collected, or its end."""
        self._known[key] = row


def fields(record: type[R]) -> Callable[[Row[Any]], R]:
    """Make records from rows by the names of their fields."""
    names = tuple(record.__dataclass_fields__)  # type: ignore[attr-defined]
    return lambda row: record(**{name: row._mapping[name] for name in names})  # noqa: SLF001  the documented mapping of a row
