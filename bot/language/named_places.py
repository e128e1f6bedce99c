"""The place that a sentence names behind certain characters: 转到苏州, 他在深圳, 从杭州转回来."""

from collections.abc import Sequence
from typing import Any

from bot.language.place_slots import mentioned, of_places
from bot.patterns import Pattern


def begins(words: str, near: Sequence[int] = ()) -> tuple[dict[str, Any], int] | None:
    """The slots of the place with which a sentence begins, but for 在 and who says it, and where its name ends; None for no place."""
    for start, end, places in mentioned(words):
        if _BEFORE.fullmatch(words[:start]):
            return of_places(places, near), end
    return None


_BEFORE = Pattern("(?:请问|问一下|我?在|咱们?|我们|支部)*")


def behind(words: str, signs: str, near: Sequence[int] = ()) -> dict[str, Any]:
    """The slots of the first place with one of `signs` right before it; {} for none."""
    for start, _, places in mentioned(words):
        if start and words[start - 1] in signs:
            return of_places(places, near)
    return {}
