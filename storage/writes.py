"""Rows that were collected to be written together: which of them may go as one statement, and in which order.

A statement for many rows costs little more than one for a single row. So writes of one shape are brought together, as far as that
changes nothing: never past a write to the same row, parents before what hangs on them, and nothing past a deletion.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from storage.columns import metadata
from storage.statements import KEY, Shape, run


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
            run(connection, write.shape, [write.values])
            start = at + 1
    _together(connection, writes[start:])


def _together(connection: Connection, writes: Sequence[Write]) -> None:
    groups: dict[str, list[_Group]] = {}
    for write in writes:
        _place(groups.setdefault(write.shape.table, []), write)
    for name in sorted(groups, key=_rank) if len(groups) > 1 else groups:
        for group in groups[name]:
            run(connection, group.shape, group.values(), known=not group.new)


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
    return tuple(KEY + name for name in key)


_ORDER: dict[str, int] = {}


def _rank(table: str) -> int:
    """Parents first."""
    if table not in _ORDER:
        _ORDER.update({each.name: number for number, each in enumerate(metadata.sorted_tables)})
    return _ORDER[table]
