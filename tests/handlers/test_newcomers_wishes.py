"""What newcomers say without the commands' words: who is to come in, a notice with a slip, money that was paid, data to be deleted."""

import pytest

from bot.services.own_erasing import WHAT
from bot.texts import Text
from bot.unsure import ASK_PEOPLE, UNCLEAR
from handlers.notice import NONE_JUST_POSTED, UNCHANGED
from tests.dialogue import Dialogue

SECRETARY, WHO = "王秀英", "李小山"
ASKED = Text("书记王秀英", "")


@pytest.mark.parametrize(
    "text", ["把刘大山加进来", "新来个党员叫刘大山", "请把刘大山拉到支部里", "加个新党员：刘大山", "new member: 刘大山"]
)
async def test_who_is_new_gets_a_code(chat: Dialogue, text: str) -> None:
    [said] = chat.to(SECRETARY, await chat.private(SECRETARY, text))
    assert said.startswith("给刘大山的邀请码：")


@pytest.mark.parametrize("text", ["把垃圾加进来", "把盐加进来", "新来个党员叫什么", "把刘大山拉黑"])
async def test_what_names_nobody_invites_nobody(chat: Dialogue, text: str) -> None:
    assert "邀请码：" not in str(chat.to(SECRETARY, await chat.private(SECRETARY, text)))


async def test_a_member_invites_nobody_so(chat: Dialogue) -> None:
    assert "邀请码" not in str(chat.to(WHO, await chat.private(WHO, "把刘大山加进来")))


async def _post(chat: Dialogue, text: str) -> None:
    await chat.private(SECRETARY, f"公告 {text}")
    await chat.private(SECRETARY, "发")


async def test_the_hour_of_the_notice_just_posted_is_put_right_after_a_yes(chat: Dialogue) -> None:
    await _post(chat, "明天上午八点在村部开会。")
    [asked] = await chat.private(SECRETARY, "发错了，时间是九点")
    assert "明天上午九点在村部开会。" in asked.text
    assert "改好了" in str(chat.to(SECRETARY, await chat.private(SECRETARY, "对")))


async def test_a_no_leaves_the_notice_and_other_slips_are_to_be_rewritten(chat: Dialogue) -> None:
    await _post(chat, "明天上午八点在村部开会。")
    await chat.private(SECRETARY, "刚才的通知发错了，时间是九点")
    assert chat.to(SECRETARY, await chat.private(SECRETARY, "不用")) == [UNCHANGED.zh]
    assert "改公告 N1" in str(chat.to(SECRETARY, await chat.private(SECRETARY, "发错了，地点是文化广场")))


async def test_without_a_notice_there_is_nothing_to_put_right(chat: Dialogue) -> None:
    assert chat.to(SECRETARY, await chat.private(SECRETARY, "发错了，时间是九点")) == [NONE_JUST_POSTED.zh]


@pytest.mark.parametrize("text", ["我交了20", "交了20块", "我刚交了25元"])
async def test_an_amount_without_the_word_dues_is_asked_back(chat: Dialogue, text: str) -> None:
    said = "".join(chat.to(WHO, await chat.private(WHO, text)))
    assert "月份" in said
    assert "记" not in said


@pytest.mark.parametrize("text", ["删除我的资料", "注销账号", "把我的资料都删了", "delete all my data"])
async def test_who_wants_their_data_deleted_hears_what_can_be(chat: Dialogue, text: str) -> None:
    assert chat.to(WHO, await chat.private(WHO, text)) == [WHAT(who=ASKED).zh]


async def test_where_somebody_is_is_refused_in_the_group_as_in_private(chat: Dialogue) -> None:
    private = chat.to(WHO, await chat.private(WHO, "周海在哪"))
    seen = await chat.group(WHO, "@支部 周海在哪")
    assert private
    assert [*chat.to(WHO, seen), *chat.in_group(seen)] == private


async def test_the_group_is_not_told_twice_that_something_was_not_understood(chat: Dialogue) -> None:
    assert chat.in_group(await chat.group(WHO, "@支部 呜啦啦呼呼")) == [UNCLEAR.zh]
    assert chat.in_group(await chat.group(WHO, "@支部 咕噜咕噜嘛")) == [ASK_PEOPLE(who=ASKED).zh]
    assert chat.in_group(await chat.group(WHO, "@支部 哗啦啦")) == []
    await chat.pass_time(minutes=11)
    assert chat.in_group(await chat.group(WHO, "@支部 哗啦啦")) == [UNCLEAR.zh]
    assert chat.to(WHO, await chat.private(WHO, "呜啦啦呼呼")) == [UNCLEAR.zh]
