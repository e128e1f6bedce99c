"""Whether others on this machine can read what only the program should: files with secrets, and the database with everybody in it."""

import stat
from pathlib import Path

from bot.config import Settings
from bot.operations.findings import Finding, note
from storage import key_file


def examine(settings: Settings) -> list[Finding]:
    """A note for each file that everybody on this machine can read, or change."""
    found = [_loose(f"{setting} = {path}", path) for setting, path in settings.secret_files().items()]
    keys = key_file.of(settings.database.url, settings.keys.file)
    found.append(_loose(f"the keys of sealed columns {keys}", keys))
    _, _, database = settings.database.url.partition("sqlite+aiosqlite:///")
    if database:
        found.append(_loose(f"the database {database}", Path(database)))
    return [each for each in found if each is not None]


def _loose(what: str, path: Path) -> Finding | None:
    try:
        mode = path.stat().st_mode
    except OSError:
        return None  # that it is not there is told elsewhere
    if not mode & (stat.S_IROTH | stat.S_IWOTH):
        return None
    return note(f"{what} can be read by everybody on this machine; chmod 600 {path}")
