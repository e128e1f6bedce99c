"""How long somebody studied, in their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.study_time import entered, said


@pytest.mark.parametrize(
    ("text", "minutes", "what"),
    [
        ("我学了2小时 夜校", 120, "夜校"),
        ("我学了两个小时夜校", 120, "夜校"),
        ("我今天学了半小时，焊工安全", 30, "焊工安全"),
        ("我学了一个半小时", 90, ""),
        ("我学了1.5小时。", 90, ""),
        ("学了2小时半", 150, ""),
        ("我学了2学时 党员大会", 90, "党员大会"),
        ("我上了两节课 电工", 90, "电工"),
        ("我学了40分钟", 40, ""),
        ("I studied 2 hours night school", 120, "night school"),
        ("I studied for 2 class hours", 90, ""),
        ("我学了０小时", 0, ""),
    ],
)
def test_what_a_member_says_of_themselves(text: str, minutes: int, what: str) -> None:
    found = said(text)
    assert found is not None
    assert (found.minutes(45), found.what) == (minutes, what)


@pytest.mark.parametrize(
    "text", ["我学了", "学习", "我儿子学了2小时", "学了也没用", "我学了2天", "我学了2小时" + "很" * 60, "他上了两节课"]
)
def test_other_talk_of_study_is_none(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "minutes", "what"),
    [("学习 2学时 党员大会", 90, "党员大会"), ("培训3小时", 180, ""), ("听课 20分钟 微党课", 20, "微党课"), ("studied 2 hours", 120, "")],
)
def test_what_is_entered_for_a_member(text: str, minutes: int, what: str) -> None:
    found = entered(text)
    assert found is not None
    assert (found.minutes(45), found.what) == (minutes, what)


@pytest.mark.parametrize("text", ["学习认真", "联系过", "学习 十天"])
def test_other_entries_are_none(text: str) -> None:
    assert entered(text) is None


@given(st.text() | st.text(alphabet="我学了两个半小时学时分钟课节0123.夜校 "))
def test_any_text_is_survived(text: str) -> None:
    for found in (said(text), entered(text)):
        assert found is None or (found.minutes(45) >= 0 and len(found.what) <= 40)
