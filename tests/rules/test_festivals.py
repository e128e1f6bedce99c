"""Festivals are thought of two days before their first day off."""

from datetime import date

import pytest

from bot.rules.festivals import Festival, ahead


@pytest.mark.parametrize(
    ("today", "festival"),
    [
        (date(2026, 2, 13), Festival.SPRING),
        (date(2026, 9, 23), Festival.MID_AUTUMN),
        (date(2026, 6, 29), Festival.FOUNDING),
        (date(2025, 1, 26), Festival.SPRING),
    ],
)
def test_two_days_before(today: date, festival: Festival) -> None:
    assert ahead(today) is festival


@pytest.mark.parametrize("today", [date(2026, 2, 14), date(2026, 2, 12), date(2026, 6, 30), date(2026, 4, 3), date(2031, 1, 20)])
def test_no_other_day_and_no_year_that_is_not_known(today: date) -> None:
    assert ahead(today) is None
