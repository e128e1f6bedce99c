"""How many people are where, told so that nobody is found out: small numbers merge upwards, city to province to other regions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Region = int | None  # a city's code, a province's (it ends in 0000), or None: other regions (其他地区)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown; a province's group holds the people of those of its cities that are not shown themselves."""

    groups: list[tuple[Region, int]]
    hidden: int  # people in no group: everybody where there are fewer than the threshold, else nobody


def shown(counts: Mapping[int, int], threshold: int = 3) -> Shown:
    """Groups of at least `threshold` people, largest first, that add up to everybody; too few people altogether show nothing.

    Keys are city codes, or province codes for people of whom only the province is known.
    """
    people = {code: count for code, count in counts.items() if count > 0}
    total = sum(people.values())
    if total < threshold:
        return Shown(groups=[], hidden=total)
    groups = _by_city_and_province(people, threshold)
    others = sum(count for count in groups.values() if count < threshold)
    groups = Counter({region: count for region, count in groups.items() if count >= threshold})
    if 0 < others < threshold:
        _give_cover(groups, _provinces_of_the_rest(people, groups), others)
    elif others:
        groups[None] = others
    return Shown(groups=sorted(groups.items(), key=_largest_first), hidden=0)


def _by_city_and_province(people: Mapping[int, int], threshold: int) -> Counter[Region]:
    groups: Counter[Region] = Counter()
    for code, count in people.items():
        groups[code if _is_city(code) and count >= threshold else _province(code)] += count
    return groups


def _provinces_of_the_rest(people: Mapping[int, int], groups: Mapping[Region, int]) -> set[int]:
    return {_province(code) for code in people if code not in groups and _province(code) not in groups}


def _give_cover(groups: Counter[Region], provinces: set[int], others: int) -> None:
    """Dissolve the smallest group that leaves no gap, so that one or two people are not what is missing from the sum."""
    neighbours = [region for region in groups if region is not None and _province(region) in provinces]
    if len(provinces) == 1 and neighbours:
        covering = min(neighbours, key=lambda region: (groups[region], region))
        groups[_province(covering)] = groups.pop(covering) + others
        return
    loose = [region for region in groups if region is not None and (not _is_city(region) or _province(region) not in groups)]
    groups[None] = groups.pop(min(loose, key=lambda region: (groups[region], region))) + others


def _largest_first(group: tuple[Region, int]) -> tuple[int, int]:
    region, count = group
    return -count, 10**6 if region is None else region


def _is_city(code: int) -> bool:
    return code % 10000 != 0


def _province(code: int) -> int:
    return code // 10000 * 10000
