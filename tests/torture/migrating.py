"""A migration that is killed at its n-th statement: `python -m tests.torture.migrating DATABASE N …`, each N a process of its own.

For every N prints a line of JSON: how the process ended, and the schema that it left.
"""

import json
import os
import signal
import sqlite3
import sys
from contextlib import closing
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from storage import migrations


def schema(path: str) -> dict[str, Any]:
    """The revision and the tables and indices of a database, and whether anything is broken in it."""
    with closing(sqlite3.connect(path)) as look:
        names = sorted(str(name) for (name,) in look.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        revision = look.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in names else None
        sound = look.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not look.execute("PRAGMA foreign_key_check").fetchall()
    return {"revision": revision and revision[0], "names": names, "sound": sound}


def _killed_at(path: str, statement: int) -> int:
    process = os.fork()
    if process:
        return os.waitpid(process, 0)[1]
    left = [statement]

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    migrations.upgrade(make_url(f"sqlite+aiosqlite:///{path}"))
    os._exit(0)


def main() -> None:
    import alembic.command  # noqa: F401  once, before the forks

    for statement in sys.argv[2:]:
        ended = _killed_at(sys.argv[1], int(statement))
        print(json.dumps({"ended": ended} | schema(sys.argv[1])), flush=True)


if __name__ == "__main__":
    main()
