"""Class hours a year."""

from datetime import date

import pytest

from bot.rules.training import hours, policy, target

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("roles", "wanted"),
    [({"member"}, 32), ({"member", "secretary"}, 56), ({"member", "curator"}, 56), ({"probationary"}, 32), (set(), 32)],
)
def test_the_target_goes_by_role(roles: set[str], wanted: int) -> None:
    assert target(frozenset(roles), DAY) == wanted


@pytest.mark.parametrize(("minutes", "told"), [(0, "0"), (45, "1"), (44, "0.9"), (3, "0"), (90, "2"), (112, "2.4"), (32 * 45, "32")])
def test_class_hours_are_rounded_down(minutes: int, told: str) -> None:
    assert hours(minutes, DAY) == told


def test_before_the_first_rule_the_first_is_used() -> None:
    assert policy(date(2000, 1, 1)) == policy(DAY)
    assert "32" in policy(DAY).source
