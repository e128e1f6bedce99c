"""A table in a text file: how its characters are written, and what stands between its cells."""

import csv
import io
from collections.abc import Callable, Sequence

from bot.language.sheet_grids import Cut, Grid, words_of

_ROWS = 25_000
_CELLS = 2_000_000
_BINARY = ("\0", "\x01", "\x02", "\x03")
_SIGNS = (",", "\t", ";", "|", "，")
_BEGINNING = 40
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decoded(content: bytes) -> str:
    """The characters of a text in UTF-8, UTF-16, GBK or GB18030, with or without a mark at its beginning. Raises `Cut`."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if not any(sign in text for sign in _BINARY):
            return text
    raise Cut("broken")


def _encodings(content: bytes) -> list[str]:
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            return [encoding]
    head = content[:400]
    if head.count(0) > len(head) // 5:  # every other byte of Latin letters and signs is zero in UTF-16
        return ["utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"]
    return ["utf-8", "gb18030", "big5"]


def grid(content: bytes, scored: Callable[[Sequence[Sequence[str]]], int]) -> Grid:
    """The table of a text, by the sign between cells with which `scored` knows most headings. Raises `Cut`."""
    text = decoded(content)
    beginning = "\n".join(text.splitlines()[:_BEGINNING])
    signs = max(_SIGNS, key=lambda sign: scored(_rows(beginning, sign)))
    return Grid("", _rows(text, signs))


def _rows(text: str, sign: str) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            cells += len(row)
            if len(rows) > _ROWS or cells > _CELLS:
                raise Cut("rows")
            rows.append([words_of(cell) for cell in row])
    except csv.Error as error:
        raise Cut("broken") from error
    return rows
