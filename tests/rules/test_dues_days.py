"""The day on which members are reminded."""

from datetime import date, datetime

import pytest

from bot.clock import BEIJING
from bot.rules.dues_days import is_time, reminding_day
from bot.rules.working_days import is_working_day


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 3, 10, date(2026, 3, 10)),  # a Tuesday
        (2026, 1, 10, date(2026, 1, 12)),  # a Saturday: the Monday after
        (2025, 10, 1, date(2025, 10, 9)),  # the National Day holidays
        (2026, 5, 31, date(2026, 5, 29)),  # a Sunday at the end: the next worked day would be June's
        (2026, 2, 31, date(2026, 2, 28)),  # no such day: the last, a Saturday that is worked after the Spring Festival
    ],
)
def test_the_day_moves_to_one_that_is_worked_in_the_same_month(year: int, month: int, day: int, expected: date) -> None:
    assert reminding_day(year, month, day) == expected


def test_any_day_of_any_month_has_a_working_day_of_that_month() -> None:
    for month in range(1, 13):
        for day in range(1, 32):
            found = reminding_day(2026, month, day)
            assert (found.month, is_working_day(found)) == (month, True)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 10, 8, 59, tzinfo=BEIJING), False),
        (datetime(2026, 3, 10, 9, 0, tzinfo=BEIJING), True),
        (datetime(2026, 3, 10, 19, 59, tzinfo=BEIJING), True),
        (datetime(2026, 3, 10, 20, 0, tzinfo=BEIJING), False),
        (datetime(2026, 3, 9, 10, 0, tzinfo=BEIJING), False),
        (datetime(2026, 3, 11, 10, 0, tzinfo=BEIJING), True),  # the program had been stopped
        (datetime(2026, 3, 14, 10, 0, tzinfo=BEIJING), False),  # a Saturday
        (datetime(2026, 3, 18, 10, 0, tzinfo=BEIJING), False),
    ],
)
def test_it_is_said_by_day_and_soon_or_not_at_all(moment: datetime, expected: bool) -> None:
    assert is_time(moment, 10) is expected
