"""Workbooks for Excel and WPS. What a person wrote stays text: nothing in a cell is ever taken for a formula, an address or a number."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.render.fonts import clean

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""UTF-16 units a cell can hold, so an emoji counts as two; what is longer ends in … there."""

_NAME_LENGTH = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\\n", "-"))
_EARLIEST = date(1900, 3, 1)  # Excel takes 1900 for a leap year: what is earlier is written as text


class Kind(StrEnum):
    """What a column holds, and so how its cells are written."""

    TEXT = "text"
    YUAN = "yuan"
    """Given in fen as an integer, written as a number of yuan with two decimals."""
    NUMBER = "number"
    DATE = "date"


Value = str | int | date | None
"""A text, a whole number or fen, a date; None leaves the cell empty. A text may stand in a column of any kind, as a text."""

_PATTERNS = {Kind.TEXT: "@", Kind.YUAN: "0.00", Kind.NUMBER: "0", Kind.DATE: "yyyy-mm-dd"}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands under it, and how many digits wide it is; a Chinese character is as wide as two."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name, its columns, rows as long as there are columns, a note two rows beneath.

    Raises `ValueError` if there is no column, or a row has another length.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    note: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a sheet needs a column")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} values under {len(self.columns)} columns")


def workbook(sheets: Sequence[Sheet], *, created: datetime) -> bytes:
    """The sheets as .xlsx, headings frozen; the same sheets made at the same time have the same bytes.

    `created` stands in the file's properties only. Raises `ValueError` without a sheet, and `TypeError` for a value that its column's
    kind cannot hold.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  no start needs it, only an export

    if not sheets:
        raise ValueError("a workbook needs a sheet")
    paper = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(paper, options) as book:
        book.set_properties({"created": created.replace(tzinfo=None)})
        names: list[str] = []
        for sheet in sheets:
            names.append(_free_name(sheet.title, names))
            _write(book, book.add_worksheet(names[-1]), sheet)
    return paper.getvalue()


def _write(book: "Workbook", page: "Worksheet", sheet: Sheet) -> None:
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#A31D1D", "valign": "vcenter", "text_wrap": True})
    for at, column in enumerate(sheet.columns):
        look = book.add_format({"num_format": _PATTERNS[column.kind], "valign": "top", "text_wrap": column.kind is Kind.TEXT})
        page.set_column(at, at, column.width)
        page.write_string(0, at, _text(column.title), head)
        for down, row in enumerate(sheet.rows, 1):
            _write_value(page, (down, at), row[at], column.kind, look)
    if sheet.note:
        page.write_string(len(sheet.rows) + 2, 0, _text(sheet.note), book.add_format({"italic": True, "font_color": "#57534E"}))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_value(page: "Worksheet", place: tuple[int, int], value: Value, kind: Kind, look: "Format") -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(*place, _text(value), look)
    elif kind is Kind.DATE and isinstance(value, date) and not isinstance(value, datetime):
        if value < _EARLIEST:
            page.write_string(*place, value.isoformat(), look)
        else:
            page.write_datetime(*place, value, look)
    elif kind in {Kind.YUAN, Kind.NUMBER} and isinstance(value, int) and not isinstance(value, bool):
        page.write_number(*place, value / 100 if kind is Kind.YUAN else value, look)
    else:
        raise TypeError(f"{type(value).__name__} in a column of {kind}")


def _text(words: str) -> str:
    cleaned = clean(words)
    return cleaned if _cut(cleaned, LONGEST) == cleaned else f"{_cut(cleaned, LONGEST - 1)}…"


def _cut(words: str, units: int) -> str:
    """The words, or as much of them as fits into so many UTF-16 units, which Excel counts."""
    return words.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _free_name(title: str, taken: Sequence[str]) -> str:
    """A name that Excel takes: short, without its signs, unlike any other of the workbook in whatever case."""
    plain = _cut(clean(title.translate(_NOT_IN_NAMES), keep=""), _NAME_LENGTH).strip(" '") or "-"
    plain = f"{plain}-" if plain.casefold() == "history" else plain
    used = {each.casefold() for each in taken}
    name, number = plain, 1
    while name.casefold() in used:
        number += 1
        name = f"{_cut(plain, _NAME_LENGTH - len(f' {number}'))} {number}"
    return name
