"""When lessons and the news digest are pushed: at a time of the branch's own on working days, on every day, or on one day of the week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from bot.rules import working_days

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
LATEST = timedelta(days=1)
"""A push that is later than this is passed over."""
EARLIEST_HOUR, LATEST_HOUR = 7, 21


class Days(StrEnum):
    """On which days."""

    WORKING = "working"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A time in Beijing on some days; `weekday` (0 is Monday) only counts for `WEEKLY`."""

    days: Days = Days.WORKING
    hour: int = 7
    minute: int = 30
    weekday: int = 0

    def holds(self, day: date) -> bool:
        """Whether there is a push on a day."""
        if self.days is Days.WORKING:
            return working_days.is_working_day(day)
        return self.days is Days.DAILY or day.weekday() == self.weekday

    def at(self, day: date) -> datetime:
        """The moment of a day's push."""
        return datetime.combine(day, time(self.hour, self.minute), BEIJING)

    def latest(self, now: datetime) -> datetime:
        """The last moment of a push at or before `now`."""
        day = now.astimezone(BEIJING).date()
        if self.at(day) > now:
            day -= timedelta(days=1)
        while not self.holds(day):
            day -= timedelta(days=1)
        return self.at(day)

    def between(self, after: date, before: date) -> list[date]:
        """The days with a push after one day and before another."""
        count = (before - after).days
        return [day for each in range(1, count) if self.holds(day := after + timedelta(days=each))]

    def coming(self, now: datetime, count: int, *, after: date | None = None) -> list[date]:
        """The next days with a push that is still to come; none up to `after`."""
        day = now.astimezone(BEIJING).date()
        if self.at(day) <= now:
            day += timedelta(days=1)
        if after is not None:
            day = max(day, after + timedelta(days=1))
        found: list[date] = []
        while len(found) < count:
            if self.holds(day):
                found.append(day)
            day += timedelta(days=1)
        return found
