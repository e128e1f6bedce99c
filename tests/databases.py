"""The one way in which tests make databases: SQLite files, or databases on a PostgreSQL server of the tests' own.

`ZHIBU_TEST_DATABASE=postgresql` chooses; `make test` runs a part of the suite so, `make test-postgres` all of it. What is about SQLite's
files is marked `sqlite`, and what needs a server `postgres`.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from storage import key_file, migrations
from storage.engines import plain
from tests.postgres_server import PostgresServer

ON_SERVER = os.environ.get("ZHIBU_TEST_DATABASE", "sqlite") == "postgresql"


class Databases(Protocol):
    """Makes databases; each is known by its address, as in a configuration. `place` is a file that names it."""

    def blank(self, place: Path, *, keep: bool = False) -> str:
        """A database without a table, or one that is made when it is first used; `keep` it for other tests."""
        ...

    def copy(self, original: str, place: Path) -> str:
        """A copy of a database that nobody uses now."""
        ...

    def drop(self, url: str) -> None:
        """Let go of a database."""
        ...


class Files:
    """SQLite."""

    def blank(self, place: Path, *, keep: bool = False) -> str:
        return f"sqlite+aiosqlite:///{place}"

    def copy(self, original: str, place: Path) -> str:
        shutil.copy(str(make_url(original).database), place)
        keys = key_file.beside(make_url(original))
        if keys.exists():
            shutil.copy(keys, place.with_suffix(".keys"))
        return self.blank(place)

    def drop(self, url: str) -> None:
        """They go with their folder."""


class Served:
    """PostgreSQL. `clear` drops what no other test needs."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self._admin = psycopg.connect(server.conninfo, autocommit=True)
        self._made: set[str] = set()

    def blank(self, place: Path, *, keep: bool = False) -> str:
        return self._make(place, "template0", keep=keep)

    def copy(self, original: str, place: Path) -> str:
        return self._make(place, str(make_url(original).database), keep=False)

    def _make(self, place: Path, template: str, *, keep: bool) -> str:
        name = f"t{hashlib.sha256(str(place).encode()).hexdigest()[:20]}"
        self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        url = self.server.url(name)
        if not keep:
            self._made.add(url)
        return url

    def drop(self, url: str) -> None:
        self._admin.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")
        self._made.discard(url)

    def restart(self) -> None:
        """Crash and start again; every connection is lost."""
        self._admin.close()
        self.server.stop()
        self.server.start()
        self._admin = psycopg.connect(self.server.conninfo, autocommit=True)

    def clear(self) -> None:
        for url in list(self._made):
            self.drop(url)

    def close(self) -> None:
        self._admin.close()


SERVING: list[Served] = []


class Template:
    """A database to be copied. Where a test makes a SQLite file of it by itself it is a path, and skipped on PostgreSQL."""

    def __init__(self, databases: Databases, url: str) -> None:
        self.databases = databases
        self.url = url

    def copy(self, place: Path) -> str:
        """The address of a copy."""
        return self.databases.copy(self.url, place)

    def __fspath__(self) -> str:
        if ON_SERVER:
            pytest.skip("makes a SQLite file by itself")
        return str(make_url(self.url).database)

    def read_bytes(self) -> bytes:
        """The file."""
        return Path(self).read_bytes()


@contextmanager
def served() -> Iterator[Served]:
    """Databases on a PostgreSQL server that ends with the `with`."""
    with PostgresServer() as server:
        databases = Served(server)
        SERVING.append(databases)
        yield databases
        SERVING.remove(databases)
        databases.close()


def ask(url: str, statement: str) -> list[Any]:
    """What a statement answers, or does, beside the program."""
    engine = create_engine(plain(make_url(url)), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            answer = connection.execute(text(statement))
            return list(answer) if answer.returns_rows else []
    finally:
        engine.dispose()


def empty(databases: Databases, place: Path) -> Template:
    """A migrated, empty database to be copied."""
    url = databases.blank(place, keep=True)
    migrations.upgrade(make_url(url))
    return Template(databases, url)
