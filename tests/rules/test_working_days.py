"""Working days: weekdays, holidays, made-up weekends, and years that nobody has published yet."""

from datetime import date

import pytest

from bot.rules import working_days


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 3, 10), True),
        (date(2026, 3, 14), False),
        (date(2026, 10, 1), False),
        (date(2025, 9, 28), True),
        (date(2026, 2, 17), False),
        (date(2090, 3, 10), True),
        (date(2090, 3, 11), False),
    ],
)
def test_a_day_is_worked_or_not(day: date, worked: bool) -> None:
    assert working_days.is_working_day(day) is worked


def test_a_holiday_is_moved_to_the_next_working_day() -> None:
    assert working_days.at_or_after(date(2026, 10, 1)) == date(2026, 10, 8)
    assert working_days.at_or_after(date(2026, 3, 10)) == date(2026, 3, 10)


def test_an_override_goes_before_the_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working_days, "OVERRIDES", {date(2026, 3, 10): False})
    assert working_days.at_or_after(date(2026, 3, 10)) == date(2026, 3, 11)


def test_it_is_said_which_years_are_known() -> None:
    assert working_days.is_known(2026)
    assert not working_days.is_known(2090)
