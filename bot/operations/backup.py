"""`zhibu backup`: a consistent copy while the program runs."""

from pathlib import Path

from bot.operations.trouble import Trouble
from storage import maintenance


def copy(database: Path, target: Path) -> int:
    """Copy the database into a new file; answers its size in bytes. Raises `Trouble`."""
    try:
        size = maintenance.copy(database, target)
    except maintenance.Unusable as error:
        raise Trouble(str(error)) from None
    if not maintenance.healthy(target):
        raise Trouble(f"{target} was written, but SQLite finds it damaged; do not rely on it")
    return size
