"""Looking at a database through a read-only connection of its own: one snapshot, in nobody's way, and nothing is changed."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from storage import engines, key_file
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

T = TypeVar("T")


class Look(Protocol):
    """What a reading function finds."""

    def __call__(self, function: Callable[[UnitOfWork], Coroutine[Any, Any, T]]) -> T:
        """Run it on the snapshot; writing fails."""
        ...


@contextmanager
def snapshot(url: URL, now: datetime, keys: Path | None = None) -> Iterator[Look]:
    """Looks that all see the database as it is at the first of them, whatever is written meanwhile; `keys` is its key file."""
    vault = Vault(keys or key_file.beside(url))
    engine = _server(url) if engines.is_server(url) else _file(url)
    try:
        with engine.connect() as connection, connection.begin():

            def look(function: Callable[[UnitOfWork], Coroutine[Any, Any, T]]) -> T:
                work = UnitOfWork(connection, _no_id, vault)
                work.turn(now)
                return _driven(function(work))

            yield look
    finally:
        engine.dispose()


def _server(url: URL) -> Engine:
    options = {**engines.ALIVE, "application_name": "zhibu look"}
    engine = create_engine(engines.plain(url), poolclass=NullPool, hide_parameters=True, connect_args=options)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def _file(url: URL) -> Engine:
    read_only = engines.plain(url).set(database=f"file:{quote(str(url.database))}", query={"mode": "ro", "uri": "true"})
    engine = create_engine(read_only, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _no_id() -> int:
    raise RuntimeError("nothing is written here")


def _driven(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never has to wait for anything."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        value: T = finished.value
        return value
    coroutine.close()
    raise RuntimeError("only the unit of work may be awaited here")
