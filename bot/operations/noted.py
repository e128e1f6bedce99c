"""What the running bot noted of its lines: it is told with its moment, and with what makes it old."""

from datetime import UTC, datetime
from pathlib import Path

from bot.clock import BEIJING
from bot.config import Settings

RESTART = "the configuration was changed after that: restart zhibu, which reads it only at its start"


def changed(path: Path | None, settings: Settings) -> datetime | None:
    """When the configuration, or a file with a secret that it names, was changed last; None where there is none."""
    files = [*([path] if path is not None else []), *settings.secret_files().values()]
    times = [each.stat().st_mtime for each in files if each.is_file()]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def is_old(at: datetime | None, change: datetime | None) -> bool:
    """Whether something was noted by a bot that had read another configuration than there is now."""
    return at is not None and change is not None and change > at


def told(words: str, at: datetime | None, change: datetime | None) -> str:
    """A note in words, with its moment, and whether zhibu has to be started anew for it to count."""
    if at is None:
        return words
    when = f"{words.rstrip('.')} (noted {at.astimezone(BEIJING):%m-%d %H:%M}, Beijing's time)"
    return f"{when}; {RESTART}" if is_old(at, change) else when
