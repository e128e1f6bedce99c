"""The way in: what is acted upon, what is left alone, and what happens when something breaks."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.messages import Chat, ChatKind, EventKey, EventKind, Incoming, Sender
from bot.router import BROKEN, GONE, TOO_LONG
from bot.services import browser_chat, check_ins
from bot.services.abroad import NOTHING_ASKED
from bot.services.strangers import TURNED_AWAY
from bot.unsure import UNCLEAR
from storage.tables import check_in, inbox, outbox, question
from storage.unit_of_work import UnitOfWork
from tests.dialogue import START, STRANGER, Dialogue

HOSTILE = [
    "'; DROP TABLE member;--",
    "<script>alert(1)</script>",
    "{{config}} ${jndi:ldap://x} {0} %s",
    "**粗体** [链接](http://example.org)",
    "\u202e到签\u202c",
    "\u200b\u200b\u200b",
    "😀😀😀",
    "１２３",
    "/" * 300,
    "\x00",
    "q.1.0.ffff",
]


async def _rows(chat: Dialogue) -> dict[str, int]:
    async def count(work: UnitOfWork) -> dict[str, int]:
        return {
            table.name: int((await work.rows(select(func.count()).select_from(table)))[0][0])
            for table in (inbox, outbox, check_in, question)
        }

    counted: dict[str, int] = await chat.run(count)
    return counted


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_just_text(chat: Dialogue, text: str) -> None:
    assert await chat.group("李小山", text) == []
    seen = await chat.private("李小山", text)
    assert chat.to("李小山", seen) == [UNCLEAR.zh]
    assert (await _rows(chat))["check_in"] == 0


async def test_talk_in_the_group_is_not_stored(chat: Dialogue) -> None:
    before = await _rows(chat)
    for text in ("今天哈尔滨真冷", "我老婆在深圳", "收到请回复", "[表情]", "1", "好的"):
        assert await chat.group("李小山", text) == []
    assert await _rows(chat) == before


async def test_a_message_of_five_thousand_characters_is_refused_and_not_half_used(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "签到 " + "长" * 5000)
    assert chat.to("李小山", seen) == [TOO_LONG.zh]
    assert await chat.group("李小山", "聊" * 5000) == []
    assert (await _rows(chat))["check_in"] == 0


async def test_a_handler_that_breaks_is_undone_and_the_person_told_a_number(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> bool:
        raise RuntimeError("secret")

    monkeypatch.setattr(check_ins, "_count", breaks)
    [said] = chat.to("李小山", await chat.private("李小山", "签到", nonce="n"))
    assert said.startswith("出了点问题")
    assert "secret" not in said
    assert len(said) == len(BROKEN.zh.format(error="abcdef"))
    assert (await _rows(chat))["check_in"] == 0
    monkeypatch.undo()
    assert await chat.private("李小山", "签到", nonce="n") == []
    assert chat.to("李小山", await chat.private("李小山", "签到"))[0].startswith("收到")


async def test_what_was_said_while_the_line_was_down_counts_for_the_day_it_was_said(chat: Dialogue) -> None:
    async def says(key: str, at: datetime) -> None:
        place = Chat(browser_chat.chat_key(browser_chat.private_chat("李小山")), ChatKind.PRIVATE)
        sender = Sender(browser_chat.account_key("李小山"))
        await chat.app.router.receive(Incoming(EventKey(key), EventKind.MESSAGE, place, sender, at, "签到"))
        await chat.app.drain()

    await says("late", START - timedelta(hours=10))
    assert "今日报平安" not in str(chat.shown)
    await says("now", START)
    assert "今日报平安 1 人" in str(chat.shown)
    await says("far too late", START - timedelta(days=9))
    await says("from the future", START + timedelta(days=9))
    assert (await _rows(chat))["check_in"] == 2


async def test_a_stranger_gets_one_sentence_a_day_in_private(chat: Dialogue) -> None:
    assert chat.to(STRANGER, await chat.private(STRANGER, "签到")) == [TURNED_AWAY.zh]
    assert await chat.private(STRANGER, "分布图") == []
    await chat.pass_time(days=1)
    assert chat.to(STRANGER, await chat.private(STRANGER, "在吗")) == [TURNED_AWAY.zh]


async def test_a_stranger_in_the_group_is_answered_only_when_speaking_to_the_bot(chat: Dialogue) -> None:
    assert await chat.group(STRANGER, "签到") == []
    assert chat.in_group(await chat.group(STRANGER, "@支部 签到")) == [TURNED_AWAY.zh]
    assert await chat.group(STRANGER, "@支部 签到情况") == []
    assert (await _rows(chat))["check_in"] == 0


async def test_a_forged_button_does_nothing(chat: Dialogue) -> None:
    [shown] = [each for each in await chat.private("李小山", "签到") if each.chat != chat.group_id()]
    for data in ("q.1.0.0000000000000000", "q.zz.99999.x", "x" * 60, "", "q.1.-1.a", "q.１.0.a", "q..0."):
        assert chat.to("李小山", await chat.press_data("李小山", shown, data)) == [GONE.zh]
        assert await chat.press_data(STRANGER, shown, data) == []


async def test_a_message_that_is_edited_afterwards_changes_nothing(chat: Dialogue) -> None:
    await chat.private("李小山", "你好")
    own = next(each for each in reversed(chat.shown) if each["from"]["id"] == "李小山")
    frame = {"type": "edit", "chat": own["chat"], "message": own["id"], "text": "签到"}
    assert await chat._take("李小山", frame) == []
    assert (await _rows(chat))["check_in"] == 0


async def test_a_mention_in_the_group_that_is_not_understood_is_answered(chat: Dialogue) -> None:
    assert chat.in_group(await chat.group("李小山", "@支部 天气怎么样")) == [UNCLEAR.zh]
    assert await chat.group("李小山", "@支部 😀") == []


async def test_a_person_of_another_branch_is_a_stranger_here(chat: Dialogue) -> None:
    await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    assert await chat.group("郑平", "签到") == []
    assert chat.in_group(await chat.group("郑平", "@支部 签到情况")) == [TURNED_AWAY.zh]
    assert (await _rows(chat))["check_in"] == 0


async def test_a_group_that_is_nobodys_is_silent_and_stores_nothing(chat: Dialogue) -> None:
    before = await _rows(chat)
    chat.branch, bound = chat.branch.__class__(1), chat.branch
    for text in ("签到", "@支部 帮助", "/checkin", "公告 明天开会"):
        assert await chat.group("李小山", text) == []
    chat.branch = bound
    assert await _rows(chat) == before


@pytest.mark.parametrize("word", ["取消", "取消！", "cancel"])
async def test_taking_back_what_was_not_asked_is_understood(chat: Dialogue, word: str) -> None:
    assert chat.to("李小山", await chat.private("李小山", word)) == [NOTHING_ASKED.zh]
    asked = await chat.private("王秀英", "公告 周六开会")
    assert chat.to("王秀英", await chat.private("王秀英", word)) == ["好，没有发。"]
    assert "用过或过期" in chat.to("王秀英", await chat.press("王秀英", "发", asked[0]))[0]
    assert chat.to("王秀英", await chat.private("王秀英", word)) == [NOTHING_ASKED.zh]


async def test_while_a_question_is_open_that_knows_no_cancelling_it_is_not_called_none(chat: Dialogue) -> None:
    async def ask(work: UnitOfWork) -> None:
        until = work.now + timedelta(hours=1)
        await work.questions.open(chat.members["李小山"], "place_which", [["下一页", "next page"]], {"lines": []}, until, card=False)

    await chat.in_branch(ask)
    assert chat.to("李小山", await chat.private("李小山", "取消")) == [UNCLEAR.zh]
