"""Engines for both kinds of database: SQLite, a file with one writer, and PostgreSQL, where the writers of all processes take turns.

Our services read and then write, and rely on nobody writing in between. On SQLite `BEGIN IMMEDIATE` sees to that; on PostgreSQL every
writing transaction begins by taking one lock of the whole database. Many errands share a transaction, which makes up for the queueing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

WRITING = 0x7A686962
"""The advisory lock (`zhib`) that whoever writes holds until the end of the transaction; released by the server if they die."""
READERS = 4
"""Connections for pages that a process keeps open at most; more wait for one of them."""
PATIENCE = timedelta(seconds=5)
"""How long a transaction on a file waits for another program's lock."""
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_CAREFUL = """
SET synchronous_commit = on;
SET default_transaction_isolation = 'read committed';
SET lock_timeout = '10s';
SET random_page_cost = 1.1;
SET statement_timeout = '60s';
SET idle_in_transaction_session_timeout = '20s';
"""
"""The writer looks for rows by their keys, which are in memory or on no turning disk: an index is right for a small table, too.

A process that was stopped in the middle of a transaction, or whose host vanished, holds the others up for twenty seconds at most."""
ALIVE = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 15_000}
"""How soon a server that does not answer is given up: seconds, and milliseconds in the last."""


class MissingDriver(Exception):
    """The address asks for PostgreSQL, but its drivers are not installed; the message says how they are."""


class Unknown(Exception):
    """The server may have committed a transaction or not: nobody is told that it has, and it is not run again."""


def is_server(url: URL) -> bool:
    """Whether the database is PostgreSQL, which several processes may use at once."""
    return url.get_backend_name() == "postgresql"


def need_drivers(url: URL) -> None:
    """See that what a database needs is installed. Raises `MissingDriver`."""
    try:
        for name in ("asyncpg", "psycopg") if is_server(url) else ():
            import_module(name)
    except ImportError as error:
        raise MissingDriver(f'PostgreSQL needs two more packages: pip install "asyncpg" "psycopg[binary]" ({error})') from None


def plain(url: URL) -> URL:
    """The same database through the driver that does not need a loop."""
    other = url.set(drivername=_DRIVERS[url.get_backend_name()])
    if "ssl" in other.query:  # asyncpg's name of what libpq calls sslmode
        other = other.difference_update_query(["ssl"]).update_query_dict({"sslmode": other.query["ssl"]})
    return other


def writing_engine(url: URL, patience: timedelta = PATIENCE) -> Engine:
    """An engine whose commits survive a crash, and whose transactions take the write lock at their beginning."""
    return _server_writing(url) if is_server(url) else _file_writing(url, patience)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One writing transaction. A connection that was lost while nothing was under way is opened anew first. Raises `Unknown`."""
    try:
        begun = connection.begin()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        begun = connection.begin()
    try:
        yield
    except BaseException:
        begun.rollback()
        raise
    try:
        begun.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unknown("the connection was lost while a transaction was being committed") from error
        raise


def reading_engine(url: URL) -> "AsyncEngine":
    """An engine for pages: it cannot write and never waits for the writer."""
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  0.2 s that a start without pages can spare

    if not is_server(url):
        file = f"file:{quote(str(url.database))}"
        return create_async_engine(url.set(database=file, query={"mode": "ro", "uri": "true"}), hide_parameters=True)
    settings = {"default_transaction_read_only": "on", "statement_timeout": "30s", "application_name": "zhibu pages"}
    options = {"server_settings": settings, "timeout": 5}
    return create_async_engine(
        url, pool_size=READERS, max_overflow=0, pool_timeout=10, pool_pre_ping=True, hide_parameters=True, connect_args=options
    )


def _file_writing(url: URL, patience: timedelta) -> Engine:
    engine = create_engine(plain(url), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={patience // timedelta(milliseconds=1)}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _server_writing(url: URL) -> Engine:
    engine = create_engine(plain(url), poolclass=NullPool, hide_parameters=True, connect_args={**ALIVE, "application_name": "zhibu"})

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        from storage.psycopg_text import TextWithoutNul  # noqa: PLC0415  the driver is there only where PostgreSQL is used

        connection.adapters.register_dumper(str, TextWithoutNul)
        connection.autocommit = True
        connection.execute(_CAREFUL)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # One message and one answer: by itself the driver would begin with a statement of its own.
        connection.exec_driver_sql(f"BEGIN; SELECT pg_advisory_xact_lock({WRITING})")

    return engine
