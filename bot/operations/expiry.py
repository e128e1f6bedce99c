"""Back-ups end after a time: who was erased is not to live on in them (PIPL art. 19, 47)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config import Settings
from bot.operations import backup
from bot.operations.trouble import Trouble


def prune(settings: Settings, database: Path, now: datetime) -> list[Path]:
    """Delete back-ups that are older than `[backup] expires`, never the newest; answers which. Raises `Trouble`.

    Those are the daily ones, the copies made before an upgrade and what a restore put aside. What was written by hand under another
    name is nobody's to delete but who wrote it.
    """
    oldest = now - timedelta(days=settings.backup.expires)
    folder = backup.folder_of(settings, database)
    daily = backup.all_kept(database, folder)
    last = backup.newest(daily, now)
    try:
        old = [each.path for each in daily if each is not last and each.made_at < oldest]
        old += [each for each in _copies(folder, database) if datetime.fromtimestamp(each.stat().st_mtime, UTC) < oldest]
        for each in old:
            each.unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(f"an old back-up cannot be deleted ({error.strerror}: {error.filename})") from None
    return old


def _copies(folder: Path, database: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.glob(f"{_plain(database.stem)}-before-upgrade-from-*.db*")
    yield from database.parent.glob(f"{_plain(database.name)}.before-restore-*")


def _plain(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
