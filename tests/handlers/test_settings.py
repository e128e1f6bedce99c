"""安静、时区、少发点、语言, as people meet them."""

import pytest

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from tests.dialogue import Dialogue


async def _said(chat: Dialogue, text: str, person: str = "李小山") -> str:
    return "".join(chat.to(person, await chat.private(person, text)))


async def test_quiet_hours_are_set_told_and_switched_off(chat: Dialogue) -> None:
    assert "免打扰是北京时间 22 点到 7 点" in await _said(chat, "安静")
    assert await _said(chat, "安静 23点到6点") == "好。免打扰是北京时间 23 点到 6 点，这段时间我不主动发消息，急事除外；您问我，照样答。"
    assert "23 点到 6 点" in await _said(chat, "安静")
    assert "没有设免打扰" in await _said(chat, "安静 关")
    assert "23 点到 6 点" in await _said(chat, "撤销") + await _said(chat, "安静")


@pytest.mark.parametrize("words", ["安静 25-7", "安静 七点", "安静 晚上", "安静 22"])
async def test_hours_that_are_none_get_an_example_and_change_nothing(chat: Dialogue, words: str) -> None:
    assert "安静 22-7" in await _said(chat, words)
    assert "22 点到 7 点" in await _said(chat, "安静")


async def test_a_city_abroad_sets_the_zone_and_the_time_there_is_told(chat: Dialogue) -> None:
    assert await _said(chat, "时区 莫斯科") == "好。您的时区是莫斯科时间，现在 04:00。"
    assert await _said(chat, "/zone Asia/Tokyo") == "好。您的时区是东京时间，现在 10:00。"
    assert "东京时间" in await _said(chat, "时区")


async def test_an_unknown_zone_gets_examples(chat: Dialogue) -> None:
    assert "时区 东京" in await _said(chat, "时区 火星")
    assert "北京时间" in await _said(chat, "时区")


async def test_fewer_messages_keeps_reminders_back_and_normal_lets_them_go(chat: Dialogue) -> None:
    for words in ("少发点", "提醒太多", "发太多了"):
        assert "攒到每月 1 号" in await _said(chat, words)
    remind = Outgoing(Text("记得看书。", "Remember the book."))
    await chat.in_branch(posting.to_member, chat.members["李小山"], remind, priority=Priority.REMINDER)
    assert await chat.pass_time(minutes=1) == []
    assert await _said(chat, "正常发") == "好，恢复正常，攒着的这就发您。记得看书。"


async def test_undoing_fewer_messages_lets_them_go_too(chat: Dialogue) -> None:
    await _said(chat, "少发点")
    remind = Outgoing(Text("记得看书。", "Remember the book."))
    await chat.in_branch(posting.to_member, chat.members["李小山"], remind, priority=Priority.REMINDER)
    assert "记得看书。" in await _said(chat, "撤销")


async def test_the_language_is_the_persons_own(chat: Dialogue) -> None:
    await chat.private("李小山", "语言 English")
    assert chat.shown[-1]["text"]["en"] == "Done, I will speak English with you."
    member = await chat.in_branch(lambda work: work.members.get(chat.members["李小山"]))
    assert member.language == "en"
    assert "请写：语言 中文" in await _said(chat, "语言 克林贡语")
    assert await _said(chat, "language 中文") == "好，以后跟您说中文。"


async def test_the_same_words_between_people_in_the_group_change_nothing(chat: Dialogue) -> None:
    for words in ("安静", "安静 22-7", "时区", "时区 东京", "少发点", "正常发", "语言 English"):
        assert await chat.group("李小山", words) == []
    member = await chat.in_branch(lambda work: work.members.get(chat.members["李小山"]))
    assert (member.quiet_from, member.zone, member.digest, member.language) == (None, None, False, None)


async def test_spoken_to_in_the_group_the_answer_is_private(chat: Dialogue) -> None:
    seen = await chat.group("李小山", "@支部机器人 安静 21-8")
    assert "21 点到 8 点" in chat.to("李小山", seen)[0]
    assert chat.in_group(seen) == []
