"""When members are reminded of dues: on the branch's day, never on a day off, in the daytime."""

import calendar
from datetime import date, datetime, timedelta

from bot.rules.working_days import at_or_after, is_working_day

USUAL_DAY = 10
"""The day of the month where the branch has not chosen another."""
HOURS = (9, 20)
"""From and before which hour, in Beijing."""
LATE = timedelta(days=7)
"""How long after its day a reminder is still sent, should the program have been stopped."""
CLOSING_DAY = 25
"""When the keeper is reminded that the month before is not closed."""


def reminding_day(year: int, month: int, day: int) -> date:
    """The day of a month, or the next that is worked; the last worked one before where that would be in another month."""
    wished = date(year, month, min(day, calendar.monthrange(year, month)[1]))
    found = at_or_after(wished)
    while found.month != month or not is_working_day(found):
        wished -= timedelta(days=1)
        found = wished
    return found


def is_time(local: datetime, day: int) -> bool:
    """Whether reminders may go out at a moment of Beijing's time, for a branch's day of the month."""
    today = local.date()
    due = reminding_day(today.year, today.month, day)
    return due <= today <= due + LATE and is_working_day(today) and HOURS[0] <= local.hour < HOURS[1]
