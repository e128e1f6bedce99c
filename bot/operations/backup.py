"""`zhibu backup`: a consistent copy while the program runs, sealed where a key is set."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.clock import BEIJING, Clock
from bot.config import Settings
from bot.operations import sealed
from bot.operations.sealed import Key
from bot.operations.trouble import Trouble
from storage import key_file, maintenance

SEALED = ".sealed"
AHEAD = timedelta(hours=1)
"""How far clocks may differ."""
POSTGRES = (
    "this database is PostgreSQL's: back it up with PostgreSQL's own “pg_dump --format=custom --file=zhibu.dump NAME”, "
    "and restore it with “pg_restore --clean --dbname=NAME zhibu.dump”"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A back-up in the folder: of which day, and when it was made."""

    path: Path
    day: date
    made_at: datetime


def folder_of(settings: Settings, database: Path) -> Path:
    """Where back-ups are kept."""
    return settings.backup.folder or database.parent / "backups"


def key_of(settings: Settings) -> Key | None:
    """The key that back-ups are sealed with, if one is set. Raises `Trouble`."""
    return sealed.read_key(settings.backup.key_file) if settings.backup.key_file else None


def keys_apart(settings: Settings) -> str:
    """That sealed columns of a back-up need the key file, too."""
    keys = key_file.of(settings.database.url, settings.keys.file)
    return f"The key of its sealed columns is not in it: keep a copy of {keys} too, apart from the back-ups."


def copy(database: Path, target: Path, key: Key | None = None, give_up: Callable[[], bool] = lambda: False) -> int:
    """Copy the database into a new file; answers its size in bytes. Raises `Trouble`."""
    try:
        if key is None:
            return maintenance.copy(database, target, give_up)
        return _sealed_copy(database, target, key, give_up)
    except maintenance.Unusable as error:
        raise Trouble(str(error)) from None
    except sealed.Interrupted:
        raise Trouble("the back-up was given up because the program stops") from None


def _sealed_copy(database: Path, target: Path, key: Key, give_up: Callable[[], bool]) -> int:
    # The open copy stands beside the database for a moment: the back-up's own folder may be somebody else's disk.
    bare = database.with_name(database.name + ".to-be-sealed")
    bare.unlink(missing_ok=True)
    try:
        maintenance.copy(database, bare, give_up)
        with maintenance.new_file(target) as partial, partial.open("wb") as file:
            sealed.seal(bare, file, key, give_up)
    finally:
        bare.unlink(missing_ok=True)
    return target.stat().st_size


def unsealed(file: Path, target: Path, key: Key | None) -> None:
    """Put what a back-up holds into a new file. Raises `Trouble`."""
    try:
        if not sealed.is_sealed(file):
            if not maintenance.healthy(file):
                raise Trouble(
                    f"{file} cannot be restored: SQLite finds it damaged, or it is no database; nothing was changed, use another back-up"
                )
            maintenance.copy(file, target)
            return
        if key is None:
            raise Trouble(f"{file} is sealed; name its key with --key-file, or in [backup] key_file")
        with maintenance.new_file(target) as partial, partial.open("wb") as written:
            for chunk in sealed.unseal(file, key):
                written.write(chunk)
    except maintenance.Unusable as error:
        raise Trouble(f"{file} cannot be restored: {error}") from None


def check(file: Path, key: Key | None) -> None:
    """See whether a back-up can be read whole. Raises `Trouble`."""
    if not sealed.is_sealed(file):
        if not maintenance.healthy(file):
            raise Trouble(f"SQLite finds {file} damaged")
    elif key is None:
        raise Trouble(f"{file} is sealed, and [backup] key_file names no key to open it")
    else:
        for _ in sealed.unseal(file, key):
            pass


def name_of(database: Path, day: date, *, is_sealed: bool) -> str:
    """The name of a day's back-up."""
    return f"{database.stem}-{day.isoformat()}.db" + (SEALED if is_sealed else "")


def all_kept(database: Path, folder: Path) -> list[Kept]:
    """The automatic back-ups of a database, the newest first. Raises `Trouble`."""
    pattern = re.compile(rf"{re.escape(database.stem)}-(\d{{4}}-\d\d-\d\d)\.db(?:{re.escape(SEALED)})?")
    try:
        files = list(folder.iterdir()) if folder.is_dir() else []
        found = [
            Kept(path, date.fromisoformat(match[1]), datetime.fromtimestamp(path.stat().st_mtime, UTC))
            for path in files
            if (match := pattern.fullmatch(path.name))
        ]
    except OSError as error:
        raise Trouble(f"the folder {folder} cannot be read ({error.strerror})") from None
    except ValueError:
        raise Trouble(f"in {folder} is a back-up of a day that does not exist") from None
    return sorted(found, key=lambda each: (each.day, each.made_at), reverse=True)


def newest(kept: Sequence[Kept], now: datetime) -> Kept | None:
    """The one made last; what a clock that ran ahead dated into the future is no news."""
    return max((each for each in kept if each.made_at <= now + AHEAD), key=lambda each: each.made_at, default=None)


def before_upgrade(settings: Settings, database: Path, clock: Clock, revision: str) -> Path:
    """Copy the database before it is migrated from a revision; the copy is kept until somebody deletes it. Raises `Trouble`."""
    key = key_of(settings)
    folder = made(folder_of(settings, database))
    stamp = f"{clock().astimezone(BEIJING):%Y-%m-%d-%H%M%S}"
    target = folder / (f"{database.stem}-before-upgrade-from-{revision}-{stamp}.db" + (SEALED if key else ""))
    copy(database, target, key)
    return target


def made(folder: Path) -> Path:
    """The folder, made if it is missing; its owner's alone. Raises `Trouble`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"the folder {folder} cannot be made ({error.strerror}); see [backup] folder") from None
    if not os.access(folder, os.W_OK):
        raise Trouble(f"the folder {folder} cannot be written; see [backup] folder")
    return folder
