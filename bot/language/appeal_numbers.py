"""The number of an appeal as people type it: A12, ａ１２, a 12, A十二."""

import re

from bot.language.normalise import clean
from bot.language.numerals import number
from bot.patterns import Pattern

_LEADING = Pattern(
    r"(?:互助|求助|编号)? ?a ?[-#]? ?([0-9]{1,6}|[一二三四五六七八九十百]{1,5})(?![0-9a-z])(?:号|这件|这个)?[ ,，:：、。]*", re.IGNORECASE
)


def leading(words: str) -> tuple[int, str] | None:
    """The number that words begin with, and what follows it; None where there is none."""
    said = clean(words)
    found = _LEADING.match(said)
    meant = number(found[1]) if found else None
    return (meant, said[found.end() :].strip()) if found and meant else None
