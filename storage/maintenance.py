"""What is done to a whole database: looking whether it can be used, copying it, emptying it."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import quote

from sqlalchemy import delete

from storage.faults import Fault, fault_of
from storage.schema import metadata
from storage.tables import setting
from storage.tables_vault import vault_key
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
        todo = "; go back to the last back-up with “zhibu restore FILE”" if fault_of(error) is Fault.DAMAGED else ""
        raise Unusable(f"the database {path} cannot be opened ({error}){todo}") from None
    if tables and "alembic_version" not in tables:
        raise Unusable(f"{path} is a database of another program")
    if UNFINISHED in tables and not unfinished:
        raise Unusable(f"a move into {path} was begun and is not finished; say the same “zhibu move” again")


def healthy(path: Path) -> bool:
    """Whether SQLite finds the file undamaged (its quick check)."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=5)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def copy(path: Path, target: Path, give_up: Callable[[], bool] = lambda: False) -> int:
    """A consistent and checked copy while the program runs; answers its size in bytes. Overwrites nothing, leaves no half file.

    `give_up` is asked again and again whether the copy is still wanted. Raises `Unusable`.
    """
    if not path.is_file():
        raise Unusable(f"there is no database {path}")
    with new_file(target) as partial:
        try:
            with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=30)) as connection:
                connection.set_progress_handler(lambda: int(give_up()), 20_000)
                connection.execute("VACUUM INTO ?", (str(partial),))
        except sqlite3.Error as error:
            raise Unusable(f"the copy failed ({error})") from None
        if not healthy(partial):
            raise Unusable("the copy is damaged, so the database probably is; “zhibu verify” says more")
    return target.stat().st_size


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """An empty file that only its owner may read, which gets the name `target` when all went well and is gone otherwise.

    Overwrites nothing. Raises `Unusable`.
    """
    if target.exists():
        raise Unusable(f"{target} is there already, and nothing is overwritten")
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        yield partial
        persist(partial)
        os.link(partial, target)
        persist(target.parent)
    except FileExistsError:
        raise Unusable(f"{target} is there already, and nothing is overwritten") from None
    except OSError as error:
        raise Unusable(f"{target} cannot be written ({error.strerror})") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def persist(path: Path) -> None:
    """See a file, or a folder's list of names, onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, new: Path, aside: Path) -> list[Path]:
    """Put a new file in a database's place and keep the one of before; answers where that is. Nobody may have it open.

    At every moment either the one or the other stands there whole. Raises `Unusable`.
    """
    _fold(new, patience=0)
    log = new.with_name(new.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise Unusable(f"not all of {new} could be written into one file; look for room on the disk, and for who has it open")
    kept: list[Path] = []
    try:
        if path.exists():
            if aside.exists():
                raise Unusable(f"{aside} is there already, and nothing is overwritten")
            if healthy(path):
                _fold(path)
            _second_name(path, aside)
            kept.append(aside)
            # A log that could not be folded belongs to the old file; beside the new one it would be played into it.
            for ending in ("-wal", "-shm"):
                log = path.with_name(path.name + ending)
                if log.exists():
                    moved = aside.with_name(aside.name + ending)
                    log.rename(moved)
                    kept.append(moved)
            persist(aside)
        if os.geteuid() == 0:  # what root puts back is still the database of whoever runs the program
            there = (path if path.exists() else path.absolute().parent).stat()
            os.chown(new, there.st_uid, there.st_gid)
        persist(new)
        new.replace(path)
        persist(path.parent)
    except OSError as error:
        raise Unusable(f"{path} cannot be replaced ({error.strerror}); look whether {aside} and {path} are both there") from None
    return kept


def fold(path: Path) -> None:
    """Empty the write-ahead log into the file: what was erased is not to be read there either. Whoever reads just now delays it."""
    _fold(path)


def _fold(path: Path, patience: float = 5) -> None:
    """Bring what stands in the write-ahead log into a sound file; opening a damaged one for writing might throw its log away."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=patience)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _second_name(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
    except OSError:  # a file system without second names
        shutil.copy2(path, aside)


async def wipe(work: UnitOfWork) -> None:
    """Delete every row of every table but the deployment's own facts, its signing key among them, and which keys it uses."""
    for table in reversed(metadata.sorted_tables):
        if table not in {setting, vault_key}:
            await work.change(delete(table))
