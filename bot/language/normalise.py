"""Typed text made comparable: width, invisible characters, spaces, the punctuation around a word."""

import unicodedata
from functools import lru_cache

from bot.patterns import Pattern

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Letters and marks by category, but nothing to be seen: fillers, blank braille, variation selectors.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))
_UNSEEN_SIGN = Pattern(f"[{''.join(sorted(_UNSEEN))}]")
_SPACES = Pattern(r"\s+")
_BETWEEN_HAN = Pattern(f"(?<=[{HAN}]) +(?=[{HAN}])")
_EDGE_SIGNS = frozenset("~|<>=\u20e3")
_COMMON = {
    ord(sign): common
    for common, alike in (
        ("-", "‐‑‒–−⁃"), ("'", "’‘ʼ′"), (",", "،؍᠂‚"), (";", "؛"), ("?", "؟"), ("。", "।᠃᠈།"), ("~", "〜∼"), ("...", "⋅⋯"),
        ("·", "‧•∙"), ("“", "「『„«〝"),
        ("”", "」』»〞‟"), ("/", "\u2044"),
    )
    for sign in alike
}  # fmt: skip
_POINT = Pattern("(?<=[0-9])。(?=[0-9])")
_FEWEST = 3
_KEPT = 64
"""Texts whose cleaned form is remembered: each of a hundred readers asks for that of the same message, and of its clauses."""

# What turns the direction of the text around it: it can make a post show other than what was approved.
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def visible(character: str) -> bool:
    """Whether a character leaves a trace on the screen or separates words."""
    if character.isspace():
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs"} and character not in _UNSEEN


@lru_cache(maxsize=_KEPT)
def clean(text: str) -> str:
    """One line of NFKC text without zero-width, bidi and control characters; case is kept."""
    composed = _seen(unicodedata.normalize("NFKC", _seen(text)))
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", composed)).strip()


def _seen(text: str) -> str:
    if text.isprintable() and not _UNSEEN_SIGN.search(text):
        return text
    return text.translate({ord(character): None for character in set(text) if not visible(character)})


@lru_cache(maxsize=_KEPT)
def bare(text: str) -> str:
    """The word itself: cleaned, case folded, without punctuation or emoji around it and spaces between Han characters."""
    cleaned = clean(text)
    folded = cleaned if (lower := cleaned.casefold()) == cleaned else clean(lower)
    start, end = 0, len(folded)
    while start < end and _is_edge(folded[start]):
        start += 1
    while end > start and _is_edge(folded[end - 1]):
        end -= 1
    return _BETWEEN_HAN.sub("", folded[start:end])


def signs(line: str) -> str:
    """A cleaned line in which a sign of any script is the common one: hyphens, quotes, commas, the point in 20。5."""
    return line if line.isascii() else _POINT.sub(".", line.translate(_COMMON))


def together(text: str) -> str:
    """A text typed character by character (签 到 了) without the spaces; any other as it is."""
    pieces = text.split(" ")
    return "".join(pieces) if len(pieces) >= _FEWEST and all(len(each) == 1 for each in pieces) else text


def tidy(text: str) -> str:
    """Text as it may be shown to many: without bidi controls, and with no more than one empty line in a row."""
    lines: list[str] = []
    for line in text.translate(_TURNING).splitlines():
        if clean(line):
            lines.append(line)
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).strip()


def is_blank(text: str) -> bool:
    """Whether nothing was said: only emoji, punctuation and invisible characters."""
    return not any(unicodedata.category(character)[0] in "LN" for character in clean(text))


def _is_edge(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "PZC" or category in {"So", "Sk"} or character in _EDGE_SIGNS
