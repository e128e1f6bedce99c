"""What the bot refuses, as the secretary meets it."""

import pytest

from tests.dialogue import Dialogue

RULE = "《关于防治“指尖上的形式主义”的若干意见》"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("每天早上八点必须签到，不签通报", "这个我不能设"),
        ("给大家搞个签到排名", "排名和积分我不做"),
        ("把没签到的人在群里通报批评", "点名通报我不能做"),
        ("强制签到", "这个我不能设"),
        ("学习排名", "排名和积分我不做"),
        ("积分榜", "排名和积分我不做"),
    ],
)
async def test_it_is_refused_with_the_rule_and_something_better(chat: Dialogue, words: str, refusal: str) -> None:
    (said,) = chat.to("王秀英", await chat.private("王秀英", words))
    assert said.startswith(refusal)
    assert RULE in said
    assert "可以换成" in said
    assert len(said) <= 200
    assert len(chat.shown[-1]["text"]["en"]) <= 450


async def test_in_the_group_talk_about_it_is_left_alone(chat: Dialogue) -> None:
    for words in ("每天必须签到", "排名", "给大家搞个签到排名"):
        assert await chat.group("王秀英", words) == []


async def test_asked_by_name_in_the_group_the_refusal_is_private(chat: Dialogue) -> None:
    seen = await chat.group("王秀英", "@支部机器人 每天早上必须签到")
    assert chat.in_group(seen) == []
    assert RULE in chat.to("王秀英", seen)[0]


async def test_a_plain_check_in_is_no_such_request(chat: Dialogue) -> None:
    assert chat.to("王秀英", await chat.private("王秀英", "签到")) == ["收到，一路平安。想撤回，十分钟内发“撤销”。"]


async def test_a_stranger_gets_the_strangers_sentence(chat: Dialogue) -> None:
    (said,) = await chat.private("路人", "每天早上必须签到")
    assert "我还不认识您" in said.text


async def test_who_has_not_checked_in_is_no_list_and_the_secretary_is_told_what_there_is_instead(chat: Dialogue) -> None:
    for words in ("谁没签到", "谁今天没有签到"):
        [said] = chat.to("王秀英", await chat.private("王秀英", words))
        assert "很久没消息" in said
        assert await chat.group("王秀英", words) == []


async def test_who_has_not_studied_is_no_list_either(chat: Dialogue) -> None:
    for words in ("谁没学", "谁答错了"):
        [said] = chat.to("王秀英", await chat.private("王秀英", words))
        assert "不列名单" in said
        assert "指尖上的形式主义" in said
        assert await chat.group("王秀英", words) == []
