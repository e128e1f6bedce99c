"""A PostgreSQL server as an operator meets it: whether it can be reached, and whether the database is ours to use."""

from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.engines import ALIVE, MissingDriver, is_server, need_drivers, plain
from storage.maintenance import UNFINISHED, Unusable

OLDEST = 14
"""The first version that we try; older ones get no mending of their own any more."""


def named(url: URL) -> str:
    """A database's address for people, without its password."""
    where = url.host or url.query.get("host") or "this computer"
    return f"{url.database} on {where}" + (f", port {url.port}" if url.port else "")


def place(url: URL) -> tuple[object, ...]:
    """Where a database is, whoever connects to it and how."""
    where = url.query.get("host") or url.host if is_server(url) else ""
    name = url.database if is_server(url) else str(Path(url.database or "").absolute())
    return (url.get_backend_name(), where, url.port or url.query.get("port"), name)


def probe(url: URL, *, unfinished: bool = False) -> str:
    """See whether the server can be reached and the database be used; answers the server's version. Raises `Unusable`.

    `unfinished`: whether a move into it may be under way.
    """
    try:
        need_drivers(url)
    except MissingDriver as error:
        raise Unusable(str(error)) from None
    engine = create_engine(plain(url), poolclass=NullPool, hide_parameters=True, connect_args=ALIVE)
    try:
        with engine.connect() as connection:
            row = connection.execute(text(_FACTS)).one()
            tables = set(inspect(connection).get_table_names())
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())
        raise Unusable(f"the database {named(url)} cannot be reached ({said[:300]})") from None
    finally:
        engine.dispose()
    if row.number // 10_000 < OLDEST:
        raise Unusable(f"the server of {named(url)} is PostgreSQL {row.version}; version {OLDEST} or a newer one is needed")
    if row.encoding != "UTF8":
        raise Unusable(f"the database {named(url)} keeps text as {row.encoding}; make one with: CREATE DATABASE … ENCODING 'UTF8'")
    if row.standby or row.readonly == "on":
        raise Unusable(f"the database {named(url)} can only be read; name the primary server")
    if not row.may_create:
        raise Unusable(
            f"{url.username or 'the user'} may not make tables in {named(url)}; as its owner say: GRANT ALL ON SCHEMA public TO …"
        )
    if tables and "alembic_version" not in tables:
        raise Unusable(f"{named(url)} is a database of another program; make one of its own")
    if UNFINISHED in tables and not unfinished:
        raise Unusable(f"a move into {named(url)} was begun and is not finished; say the same “zhibu move” again")
    return str(row.version)


def running(url: URL) -> str | None:
    """Where a zhibu that runs on the database is reached, empty if it has not said; None if none runs."""
    engine = create_engine(plain(url), poolclass=NullPool, hide_parameters=True, connect_args=ALIVE)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("process"):
                return None
            return connection.execute(text(_ALIVE)).scalar()
    except DBAPIError:
        return None  # what is wrong with the database is told by `probe`
    finally:
        engine.dispose()


def count(url: URL) -> None:
    """Let a server look how many rows its tables have, as it does by itself within minutes: until then it plans as if they were small."""
    if not is_server(url):
        return
    engine = create_engine(plain(url), poolclass=NullPool, hide_parameters=True, isolation_level="AUTOCOMMIT", connect_args=ALIVE)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()


_ALIVE = """
SELECT address FROM process WHERE beat_at > extract(epoch from clock_timestamp()) * 1000 - 7000 ORDER BY address = '', started_at LIMIT 1
"""
_FACTS = """
SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
       current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
       current_setting('default_transaction_read_only') AS readonly,
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create
"""
