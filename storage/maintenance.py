"""What is done to a whole database: looking whether it can be used, copying it, emptying it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import delete

from storage.schema import metadata
from storage.tables import setting
from storage.unit_of_work import UnitOfWork


class Unusable(Exception):
    """The database cannot be used, or not be copied; the message says why in one sentence."""


UNFINISHED = "unfinished_move"
"""The table that a database has while a deployment is being moved into it, and that keeps how far that is."""
OWN = Path("var")
"""The only folder that is made when it is missing; any other may be a slip of the pen."""


def probe(path: Path, *, unfinished: bool = False) -> None:
    """See whether a database is there or can be made, and can be written; leaves no trace. Raises `Unusable`.

    `unfinished`: whether a move into it may be under way.
    """
    try:
        _probe_folder(path.parent)
        _probe_file(path, unfinished=unfinished)
    except OSError as error:
        raise Unusable(f"the database {path} cannot be used ({error.strerror})") from None


def _probe_folder(folder: Path) -> None:
    if not folder.is_dir():
        if folder.exists():
            raise Unusable(f"{folder} is a file, so there is no room for a database in it")
        if folder.absolute() != OWN.absolute():
            raise Unusable(f"there is no folder {folder}; make it first, or correct the name")
        folder = folder.absolute().parent
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError:
        raise Unusable(f"the folder {folder} cannot be written") from None


def _probe_file(path: Path, *, unfinished: bool) -> None:
    if not path.exists():
        return
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        raise Unusable(f"the database {path} cannot be read and written")
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise Unusable(f"the database {path} cannot be opened ({error})") from None
    if tables and "alembic_version" not in tables:
        raise Unusable(f"{path} is a database of another program")
    if UNFINISHED in tables and not unfinished:
        raise Unusable(f"a move into {path} was begun and is not finished; say the same “zhibu move” again")


def healthy(path: Path) -> bool:
    """Whether SQLite finds the file undamaged (its quick check)."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def copy(path: Path, target: Path) -> int:
    """A consistent copy while the program runs; answers its size in bytes. Overwrites nothing, leaves no half file. Raises `Unusable`."""
    if not path.is_file():
        raise Unusable(f"there is no database {path}")
    if target.exists():
        raise Unusable(f"{target} is there already, and a backup overwrites nothing")
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        handle = os.open(partial, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        os.link(partial, target)
    except FileExistsError:
        raise Unusable(f"{target} is there already, and a backup overwrites nothing") from None
    except OSError as error:
        raise Unusable(f"{target} cannot be written ({error.strerror})") from None
    except sqlite3.Error as error:
        raise Unusable(f"the copy failed ({error})") from None
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


async def wipe(work: UnitOfWork) -> None:
    """Delete every row of every table but the deployment's own facts, its signing key among them."""
    for table in reversed(metadata.sorted_tables):
        if table is not setting:
            await work.change(delete(table))
