"""`zhibu lessons check`: everything that is wrong with a folder of lessons, by file and line."""

from pathlib import Path

from bot.operations.trouble import Trouble
from bot.services import lesson_files


def check(folder: str) -> tuple[list[str], int]:
    """A line for each fault, and how many lessons are sound. Raises `Trouble` where there is no folder."""
    if not folder:
        raise Trouble("[study] lessons is empty, so there is no library; name a folder")
    read = lesson_files.read(folder)
    if read is None or not read.readable:
        raise Trouble(f"there is no folder {folder}; name the folder of lessons, or set [study] lessons")
    root = lesson_files.found(folder)
    return [f"{shown(root / each.path)}:{each.line}: {each.message}" for each in read.faults], len(read.lessons)


def shown(path: Path) -> str:
    """A path as short as an editor can still open it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
