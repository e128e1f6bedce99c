"""What is done with sealed columns as a whole: keys noted, plain values sealed, every value brought to the newest key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from storage import key_file, vault
from storage.key_file import BadKeyFile
from storage.sealed_columns import SEALED, bound_to, key_of_row, table_of
from storage.tables_vault import vault_key
from storage.work import Work

CHUNK = 300
"""Rows of a transaction."""


@dataclass(frozen=True, slots=True)
class NotedKey:
    """A key that the database uses. `done_at` is when every value was of it; empty while some may be older."""

    id: str
    made_at: datetime
    proof: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found of the keys at the start."""

    missing: tuple[str, ...]
    """Keys that the database uses and the key file lacks."""
    plain: bool
    """Whether there may be values from before there were keys."""


async def noted(work: Work) -> list[NotedKey]:
    """The keys that this database uses, the oldest first."""
    rows = await work.rows(select(vault_key).order_by(vault_key.c.made_at, vault_key.c.id))
    return [NotedKey(row.id, row.made_at, row.proof, row.done_at) for row in rows]


async def settle(work: Work) -> Settled:
    """See that there is a key, and which are missing. The first one is made here. Raises `BadKeyFile`."""
    file, there = work.vault.file, await noted(work)
    if not there:
        if (key := file.newest()) is None:
            key = key_file.made()
            file.write([*file.keys(), key])
        note(work, key)
        return Settled((), plain=True)
    missing = []
    for each in there:
        known = file.get(each.id)
        if known is None:
            missing.append(each.id)
        elif not vault.proves(known, each.proof):
            raise BadKeyFile(f"the key {each.id} of {file.path} is not the one that this database uses; put the right key file back")
    return Settled(tuple(missing), plain=all(each.done_at is None for each in there))


def note(work: Work, key: key_file.Key) -> None:
    """Note that the database uses a key from now on."""
    work.upsert(vault_key, ["id"], id=key.id, made_at=work.now, proof=vault.proof(key), done_at=None)


async def finish(work: Work) -> None:
    """Note that every value is of the newest key."""
    if (newest := work.vault.file.newest()) is not None:
        await work.change(update(vault_key).where(vault_key.c.id == newest.id).values(done_at=work.now))


async def reseal(work: Work, name: str, after: Sequence[Any] = (), limit: int = CHUNK) -> tuple[int, Sequence[Any]]:
    """Seal some rows of a table with the newest key, from a row on: how many, and the last one's key (empty at the end).

    Raises `Unopened` for a value that cannot be opened.
    """
    newest = work.vault.file.newest()
    if newest is None:
        raise vault.KeyLost("(any)", work.vault.file.path)
    table, sealed, key = table_of(name), SEALED[name], key_of_row(name)
    columns = [table.c[each] for each in sealed.columns]
    start = vault.form(newest.id)
    older = or_(*(and_(each != "", func.substr(each, 1, len(start)) != start) for each in columns))
    rows = await work.rows(select(*key, *columns).where(older, *_after(key, after)).order_by(*key).limit(limit))
    for row in rows:
        at = row[: len(key)]
        values = {
            each: work.vault.seal(name, each, bound_to(at), work.vault.open(name, each, bound_to(at), value))
            for each, value in zip(sealed.columns, row[len(key) :], strict=True)
            if value
        }
        work.update(table, dict(zip(sealed.row, at, strict=True)), **values)
    return len(rows), rows[-1][: len(key)] if len(rows) == limit else ()


def _after(key: Sequence[Any], last: Sequence[Any]) -> list[Any]:
    """The condition that a row comes after another in the order of its key."""
    if not last:
        return []
    ways = [and_(*(a == b for a, b in zip(key[:at], last[:at], strict=True)), key[at] > last[at]) for at in range(len(key))]
    return [or_(*ways)]
