from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.quiet_hours import DEFAULT, is_quiet, next_allowed

BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(("hour", "quiet"), [(21, False), (22, True), (23, True), (0, True), (6, True), (7, False), (12, False)])
def test_the_usual_night_is_quiet(hour: int, *, quiet: bool) -> None:
    assert is_quiet(datetime(2026, 3, 10, hour, 30, tzinfo=BEIJING), *DEFAULT, BEIJING) is quiet


@pytest.mark.parametrize(("hour", "quiet"), [(11, False), (12, True), (13, True), (14, False)])
def test_a_span_within_a_day_is_quiet(hour: int, *, quiet: bool) -> None:
    assert is_quiet(datetime(2026, 3, 10, hour, 0, tzinfo=BEIJING), 12, 14, BEIJING) is quiet


def test_the_hours_are_those_of_the_persons_zone() -> None:
    noon = datetime(2026, 3, 10, 12, 0, tzinfo=BEIJING)
    assert is_quiet(noon, *DEFAULT, ZoneInfo("America/New_York"))


@pytest.mark.parametrize(("at", "then"), [("22:00", "2026-03-11 07:00"), ("03:15", "2026-03-10 07:00"), ("12:00", "2026-03-10 12:00")])
def test_what_waits_is_sent_when_the_quiet_span_ends(at: str, then: str) -> None:
    hour, minute = map(int, at.split(":"))
    later = next_allowed(datetime(2026, 3, 10, hour, minute, tzinfo=BEIJING), *DEFAULT, BEIJING)
    assert later.strftime("%Y-%m-%d %H:%M") == then


@given(
    st.integers(0, 15 * 366 * 24 * 60).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.integers(0, 23),
    st.integers(0, 23),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Havana", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_the_next_allowed_moment_is_soon_and_not_quiet(at: datetime, start: int, end: int, zone: str) -> None:
    later = next_allowed(at, start, end, ZoneInfo(zone))
    assert at <= later <= at + timedelta(hours=25)
    assert not is_quiet(later, start, end, ZoneInfo(zone))
    assert (later == at) == (not is_quiet(at, start, end, ZoneInfo(zone)))
    assert start != end or later == at
