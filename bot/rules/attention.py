"""How much of people's attention may be taken unasked: so many messages a day in a group, so many a week to who does nothing.

《关于防治“指尖上的形式主义”的若干意见》 (2023-12-18) is against work groups that burden people at all hours with much of little use;
the numbers are ours.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.texts import LIMIT, Language, Text

GROUP_A_DAY = 3
"""Unasked messages that a group should see on a day at most."""
HELD_FROM = 2
"""So many of them, whatever they are, and all else waits: the third place is kept for a notice, which never waits."""
MEMBER_A_WEEK = 2
"""Unasked messages in seven days to somebody who does nothing."""
WEEK = timedelta(days=7)
BETWEEN = 2
"""Characters between two texts that become one message."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a group was or will be told unasked on a day. `text` only while it is unsent, plain, and was put off to that day."""

    day: date
    text: Text | None = None


def places(planned: Sequence[Planned]) -> int:
    """How many messages those of one day make: what was put off and is plain text becomes one message as long as it fits."""
    taken, room = 0, dict.fromkeys(Language, 0)
    for each in planned:
        if each.text is None:
            taken += 1
            continue
        wanted = {language: len(each.text.to(language)) + BETWEEN for language in Language}
        if any(wanted[language] > room[language] for language in Language):
            taken += 1
            room = {language: LIMIT[language] + BETWEEN for language in Language}
        room = {language: room[language] - wanted[language] for language in Language}
    return taken


def free_day(planned: Sequence[Planned], today: date, text: Text | None, room: int) -> date:
    """The first day from today on with less than `room` messages, or on which one more makes no more of them.

    `text`: its words, if it may share a message once it is put off.
    """
    by_day: dict[date, list[Planned]] = {}
    for each in planned:
        by_day.setdefault(each.day, []).append(each)
    day = today
    while True:
        there = by_day.get(day, [])
        shared = text if day > today else None
        if places([*there, Planned(day, shared)]) <= max(room, places(there) if shared is not None else 0):
            return day
        day += timedelta(days=1)


def spared(told: Collection[datetime], heard_at: datetime | None) -> bool:
    """Whether a reminder has to wait: somebody was told enough within a week, and has done nothing since."""
    since = [each for each in told if heard_at is None or each > heard_at]
    return len(since) >= MEMBER_A_WEEK


def over(by_day: Mapping[date, int]) -> list[date]:
    """The days on which a group saw more than it should."""
    return [day for day, count in sorted(by_day.items()) if count > GROUP_A_DAY]
