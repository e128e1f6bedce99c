"""Reminders to somebody who does nothing: two a week, the rest in one message when there is room again."""

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from tests.dialogue import Dialogue

HEAD = "这几天攒下的，合成一条给您：\n"


async def _remind(chat: Dialogue, person: str, words: str, priority: Priority = Priority.REMINDER) -> list[str]:
    await chat.in_branch(posting.to_member, chat.members[person], Outgoing(Text(words, words)), priority=priority)
    return chat.to(person, await chat.pass_time(minutes=1))


async def test_after_two_the_rest_of_the_week_comes_as_one_message(chat: Dialogue) -> None:
    await chat.pass_time(minutes=1)
    assert await _remind(chat, "李小山", "甲。") == ["甲。"]
    assert await _remind(chat, "李小山", "乙。") == ["乙。"]
    assert await _remind(chat, "李小山", "丙。") == []
    await chat.days_pass(3)
    assert await _remind(chat, "李小山", "丁。") == []
    assert chat.to("李小山", await chat.days_pass(3)) == []
    assert chat.to("李小山", await chat.days_pass(1)) == [HEAD + "丙。\n丁。"]
    assert chat.to("李小山", await chat.days_pass(10)) == []


async def test_who_does_something_is_told_the_next_morning_and_afterwards_as_usual(chat: Dialogue) -> None:
    await chat.pass_time(minutes=1)
    for words in ("甲。", "乙。", "丙。"):
        await _remind(chat, "李小山", words)
    await chat.pass_time(minutes=15)
    await chat.private("李小山", "签到")
    await chat.pass_time(minutes=1)
    assert await _remind(chat, "李小山", "丁。") == ["丁。"]
    assert chat.to("李小山", await chat.days_pass(1)) == [HEAD + "丙。"]


async def test_what_is_more_than_a_reminder_never_waits_but_counts(chat: Dialogue) -> None:
    await chat.pass_time(minutes=1)
    for words in ("甲。", "乙。", "丙。"):
        assert await _remind(chat, "李小山", words, Priority.NOTICE) == [words]
    assert await _remind(chat, "李小山", "丁。") == []


async def test_who_holds_an_office_is_always_told(chat: Dialogue) -> None:
    await chat.pass_time(minutes=1)
    assert [await _remind(chat, "赵国强", words) for words in ("甲。", "乙。", "丙。")] == [["甲。"], ["乙。"], ["丙。"]]


async def test_who_wants_one_message_a_month_is_left_to_that(chat: Dialogue) -> None:
    await chat.private("李小山", "少发点")
    await _remind(chat, "李小山", "甲。")
    assert chat.to("李小山", await chat.days_pass(10)) == []
