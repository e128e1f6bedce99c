"""The edge: what no database takes, and what nobody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.typed import LONGEST, typed


@pytest.mark.parametrize(
    ("value", "taken"),
    [("签\0到", "签到"), ("\0", ""), ("a\ud800b", "a?b"), ("😀", "😀"), (None, ""), (5, ""), (["x"], ""), ("\0" * 20_000 + "x", "")],
)
def test_what_no_database_takes_is_left_out(value: object, taken: str) -> None:
    assert typed(value) == taken


@given(st.text(st.characters(), max_size=40))
def test_what_is_taken_can_be_stored_and_is_taken_the_same_again(text: str) -> None:
    taken = typed(text)
    taken.encode()
    assert "\0" not in taken
    assert typed(taken) == taken


def test_nothing_longer_than_a_message_is_taken() -> None:
    assert len(typed("长" * (LONGEST + 1))) == LONGEST
