"""Carrying a whole deployment from one database to another: table by table, in the order of its keys, in chunks.

How far it is stands in the target, in the transaction of each chunk, so that a move that was killed goes on where it was. While that table
is there the target is nobody's to run on (see `storage.maintenance.UNFINISHED`). At the end every row of both sides is compared.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Insert,
    MetaData,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    bindparam,
    cast,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from storage import engines, home, migrations, server
from storage.maintenance import UNFINISHED, Unusable
from storage.schema import metadata
from storage.tables import setting

CHUNK = 500
"""Rows of a transaction."""
STAYS = frozenset({"process"})
"""Tables that are about where the database is, not about what it holds."""
_MOVING = engines.WRITING + 1

_progress = Table(
    UNFINISHED,
    MetaData(),
    Column("name", String, primary_key=True, comment="the table; empty: the whole"),
    Column("last", JSON, nullable=False, comment="the key of the last row that is over; of the whole: what is moved"),
    Column("rows", BigInteger, nullable=False),
    Column("done", Boolean, nullable=False),
)

Say = Callable[[str], None]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move has carried over."""

    tables: int
    rows: int
    without_nul: int
    """Rows whose text lost the sign NUL, which PostgreSQL does not take."""


def tables() -> list[Table]:
    """The tables that are moved, parents first."""
    return [table for table in metadata.sorted_tables if table.name not in STAYS]


@contextmanager
def alone(url: URL) -> Iterator[None]:
    """Hold a PostgreSQL database against another move; SQLite's files have a lock of their own. Raises `Unusable`."""
    if not engines.is_server(url):
        yield
        return
    engine = create_engine(engines.plain(url), poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=engines.ALIVE)
    try:
        with engine.connect() as connection:
            if not connection.execute(text(f"SELECT pg_try_advisory_lock({_MOVING})")).scalar_one():
                raise Unusable("another move is under way on that server")
            yield
    finally:
        engine.dispose()


def move(source: URL, target: URL, say: Say, chunk: int = CHUNK) -> Moved:
    """Carry everything over, or the rest of it, and compare both sides row by row; the target stays marked as unfinished until `finish`.

    Raises `Unusable` where the target holds anything else, or where a row differs.
    """
    reader, writer = _reading(source), engines.writing_engine(target)
    lossy = engines.is_server(target) or engines.is_server(source)
    try:
        with reader.connect() as connection:
            fingerprint = _fingerprint(connection)
        _begin(target, writer, fingerprint)
        for table in tables():
            _copy(reader, writer, table, say, chunk)
        _count_on(target, writer)
        found = [_compare(reader, writer, table, say, chunk, lossy=lossy) for table in tables()]
    finally:
        reader.dispose()
        writer.dispose()
    return Moved(len(found), sum(rows for rows, _ in found), sum(changed for _, changed in found))


def finish(target: URL) -> None:
    """Open the target to be run on."""
    engine = engines.writing_engine(target)
    try:
        with engine.begin() as connection:
            connection.execute(delete(setting).where(setting.c.name == home.NAME))  # nothing is in doubt after a move
            _progress.drop(connection)
    finally:
        engine.dispose()
    server.count(target)


def _reading(url: URL) -> Engine:
    if engines.is_server(url):
        return create_engine(engines.plain(url), poolclass=NullPool, hide_parameters=True, isolation_level="REPEATABLE READ")
    read_only = engines.plain(url).set(database=f"file:{quote(str(url.database))}", query={"mode": "ro", "uri": "true"})
    return create_engine(read_only, poolclass=NullPool, hide_parameters=True)


def _fingerprint(connection: Connection) -> str:
    """Which deployment this is: its signing key is nobody else's."""
    key = connection.execute(select(setting.c.value).where(setting.c.name == "signing_key")).scalar_one_or_none()
    return hashlib.sha256(f"move {key}".encode()).hexdigest()


def _begin(target: URL, writer: Engine, fingerprint: str) -> None:
    """See that the target is empty, or the same move's, and mark it."""
    with writer.connect() as connection:
        there = inspect(connection).get_table_names()
    if UNFINISHED not in there:
        migrations.upgrade(target)
    with writer.begin() as connection:
        if UNFINISHED in there:
            known = connection.execute(select(_progress.c.last).where(_progress.c.name == "")).scalar_one_or_none()
            if known is not None and known != fingerprint:
                raise Unusable("the target holds an unfinished move of another deployment; take an empty database")
            if known is not None:
                return
        for table in tables():
            if connection.execute(select(table).limit(1)).first() is not None:
                raise Unusable(f"the target is not empty: there is something in its table {table.name}; take an empty database")
        _progress.create(connection, checkfirst=True)
        connection.execute(insert(_progress).values(name="", last=fingerprint, rows=0, done=False))


def _copy(reader: Engine, writer: Engine, table: Table, say: Say, chunk: int) -> None:
    with writer.connect() as connection, connection.begin():
        row = connection.execute(select(_progress).where(_progress.c.name == table.name)).first()
    if row is not None and row.done:
        return
    last, rows = (_noted(table, row.last), row.rows) if row else (None, 0)
    adding = _insert(table, on_server=writer.dialect.name == "postgresql")
    with reader.connect() as source:
        total = source.execute(select(func.count()).select_from(table)).scalar_one()
        while True:
            found = source.execute(_after(table, last).limit(chunk)).mappings().all()
            with writer.begin() as target:
                if found:
                    target.execute(adding, [dict(each) for each in found])
                    last = tuple(found[-1][column.name] for column in table.primary_key)
                    rows += len(found)
                _note(target, table, last, rows, done=len(found) < chunk)
            if total:
                say(f"{table.name}: {rows} of {total}")
            if len(found) < chunk:
                return


def _note(target: Connection, table: Table, last: Key | None, rows: int, *, done: bool) -> None:
    key = [each.isoformat() if isinstance(each, date) else each for each in last or ()]
    values = {"last": key, "rows": rows, "done": done}
    if not target.execute(update(_progress).where(_progress.c.name == table.name).values(**values)).rowcount:
        target.execute(insert(_progress).values(name=table.name, **values))


def _noted(table: Table, key: Sequence[Any]) -> Key | None:
    """A key as it was before it was noted; None before the first row."""
    pairs = zip(key, table.primary_key, strict=True) if key else ()
    return tuple(date.fromisoformat(each) if isinstance(column.type, Date) else each for each, column in pairs) or None


def _after(table: Table, last: Key | None, until: Key | None = None) -> Select[Any]:
    """The rows after one key, perhaps until another, in the order of their keys. JSON is taken as it is written."""
    key, kinds = tuple_(*table.primary_key), [column.type for column in table.primary_key]
    columns = [cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column for column in table.columns]
    listed = select(*columns).order_by(*table.primary_key)
    if last is not None:
        listed = listed.where(key > tuple_(*last, types=kinds))
    return listed if until is None else listed.where(key <= tuple_(*until, types=kinds))


def _insert(table: Table, *, on_server: bool) -> Insert:
    written = {column.name: bindparam(column.name, type_=Text()) for column in table.columns if isinstance(column.type, JSON)}
    return insert(table).values({name: cast(each, JSON) if on_server else each for name, each in written.items()})


def _count_on(target: URL, writer: Engine) -> None:
    """Let numbers that the server gives begin after those that were moved."""
    if not engines.is_server(target):
        return
    with writer.begin() as connection:
        for table in tables():
            column = table.autoincrement_column
            if column is not None:
                highest = connection.execute(select(func.max(column))).scalar_one() or 0
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)"),
                    {"table": table.name, "column": column.name, "next": highest + 1},
                )


def _compare(reader: Engine, writer: Engine, table: Table, say: Say, chunk: int, *, lossy: bool) -> tuple[int, int]:
    """Compare a table chunk by chunk; answers how many rows, and how many lost a NUL. Raises `Unusable` where one differs."""
    whole, rows, changed, last = hashlib.sha256(), 0, 0, None
    with reader.connect() as source, writer.connect() as target, target.begin():
        while True:
            ours = source.execute(_after(table, last).limit(chunk)).mappings().all()
            until = tuple(ours[-1][column.name] for column in table.primary_key) if len(ours) == chunk else None
            theirs = target.execute(_after(table, last, until)).mappings().all()
            mine = [_words(table, each, lossy=lossy) for each in ours]
            other = [_words(table, each, lossy=lossy) for each in theirs]
            if _digest(mine) != _digest(other):
                raise Unusable(_difference(table, mine, other))
            whole.update(_digest(mine))
            rows += len(ours)
            changed += sum(lossy and any(isinstance(value, str) and "\x00" in value for value in each.values()) for each in ours)
            if until is None:
                break
            last = until
    if rows:
        say(f"{table.name}: {rows} rows, the same on both sides (checksum {whole.hexdigest()[:8]})")
    return rows, changed


def _digest(rows: Sequence[str]) -> bytes:
    return hashlib.sha256("\n".join(rows).encode()).digest()


def _difference(table: Table, ours: Sequence[str], theirs: Sequence[str]) -> str:
    key = len(list(table.primary_key))
    missing, more = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
    which = json.loads((missing or more)[0])[:key]
    what = "differs" if missing and more else "is missing in the target" if missing else "is only in the target"
    return (
        f"a row of {table.name} {what} (key {which}; {len(missing)} and {len(more)} rows of a chunk differ): something was changed on one"
        " side meanwhile. Empty the target and move again, with nothing running on either"
    )


def _words(table: Table, row: RowMapping, *, lossy: bool) -> str:
    """A row in words that are the same on both sides, its key first."""
    keys = [column.name for column in table.primary_key]
    rest = [column.name for column in table.columns if column.name not in keys]
    return json.dumps([_canonical(row[name], lossy=lossy) for name in (*keys, *rest)])


def _canonical(value: Any, *, lossy: bool) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return value.replace("\x00", "") if lossy and isinstance(value, str) else value
