"""When lessons come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.study_schedule import BEIJING, Days, Schedule

WORKING, DAILY, MONDAY = Schedule(), Schedule(Days.DAILY, 8, 0), Schedule(Days.WEEKLY, 7, 30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("schedule", "now", "latest"),
    [
        (WORKING, at(10, 7, 29), at(9, 7, 30)),
        (WORKING, at(10, 7, 30), at(10, 7, 30)),
        (WORKING, at(15, 12), at(13, 7, 30)),
        (DAILY, at(15, 12), at(15, 8)),
        (MONDAY, at(15, 12), at(9, 7, 30)),
        (MONDAY, at(16, 7, 29), at(9, 7, 30)),
    ],
)
def test_the_latest_push(schedule: Schedule, now: datetime, latest: datetime) -> None:
    assert schedule.latest(now) == latest


def test_the_days_to_come_and_those_between() -> None:
    assert [each.day for each in WORKING.coming(at(13, 7, 29), 3)] == [13, 16, 17]
    assert [each.day for each in WORKING.coming(at(13, 7, 30), 3)] == [16, 17, 18]
    assert [each.day for each in WORKING.coming(at(10, 9), 2, after=date(2026, 3, 12))] == [13, 16]
    assert [each.day for each in WORKING.coming(at(10, 9), 1, after=date(2026, 3, 1))] == [11]
    assert [each.day for each in WORKING.between(date(2026, 3, 11), date(2026, 3, 17))] == [12, 13, 16]
    assert WORKING.between(date(2026, 3, 11), date(2026, 3, 11)) == []


@given(st.sampled_from([WORKING, DAILY, MONDAY]), st.integers(0, 4 * 366 * 24 * 60))
def test_the_latest_is_never_in_the_future_and_the_next_never_in_the_past(schedule: Schedule, minutes: int) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    latest = schedule.latest(now)
    assert latest <= now
    assert schedule.holds(latest.date())
    (following,) = schedule.coming(now, 1)
    assert schedule.at(following) > now
    assert schedule.between(latest.date(), following) == []
