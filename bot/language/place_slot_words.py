"""The place slots of a phrase that begins with a place: 苏州工作 gives city and province; several candidates are asked back."""

from typing import Any

from bot.language import places
from bot.language.gazetteer import Level, Place, place

_LONGEST = 12


def named(words: str) -> dict[str, Any]:
    """The slots of the longest beginning of a phrase that is a place; empty for none."""
    for end in range(min(len(words), _LONGEST), 1, -1):
        if found := places.find(words[:end]):
            return slots(found)
    return {}


def slots(found: list[Place]) -> dict[str, Any]:
    """City, province and district of the only candidate; of several the candidates, to be asked back."""
    if len(found) > 1:
        return {"candidates": [each.full for each in found], "needs_clarify": True}
    (only,) = found
    told = {"province": place(only.province_code).name}
    if only.level is not Level.PROVINCE:
        told["city"] = place(only.city_code).name
    if only.level is Level.DISTRICT and only.name != told["city"]:
        told["district"] = only.name
    return told


def named_whole(words: str) -> dict[str, Any]:
    """The slots of a phrase that is a place and nothing else; empty for none."""
    found = places.find(words)
    return slots(found) if found else {}
