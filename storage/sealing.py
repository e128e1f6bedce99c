"""What is done with sealed columns as a whole: keys noted, plain values sealed, every value brought to the newest key."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, and_, cast, delete, func, or_, select, update

from storage import key_file, vault
from storage.key_file import BadKeyFile
from storage.sealed_columns import SEALED, bound_to, key_of_row, table_of
from storage.tables import outbox
from storage.tables_vault import vault_key
from storage.work import Work

CHUNK = 300
"""Rows of a transaction."""
ENDING = frozenset({"question"})
"""Tables whose rows are nothing without their sealed words."""


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
            file.write([*file.every(), key])
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


async def renew(work: Work) -> tuple[str, bool]:
    """The key that every value is to be brought to: a new one, unless a rotation was broken off; and whether it is new."""
    file, there = work.vault.file, {each.id: each for each in await noted(work)}
    newest = file.newest()
    if newest is not None and (newest.id not in there or there[newest.id].done_at is None):
        note(work, newest)
        return newest.id, False
    made = key_file.made()
    file.write([*file.every(), made])
    note(work, made)
    return made.id, True


async def retire(work: Work, until: date | None, *, keep: bool) -> list[str]:
    """Let go of the keys that no value is of: to keep for back-ups `until` a day, to drop, or to `keep`."""
    file, newest = work.vault.file, work.vault.file.newest()
    used = await uses(work)
    over = [each.id for each in await noted(work) if each.id not in used and (newest is None or each.id != newest.id)]
    if not over:
        return []
    if not keep:
        stay = [replace(each, until=until) if each.id in over else each for each in file.every()]
        file.write([each for each in stay if each.id not in over or until is not None])
    await work.change(delete(vault_key).where(vault_key.c.id.in_(over)))
    return over


async def uses(work: Work) -> dict[str, dict[str, int]]:
    """How many values of each column (`table.column`) are of each key; those that are plain count for the key of no name."""
    found: dict[str, dict[str, int]] = {}
    for name, sealed in SEALED.items():
        for column in (table_of(name).c[each] for each in sealed.columns):
            start = func.substr(column, 1, len(vault.form("0" * 8)))
            counted = select(start.label("start"), func.count().label("rows")).where(column != "").group_by(start)
            for row in await work.rows(counted):
                by_column = found.setdefault(vault.key_of(f"{row.start}x") or "", {})
                by_column[f"{name}.{column.name}"] = by_column.get(f"{name}.{column.name}", 0) + row.rows
    return found


async def on_their_way(work: Work) -> bool:
    """Whether a letter that is not sent yet bears a drawing that is sealed with another key than the newest."""
    newest = work.vault.file.newest()
    content = cast(outbox.c.content, Text)
    older = [content.like(f'%"{vault.form("_" * 8)}%')]
    if newest is not None:
        older.append(content.not_like(f'%"{vault.form(newest.id)}%'))
    return bool(await work.rows(select(outbox.c.id).where(outbox.c.state != "sent", *older).limit(1)))


async def forget(work: Work, key_id: str) -> None:
    """Erase what was sealed with a key that is lost, and that it was used."""
    start = vault.form(key_id)
    for name, sealed in SEALED.items():
        table = table_of(name)
        for column in (table.c[each] for each in sealed.columns):
            lost = func.substr(column, 1, len(start)) == start
            # A question without what it knew cannot be answered; of other rows the rest is good.
            await work.change(delete(table).where(lost) if name in ENDING else update(table).where(lost).values({column.name: ""}))
    await work.change(delete(vault_key).where(vault_key.c.id == key_id))


async def unopened(work: Work) -> list[str]:
    """Every sealed value that cannot be opened, by table, column and row; and what is not sealed although it should be.

    Values of a key that is lost are one line for each column.
    """
    if all(each.done_at is None for each in await noted(work)):
        return []
    wrong: list[str] = []
    lost: Counter[tuple[str, str]] = Counter()
    for name, sealed in SEALED.items():
        key = key_of_row(name)
        columns = [table_of(name).c[each] for each in sealed.columns]
        for row in await work.rows(select(*key, *columns).where(or_(*(each != "" for each in columns))).order_by(*key)):
            at = bound_to(row[: len(key)])
            for column, value in zip(sealed.columns, row[len(key) :], strict=True):
                try:
                    work.vault.open(name, column, at, value or "")
                except vault.KeyLost as error:
                    lost[error.key_id, f"{name}.{column}"] += 1
                except vault.Unopened as error:
                    wrong.append(str(error))
    return [*(f"{place}: {count} of the key {key_id}, which is lost" for (key_id, place), count in lost.items()), *wrong]


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
