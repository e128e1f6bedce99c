"""Working days in China: weekdays, less the public holidays, plus the weekends that are worked to make up for them.

The calendar is that of the State Council's yearly notice (国务院办公厅关于节假日安排的通知), as the package chinesecalendar has it; what
`OVERRIDES` holds goes before it. For a year that is not known yet, a weekday counts as a working day: see `is_known`.
"""

from collections.abc import Mapping
from datetime import date, timedelta

OVERRIDES: Mapping[date, bool] = {}
"""Days that the package has wrong, or not yet, with whether they are worked."""


def is_known(year: int) -> bool:
    """Whether the calendar of a year has been published and is known here."""
    try:
        _published(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """Whether a day is worked."""
    if day in OVERRIDES:
        return OVERRIDES[day]
    try:
        return _published(day)
    except NotImplementedError:
        return day.weekday() < 5


def at_or_after(day: date) -> date:
    """The day itself if it is worked, else the next that is."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _published(day: date) -> bool:
    import chinese_calendar  # noqa: PLC0415  its tables are only needed by jobs

    return bool(chinese_calendar.is_workday(day))
