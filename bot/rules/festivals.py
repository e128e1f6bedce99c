"""The days around which people so far from home like to hear from somebody: the Spring and the Mid-Autumn Festival, and 1 July (七一).

The first two are those of the State Council's yearly notice, as the package chinesecalendar has it; before the notice there is no word.
"""

from datetime import date, timedelta
from enum import StrEnum

AHEAD = timedelta(days=2)
"""So long before is the time to think of it."""


class Festival(StrEnum):
    """A day on which one thinks of people."""

    SPRING = "Spring Festival"
    MID_AUTUMN = "Mid-autumn Festival"
    FOUNDING = "1 July"


def ahead(today: date) -> Festival | None:
    """The festival whose holidays begin after `AHEAD`, if one does."""
    day = today + AHEAD
    if (day.month, day.day) == (7, 1):
        return Festival.FOUNDING
    begins = _named(day)
    return begins if begins is not None and _named(day - timedelta(days=1)) is not begins else None


def _named(day: date) -> Festival | None:
    """The festival that a day off belongs to; None for others, and for a year whose notice is not known."""
    import chinese_calendar  # noqa: PLC0415  its tables are only needed by jobs

    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return Festival(name) if off and name in {Festival.SPRING, Festival.MID_AUTUMN} else None
