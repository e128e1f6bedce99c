"""The same words in another script, width and spacing, and with more around them: what is meant stays."""

import csv
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from bot.language.normalise import HAN
from bot.language.simplified import simplified
from bot.patterns import Pattern

_CODED = Pattern(r"[@＠<\[/]|https?:|\{|1[3-9][0-9]{9}")
_ONLY_HAN = Pattern(f"[{HAN}，。！？、,.!?]+")
_SPACE = Pattern(r"\s+")


def full_width(text: str) -> str:
    """As an input method writes that was left at full width."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def zero_width(text: str) -> str:
    """With characters between that nobody sees, as copying from web pages brings them."""
    return "\u200b".join(text) + "\ufeff"


def apart(text: str) -> str:
    """Character by character."""
    return " ".join(text)


def traditional(text: str) -> str:
    """In traditional characters."""
    with files("bot.language").joinpath("data", "simplified.tsv").open(encoding="utf-8") as lines:
        pairs = [(row["simplified"], row["traditional"]) for row in csv.DictReader(lines, delimiter="\t")]
    made: dict[int, str] = {}
    for plain, full in pairs:
        if full not in _RARE:
            made.setdefault(ord(plain), full)
    return text.translate(made)


_RARE = frozenset("妳牠祂瞭藉檯颱鐘鍾喫儘噹矇懞濛")


def with_faces(text: str) -> str:
    """With emoji and a face around it."""
    return f"😊{text}👍🏽[微笑]"


def with_a_greeting(text: str) -> str:
    """As polite people begin."""
    return f"你好，{text}"


def with_thanks(text: str) -> str:
    """As polite people end."""
    return f"{text}，谢谢"


def shouted(text: str) -> str:
    """With signs after it, as one who is in a hurry types."""
    return f"{text}！！！"


def everywhere(text: str) -> bool:
    """Any text but one with codes, addresses and telephone numbers, which are read as they are typed."""
    return _CODED.search(text) is None


def han(text: str) -> bool:
    """Only Chinese characters and punctuation."""
    return _ONLY_HAN.fullmatch(text) is not None


Way = tuple[Callable[[str], str], Callable[[str], bool]]
WAYS: dict[str, Way] = {
    "full width": (full_width, everywhere),
    "zero width": (zero_width, everywhere),
    "apart": (apart, han),
    "traditional": (traditional, everywhere),
    "faces": (with_faces, everywhere),
    "greeting": (with_a_greeting, everywhere),
    "thanks": (with_thanks, everywhere),
    "shouted": (shouted, lambda text: everywhere(text) and text[-1:] not in "?？"),
}
"""How one may vary a text, and which texts can be varied so."""


def plain(value: Any) -> Any:
    """Slots as they are compared: free text in simplified characters and without spaces."""
    if isinstance(value, str):
        return _SPACE.sub("", simplified(value)).strip("。！!,， ")
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value
