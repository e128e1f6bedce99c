"""How long away is long."""

from datetime import date

import pytest

from bot.rules import away

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 10), 6, date(2026, 9, 10)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert away.later(day, months) == then


@pytest.mark.parametrize(
    ("until", "lasting", "is_long"),
    [
        (date(2026, 9, 10), False, True),
        (date(2026, 9, 9), False, False),
        (None, False, None),
        (None, True, True),
    ],
)
def test_half_a_year_is_long_and_one_day_less_is_not(until: date | None, lasting: bool, is_long: bool | None) -> None:
    assert away.is_long(TODAY, until, lasting=lasting, today=TODAY) is is_long


def test_who_has_been_away_for_half_a_year_is_long_away_whatever_they_thought() -> None:
    assert away.is_long(date(2025, 9, 10), date(2025, 12, 1), lasting=False, today=TODAY) is True


def test_the_first_policy_holds_before_its_day() -> None:
    assert away.policy(date(2000, 1, 1)) is away.policy(TODAY)
    assert away.policy(TODAY).letter == 90
