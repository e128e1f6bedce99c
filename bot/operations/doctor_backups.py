"""What the doctor says about back-ups: how old the newest is, and whether it can be read."""

from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.config import Settings
from bot.operations import backup
from bot.operations.findings import Finding, good, mend, note
from bot.operations.trouble import Trouble

OLD = timedelta(hours=36)
"""A daily back-up that is older has failed at least once, or the program was off."""


def examine(settings: Settings, database: Path, clock: Clock) -> list[Finding]:
    """Everything about the back-ups of a database of SQLite's."""
    folder = backup.folder_of(settings, database)
    try:
        key, kept = backup.key_of(settings), backup.all_kept(database, folder)
        findings = _key(settings)
        newest = backup.newest(kept, clock())
        if newest is None:
            return [*findings, _none(settings, folder)]
        backup.check(newest.path, key)
    except Trouble as error:
        return [mend(f"back-ups: {error}")]
    age = clock() - newest.made_at
    told = f"the newest back-up, {newest.path}, is {_age(age)} old and can be read ({len(kept)} are kept)"
    return [*findings, good(told) if age <= OLD else mend(f"{told}; it should be younger: look into the log for why")]


def _key(settings: Settings) -> list[Finding]:
    path = settings.backup.key_file
    if path is None:
        return [note("back-ups are not sealed; “zhibu backup --new-key FILE” makes a key for [backup] key_file")]
    if path.stat().st_mode & 0o077:
        return [mend(f"others on this computer can read the key {path}: chmod 600 {path}")]
    return [good(f"back-ups are sealed with the key {path}; see that a copy of it is kept elsewhere")]


def _none(settings: Settings, folder: Path) -> Finding:
    if not settings.backup.automatic:
        return mend(f"there is no back-up in {folder}, and [backup] automatic is off; “zhibu backup FILE” makes one")
    return note(f"there is no back-up in {folder} yet; the running bot makes one a day")


def _age(age: timedelta) -> str:
    hours = max(0, round(age.total_seconds() / 3600))
    return f"{hours} hours" if hours < 72 else f"{hours // 24} days"
