"""A number that grows, where nothing can be edited."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import BEIJING
from bot.rules.tallies import GATHERS, again, first

MORNING = datetime(2026, 3, 10, 1, tzinfo=UTC)
EVENING = datetime(2026, 3, 10, 13, 30, tzinfo=UTC)


def test_a_burst_is_gathered_for_some_minutes() -> None:
    assert first(MORNING) == MORNING + GATHERS == MORNING + timedelta(minutes=4)


@pytest.mark.parametrize(
    ("said", "next_at"),
    [
        (MORNING, EVENING),
        (EVENING - timedelta(seconds=1), EVENING),
        (EVENING, None),
        (EVENING + timedelta(minutes=20), None),
        (EVENING + timedelta(hours=3), EVENING + timedelta(days=1)),
    ],
)
def test_it_is_said_once_more_in_the_evening_of_that_day_and_not_after(said: datetime, next_at: datetime | None) -> None:
    assert again(said, BEIJING) == next_at
