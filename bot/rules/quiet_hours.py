"""Quiet hours (免打扰时段): when nothing unasked is sent.

The idea follows 《关于防治“指尖上的形式主义”的若干意见》 (2023-12-18): work groups and apps are not to burden people at all hours.
"""

from datetime import UTC, datetime, timedelta, tzinfo

DEFAULT = (22, 7)


def is_quiet(at: datetime, start: int, end: int, zone: tzinfo) -> bool:
    """Whether `at` lies in the span from `start` to `end` o'clock (0-23) in the person's zone; start == end is never quiet."""
    hour = at.astimezone(zone).hour
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def next_allowed(at: datetime, start: int, end: int, zone: tzinfo) -> datetime:
    """`at` itself if it is not quiet, else the end of the quiet span, in the zone of `at`."""
    if not is_quiet(at, start, end, zone):
        return at
    local = at.astimezone(zone)
    ending = local.replace(hour=end, minute=0, second=0, microsecond=0, fold=0)
    if ending.astimezone(UTC) <= at:
        ending = (ending.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
    return ending.astimezone(UTC).astimezone(at.tzinfo)
