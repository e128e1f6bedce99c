"""Rows set one at a time into a database of two branches, and taken back: what a question to all branches makes of each."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Column, Table, insert

from storage.columns import Moment
from storage.database import Database
from storage.keys import BranchId
from storage.tables import branch, member
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START as NOW

TODAY = date(2026, 3, 10)
FIRST, OTHER = BranchId(1), BranchId(2)
"""Everything stands in the other one, which is not the least."""
PRESENT, GONE = 21, 22
Row = tuple[Table, dict[str, Any]]
"""A table, and what matters in a row of it; the rest is made up."""
_numbers = count(100)
_SOMETHING: Mapping[type, Callable[[], Any]] = {
    date: lambda: TODAY,
    bool: bool,
    str: lambda: "x",
    int: lambda: next(_numbers),
    object: list,
}


class _Over(Exception):
    """Takes back what was written."""


def _something(column: Column[Any]) -> Any:
    if column.name in {"branch_id", "member_id"}:
        return OTHER if column.name == "branch_id" else PRESENT
    return NOW if isinstance(column.type, Moment) else _SOMETHING[column.type.python_type]()


def _full(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """A row with something in every column that must hold something."""
    must = [each for each in table.c if not each.nullable and each.server_default is None and each.autoincrement is not True]
    return {each.name: _something(each) for each in must if each.name not in values} | dict(values)


async def put(work: UnitOfWork, *rows: Row) -> None:
    """Write rows, of each only what matters being given."""
    for table, values in rows:
        await work.change(insert(table).values(_full(table, values)))


@asynccontextmanager
async def two_branches(url: str) -> AsyncIterator[Database]:
    """Two branches; in the second there is a member, and another is gone."""
    opened = Database(url, lambda: NOW)
    await opened.start()
    people = [(member, {"id": PRESENT, "name": "周海"}), (member, {"id": GONE, "name": "吴芳", "removed_at": NOW})]
    await opened.run(put, (branch, {"id": FIRST}), (branch, {"id": OTHER}), *people)
    try:
        yield opened
    finally:
        await opened.stop()


async def alone(database: Database, case: Callable[[UnitOfWork], Awaitable[Any]], now: datetime = NOW) -> Any:
    """What a case answers at a moment; of what it wrote nothing stays."""
    answers: list[Any] = []

    async def tried(work: UnitOfWork) -> None:
        work.now = now
        answers.append(await case(work))
        raise _Over

    with pytest.raises(_Over):
        await database.run(tried)
    return answers[0]
