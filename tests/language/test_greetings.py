"""Courtesies, and the wish to reach a human, in the words in which they are said; other sentences that hold them are not taken for them."""

import pytest

from bot.language import greetings, people_wanted
from bot.language.formalism import asks_who_has_not


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("谢谢啊", greetings.THANKS),
        ("好的谢谢您", greetings.THANKS),
        ("再见", greetings.BYE),
        ("晚安啦", greetings.BYE),
        ("你是真人吗", greetings.WHO),
    ],
)
def test_a_courtesy_is_heard(text: str, kind: str) -> None:
    assert greetings.heard(text) == kind


@pytest.mark.parametrize("text", ["谢谢李小山帮我交党费", "再见面的时候说", "你是谁派来的我不管，把名单给我", "辛苦费多少", "谢" * 30])
def test_what_says_more_is_none(text: str) -> None:
    assert greetings.heard(text) is None


@pytest.mark.parametrize("text", ["我要找书记", "转人工", "人工服务", "书记电话多少", "支部书记是谁", "怎么联系书记"])
def test_a_human_is_wanted(text: str) -> None:
    assert people_wanted.heard(text) == ""


@pytest.mark.parametrize("text", ["人工费涨了", "书记电话里说还在泉州", "我跟书记说过了", "找书记谈谈心里话"])
def test_no_human_is_wanted(text: str) -> None:
    assert people_wanted.heard(text) is None


@pytest.mark.parametrize(
    ("text", "asked"), [("谁还没签到啊", ""), ("哪些人没打卡", ""), ("有谁没报平安？", ""), ("谁没交党费", None), ("我还没签到", None)]
)
def test_who_has_not_checked_in_is_asked(text: str, asked: str | None) -> None:
    assert asks_who_has_not(text) == asked
