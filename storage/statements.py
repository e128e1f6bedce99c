"""The statement of a shape: made and compiled once, and given to the driver for one row or for many.

For many rows PostgreSQL gets one statement whatever their number (`carried`), SQLite the same one again and again.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Delete,
    Dialect,
    Insert,
    Integer,
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
KEY = "key_"
_ROWS = "rows"
_PLACE = "place_"
"""Which of the rows it is: new ones are numbered in this order, and in the order of their numbers letters go out."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What makes two writes the same statement. There is one of each (see `_shape`), so that it is known by being the same."""

    deed: str
    table: str
    key: tuple[str, ...]
    names: tuple[str, ...]
    row: Callable[[Mapping[str, Any]], Hashable] | None
    """What of a write's values, or of its key, tells which row it is; None where that is not known."""


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


def run(connection: Connection, shape: Shape, rows: Sequence[Mapping[str, Any]], *, known: bool = False) -> None:
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
    """Whether rows can be one statement on PostgreSQL, which touches no row twice."""
    table = metadata.tables[shape.table]
    if shape.deed != "insert" and not known:
        return False
    if shape.deed in {"upsert", "increment"} and set(shape.key) != {each.name for each in table.primary_key}:
        return False
    empty, filled = _limits(shape)
    return all(row[name] is None for name in empty for row in rows) and all(row[name] is not None for name in filled for row in rows)


@cache
def _limits(shape: Shape) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns that are empty in every row that is carried, and those that are in none.

    Pictures and papers are no text. None in a column of JSON is the word `null`, which the server would take for no value at all.
    """
    kinds = {name: metadata.tables[shape.table].c[name].type for name in shape.names}
    filled = [name for name, kind in kinds.items() if isinstance(kind, JSON) and not kind.none_as_null]
    return tuple(name for name, kind in kinds.items() if isinstance(kind, LargeBinary)), tuple(filled)


def _carry(connection: Connection, shape: Shape, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Write rows by one statement; False if it cannot be, and then nothing was written."""
    statement = _CARRIED.get(shape)
    if statement is None:
        statement = _CARRIED[shape] = _carried(connection.dialect, shape)
    given = (statement.parameters(each) for each in rows)
    text = carried.packed((*statement.names, _PLACE), ((*each, place) for place, each in enumerate(given)))
    if carried.may_hold_nul(text):
        return False
    connection.exec_driver_sql(statement.sql, {_ROWS: text})
    return True


def _carried(dialect: Dialect, shape: Shape) -> _Prepared:
    columns = metadata.tables[shape.table].c
    kinds = {name: columns[name].type for name in shape.names}
    if shape.deed == "update":
        kinds |= {KEY + name: columns[name].type for name in shape.key}
    compiled = _made(dialect.name, shape, carried.table({**kinds, _PLACE: Integer()}, _ROWS).c).compile(dialect=dialect)
    return _Prepared.of(str(compiled), tuple(kinds), [carried.bound(kind, dialect) for kind in kinds.values()], positional=True)


def _prepared(dialect: Dialect, shape: Shape) -> _Prepared:
    compiled = _made(dialect.name, shape).compile(dialect=dialect)
    names = tuple(compiled.positiontup or compiled.params) if isinstance(compiled, SQLCompiler) else ()
    columns = metadata.tables[shape.table].c
    types = [columns[name.removeprefix(KEY)].type.dialect_impl(dialect) for name in names]
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
        rows = select(*(given[name] for name in shape.names)).order_by(given[_PLACE])
        new = new.from_select(shape.names, rows, include_defaults=False)
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
    match = and_(True, *(table.c[name] == value(KEY + name) for name in shape.key))  # noqa: FBT003  SQLAlchemy's empty conjunction
    if shape.deed == "delete":
        return delete(table).where(match)
    return update(table).where(match).values({name: value(name) for name in shape.names})
