"""How organisations stand under each other: committee (党委) › general branch (党总支) › branch (支部) › party group (党小组)."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a unit is, from the highest down."""

    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"


UNDER: Mapping[Kind, frozenset[Kind]] = {
    Kind.COMMITTEE: frozenset({Kind.COMMITTEE}),
    Kind.GENERAL_BRANCH: frozenset({Kind.COMMITTEE}),
    Kind.BRANCH: frozenset({Kind.COMMITTEE, Kind.GENERAL_BRANCH}),
    Kind.GROUP: frozenset({Kind.BRANCH}),
}
"""Under what each may stand; a committee under a higher one (county, town, village: three levels)."""


def fits(kind: Kind, parent: Kind | None) -> bool:
    """Whether a unit may stand under another, or under none: only a party group needs a branch."""
    return kind is not Kind.GROUP if parent is None else parent in UNDER[kind]


def below(parents: Mapping[int, int | None], tops: Iterable[int]) -> set[int]:
    """Some units and everything under them, by each unit's parent."""
    children: dict[int, list[int]] = {}
    for each, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(each)
    found: set[int] = set()
    waiting = list(tops)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += children.get(each, ())
    return found


def above(parents: Mapping[int, int | None], start: int) -> list[int]:
    """A unit and everything over it, the highest first."""
    chain: list[int] = []
    each: int | None = start
    while each is not None and each not in chain:
        chain.append(each)
        each = parents.get(each)
    return chain[::-1]


def laid_out(parents: Mapping[int, int | None], shown: Collection[int]) -> list[tuple[int, int]]:
    """Units as a tree is read: each with its depth, parents before children, brothers in the order of `parents`.

    Whose parent is not shown stands at the left.
    """
    children: dict[int | None, list[int]] = {}
    for each, parent in parents.items():
        if each in shown:
            children.setdefault(parent if parent in shown else None, []).append(each)
    found: list[tuple[int, int]] = []
    waiting = [(0, each) for each in reversed(children.get(None, []))]
    while waiting:
        depth, each = waiting.pop()
        found.append((depth, each))
        waiting += [(depth + 1, child) for child in reversed(children.get(each, []))]
    return found
