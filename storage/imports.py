"""Files of members that were read, and those that were taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_carry import import_batch, import_preview
from storage.vault import Vault
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was read and waits to be taken; `rows` are sealed until `Imports.rows` opens them."""

    id: int
    by: MemberId | None
    name: str
    rows: str
    notes: list[list[str]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """An import: its number is that of the changes in the register's history."""

    id: int
    by: MemberId | None
    name: str
    made: int
    changed: int
    at: datetime
    undone_at: datetime | None = None


class Imports:
    """The previews and imports of this branch."""

    def __init__(self, work: Work, vault: Vault) -> None:
        self._work = work
        self._vault = vault

    def keep(self, by: MemberId | None, name: str, rows: str, notes: list[list[str]]) -> Kept:
        """Keep what was read of a file; of one person only the last."""
        number = self._work.new_id()
        kept = Kept(number, by, name, self._vault.seal("import_preview", "rows", number, rows), notes, self._work.now)
        self._work.delete(import_preview, {"branch_id": self._work.branch_id, "by": by})
        self._work.insert(
            import_preview, **{each: getattr(kept, each) for each in Kept.__dataclass_fields__}, branch_id=self._work.branch_id
        )
        return kept

    def rows(self, kept: Kept) -> str:
        """What was read of a file. Raises `storage.vault.KeyLost`."""
        return self._vault.open("import_preview", "rows", kept.id, kept.rows)

    async def kept(self, by: MemberId | None, since: datetime, which: int | None = None) -> Kept | None:
        """What was read for a person since a moment: the one of a number, or the last."""
        where = [import_preview.c.branch_id == self._work.branch_id, import_preview.c.by == by, import_preview.c.at >= since]
        if which is not None:
            where.append(import_preview.c.id == which)
        rows = await self._work.rows(select(import_preview).where(*where).order_by(import_preview.c.at.desc(), import_preview.c.id.desc()))
        return next((fields(Kept)(row) for row in rows), None)

    def drop(self, kept: Kept) -> None:
        """It was taken, or is not wanted."""
        self._work.delete(import_preview, {"id": kept.id})

    def took(self, batch: int, by: MemberId | None, name: str, made: int, changed: int) -> Batch:
        """Note an import."""
        taken = Batch(batch, by, name, made, changed, self._work.now)
        self._work.insert(
            import_batch, **{each: getattr(taken, each) for each in Batch.__dataclass_fields__}, branch_id=self._work.branch_id
        )
        return taken

    async def batches(self, since: datetime) -> list[Batch]:
        """The imports since a moment, the newest first."""
        where = (import_batch.c.branch_id == self._work.branch_id, import_batch.c.at >= since)
        rows = await self._work.rows(select(import_batch).where(*where).order_by(import_batch.c.at.desc(), import_batch.c.id.desc()))
        return [fields(Batch)(row) for row in rows]

    def undone(self, batch: int) -> None:
        """An import was taken back."""
        self._work.update(import_batch, {"id": batch, "branch_id": self._work.branch_id}, undone_at=self._work.now)

    async def forget_previews(self, before: datetime) -> None:
        """Drop what was read before a moment and not taken."""
        await self._work.change(self._old(import_preview, before))

    async def forget_batches(self, before: datetime) -> None:
        """Drop the notes of imports before a moment; what they changed stays in the history."""
        await self._work.change(self._old(import_batch, before))

    def _old(self, table: Any, before: datetime) -> Any:
        return delete(table).where(table.c.branch_id == self._work.branch_id, table.c.at < before)
