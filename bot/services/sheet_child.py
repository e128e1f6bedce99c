"""The process in which a file is read: `python -m bot.services.sheet_child`. What it may use is limited before a byte is looked at.

It is given on its standard input a line with the file's name, the day and how much memory and time it may take, then the file; it answers
one JSON object on its standard output, and holds nothing when it ends. `bot.services.sheets` starts it.
"""

import json
import os
import resource
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bot.language.sheet_files import Unreadable, read
from bot.services import import_cells


def answered(name: str, content: bytes, today: date) -> dict[str, Any]:
    """What a file holds, or in both languages why it is refused."""
    try:
        sheet = read(name, content)
    except Unreadable as refused:
        return {"refused": [refused.text.zh, refused.text.en]}
    notes = [[each.zh, each.en] for each in (*sheet.notes, *import_cells.left_out(sheet))]
    columns = [each.value for each in sheet.columns]
    return {"columns": columns, "rows": import_cells.packed(import_cells.understood(sheet, today)), "notes": notes}


def _limited(memory: int, seconds: int) -> None:
    """From now on so much address space and time of a processor; no file is written, no core left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _used() -> int:
    """Bytes of memory that were used at most: by the kernel's own note where there is one, since the other counts who started us, too."""
    try:
        with Path("/proc/self/status").open(encoding="ascii", errors="replace") as told:
            return next(int(line.split()[1]) for line in told if line.startswith("VmHWM")) * 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Read one file and answer. A file that needs more than it may have ends the process, not the program that serves."""
    given, out = os.fdopen(0, "rb", closefd=False), os.fdopen(1, "wb", closefd=False)
    told = json.loads(given.readline())
    _limited(told["memory"], told["seconds"])
    found = answered(told["name"], given.read(), date.fromisoformat(told["today"]))
    found["used"] = _used()
    out.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())
    out.flush()


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(3)
