"""Looking after members (联系人): who fits whom, and when a talk or a visit is due. Nobody is given a mark and nobody is ranked.

One cadre for three members (1:3) and at least a visit a year are a practice of Guangdong (深吕村, 南方日报 2021-10-25); a talk with each at
least once a year is art. 19 of the rules of branch work (谈心谈话). All three are a branch's own to set, the last not below one.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

CAP, TALKS, VISITS = 3, 1, 1
"""People of a liaison at most; talks and visits a year at least: what holds where a branch set nothing else."""
SILENT = timedelta(days=30)
"""Nothing heard for so long is worth a word."""
_GRACE = timedelta(days=30)
"""A talk is due so long before its year is over, and so long after somebody is new to a liaison."""
_YEAR_ENDS = 11
"""From this month on what the calendar year still lacks is due."""


class Reason(StrEnum):
    """Why somebody may look after somebody else, the strongest first."""

    GROUP = "group"
    CITY = "city"
    HOMETOWN = "hometown"
    HOME_CITY = "home_city"
    FEWEST = "fewest"


_WEIGHT: Mapping[Reason, int] = {Reason.GROUP: 3, Reason.CITY: 4, Reason.HOMETOWN: 2, Reason.HOME_CITY: 1}


@dataclass(frozen=True, slots=True)
class Somebody:
    """What is known of a member that may bring two together; None for what is not known, or was not agreed to."""

    id: int
    city: int | None = None
    """Six digits: where they are."""
    hometown: int | None = None
    """Six digits: where they come from."""
    group: int | None = None
    """The party group (党小组)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who could look after a member, and why."""

    member: int
    liaison: int
    reasons: tuple[Reason, ...]


def suggest(
    unassigned: Sequence[Somebody],
    liaisons: Sequence[Somebody],
    loads: Mapping[int, int],
    cap: int,
    refused: Collection[tuple[int, int]] = (),
) -> list[Suggestion]:
    """One suggestion for each as far as there is room, in the order of `unassigned`; the same input gives the same answer.

    Who has most in common comes first; among those alike, whoever looks after fewest so far, then the order of `liaisons`.
    """
    taken = {each.id: loads.get(each.id, 0) for each in liaisons}
    place = {each.id: number for number, each in enumerate(liaisons)}
    by_strength: dict[int, list[tuple[int, dict[int, tuple[Reason, ...]]]]] = defaultdict(list)
    for number, member in enumerate(unassigned):
        for strength, fitting in _fitting(member, liaisons, refused).items():
            by_strength[strength].append((number, fitting))
    found: dict[int, Suggestion] = {}
    for strength in sorted(by_strength, reverse=True):
        for number, fitting in by_strength[strength]:
            free = [each for each in fitting if taken[each] < cap] if number not in found else []
            if free:
                chosen = min(free, key=lambda each: (taken[each], place[each]))
                taken[chosen] += 1
                found[number] = Suggestion(unassigned[number].id, chosen, fitting[chosen])
    return [found[number] for number in sorted(found)]


def _fitting(
    member: Somebody, liaisons: Sequence[Somebody], refused: Collection[tuple[int, int]]
) -> dict[int, dict[int, tuple[Reason, ...]]]:
    """By how much they have in common: the liaisons who may look after a member, with what it is."""
    found: dict[int, dict[int, tuple[Reason, ...]]] = defaultdict(dict)
    for each in liaisons:
        if each.id != member.id and (member.id, each.id) not in refused:
            common = shared(member, each)
            found[sum(_WEIGHT[reason] for reason in common)][each.id] = common or (Reason.FEWEST,)
    return found


def shared(one: Somebody, other: Somebody) -> tuple[Reason, ...]:
    """What two have in common."""
    common = []
    if one.group is not None and one.group == other.group:
        common.append(Reason.GROUP)
    if one.city is not None and one.city == other.city:
        common.append(Reason.CITY)
    if one.hometown is not None and one.hometown == other.hometown:
        common.append(Reason.HOMETOWN)
    elif one.hometown is not None and other.hometown is not None and one.hometown // 100 == other.hometown // 100:
        common.append(Reason.HOME_CITY)
    return tuple(common)


def is_due(last: date | None, since: date, today: date, a_year: int) -> bool:
    """Whether something that is to be done so often a year is due: `last` done on a day, by who looks after them `since` another."""
    if a_year < 1:
        return False
    soon = last + timedelta(days=365 // a_year) - _GRACE if last is not None else since + _GRACE
    this_year = last is not None and last.year == today.year
    return today >= soon or (today.month >= _YEAR_ENDS and not this_year and today >= since + _GRACE)
