"""Places as slots: city, province and district by their official names; what may be several is asked back, never guessed."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.language.gazetteer import Level, Place, every, place
from bot.language.place_scan import Mention, mentioned
from bot.language.place_search import find

__all__ = ["Mention", "first", "mentioned", "of", "of_places", "of_words"]


def of(found: Place) -> dict[str, Any]:
    """The slots of one place: city, province, district, as far as they are known; 香港 and 澳门 are no city in a province."""
    slots: dict[str, Any] = {"province": place(found.province_code).name}
    if found.level is not Level.PROVINCE and found.city_code != found.province_code:
        slots["city"] = place(found.city_code).name
    if found.level is Level.DISTRICT:
        slots["district"] = found.name
    return slots


def of_places(found: Iterable[Place], near: Sequence[int] = ()) -> dict[str, Any]:
    """The slots of what may mean these places; `candidates` and `needs_clarify` for several, those near first; {} for none."""
    meant = likely(found)
    if not meant:
        return {}
    if len(meant) == 1:
        return of(meant[0])
    return {"candidates": [each.full for each in ordered(meant, near)], "needs_clarify": True}


def of_words(words: str, near: Sequence[int] = ()) -> dict[str, Any]:
    """The slots of an expression that names a place and nothing else; {} if it names none."""
    return of_places(find(words), near)


def first(words: str, near: Sequence[int] = (), *, cities_only: bool = False) -> dict[str, Any]:
    """The slots of the first place that a sentence names; {} for none. `cities_only`: provinces do not count."""
    for _, _, places in mentioned(words):
        meant = [each for each in places if not cities_only or each.level is not Level.PROVINCE]
        if meant:
            return of_places(meant, near)
    return {}


def likely(found: Iterable[Place]) -> list[Place]:
    """The places that people may mean: where a province has the name, not the districts that have it too (海南)."""
    meant = list(found)
    if any(each.level is Level.PROVINCE for each in meant):
        return [each for each in meant if each.level is not Level.DISTRICT]
    return meant


def ordered(found: Iterable[Place], near: Sequence[int]) -> list[Place]:
    """Those in a city, then in a province, of the places nearby first; the earlier of these counts more."""
    known = [every()[code] for code in near if code in every()]

    def distance(each: Place) -> tuple[int, int]:
        cities = [index for index, one in enumerate(known) if one.city_code == each.city_code]
        provinces = [index for index, one in enumerate(known) if one.province_code == each.province_code]
        return (min(cities, default=len(known)), min(provinces, default=len(known)))

    return sorted(found, key=distance)
