"""What every repository stands on: statements that run now, writes that are collected, and keyed reads that are remembered.

One `Work` serves a whole transaction, in which the writer runs many errands, one after the other. What one of them learned or
collected the next ones see; an errand that fails takes its own back and nothing else (`turn`, `done`, `undo`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Delete, Dialect, Executable, Insert, Row, Table, Update

from storage import writes
from storage.columns import metadata, whole
from storage.keys import BranchId
from storage.vault import Vault

_SAVEPOINT = "errand"


class WrongBranch(RuntimeError):
    """A unit of work was used before it was opened for a branch, or for a second one."""


class Known(Protocol):
    """What is remembered of some tables."""

    kept: bool
    tables: frozenset[str]

    def forget(self, row: Mapping[str, Any] | None = None) -> None:
        """Ask anew, for everything or for a row."""


class Work:
    """One transaction. `now` is the same moment throughout an errand; `new_id` makes ids."""

    def __init__(self, connection: Connection, new_id: Callable[[], int], vault: Vault, *, alone: bool = True) -> None:
        self.now = datetime.min.replace(tzinfo=UTC)
        self.said_at = self.now
        """When what is acted upon was said; earlier than `now` where the program or the line was down."""
        self.cause: str | None = None
        """The short id of what caused this errand; the log names it again when its letters are sent."""
        self.new_id = new_id
        self.vault = vault
        """Seals and opens what columns hold of people's own matters."""
        self.process = 0
        """The process that this is, among those that work on the database."""
        self.about_money = False
        """Whether money was written down in it: what it says from then on is never repeated on a guess."""
        self.matter = ""
        """The handler or job at work, by the name of its file: where a letter comes from."""
        self._connection = connection
        self._alone = alone
        self._branch: BranchId | None = None
        self._collected: list[writes.Write] = []
        self._own = 0
        self._saved = False
        self.torn = False
        """Whether a statement broke off: what the transaction holds, perhaps of earlier errands, is not to be committed."""
        self._touched: set[str] = set()
        self.lookups: list[Known] = []

    @property
    def on_server(self) -> bool:
        """Whether this is PostgreSQL, where other processes may be at work, too."""
        return self._connection.dialect.name == "postgresql"

    def turn(self, now: datetime) -> None:
        """Begin an errand: no branch is entered yet. What was said is taken for said now, unless somebody knows better."""
        self.now = self.said_at = whole(now)
        self.cause, self.about_money, self.matter = None, False, ""
        self._branch = None
        self._own = len(self._collected)
        self._touched.clear()

    def said(self, at: datetime) -> None:
        """Note when what is acted upon was said, where that was before now."""
        self.said_at = whole(at)

    def done(self) -> None:
        """The errand ended well."""
        if self._saved:
            self._release()
        for lookup in self.lookups:
            if not lookup.kept and not lookup.tables.isdisjoint(self._touched):
                lookup.forget()

    def undo(self) -> None:
        """The errand failed: nothing it did is kept, and nothing it may have learned is believed."""
        del self._collected[0 if self._saved else self._own :]
        if self._saved:
            self._connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
            self._release()
        self.lookups.clear()

    def _release(self) -> None:
        self._connection.exec_driver_sql(f"RELEASE SAVEPOINT {_SAVEPOINT}")
        self._saved = False

    @property
    def has_written(self) -> bool:
        """Whether this errand has written or collected anything."""
        return bool(self._touched)

    @property
    def dialect(self) -> Dialect:
        """What the database speaks."""
        return self._connection.dialect

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

    async def rows(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None, *, of: frozenset[str] | None = None
    ) -> Sequence[Row[Any]]:
        """Run a reading statement; what was collected before is written first, if it may concern the tables it is `of`."""
        if self._collected and (of is None or any(write.shape.table in of for write in self._collected)):
            await self.flush()
        self.torn = True
        found = self._connection.execute(statement, parameters or {}).all()
        self.torn = False
        return found

    async def change(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> int:
        """Run a writing statement at once; answers how many rows it touched. What is known of its table is asked for anew."""
        await self.flush()
        self._save()
        self.torn = True
        touched = self._connection.execute(statement, parameters or {}).rowcount
        self.torn = False
        if isinstance(statement, Insert | Update | Delete) and isinstance(statement.table, Table):
            table = statement.table.name
            self._touched.add(table)
            self._forget(_ends_with(table) if isinstance(statement, Delete) else frozenset({table}))
        else:
            self._forget(None)
        return touched

    def insert(self, table: Table, **values: Any) -> None:
        """Collect a new row."""
        self._collect(writes.inserting(table, values))

    def upsert(self, table: Table, key: Sequence[str], **values: Any) -> None:
        """Collect a row that replaces the one of the same key."""
        self._collect(writes.replacing(table, key, values))

    def increment(self, table: Table, key: Mapping[str, Any], column: str, by: int) -> None:
        """Collect an addition to a number in the row of a key, which is made where there is none. Commutes with others of its kind."""
        self._collect(writes.adding(table, key, column, by))

    def update(self, table: Table, key: Mapping[str, Any], **values: Any) -> None:
        """Collect a change to the row of a key."""
        self._collect(writes.changing(table, key, values))

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        """Collect the end of the row, or rows, of a key."""
        self._collect(writes.ending(table, key))

    def forget(self, table: str, row: Mapping[str, Any] | None = None) -> None:
        """Ask anew for what is known of a table, or of one row of it: it was changed by other than the keys it is known by."""
        for lookup in self.lookups:
            if table in lookup.tables:
                lookup.forget(row)

    def _forget(self, tables: frozenset[str] | None) -> None:
        for lookup in self.lookups:
            if tables is None or not tables.isdisjoint(lookup.tables):
                lookup.forget()

    def _collect(self, write: writes.Write) -> None:
        self._collected.append(write)
        self._touched.add(write.shape.table)

    async def flush(self) -> None:
        """Write what was collected: first what earlier errands left, which an undoing of this one must not reach."""
        collected, own = self._collected, self._own
        if not collected:
            return
        self._collected, self._own = [], 0
        self.torn = True
        if own:
            writes.execute(self._connection, collected[:own])
        if own < len(collected):
            self._save()
            writes.execute(self._connection, collected[own:])
        self.torn = False

    def _save(self) -> None:
        """Before an errand writes: the point that its undoing goes back to. One that is alone takes the whole transaction back."""
        if not self._alone and not self._saved:
            self._connection.exec_driver_sql(f"SAVEPOINT {_SAVEPOINT}")
            self._saved = True


@cache
def _ends_with(table: str) -> frozenset[str]:
    """The tables whose rows may end, or lose what they point to, with a row of a table; itself included."""
    found, new = {table}, {table}
    while new:
        new = {
            each.name
            for each in metadata.tables.values()
            if each.name not in found and any(key.column.table.name in new and key.ondelete for key in each.foreign_keys)
        }
        found |= new
    return frozenset(found)
