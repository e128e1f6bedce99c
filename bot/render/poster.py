"""A poster with a QR code: A4 for printing at 150 dots an inch, or as a phone's screen. Words on white paper, no names, no seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.render.canvas import BAND, INK, PAPER, QUIET, RED, Canvas, measure
from bot.render.lines import wrapped

DPI = 150
_QUIET_ZONE = 4
"""Modules of white around a QR code, as its standard asks."""
_INK = "#000000"


class Format(Enum):
    """Width and height in pixels; A4 at `DPI`."""

    A4 = (1240, 1754)
    PHONE = (1080, 1920)


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on it, from the top: a title, the branch, its words; the code, what scanning does, how else to answer; a foot."""

    title: str
    branch: str
    words: str
    link: str
    """What the QR code holds: an address, or the words to send."""
    scan: str
    how: Sequence[str] = ()
    foot: str = ""


def png(poster: Poster, size: Format) -> bytes:
    """The poster as PNG. Raises `ValueError` for words that do not fit."""
    width, height = size.value
    sheet, margin = Canvas(width, height), width // 12
    inner = width - 2 * margin
    head = round(height * 0.17)
    sheet.box(0, 0, width, head, RED)
    sheet.text(width / 2, head * 0.42, poster.title, size=_fitting(poster.title, inner, width // 9), colour=PAPER, anchor="m")
    sheet.text(width / 2, head * 0.78, poster.branch, size=_fitting(poster.branch, inner, width // 22), colour=PAPER, anchor="m")
    side = round(width * 0.46)
    code_top = round(height * 0.47)
    _lines(sheet, poster.words, (margin, head + height // 60, inner, code_top - height // 60), (width // 19, width // 24, width // 30))
    _code(sheet, poster.link, (width - side) / 2, code_top, side)
    below = code_top + side
    sheet.text(width / 2, below + height // 50, poster.scan, size=_fitting(poster.scan, inner, width // 30), colour=INK, anchor="m")
    foot = height - height // 14
    sheet.box(0, foot, width, height - foot, BAND)
    _lines(
        sheet, "\n".join(poster.how), (margin, below + height // 25, inner, foot - height // 100), (width // 32, width // 38, width // 46)
    )
    sheet.text(width / 2, (foot + height) / 2, poster.foot, size=_fitting(poster.foot, inner, width // 44), colour=QUIET, anchor="m")
    return sheet.png(dpi=DPI)


def _fitting(words: str, width: float, largest: int) -> int:
    """The largest size, not above one, in which words stand on one line."""
    wide = measure(largest)(words)
    return largest if wide <= width else max(10, int(largest * width / wide))


def _lines(sheet: Canvas, words: str, box: tuple[float, float, float, float], sizes: Sequence[int]) -> None:
    """Words in the middle of a box (left, top, width, bottom), in the largest of some sizes that fits."""
    left, top, width, bottom = box
    for size in sizes:
        ruler = measure(size)
        lines = [line for part in words.split("\n") for line in wrapped(part, width, ruler)]
        lead = size * 1.45
        if len(lines) * lead <= bottom - top:
            start = (top + bottom - len(lines) * lead) / 2 + lead / 2
            for number, line in enumerate(lines):
                sheet.text(left + width / 2, start + number * lead, line, size=size, colour=INK, anchor="m")
            return
    raise ValueError("the words do not fit on the poster")


def _code(sheet: Canvas, held: str, left: float, top: float, side: int) -> None:
    """A QR code at most `side` wide, with its white edge; a fifth of it may be dirty."""
    import segno  # noqa: PLC0415  no start needs it, only a drawing

    rows = segno.make_qr(held, error="m").matrix
    many = len(rows) + 2 * _QUIET_ZONE
    module = side // many
    inset = (side - module * many) // 2 + module * _QUIET_ZONE
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                sheet.box(left + inset + across * module, top + inset + down * module, module, module, _INK)
