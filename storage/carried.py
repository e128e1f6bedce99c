"""Many rows carried to PostgreSQL as one JSON text, which the server makes a table of: to be written, or to be looked for.

The driver's own way is a message to the server for each row, and a list of keys that is as long as it happens to be is a statement of
its own, which nobody prepares. This way there is one statement whatever the number, and it is prepared.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, Dialect, Text, bindparam, cast, column, func
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeEngine

Bind = Callable[[Any], Any]


def table(columns: Mapping[str, TypeEngine[Any]], parameter: str) -> TableValuedAlias:
    """The rows that a parameter carries, as a table of such columns."""
    given = [column(name, kind) for name, kind in columns.items()]
    rows = func.json_to_recordset(cast(bindparam(parameter, type_=Text()), JSON()))
    return rows.table_valued(*given, name="rows").render_derived(with_types=True)


def bound(kind: TypeEngine[Any], dialect: Dialect) -> Bind | None:
    """How a value is made ready for `packed`; what is JSON becomes a part of the text as it is."""
    if isinstance(kind, Date):
        return _day
    return None if isinstance(kind, JSON) else kind.dialect_impl(dialect).bind_processor(dialect)


def packed(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows of what was bound, as one text."""
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows], separators=(",", ":"))


def may_hold_nul(text: str) -> bool:
    """Whether the sign NUL may be in what was packed: the server makes no table of that."""
    return "\\u0000" in text


def without_nul(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Keys without the sign NUL, at which SQLite's JSON ends a text: no key means anything by it. What becomes alike stays once."""
    return list(dict.fromkeys(tuple(map(_without_nul, row)) for row in rows))


def _without_nul(part: Any) -> Any:
    return part.replace("\x00", "") if isinstance(part, str) else part


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
