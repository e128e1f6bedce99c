"""The list of what was erased, beside the back-ups: whoever restores one without the database of before still has it.

A line says when, what, of which branch and of which member, all but the kind by numbers. Lines are only ever added.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from bot.operations import backup
from bot.operations.trouble import Trouble
from storage import maintenance, tombstones
from storage.keys import BranchId, MemberId
from storage.tombstones import Tombstone

ENDING = ".erased"


def file_of(settings: Settings, database: Path) -> Path:
    """Where the list is."""
    return backup.folder_of(settings, database) / (database.stem + ENDING)


def known(settings: Settings, database: Path) -> list[Tombstone]:
    """What the list says. Raises `Trouble`."""
    path = file_of(settings, database)
    try:
        lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
        return [_read(line) for line in lines if line]
    except (OSError, ValueError):
        raise Trouble(f"the list of what was erased, {path}, cannot be read; put its copy there, or take it away") from None


def keep(settings: Settings, database: Path) -> int:
    """Add to the list what the database has and the list has not; answers how much. Raises `Trouble`."""
    path, listed = file_of(settings, database), set(known(settings, database))
    missing = sorted(set(tombstones.in_file(database)) - listed, key=lambda each: (each.at, each.member_id, each.what))
    if not missing:
        return 0
    backup.made(path.parent)
    try:
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write("".join(_written(each) for each in missing))
        maintenance.persist(path)
    except OSError as error:
        raise Trouble(f"the list of what was erased, {path}, cannot be written ({error.strerror})") from None
    return len(missing)


def _written(stone: Tombstone) -> str:
    return f"{round(stone.at.timestamp() * 1000)} {stone.what} {stone.branch_id} {stone.member_id}\n"


def _read(line: str) -> Tombstone:
    at, what, branch, member = line.split(" ")
    if what not in tombstones.WHAT:
        raise ValueError(what)
    return Tombstone(BranchId(int(branch)), MemberId(int(member)), what, datetime.fromtimestamp(int(at) / 1000, UTC))
