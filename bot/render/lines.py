"""Breaking a text into lines of a given width: anywhere between Chinese characters, at spaces between words, and in a word if it must."""

from collections.abc import Callable, Iterator

from bot.patterns import Pattern
from bot.render.fonts import shown

Measure = Callable[[str], float]
"""The width of a text on one line, in whatever unit the drawing has."""

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%‰°")
_NOT_LAST = frozenset("（《〈「『【〔“‘([{￥¥$#")
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60“”‘’…—"
_PIECES = Pattern(f"[{_WIDE}]| +|[^ {_WIDE}]+")


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text, each at most `width` wide if it has more than one character; at least one line. Nothing is left out."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(shown(text)):
        if measure((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.strip())
        *full, line = _parts(piece.lstrip(), width, measure)
        lines += full
    return [*lines, line.strip()] if line.strip() or not lines else lines


def widest_piece(text: str, measure: Measure) -> float:
    """The width of what a line cannot break without breaking a word."""
    return max((measure(piece.strip()) for piece in _pieces(shown(text))), default=0)


def _pieces(text: str) -> Iterator[str]:
    """What stays together: a word, or a Chinese character with the punctuation that belongs to it."""
    held = ""
    for piece in _PIECES.findall(text):
        if held and held[-1] not in _NOT_LAST and piece[0] not in _NOT_FIRST:
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _parts(piece: str, width: float, measure: Measure) -> list[str]:
    """A piece too wide for a line in as many parts as it takes; the last may be continued."""
    parts = [""]
    for character in piece:
        if parts[-1] and measure(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts
