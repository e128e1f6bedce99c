"""The only reader of the time. UTC inside; days and deadlines are Beijing's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Clock = Callable[[], datetime]
"""Answers the present moment, aware and in UTC."""

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def parsed(words: str) -> datetime:
    """A moment as ISO 8601; one without a zone is Beijing's. Raises `ValueError` for anything else."""
    at = datetime.fromisoformat(words)
    return at.replace(tzinfo=BEIJING) if at.tzinfo is None else at.astimezone(BEIJING)


def beijing_day(at: datetime) -> date:
    """The calendar day in Beijing of a moment."""
    return at.astimezone(BEIJING).date()


def beijing_midnight(at: datetime) -> datetime:
    """The beginning of a moment's calendar day in Beijing, in UTC."""
    return datetime.combine(beijing_day(at), time(0), BEIJING).astimezone(UTC)


def zone(name: str | None) -> timezone | ZoneInfo:
    """A person's time zone by its IANA name; Beijing for none or an unknown one."""
    if name is None:
        return BEIJING
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return BEIJING


def long_since(at: datetime, now: datetime, span: timedelta) -> bool:
    """Whether a span has passed since something was noted. A moment further ahead than that was noted by a clock that was wrong."""
    return at <= now - span or at > now + span
