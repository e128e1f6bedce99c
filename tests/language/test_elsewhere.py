"""我在东京: people abroad."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.elsewhere import abroad


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我在东京", "东京"),
        ("我到纽约了", "纽约"),
        ("I'm in Tokyo", "Tokyo"),
        ("i am now in paris.", "paris"),
        ("人在新加坡工作", "新加坡"),
    ],
)
def test_a_place_abroad_is_recognised(text: str, name: str) -> None:
    assert abroad(text) == name


@pytest.mark.parametrize(
    "text", ["", "我在哈尔滨", "我在开会", "东京真热", "我老婆在东京", "我在香港", "I'm in Harbin", "I'm in trouble", "在" * 100]
)
def test_nothing_else_is(text: str) -> None:
    assert abroad(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert abroad(text) is None or len(text) <= 60
