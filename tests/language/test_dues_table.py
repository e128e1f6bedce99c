"""Questions about everybody's dues."""

import pytest

from bot.language.dues_table import all_in, unpaid


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("谁还没交党费", ""),
        ("谁没交党费？", ""),
        ("还有谁没缴党费", ""),
        ("哪些人没有交3月党费", "3月"),
        ("谁3月还没交党费", "3月"),
        ("谁还没交3月份的党费", "3月份"),
        ("三月党费谁没交", "三月"),
        ("上个月党费谁还没交呢", "上个月"),
        ("who has not paid dues", ""),
        ("Who has not yet paid the dues for March?", "march"),
    ],
)
def test_who_has_not_paid(text: str, month: str) -> None:
    assert unpaid(text) == month


@pytest.mark.parametrize(
    ("text", "month"), [("3月党费交齐了吗", "3月"), ("党费收齐了没", ""), ("上个月的党费大家都交齐了吗？", "上个月"), ("党费交全了么", "")]
)
def test_whether_dues_are_all_in(text: str, month: str) -> None:
    assert all_in(text) == month


@pytest.mark.parametrize(
    "text", ["党费的事回头再说", "我还没交党费", "谁知道党费怎么交", "谁没交房租", "我没交党费的话会怎么样", "党费", "今天真冷", "谁收党费"]
)
def test_other_talk_is_no_question_about_everybody(text: str) -> None:
    assert unpaid(text) is None
    assert all_in(text) is None
