"""Reading a file with a table of members, outside of the process that serves: memory and time are limited, and a crash is only the file's.

A sheet is kept densely by its reader: one cell at A1 and one at XFD1048576 ask for seventeen thousand million cells. Such a file ends the
process that reads it and nothing else. Nothing here opens a transaction, and nobody calls it within one.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import bot
from bot.language.register_columns import Column, columns
from bot.language.sheet_files import EMPTY, LARGEST, TOO_LARGE, UNREADABLE, Unreadable, pasted
from bot.patterns import Pattern
from bot.services import import_cells
from bot.services.import_cells import Row
from bot.texts import Text

MEMORY = 512 * 1024 * 1024
"""Bytes of address space that reading may take; five thousand rows take a fifth of it."""
SECONDS = 20
"""Of a processor. A file of twenty thousand rows takes four."""
PATIENCE = 40.0
"""Seconds by the clock."""
TOO_MUCH = Text(
    "这张表铺得太开，没有读完（比如最后一行、最后一列有一个孤零零的格子）。请只复制名册那一块，另存一份再传。",
    "The sheet spreads too far and was not read (a lone cell in the last row or column does that). Copy the table alone into a new file.",
)
AT_ONCE = 2
"""Files that are read at the same time: together they may take a gigabyte."""
BUSY = Text("正在读别的文件，请过一分钟再传。", "Other files are being read; please send it again in a minute.")
_READING: list[str] = []
LONGEST_PASTED = 20_000
"""Characters of lines pasted into a chat; more is a file's."""
_MARKS = Pattern("[,，;；|\t]")
_SPACED_PHONE = Pattern(r"\b(1[3-9][0-9])[ -]([0-9]{4})[ -]([0-9]{4})\b")


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: which columns are known, the rows as the register would hold them, and what is to be said of the file."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()
    used: int = 0
    """Bytes of memory that reading took at most."""


async def read(name: str, content: bytes, today: date) -> Document:
    """Read a file in a process of its own. Raises `Unreadable`, whose text says what to do."""
    if len(content) > LARGEST:
        raise Unreadable(TOO_LARGE(size=-(-len(content) // 1024 // 1024), most=LARGEST // 1024 // 1024))
    if not content:
        raise Unreadable(EMPTY)
    if len(_READING) >= AT_ONCE:
        raise Unreadable(BUSY)
    _READING.append(name)
    try:
        return _document(name, await _answer(name, content, today))
    finally:
        _READING.remove(name)


async def _answer(name: str, content: bytes, today: date) -> Mapping[str, Any]:
    told = {"name": name[:80], "today": today.isoformat(), "memory": MEMORY, "seconds": SECONDS}
    given = json.dumps(told).encode() + b"\n" + content
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.services.sheet_child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_surroundings(),
    )
    try:
        async with asyncio.timeout(PATIENCE):
            answer, _ = await child.communicate(given)
    except TimeoutError as error:
        raise Unreadable(TOO_MUCH) from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise Unreadable(TOO_MUCH)
    found: Mapping[str, Any] = json.loads(answer)
    return found


def _surroundings() -> dict[str, str]:
    """What the process is told of its surroundings: where the program is, and none of its secrets."""
    return {"PYTHONPATH": str(Path(bot.__file__).parent.parent), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _document(name: str, found: Mapping[str, Any]) -> Document:
    if "refused" in found:
        raise Unreadable(Text(*found["refused"]))
    notes = tuple(Text(*each) for each in found["notes"])
    columns = tuple(Column(each) for each in found["columns"])
    return Document(name, columns, import_cells.unpacked(found["rows"]), notes, found["used"])


def of_pasted(words: str, today: date) -> Document:
    """The rows of lines that were copied out of a table into a chat: few, and plain text. Raises `Unreadable`."""
    if len(words) > LONGEST_PASTED:
        raise Unreadable(UNREADABLE)
    sheet = pasted(_parted(words))
    return Document("", sheet.columns, import_cells.understood(sheet, today), (*sheet.notes, *import_cells.left_out(sheet)))


def _parted(words: str) -> str:
    """Lines whose columns a chat has parted by spaces, parted by tabs; other lines as they are."""
    lines = [line for line in words.splitlines() if line.strip()]
    if not lines or _MARKS.search(lines[0]) or Column.NAME not in columns(lines[0].split()).values():
        return words
    return "\n".join("\t".join(_SPACED_PHONE.sub(r"\1\2\3", line).split()) for line in lines)
