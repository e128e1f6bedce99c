"""Rows that were collected to be written together: which of them may go as one statement, and in which order.

A statement for many rows costs little more than one for a single row. So writes of one shape are brought together, as far as that
changes nothing: never past a write to the same row, parents before what hangs on them, and nothing past a deletion.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Dialect,
    Insert,
    LargeBinary,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.compiler import SQLCompiler

from storage import carried
from storage.columns import metadata

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Statement = Insert | Update | Delete
_KEY = "key_"
_ROWS = "rows"


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What makes two writes the same statement. There is one of each (see `_shape`), so that it is known by being the same."""

    deed: str
    table: str
    key: tuple[str, ...]
    names: tuple[str, ...]
    row: Callable[[Mapping[str, Any]], Hashable] | None
    """What of a write's values, or of its key, tells which row it is; None where that is not known."""


class Write(NamedTuple):
    """One row to be written. `row` tells which, as far as it is known: a new row that the database numbers itself has none."""

    shape: Shape
    values: Mapping[str, Any]
    row: Hashable | None


@dataclass(slots=True)
class _Group:
    """Rows for one statement. Of several changes to one row by the same columns only the last is written."""

    shape: Shape
    new: list[Mapping[str, Any]] = field(default_factory=list)
    rows: dict[Hashable, Mapping[str, Any]] = field(default_factory=dict)
    vague: bool = False
    """Whether one of the writes does not say which rows it touches."""

    def touches(self, row: Hashable | None) -> bool:
        """Whether a write to a row must not go before these."""
        return self.vague or row is None or row in self.rows

    def takes(self, write: Write) -> bool:
        """Whether a write of this shape means the same row by the same words as the one it would replace."""
        before = self.rows.get(write.row)
        return before is None or all(before.get(name) == write.values.get(name) for name in _named(self.shape.key))

    def values(self) -> list[Mapping[str, Any]]:
        """The rows."""
        return [*self.rows.values(), *self.new]


def inserting(table: Table, values: Mapping[str, Any]) -> Write:
    """A new row."""
    return _write(_shape("insert", table, (), tuple(values)), values, values)


def replacing(table: Table, key: Sequence[str], values: Mapping[str, Any]) -> Write:
    """A row that takes the place of the one of the same key."""
    return _write(_shape("upsert", table, tuple(key), tuple(values)), values, values)


def changing(table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> Write:
    """New values for the row, or rows, of a key."""
    shape = _shape("update", table, tuple(key), tuple(values))
    return _write(shape, {**values, **dict(zip(_named(shape.key), key.values(), strict=True))}, key)


def adding(table: Table, key: Mapping[str, Any], column: str, by: int) -> Write:
    """So much more in a column of the row of a key, which is made where there is none."""
    return _write(_shape("increment", table, tuple(key), (*key, column)), {**key, column: by}, key)


def ending(table: Table, key: Mapping[str, Any]) -> Write:
    """The end of the row, or rows, of a key."""
    shape = _shape("delete", table, tuple(key), ())
    return Write(shape, dict(zip(_named(shape.key), key.values(), strict=True)), None)


def execute(connection: Connection, writes: Sequence[Write]) -> None:
    """Write what was collected."""
    start = 0
    for at, write in enumerate(writes):
        if write.shape.deed == "delete":
            _together(connection, writes[start:at])
            _run(connection, write.shape, [write.values])
            start = at + 1
    _together(connection, writes[start:])


def _together(connection: Connection, writes: Sequence[Write]) -> None:
    groups: dict[str, list[_Group]] = {}
    for write in writes:
        _place(groups.setdefault(write.shape.table, []), write)
    for name in sorted(groups, key=_rank) if len(groups) > 1 else groups:
        for group in groups[name]:
            _run(connection, group.shape, group.values(), known=not group.new)


def _place(groups: list[_Group], write: Write) -> None:
    """Add a write to the last group of its shape that no later write of the same row has followed."""
    numbered = write.row is None and write.shape.deed == "insert"
    for group in reversed(groups):
        if group.shape is write.shape and group.takes(write):
            _add(group, write)
            return
        if not numbered and group.touches(write.row):
            break
    group = _Group(write.shape)
    groups.append(group)
    _add(group, write)


def _add(group: _Group, write: Write) -> None:
    again = write.row in group.rows and write.shape.deed == "insert"  # twice the same new row: the database shall refuse it
    group.vague |= write.row is None and write.shape.deed != "insert"
    if write.row is None or again:
        group.new.append(write.values)
    else:
        before = group.rows.pop(write.row, None)
        adds = before is not None and write.shape.deed == "increment"
        group.rows[write.row] = _sum(write.shape, before, write.values) if before is not None and adds else write.values


def _sum(shape: Shape, one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if name in shape.key else one[name] + value for name, value in other.items()}


def _write(shape: Shape, values: Mapping[str, Any], telling: Mapping[str, Any]) -> Write:
    return Write(shape, values, shape.row(telling) if shape.row is not None else None)


@cache
def _shape(deed: str, table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Shape:
    primary = tuple(column.name for column in table.primary_key)
    known = set(primary) <= set(key if deed in {"update", "increment"} else names)
    return Shape(deed, table.name, key, names, itemgetter(*primary) if known and primary else None)


@cache
def _named(key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_KEY + name for name in key)


_ORDER: dict[str, int] = {}


def _rank(table: str) -> int:
    """Parents first."""
    if table not in _ORDER:
        _ORDER.update({each.name: number for number, each in enumerate(metadata.sorted_tables)})
    return _ORDER[table]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as the driver takes it: compiled once, since for every row SQLAlchemy would ask again what to bind."""

    sql: str
    names: tuple[str, ...]
    taken: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    bound: tuple[tuple[int, Callable[[Any], Any]], ...]
    """Where a value is stored as another, and how."""
    positional: bool

    @classmethod
    def of(cls, sql: str, names: tuple[str, ...], binds: Iterable[Callable[[Any], Any] | None], *, positional: bool) -> "_Prepared":
        """A statement, its parameters' names, and how each is stored."""
        bound = tuple((place, bind) for place, bind in enumerate(binds) if bind is not None)
        taken = itemgetter(*names) if len(names) > 1 else lambda values: tuple(values[name] for name in names)
        return cls(sql, names, taken, bound, positional)

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """A row as the driver takes it."""
        row = list(self.taken(values))
        for place, bind in self.bound:
            row[place] = bind(row[place])
        return tuple(row) if self.positional else dict(zip(self.names, row, strict=True))


_PREPARED: dict[tuple[str, Shape], _Prepared] = {}
_CARRIED: dict[Shape, _Prepared] = {}


def _run(connection: Connection, shape: Shape, rows: Sequence[Mapping[str, Any]], *, known: bool = False) -> None:
    """Write rows of a shape; `known`: no two of them are the same row."""
    together = len(rows) > 1 and connection.dialect.name == "postgresql" and _may_be_carried(shape, rows, known=known)
    if together and _carry(connection, shape, rows):
        return
    statement = _PREPARED.get((connection.dialect.name, shape))
    if statement is None:
        statement = _PREPARED[connection.dialect.name, shape] = _prepared(connection.dialect, shape)
    parameters = [statement.parameters(each) for each in rows]
    connection.exec_driver_sql(statement.sql, parameters if len(parameters) > 1 else parameters[0])


def _may_be_carried(shape: Shape, rows: Sequence[Mapping[str, Any]], *, known: bool) -> bool:
    """Whether rows can be one statement on PostgreSQL, which touches no row twice; pictures and papers go as they are."""
    table = metadata.tables[shape.table]
    if shape.deed != "insert" and not known:
        return False
    if shape.deed in {"upsert", "increment"} and set(shape.key) != {each.name for each in table.primary_key}:
        return False
    binary = [name for name in shape.names if isinstance(table.c[name].type, LargeBinary)]
    return all(row[name] is None for name in binary for row in rows)


def _carry(connection: Connection, shape: Shape, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Write rows by one statement; False if it cannot be, and then nothing was written."""
    statement = _CARRIED.get(shape)
    if statement is None:
        statement = _CARRIED[shape] = _carried(connection.dialect, shape)
    text = carried.packed(statement.names, (statement.parameters(each) for each in rows))
    if carried.may_hold_nul(text):
        return False
    connection.exec_driver_sql(statement.sql, {_ROWS: text})
    return True


def _carried(dialect: Dialect, shape: Shape) -> _Prepared:
    columns = metadata.tables[shape.table].c
    kinds = {name: columns[name].type for name in shape.names}
    if shape.deed == "update":
        kinds |= {_KEY + name: columns[name].type for name in shape.key}
    compiled = _made(dialect.name, shape, carried.table(kinds, _ROWS).c).compile(dialect=dialect)
    return _Prepared.of(str(compiled), tuple(kinds), [carried.bound(kind, dialect) for kind in kinds.values()], positional=True)


def _prepared(dialect: Dialect, shape: Shape) -> _Prepared:
    compiled = _made(dialect.name, shape).compile(dialect=dialect)
    names = tuple(compiled.positiontup or compiled.params) if isinstance(compiled, SQLCompiler) else ()
    columns = metadata.tables[shape.table].c
    types = [columns[name.removeprefix(_KEY)].type.dialect_impl(dialect) for name in names]
    return _Prepared.of(str(compiled), names, [each.bind_processor(dialect) for each in types], positional=compiled.positiontup is not None)


def _made(dialect: str, shape: Shape, given: ReadOnlyColumnCollection[str, Any] | None = None) -> Statement:
    """The statement for one row, or for all rows of a table that is `given` by its columns."""
    table = metadata.tables[shape.table]
    value: Callable[[str], ColumnElement[Any]] = bindparam if given is None else given.__getitem__
    if shape.deed in {"update", "delete"}:
        return _changing(table, shape, value)
    new = _new(dialect, table)
    if given is None:
        new = new.values({name: bindparam(name) for name in shape.names})
    else:
        new = new.from_select(shape.names, select(*(given[name] for name in shape.names)), include_defaults=False)
    if shape.deed == "insert":
        return new
    adds = shape.deed == "increment"
    kept = {name: table.c[name] + new.excluded[name] if adds else new.excluded[name] for name in shape.names if name not in shape.key}
    index = list(shape.key)
    return new.on_conflict_do_update(index_elements=index, set_=kept) if kept else new.on_conflict_do_nothing(index_elements=index)


def _new(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  30 modules that a file does not need

    return postgresql.insert(table)


def _changing(table: Table, shape: Shape, value: Callable[[str], ColumnElement[Any]]) -> Update | Delete:
    match = and_(True, *(table.c[name] == value(_KEY + name) for name in shape.key))  # noqa: FBT003  SQLAlchemy's empty conjunction
    if shape.deed == "delete":
        return delete(table).where(match)
    return update(table).where(match).values({name: value(name) for name in shape.names})
