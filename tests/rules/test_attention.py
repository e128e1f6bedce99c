"""How much of people's attention may be taken unasked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.attention import GROUP_A_DAY, HELD_FROM, MEMBER_A_WEEK, Planned, free_day, over, places, spared
from bot.texts import Text

TODAY = date(2026, 3, 10)
TOMORROW = TODAY + timedelta(days=1)
NOW = datetime(2026, 3, 10, 1, tzinfo=UTC)
SHORT, LONG = Text.plain("先留证据"), Text.plain("长" * 150)


def _told(day: date, count: int) -> list[Planned]:
    return [Planned(day)] * count


@pytest.mark.parametrize(
    ("texts", "count"),
    [([], 0), ([None, None], 2), ([SHORT, SHORT, SHORT], 1), ([LONG, LONG], 2), ([None, SHORT, SHORT], 2), ([LONG, SHORT], 1)],
)
def test_what_was_put_off_and_is_short_makes_one_message(texts: list[Text | None], count: int) -> None:
    assert places([Planned(TODAY, text) for text in texts]) == count


@pytest.mark.parametrize(
    ("planned", "text", "room", "day"),
    [
        ([], None, HELD_FROM, TODAY),
        (_told(TODAY, 1), None, HELD_FROM, TODAY),
        (_told(TODAY, 2), None, HELD_FROM, TOMORROW),
        (_told(TODAY, 2), None, GROUP_A_DAY, TODAY),
        (_told(TODAY, 3), None, GROUP_A_DAY, TOMORROW),
        (_told(TODAY, 2) + _told(TOMORROW, 2), None, HELD_FROM, TOMORROW + timedelta(days=1)),
        ([*_told(TODAY, 5), Planned(TOMORROW), Planned(TOMORROW, SHORT)], SHORT, HELD_FROM, TOMORROW),
        ([*_told(TODAY, 5), Planned(TOMORROW), Planned(TOMORROW, SHORT)], None, HELD_FROM, TOMORROW + timedelta(days=1)),
    ],
)
def test_the_first_day_with_a_place_is_taken(planned: list[Planned], text: Text | None, room: int, day: date) -> None:
    assert free_day(planned, TODAY, text, room) == day


@given(st.lists(st.sampled_from([None, SHORT, LONG]), max_size=30))
def test_whatever_is_said_no_day_has_more_than_its_places_and_nothing_is_lost(said: list[Text | None]) -> None:
    planned: list[Planned] = []
    for text in said:
        day = free_day(planned, TODAY, text, HELD_FROM)
        planned.append(Planned(day, text if day > TODAY else None))
    assert len(planned) == len(said)
    assert all(places([each for each in planned if each.day == day]) <= HELD_FROM for day in {each.day for each in planned})


@pytest.mark.parametrize(
    ("days_ago", "heard", "waits"),
    [
        ([], None, False),
        ([1], None, False),
        ([1, 2], None, True),
        ([1, 2], 10, True),
        ([1, 4], 3, False),
        ([1, 2, 4], 3, True),
        ([3, 4], 0, False),
    ],
)
def test_who_did_nothing_since_enough_was_said_is_spared(days_ago: list[int], heard: int | None, waits: bool) -> None:
    told = [NOW - timedelta(days=ago) for ago in days_ago]
    assert spared(told, None if heard is None else NOW - timedelta(days=heard)) is waits
    assert MEMBER_A_WEEK == 2


def test_only_days_over_the_limit_are_named() -> None:
    assert over({TOMORROW: GROUP_A_DAY + 1, TODAY: GROUP_A_DAY}) == [TOMORROW]
