"""When QQ lets something through, counted by us."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import ChatKind
from bot.platforms.qq.compose import MOST_PARTS, number_of
from bot.platforms.qq.windows import REMEMBERED, Anchor, Pushes, Windows

FIRST, SECOND = Anchor("msg_id", "m1"), Anchor("msg_id", "m2")


class Time:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def windows(time: Time) -> Windows:
    made = Windows(time)
    time.now += timedelta(days=1)  # what is unknown was not said just before the start
    return made


def test_a_message_takes_five_replies_and_a_repeated_one_is_the_same(windows: Windows) -> None:
    windows.open("g1", ChatKind.GROUP, FIRST)
    assert [windows.take("g1", ChatKind.GROUP, number) for number in (1, 2, 3, 4, 5, 6, 1)] == [FIRST] * 5 + [None, FIRST]
    windows.give_back("g1", FIRST, 3)
    assert windows.take("g1", ChatKind.GROUP, 6) == FIRST


def test_a_repeated_reply_hangs_on_what_it_hung_on_though_something_newer_came(windows: Windows) -> None:
    windows.open("g1", ChatKind.GROUP, FIRST)
    assert windows.take("g1", ChatKind.GROUP, 1) == FIRST
    windows.open("g1", ChatKind.GROUP, SECOND)
    assert windows.take("g1", ChatKind.GROUP, 1) == FIRST
    assert windows.take("g1", ChatKind.GROUP, 2) == SECOND
    assert windows.take("g1", ChatKind.GROUP, 3, "m1") == FIRST


def test_chats_have_their_own(windows: Windows) -> None:
    windows.open("g1", ChatKind.GROUP, FIRST)
    assert windows.take("u1", ChatKind.PRIVATE, 1) is None
    windows.close("u1", FIRST)
    windows.give_back("u1", FIRST, 1)
    assert windows.take("g1", ChatKind.GROUP, 1) == FIRST
    windows.close("g1", FIRST)
    assert windows.take("g1", ChatKind.GROUP, 2) is None
    windows.open("g1", ChatKind.GROUP, FIRST)
    assert windows.take("g1", ChatKind.GROUP, 2) is None, "what QQ closed stays closed, though it is told again"


def test_what_was_said_long_before_it_came_has_so_much_less_time(windows: Windows, time: Time) -> None:
    windows.open("g1", ChatKind.GROUP, FIRST, timedelta(minutes=4))
    windows.open("g1", ChatKind.GROUP, SECOND, timedelta(hours=-1))
    time.now += timedelta(minutes=1)
    assert windows.take("g1", ChatKind.GROUP, 1, "m1") == SECOND
    time.now += timedelta(minutes=4)
    assert windows.take("g1", ChatKind.GROUP, 2) is None


def test_an_age_that_leaves_no_time_is_not_believed(windows: Windows) -> None:
    windows.open("g1", ChatKind.GROUP, FIRST, timedelta(days=900))
    assert windows.take("g1", ChatKind.GROUP, 1) == FIRST, "QQ tells if that is too late"


def test_memory_is_bounded(windows: Windows) -> None:
    for number in range(100):
        windows.open("g1", ChatKind.GROUP, Anchor("msg_id", f"m{number}"))
    for number in range(10_050):
        windows.open(f"u{number}", ChatKind.PRIVATE, FIRST)
        windows.leave(f"x{number}")
    assert windows.take("g1", ChatKind.GROUP, 1) is None, "the chat that was silent longest is forgotten"
    assert windows.take("u10049", ChatKind.PRIVATE, 1) == FIRST
    assert not windows.is_left("x0")
    assert windows.is_left("x10049")


def test_qqs_word_on_pushes_is_believed_for_some_hours(time: Time) -> None:
    pushes = Pushes(time)
    assert pushes.known("g1") is None
    pushes.tell("g1", allowed=True)
    assert pushes.known("g1") is True
    pushes.tell("g1", allowed=False)
    time.now += REMEMBERED - timedelta(seconds=1)
    assert pushes.known("g1") is False
    time.now += timedelta(seconds=1)
    assert pushes.known("g1") is None
    for number in range(10_050):
        pushes.tell(f"g{number}", allowed=True)
    assert pushes.known("g0") is None
    assert pushes.known("g10049") is True


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=1, max_value=2**31), st.integers(min_value=1, max_value=100))
def test_letters_of_one_hour_never_share_a_number(letter: int, after: int) -> None:
    numbers = [number_of(str(each), place) for each in (letter, letter + after) for place in range(MOST_PARTS)]
    assert len(set(numbers)) == 2 * MOST_PARTS
    assert all(1 <= number <= 1_000_000 for number in numbers)
    assert number_of(str(letter), 0) == numbers[0]
