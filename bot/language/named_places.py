"""The place that a sentence names behind certain characters: 转到苏州, 他在深圳, 从杭州转回来."""

from collections.abc import Sequence
from typing import Any

from bot.language.place_slots import mentioned, of_places


def behind(words: str, signs: str, near: Sequence[int] = ()) -> dict[str, Any]:
    """The slots of the first place with one of `signs` right before it; {} for none."""
    for start, _, places in mentioned(words):
        if start and words[start - 1] in signs:
            return of_places(places, near)
    return {}
