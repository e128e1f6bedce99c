"""Looking at a database's file through a read-only connection of its own: one snapshot, in nobody's way, and nothing is changed."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool

from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


def look(path: Path, function: Callable[[UnitOfWork], Coroutine[Any, Any, T]], now: datetime) -> T:
    """What a reading function finds in a file of SQLite's; writing fails."""
    file = URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query={"mode": "ro", "uri": "true"})
    engine = create_engine(file, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    try:
        with engine.connect() as connection, connection.begin():
            work = UnitOfWork(connection, _no_id)
            work.turn(now)
            return _driven(function(work))
    finally:
        engine.dispose()


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
