"""`make move-sample`: the sample carried from a SQLite file to a PostgreSQL server of its own, with the commands an operator would say.

The move is killed in the middle and said again; then a reader that shares nothing with it compares every row of both sides. Exit code 1
where anything is not as it should be.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres_server import PostgresServer

KILL_AFTER = "check_in: 500 of"
LEFT = frozenset({"process", "alembic_version"})
"""What is about the place and the version, not about the branch."""
ADDRESS = "ZHIBU_DATABASE__URL"


class Wrong(Exception):
    """What is not as it should be."""


def _environment(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBU_", "COV_"))}
    return {**kept, ADDRESS: url, "PYTHONUNBUFFERED": "1"}


def _shown(name: str, words: Sequence[str]) -> None:
    print(f"\n$ {ADDRESS}=${name} zhibu " + " ".join(words), flush=True)


def _zhibu(name: str, url: str, *words: str, told: Sequence[str] | None = None, code: int = 0) -> None:
    """Run a command and print what it says."""
    _shown(name, told or words)
    done = subprocess.run([sys.executable, "-m", "bot", *words], capture_output=True, text=True, env=_environment(url), check=False)
    print((done.stdout + done.stderr).rstrip())
    if done.returncode != code:
        raise Wrong(f"zhibu {words[0]} ended with {done.returncode}, not {code}")


def _killed(name: str, url: str, words: Sequence[str], told: Sequence[str]) -> None:
    """Begin a move and kill it where it is in the middle of a table."""
    _shown(name, told)
    with subprocess.Popen([sys.executable, "-m", "bot", *words], stdout=subprocess.PIPE, text=True, env=_environment(url)) as process:
        assert process.stdout
        for line in process.stdout:
            print(line.rstrip())
            if line.startswith(KILL_AFTER):
                process.send_signal(signal.SIGKILL)
                print("– killed here, by SIGKILL –", flush=True)
                return
    raise Wrong("it was over before it could be killed")


def _plain(value: Any) -> Any:
    """A value as it is whichever driver read it: truth as a number, a day as its name, JSON as what it means."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return json.loads(value)
    return value.isoformat() if hasattr(value, "isoformat") else int(value) if isinstance(value, bool) else value


def _rows(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    return sorted(json.dumps({name: _plain(value) for name, value in zip(names, row, strict=True)}, sort_keys=True) for row in rows)


def _compared(file: Path, conninfo: str) -> Iterator[tuple[str, int]]:
    """Every table and its rows, by the two drivers alone. Raises `Wrong` where one row is not the same."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as old, psycopg.connect(conninfo) as new:
        tables = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}
        theirs = {name for (name,) in new.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()}
        if tables != theirs:
            raise Wrong(f"these tables are on one side only: {sorted(tables ^ theirs)}")
        for table in sorted(tables - LEFT):
            before, after = old.execute(f'SELECT * FROM "{table}"'), new.execute(f'SELECT * FROM "{table}"'.encode())
            ours = _rows([each[0] for each in before.description], before.fetchall())
            assert after.description
            if ours != _rows([each.name for each in after.description], after.fetchall()):
                raise Wrong(f"{table} is not the same on both sides")
            yield table, len(ours)


def _move(folder: Path, server: PostgresServer) -> None:
    with psycopg.connect(server.conninfo, autocommit=True) as admin:
        admin.execute("CREATE DATABASE zhibu ENCODING 'UTF8' TEMPLATE template0")
    file = folder / "zhibu.db"
    places: Mapping[str, str] = {"OLD": f"sqlite+aiosqlite:///{file}", "NEW": server.url("zhibu")}
    for name, url in places.items():
        print(f"{name}={url}")
    moving, told = ["move", "--to", places["NEW"]], ["move", "--to", "$NEW"]
    _zhibu("OLD", places["OLD"], "sample")
    _zhibu("OLD", places["OLD"], "verify")
    _zhibu("OLD", places["OLD"], "ledger", "verify")  # it notes how far the books are sound, as the move does on the new side
    _killed("OLD", places["OLD"], moving, told)
    print("\nNobody can run on what is half filled:")
    _zhibu("NEW", places["NEW"], "link", "王秀英", code=1)
    print("\nThe same again goes on where it was:")
    _zhibu("OLD", places["OLD"], *moving, told=told)
    print("\nA reader of its own, by sqlite3 and psycopg alone, every row of both sides:")
    found = list(_compared(file, f"host={server.folder} user=zhibu dbname=zhibu"))
    print("\n".join(f"{table:<20}{rows:>7} rows, the same" for table, rows in found if rows))
    print(f"{sum(rows for _, rows in found)} rows in {len(found)} tables, {sum(not rows for _, rows in found)} of them empty.")
    for name, url in places.items():
        _zhibu(name, url, "verify")
        _zhibu(name, url, "ledger", "verify")


def main() -> int:
    """What was done; 1 where something went wrong."""
    with tempfile.TemporaryDirectory(prefix="zhibu-move-") as folder, PostgresServer() as server:
        try:
            _move(Path(folder), server)
        except Wrong as error:
            print(f"\nWRONG: {error}")
            return 1
    print("\nThe sample has moved; both sides are the same and good.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
