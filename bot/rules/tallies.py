"""A number that grows through the day, where nothing can be edited: said twice at most, after some minutes and in the evening."""

from datetime import datetime, time, timedelta, tzinfo

GATHERS = timedelta(minutes=4)
"""How long a burst is gathered before its first number is said; QQ's official API takes an answer for five minutes only."""
EVENING = time(21, 30)
"""When the day's number is said once more, before the quiet hours begin."""


def first(begun: datetime) -> datetime:
    """When a number is said for the first time."""
    return begun + GATHERS


def again(said: datetime, zone: tzinfo) -> datetime | None:
    """When a number that was said before is said once more; None after the evening: what comes then is not worth a message."""
    evening = datetime.combine(said.astimezone(zone).date(), EVENING, zone)
    return evening.astimezone(said.tzinfo) if said < evening else None
