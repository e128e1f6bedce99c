"""What a repository needs for the sealed columns of its table: values are sealed as they are written, records opened as they are read."""

import json
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy import Table

from storage.records import changed
from storage.sealed_columns import SEALED
from storage.work import Work

R = TypeVar("R")


class SealedRows(Generic[R]):
    """Rows of a table whose primary key is `id`; `columns` is what SEALED says of the table."""

    def __init__(self, work: Work, table: Table) -> None:
        self._vault = work.vault
        self._table = table.name
        self._columns = SEALED[table.name].columns

    def sealed(self, row: int, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same values of a row, those of sealed columns sealed."""
        mine = {name: self._vault.seal(self._table, name, row, values[name]) for name in self._columns if values.get(name)}
        return {**values, **mine}

    def opened(self, record: R) -> R:
        """A record as it was before it was sealed. Raises `Unopened`."""
        known: Any = record
        held = {name: value for name in self._columns if (value := getattr(known, name))}
        if not held:
            return record
        return changed(record, **{name: self._vault.open(self._table, name, known.id, value) for name, value in held.items()})


class SealedData:
    """The same for a table with `data`, whatever is known of a matter: where there is any text in it, all of it is in `sealed`."""

    def __init__(self, work: Work, table: Table) -> None:
        self._vault = work.vault
        self._table = table.name

    def sealed(self, row: int, data: Mapping[str, Any]) -> dict[str, Any]:
        """The values of both columns. Ids and numbers alone stay as they are, and cost nothing."""
        if not _has_text(list(data.values())):
            return {"data": data, "sealed": ""}
        written = json.dumps(data, ensure_ascii=False)
        return {"data": {}, "sealed": self._vault.seal(self._table, "sealed", row, written)}

    def opened(self, row: int, data: dict[str, Any], sealed: str) -> dict[str, Any]:
        """What is known. Raises `Unopened`."""
        if not sealed:
            return data
        found: dict[str, Any] = json.loads(self._vault.open(self._table, "sealed", row, sealed))
        return found


def _has_text(value: object) -> bool:
    """Whether there is any text in a value. A telephone is one, and so are English words: nobody can tell them from words of our own."""
    if isinstance(value, Mapping):
        return any(_has_text(each) for pair in value.items() for each in pair)
    return bool(value) if isinstance(value, str) else isinstance(value, list | tuple) and any(map(_has_text, value))
