"""How organisations stand under each other."""

import pytest

from bot.rules import units
from bot.rules.units import Kind

TREE = {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 9: None}


@pytest.mark.parametrize(
    ("kind", "parent", "may"),
    [
        (Kind.COMMITTEE, None, True),
        (Kind.COMMITTEE, Kind.COMMITTEE, True),
        (Kind.COMMITTEE, Kind.GENERAL_BRANCH, False),
        (Kind.GENERAL_BRANCH, Kind.COMMITTEE, True),
        (Kind.GENERAL_BRANCH, Kind.GENERAL_BRANCH, False),
        (Kind.BRANCH, None, True),
        (Kind.BRANCH, Kind.GENERAL_BRANCH, True),
        (Kind.BRANCH, Kind.COMMITTEE, True),
        (Kind.BRANCH, Kind.BRANCH, False),
        (Kind.GROUP, Kind.BRANCH, True),
        (Kind.GROUP, Kind.COMMITTEE, False),
        (Kind.GROUP, None, False),
    ],
)
def test_kinds_nest_in_order(kind: Kind, parent: Kind | None, may: bool) -> None:
    assert units.fits(kind, parent) is may


def test_what_is_below_and_what_is_above() -> None:
    assert units.below(TREE, [2]) == {2, 4, 5, 6}
    assert units.below(TREE, []) == set()
    assert units.above(TREE, 6) == [1, 2, 4, 6]


def test_a_circle_in_the_data_ends() -> None:
    assert units.below({1: 2, 2: 1}, [1]) == {1, 2}
    assert units.above({1: 2, 2: 1}, 1) == [2, 1]


def test_a_tree_is_laid_out_with_parents_before_children_and_only_what_is_shown() -> None:
    assert units.laid_out(TREE, TREE) == [(0, 1), (1, 2), (2, 4), (3, 6), (2, 5), (1, 3), (0, 9)]
    assert units.laid_out(TREE, {4, 6, 9}) == [(0, 4), (1, 6), (0, 9)]
