"""The one typeface of pictures and papers, and what of a text it can show.

WenQuanYi Micro Hei is used under the Apache License 2.0; its licence files lie beside it in data/. It has every character of
GBK (U+4E00 to U+9FC3), which holds the names that a smaller font loses: 喆, 堃, 玥, 祎, 彧, 珺.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

FILE = "wqy-microhei.ttc"
FACE = 0  # of the collection: 0 is proportional, 1 has Latin letters of one width
MISSING = "□"
"""Stands for a character that the typeface lacks, so that the gap is seen."""

_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
_UNSAID = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def path() -> Path:
    """Where the font file lies."""
    return Path(str(files("bot.render") / "data" / FILE))


@cache
def glyphs() -> frozenset[int]:
    """The code points that the typeface can show: some 34,000."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  no start needs it, only a drawing

    with TTFont(str(path()), fontNumber=FACE, lazy=True) as font:
        return frozenset(font.getBestCmap())


def shown(text: str) -> str:
    """A text as it can be drawn: one line, without control and direction marks, `MISSING` for what the typeface lacks."""
    known = glyphs()
    return "".join(each if ord(each) in known else MISSING for each in clean(" ".join(text.split()), keep=""))


def clean(text: str, keep: str = "\n") -> str:
    """A text without control characters, direction marks, joiners and lone surrogates, but for those in `keep`; composed (NFC)."""
    return "".join(each for each in unicodedata.normalize("NFC", text) if each in keep or not _unsaid(each))


def _unsaid(character: str) -> bool:
    point = ord(character)
    return unicodedata.category(character) in _UNSAID or point in _SELECTORS or point & 0xFFFE == 0xFFFE
