"""报到: asking to join, and what the secretaries make of it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.router import GONE
from bot.services import browser_chat
from bot.services.invitations import WELCOME, WRONG
from bot.services.joining import AGAIN, BOUND_SINCE, GIVE_NAME, PASSED_ON, SEE_SECRETARY, WHICH_GROUP
from bot.services.people import actor_of
from handlers.joining import DECLINED, UNDONE
from storage.tables import question
from storage.unit_of_work import UnitOfWork
from tests.dialogue import STRANGER, Dialogue, Seen
from tests.elsewhere import Elsewhere

CARD = "陈远发来报到，想登记到支部（账号昵称：路人）。请先确认是本人，再答复。七天内有效。"


async def cards(chat: Dialogue) -> int:
    async def count(work: UnitOfWork) -> int:
        where = (question.c.kind == "join", question.c.spent_at.is_(None))
        return int((await work.rows(select(func.count()).select_from(question).where(*where)))[0][0])

    found: int = await chat.run(count)
    return found


async def names(chat: Dialogue) -> list[str]:
    async def read(work: UnitOfWork) -> list[str]:
        return [each.name for each in await work.members.present()]

    found: list[str] = await chat.in_branch(read)
    return found


def card(chat: Dialogue, seen: list[Seen], person: str = "王秀英") -> Seen:
    return next(each for each in seen if each.chat == f"private-{person}" and "接收" in each.buttons)


async def test_a_stranger_in_private_asks_to_join_and_is_taken_in(chat: Dialogue) -> None:
    seen = await chat.private(STRANGER, "报到 陈远")
    assert chat.to(STRANGER, seen) == [PASSED_ON.zh]
    assert card(chat, seen).text == CARD
    assert chat.in_group(seen) == []
    seen = await chat.press("王秀英", "接收")
    assert chat.to("王秀英", seen) == ["好，陈远登记好了。"]
    told = chat.to(STRANGER, seen)
    assert told[0].startswith("您好，我是红旗村支部的机器人")
    assert told[-1] == WELCOME.zh
    assert chat.to(STRANGER, await chat.private(STRANGER, "签到"))[0].startswith("收到")


async def test_who_is_on_the_list_but_not_bound_becomes_that_member(chat: Dialogue) -> None:
    await chat.private("王秀英", "邀请 陈远")
    await chat.private("王秀英", "任命 陈远 联络员")
    await chat.private(STRANGER, "报到 陈远")
    await chat.press("王秀英", "接收")
    assert (await names(chat)).count("陈远") == 1
    assert "联络员" in chat.to(STRANGER, await chat.private(STRANGER, "权限"))[0]


async def test_nobody_takes_the_place_of_a_member_who_is_bound(chat: Dialogue) -> None:
    await chat.private(STRANGER, "报到 李小山")
    [told] = chat.to("王秀英", await chat.press("王秀英", "接收"))
    assert "“李小山”已经绑定了账号" in told
    assert chat.to(STRANGER, await chat.private(STRANGER, "签到"))[0].startswith("我还不认识您")
    assert chat.to("王秀英", await chat.press("王秀英", "不接收")) == [DECLINED.zh]


async def test_a_request_in_the_group_is_answered_there_without_a_name(chat: Dialogue) -> None:
    seen = await chat.group(STRANGER, "报到 陈远")
    assert chat.in_group(seen) == [PASSED_ON.zh]
    assert chat.in_group(await chat.press("王秀英", "接收")) == [WELCOME.zh]
    assert chat.in_group([each for each in await chat.group(STRANGER, "签到") if not each.edited]) == ["今日报平安 1 人，谢谢大家。"]


async def test_a_request_that_is_declined_is_told_politely_where_it_was_made(chat: Dialogue) -> None:
    await chat.private(STRANGER, "报到 陈远")
    seen = await chat.press("王秀英", "不接收")
    assert chat.to("王秀英", seen) == [DECLINED.zh]
    assert chat.to(STRANGER, seen) == [SEE_SECRETARY.zh]
    await chat.group("another", "报到 何静")
    assert chat.in_group(await chat.press("王秀英", "不接收")) == [SEE_SECRETARY.zh]
    assert not {"陈远", "何静"} & set(await names(chat))


async def test_after_a_decline_nobody_is_bothered_again_for_a_day(chat: Dialogue) -> None:
    await chat.private(STRANGER, "报到 陈远")
    await chat.press("王秀英", "不接收")
    assert await chat.private(STRANGER, "报到 陈远") == []
    assert await chat.group(STRANGER, "报到 陈二") == []
    assert await cards(chat) == 0
    await chat.pass_time(days=1, minutes=1)
    assert chat.to(STRANGER, await chat.private(STRANGER, "报到 陈远")) == [PASSED_ON.zh]


async def test_one_branchs_decline_is_not_anothers(chat: Dialogue) -> None:
    other = await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    await chat.group(STRANGER, "报到 陈远")
    await chat.press("王秀英", "不接收")
    chat.branch = other
    assert chat.in_group(await chat.group(STRANGER, "报到 陈远")) == [PASSED_ON.zh]


async def test_the_hint_to_give_a_name_comes_once_a_day(chat: Dialogue) -> None:
    nameless = Elsewhere(chat, "8", name="")
    assert await nameless.says("报到") == [GIVE_NAME.zh]
    assert await nameless.says("报到") == []
    chat.now += timedelta(days=1)
    assert await nameless.says("报到") == [GIVE_NAME.zh]


async def test_the_same_request_again_is_told_once_a_day_and_makes_no_second_card(chat: Dialogue) -> None:
    await chat.private(STRANGER, "报到 陈远")
    assert chat.to(STRANGER, await chat.private(STRANGER, "报到 陈远")) == [AGAIN.zh]
    assert await chat.private(STRANGER, "报到") == []
    assert await cards(chat) == 1
    await chat.pass_time(days=1)
    assert chat.to(STRANGER, await chat.private(STRANGER, "报到 陈远")) == [AGAIN.zh]
    assert await chat.private(STRANGER, "报到 陈远") == []


async def test_a_request_is_forgotten_after_seven_days(chat: Dialogue) -> None:
    seen = await chat.private(STRANGER, "报到 陈远")
    shown = card(chat, seen)
    await chat.pass_time(days=7, minutes=1)
    assert chat.to("王秀英", await chat.press("王秀英", "接收", shown)) == [GONE.zh]
    assert chat.to(STRANGER, await chat.private(STRANGER, "报到 陈远")) == [PASSED_ON.zh]


async def test_of_two_secretaries_the_first_decides(chat: Dialogue) -> None:
    await chat.private("王秀英", "任命 赵国强 书记")
    seen = await chat.private(STRANGER, "报到 陈远")
    first, second = card(chat, seen), card(chat, seen, "赵国强")
    assert chat.to("赵国强", await chat.press("赵国强", "接收", second)) == ["好，陈远登记好了。"]
    assert chat.to("王秀英", await chat.press("王秀英", "不接收", first)) == [GONE.zh]
    assert "陈远" in await names(chat)


async def test_a_button_pressed_twice_or_by_somebody_else_does_nothing(chat: Dialogue) -> None:
    shown = card(chat, await chat.private(STRANGER, "报到 陈远"))
    for person in ("李小山", STRANGER):
        assert await chat.press_data(person, shown, shown.data[0]) == []
    assert "陈远" not in await names(chat)
    await chat.press("王秀英", "接收", shown)
    assert chat.to("王秀英", await chat.press("王秀英", "接收", shown)) == [GONE.zh]
    assert (await names(chat)).count("陈远") == 1


async def test_a_secretary_dismissed_meanwhile_can_no_longer_accept(chat: Dialogue) -> None:
    await chat.private("王秀英", "任命 赵国强 书记")
    shown = card(chat, await chat.private(STRANGER, "报到 陈远"), "赵国强")
    await chat.private("王秀英", "免去 赵国强 书记")
    assert "书记" in chat.to("赵国强", await chat.press("赵国强", "接收", shown))[0]
    assert "陈远" not in await names(chat)


async def test_whoever_came_by_a_code_meanwhile_is_not_taken_in_twice(chat: Dialogue) -> None:
    shown = card(chat, await chat.private(STRANGER, "报到 陈远"))
    told = chat.to("王秀英", await chat.private("王秀英", "邀请 何静"))[0]
    await chat.private(STRANGER, "绑定 " + told.split("绑定 ")[1][:8])
    assert chat.to("王秀英", await chat.press("王秀英", "接收", shown)) == [BOUND_SINCE.zh]
    assert "陈远" not in await names(chat)


async def test_only_what_its_button_says_answers_the_card(chat: Dialogue) -> None:
    await chat.private(STRANGER, "报到 陈远")
    await chat.private("王秀英", "好")
    await chat.private("王秀英", "1")
    assert "陈远" not in await names(chat)
    await chat.private("王秀英", "接收")
    assert "陈远" in await names(chat)


@pytest.mark.parametrize("way", ["绑定新账号", "link"])
async def test_what_an_account_got_in_between_ends_with_the_acceptance(chat: Dialogue, way: str) -> None:
    async def link(work: UnitOfWork) -> str:
        [member] = await work.members.named("郑大力")
        return await browser_chat.make_link(work, actor_of(member), member.id)

    await chat.private("王秀英", "邀请 郑大力")
    await chat.private(STRANGER, "报到 郑大力")
    await chat.press("王秀英", "接收")
    if way == "link":
        token = await chat.in_branch(link)
    else:
        code = re.findall(r"[A-Z0-9]{8}", chat.to(STRANGER, await chat.private(STRANGER, way))[0])[0]
    assert chat.to("王秀英", await chat.private("王秀英", "撤销")) == [UNDONE.zh]
    if way == "link":
        assert await chat.run(browser_chat.spend_link, token) is None
    else:
        assert chat.to("new", await chat.private("new", f"绑定 {code}")) == [WRONG.zh]
    assert chat.to(STRANGER, await chat.private(STRANGER, "签到"))[0].startswith("我还不认识您")


async def test_a_request_in_latin_letters_that_several_share_takes_none_of_them(chat: Dialogue) -> None:
    async def add(work: UnitOfWork) -> None:
        for name in ("王伟", "王玮"):
            work.members.add(name, "Wang Wei", ["member"])

    await chat.in_branch(add)
    await chat.private(STRANGER, "报到 Wang Wei")
    assert "王伟、王玮" in chat.to("王秀英", await chat.press("王秀英", "接收"))[0]
    assert chat.to(STRANGER, await chat.private(STRANGER, "签到"))[0].startswith("我还不认识您")


async def test_an_acceptance_can_be_undone(chat: Dialogue) -> None:
    await chat.private(STRANGER, "报到 陈远")
    await chat.press("王秀英", "接收")
    assert chat.to("王秀英", await chat.private("王秀英", "撤销")) == [UNDONE.zh]
    assert "陈远" not in await names(chat)
    assert chat.to(STRANGER, await chat.private(STRANGER, "签到"))[0].startswith("我还不认识您")


@pytest.mark.parametrize("text", ["报到 '; DROP TABLE member;--", "报到 <b>陈远</b>", "报到 我是来帮忙修水管的师傅", "报到 123"])
async def test_what_is_no_name_makes_no_request(chat: Dialogue, text: str) -> None:
    assert chat.to(STRANGER, await chat.private(STRANGER, text)) == [GIVE_NAME.zh]
    assert await cards(chat) == 0


async def test_without_a_name_the_one_the_platform_shows_is_proposed(chat: Dialogue) -> None:
    phone = Elsewhere(chat, name="马丽", platform="wecom")
    assert await phone.says("报到") == [PASSED_ON.zh]
    assert any("马丽发来报到" in each["text"]["zh"] for each in chat.shown)
    await chat.press("王秀英", "接收")
    assert "马丽" in await names(chat)
    assert await Elsewhere(chat, "8", name="").says("报到") == [GIVE_NAME.zh]


async def test_another_account_name_is_shown_to_the_secretary(chat: Dialogue) -> None:
    await Elsewhere(chat, name="开心就好", platform="wecom").says("报到 陈远")
    assert any("（账号昵称：开心就好）" in each["text"]["zh"] for each in chat.shown)


async def test_with_several_branches_a_private_request_needs_the_group(chat: Dialogue) -> None:
    await chat.another_branch("青山村支部", {"郑平": ["member", "secretary"]})
    assert chat.to(STRANGER, await chat.private(STRANGER, "报到 陈远")) == [WHICH_GROUP.zh]
    assert chat.to(STRANGER, await chat.private(STRANGER, "报到 陈远")) == []
    seen = await chat.group(STRANGER, "报到 陈远")
    assert chat.to("王秀英", seen) != []
    assert chat.to("郑平", seen) == []


async def test_a_request_from_elsewhere_tells_no_name_to_a_secretary_abroad(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "1")

    async def bind(work: UnitOfWork) -> None:
        await work.accounts.unbind_all(chat.members["王秀英"])
        work.accounts.bind(phone.key, chat.members["王秀英"], "1")
        await work.accounts.change(phone.key, introduced_at=work.now)
        work.consents.put(chat.members["王秀英"], "abroad", given=True)

    await chat.in_branch(bind)
    await chat.private(STRANGER, "报到 陈远")
    assert "陈远" not in "".join(await phone.queued())
    await Elsewhere(chat, "55").says("报到 马丽")
    assert "马丽" in "".join(await phone.queued())


# From somebody bound


async def test_from_a_member_it_is_a_check_in(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "报到")
    assert chat.to("李小山", seen) == ["收到，一路平安。"]
    assert chat.in_group(seen) == ["今日报平安 1 人，谢谢大家。"]
    assert chat.to("李小山", await chat.private("李小山", "报到")) == ["今天已经报过平安了，谢谢惦记。"]


async def test_in_the_group_a_members_report_is_marked_quietly(chat: Dialogue) -> None:
    seen = await chat.group("周海", "报到")
    assert chat.to("周海", seen) == []
    assert chat.in_group([each for each in seen if not each.reactions]) == ["今日报平安 1 人，谢谢大家。"]


@pytest.mark.parametrize("text", ["报到 武汉", "武汉报到"])
async def test_with_a_place_it_is_also_a_place(chat: Dialogue, text: str) -> None:
    async def agree(work: UnitOfWork) -> None:
        work.consents.put(chat.members["李小山"], "location", given=True)

    async def where(work: UnitOfWork) -> int | None:
        found = await work.places.get(chat.members["李小山"])
        return found.code if found else None

    await chat.in_branch(agree)
    seen = await chat.group("李小山", text)
    assert any("武汉" in told for told in chat.to("李小山", seen))
    assert "今日报平安 1 人，谢谢大家。" in chat.in_group(seen)
    await chat.private("李小山", "对")
    assert await chat.in_branch(where) == 420100


async def test_a_place_is_kept_only_with_consent_but_the_check_in_counts(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "报到 武汉")
    assert chat.to("李小山", seen)[0] == "收到，一路平安。"
    assert any("同意" in each.buttons for each in seen)


async def test_a_stranger_who_names_only_a_place_is_not_called_by_it(chat: Dialogue) -> None:
    assert await chat.group(STRANGER, "武汉报到") == []
    await chat.private(STRANGER, "武汉报到")
    assert not any("武汉发来报到" in each["text"]["zh"] for each in chat.shown)


async def test_talk_in_the_group_that_begins_with_the_word_is_left_alone(chat: Dialogue) -> None:
    for person in ("李小山", STRANGER):
        for text in ("报到 的同志请坐到前排来", "报到：明天上午九点，大家别迟到", "报到表发我一下", "去哪里报到"):
            assert await chat.group(person, text) == []
    assert await cards(chat) == 0
