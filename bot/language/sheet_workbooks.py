"""Workbooks of Excel, WPS and LibreOffice: unpacked within bounds, values only, merged cells filled."""

import copy
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from bot.language.sheet_grids import Cut, Grid, words_of

INFLATED = 100 * 1024 * 1024
"""Bytes that a workbook may have unpacked."""
ENTRIES = 1_000
RATIO = 200
"""How many times larger a part may become when it is unpacked, once that is much: Excel's own reach some fifty."""
_MUCH = 8 * 1024 * 1024
_PIECE = 256 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEETS = 50
_ROWS = 25_000
_WIDEST = 200
_MERGED = 20_000


def is_workbook(content: bytes) -> bool:
    """Whether it begins as a workbook does: packed, or the older format."""
    return content.startswith((_ZIP, _OLE))


def has_macros(content: bytes) -> bool:
    """Whether a packed workbook holds macros."""
    if not content.startswith(_ZIP):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return any(name.casefold().endswith("vbaproject.bin") for name in parts.namelist())


def grids(content: bytes) -> list[Grid]:
    """The sheets of a workbook, those in sight. Raises `Cut`."""
    if content.startswith(_ZIP):
        _bounded(content)
    return _read(content)


def _bounded(content: bytes) -> None:
    """Look what a packed file would become: by its own list first, then by unpacking it, kept nowhere. Raises `Cut`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            listed = parts.infolist()
            if len(listed) > ENTRIES or sum(each.file_size for each in listed) > INFLATED:
                raise Cut("bomb")
            if any(each.flag_bits & 1 for each in listed):
                raise Cut("locked")
            left = INFLATED
            for each in listed:
                left -= _inflated(parts, each, left)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
        raise Cut("broken") from error


def _inflated(parts: zipfile.ZipFile, listed: zipfile.ZipInfo, left: int) -> int:
    """How large a part really is, whatever the list says. Raises `Cut` as soon as it is more than is left."""
    told = copy.copy(listed)
    told.file_size = left + 1  # what is read ends with the data, not where the list says so
    told.CRC = None  # type: ignore[assignment]
    size = 0
    with parts.open(told) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > left or (size > _MUCH and size > RATIO * max(1, listed.compress_size)):
                raise Cut("bomb")
    return size


def _read(content: bytes) -> list[Grid]:
    from python_calamine import (  # noqa: PLC0415  no start needs it, only an import
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            seen = [
                each.name
                for each in book.sheets_metadata
                if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
            ]
            return [_grid(book.get_sheet_by_name(name)) for name in seen[:_SHEETS]]
    except PasswordError as error:
        raise Cut("locked") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Cut("broken") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the reader's own language; it is no Exception
            raise Cut("broken") from error
        raise


def _grid(sheet: Any) -> Grid:
    first = sheet.start or (0, 0)
    if sheet.height > _ROWS:
        raise Cut("rows")
    rows = [[words_of(cell) for cell in row[:_WIDEST]] for row in sheet.to_python()]
    return Grid(sheet.name, _filled(rows, sheet.merged_cell_ranges or (), first), first[0] + 1)


def _filled(rows: list[list[str]], ranges: Iterable[Any], first: tuple[int, int]) -> Sequence[Sequence[str]]:
    """What stands in merged cells stands in each of them."""
    for number, ((top, left), (bottom, right)) in enumerate(ranges):
        if number >= _MERGED:
            break
        down, over = top - first[0], left - first[1]
        if not (0 <= down < len(rows) and 0 <= over < len(rows[down])) or not (words := rows[down][over]):
            continue
        for row in rows[down : bottom - first[0] + 1]:
            for at in range(over, min(right - first[1] + 1, len(row))):
                row[at] = row[at] or words
    return rows
