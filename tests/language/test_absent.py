"""Who has not been heard of is asked in many words; talk about not hearing is none of them."""

import pytest

from bot.language.absent import asked


@pytest.mark.parametrize(
    "text", ["谁三个月没消息了", "看看谁好久没联系了", "有哪些人联系不上", "哪几个人失联了", "很久没消息的同志", "谁还没信儿"]
)
def test_it_is_asked(text: str) -> None:
    assert asked(text) == ""


@pytest.mark.parametrize("text", ["好久没联系了", "谁知道", "手机没信号", "我联系不上他", "没消息就是好消息", "谁" * 50 + "没消息"])
def test_talk_is_not(text: str) -> None:
    assert asked(text) is None
