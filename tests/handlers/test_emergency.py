"""Somebody is in danger: the numbers at once, the officers alerted, no word passed on."""

from datetime import timedelta

import pytest

from bot.router import TOO_LONG
from bot.services import emergencies
from bot.services.emergencies import ALL_WELL, CALLED, CALLED_ALREADY, NO_ALARM, NOBODY
from handlers.emergency import GLAD
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.elsewhere import Elsewhere

ALERT = "【紧急】{who} {at} 说遇到危险。请现在就打电话；打不通，请报 110。原话不转发，也没有保存。"


def _everything(chat: Dialogue, seen: list[Seen]) -> str:
    return "\n".join(each.text for each in seen)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("厂里着火了", "119"),
        ("我爱人昏迷了", "120"),
        ("有人溺水", "110"),
        ("我不想活了", "12356"),
        ("煤气中毒", "120"),
        ("被困在电梯里", "119"),
        ("SOS", "110"),
    ],
)
async def test_in_private_the_number_comes_at_once_and_secretary_and_liaison_are_told_who(chat: Dialogue, text: str, number: str) -> None:
    seen = await chat.private("李小山", text)
    own = chat.to("李小山", seen)
    assert number in own[0]
    assert CALLED.zh in own[0]
    for officer in ("王秀英", "孙丽"):
        assert chat.to(officer, seen) == [ALERT.format(who="李小山", at="09:00")]
    assert chat.in_group(seen) == []
    assert chat.to("周海", seen) == []


async def test_quiet_hours_and_the_monthly_digest_hold_nothing_back(chat: Dialogue) -> None:
    await chat.private("孙丽", "一月一条")
    await chat.pass_time(hours=17)
    seen = await chat.private("李小山", "我爸晕倒了")
    assert chat.to("王秀英", seen) == [ALERT.format(who="李小山", at="02:00")]
    assert chat.to("孙丽", seen) == [ALERT.format(who="李小山", at="02:00")]


async def test_no_word_of_it_is_stored_or_shown_to_anybody(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "我爸晕倒了在东风路八号")
    assert "东风路" not in _everything(chat, seen)
    assert "晕倒" not in _everything(chat, seen)
    kept = await chat.in_branch(lambda work: work.alarms.of(chat.members["李小山"]))
    assert [each.at for each in kept] == [chat.now]


async def test_it_is_heard_in_the_middle_of_another_question(chat: Dialogue) -> None:
    await chat.private("李小山", "求助")
    assert "119" in chat.to("李小山", await chat.private("李小山", "着火了"))[0]


async def test_a_second_message_within_ten_minutes_alarms_nobody_anew(chat: Dialogue) -> None:
    await chat.private("李小山", "着火了")
    again = await chat.private("李小山", "救命")
    assert chat.to("王秀英", again) == []
    assert CALLED_ALREADY.zh in chat.to("李小山", again)[0]
    chat.now += timedelta(minutes=11)
    assert chat.to("王秀英", await chat.private("李小山", "救命")) != []


async def test_a_doubtful_phrase_is_asked_about_first(chat: Dialogue) -> None:
    [asked] = chat.to("李小山", seen := await chat.private("李小山", "我胸口疼得厉害"))
    assert "120" in asked
    assert "是有危险吗？1 是，要人帮　2 不是" in asked
    assert chat.to("王秀英", seen) == []
    assert chat.to("李小山", await chat.private("李小山", "2")) == [GLAD.zh]
    await chat.private("李小山", "我快不行了")
    assert chat.to("王秀英", await chat.private("李小山", "1")) == [ALERT.format(who="李小山", at="09:00")]


@pytest.mark.parametrize("text", ["没事了", "误报", "没有", "不用", "我没事"])
async def test_all_is_well_closes_the_question(chat: Dialogue, text: str) -> None:
    await chat.private("李小山", "我快不行了")
    assert chat.to("李小山", await chat.private("李小山", text)) == [GLAD.zh]
    assert GLAD.zh.startswith("好，没事就好")
    assert chat.to("王秀英", await chat.private("李小山", "是")) == []


async def test_a_false_alarm_under_an_open_question_ends_the_alarm_that_stands(chat: Dialogue) -> None:
    await chat.private("李小山", "着火了")
    await chat.private("李小山", "累死了")
    seen = await chat.private("李小山", "误报")
    assert chat.to("李小山", seen) == [ALL_WELL.zh]
    assert chat.to("王秀英", seen) == ["李小山说没事了，刚才是误报，放心。"]


@pytest.mark.parametrize("text", ["累死了", "党费累死我了", "今天累死了"])
async def test_who_is_tired_hears_a_warm_word_and_may_still_say_yes(chat: Dialogue, text: str) -> None:
    seen = await chat.private("李小山", text)
    assert chat.to("李小山", seen) == ["辛苦了，歇一歇。要是真有危险，回“是”。"]
    seen = await chat.private("李小山", "是")
    assert "120" in chat.to("李小山", seen)[0]
    assert chat.to("王秀英", seen) == [ALERT.format(who="李小山", at="09:00")]


@pytest.mark.parametrize("text", ["累死了，活着没意思", "活着没意思", "撑不下去了", "死了算了", "不想活"])
async def test_despair_gets_the_hotline_at_once_and_a_call_only_when_wanted(chat: Dialogue, text: str) -> None:
    [asked] = [each for each in await chat.private("李小山", text) if each.chat.endswith("李小山")]
    assert "12356" in asked.text
    assert asked.buttons == ("请打给我", "先不用")
    refused = await chat.press("李小山", "先不用")
    assert "12356" in chat.to("李小山", refused)[0]
    assert "没事就好" not in _everything(chat, refused)
    assert chat.to("王秀英", refused) == []
    await chat.private("李小山", text)
    seen = await chat.press("李小山", "请打给我")
    assert "12356" in chat.to("李小山", seen)[0]
    assert chat.to("孙丽", seen) == [ALERT.format(who="李小山", at="09:00")]


@pytest.mark.parametrize("text", ["我好难过", "心里憋得慌", "压力好大睡不着"])
async def test_a_heavy_heart_hears_where_somebody_listens_and_nobody_is_alerted(chat: Dialogue, text: str) -> None:
    seen = await chat.private("李小山", text)
    [said] = chat.to("李小山", seen)
    for word in ("12356", "求助", "联络员"):
        assert word in said
    assert len(seen) == 1
    assert chat.to("王秀英", await chat.private("李小山", "是")) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("我男人打我", "12338"),
        ("我老公打我怎么办", "110"),
        ("船漏水了", "12395"),
        ("我摔下来了起不来", "120"),
        ("我被扣在工地不让走", "110"),
    ],
)
async def test_the_number_fits_the_danger(chat: Dialogue, text: str, number: str) -> None:
    assert number in chat.to("李小山", await chat.private("李小山", text))[0]


async def test_a_false_alarm_is_told_to_those_who_were_alerted(chat: Dialogue) -> None:
    assert chat.to("李小山", await chat.private("李小山", "误报")) == [NO_ALARM.zh]
    await chat.private("李小山", "着火了")
    seen = await chat.private("李小山", "误报")
    assert chat.to("李小山", seen) == [ALL_WELL.zh]
    for officer in ("王秀英", "孙丽"):
        assert chat.to(officer, seen) == ["李小山说没事了，刚才是误报，放心。"]
    assert "本人说没事了" in chat.to("孙丽", await chat.private("孙丽", "紧急情况"))[0]
    assert chat.to("李小山", await chat.private("李小山", "误报")) == [NO_ALARM.zh]


async def test_among_people_nothing_is_heard_but_when_the_bot_is_spoken_to(chat: Dialogue) -> None:
    for text in ("累死了", "误报", "笑死我了", "火了火了 视频火了", "电影里着火", "我好难过", "活着没意思", "着火了怎么办"):
        assert await chat.group("李小山", text) == []
    seen = await chat.group("李小山", "@支部 着火了")
    assert "119" in chat.in_group(seen)[0]
    assert "李小山" not in chat.in_group(seen)[0]
    assert chat.to("王秀英", seen) == [ALERT.format(who="李小山", at="09:00")]


@pytest.mark.parametrize(
    ("text", "number"),
    [("着火了", "119"), ("救命", "110"), ("有人触电了快来", "120"), ("救命！工地塌了压了人", "119"), ("我男人打我", "110")],
)
async def test_a_shout_among_people_is_asked_about_in_private_and_nobody_is_alerted_before(chat: Dialogue, text: str, number: str) -> None:
    seen = await chat.group("李小山", text)
    assert chat.in_group(seen) == []
    [asked] = chat.to("李小山", seen)
    assert number in asked
    assert asked.endswith("是您那里有危险吗？回“是”，我马上通知书记和联络员。")
    assert len(seen) == 1
    kept = await chat.in_branch(lambda work: work.alarms.of(chat.members["李小山"]))
    assert kept == []
    pressed = await chat.press("李小山", "是，要人帮")
    assert chat.to("王秀英", pressed) == [ALERT.format(who="李小山", at="09:00")]
    assert chat.in_group(pressed) == []


async def test_despair_among_people_is_asked_about_in_private_with_the_hotline(chat: Dialogue) -> None:
    seen = await chat.group("李小山", "我不想活了")
    [asked] = chat.to("李小山", seen)
    assert "12356" in asked
    assert chat.in_group(seen) == []
    assert chat.to("王秀英", seen) == []
    assert chat.to("王秀英", await chat.press("李小山", "请打给我")) != []


async def test_a_shout_of_a_stranger_or_of_one_without_a_private_chat_stays_among_people(chat: Dialogue) -> None:
    async def never(work: UnitOfWork) -> None:
        await work.accounts.change(AccountKey("browser", "web", "李小山"), private_chat=None)

    await chat.in_branch(never)
    assert await chat.group("李小山", "着火了") == []
    assert await chat.group("路人", "着火了") == []


@pytest.mark.parametrize("text", ["紧急求助", "紧急求助 宿舍着火了", "紧急求助 快点", "sos"])
async def test_the_command_always_works_and_the_answer_is_private(chat: Dialogue, text: str) -> None:
    seen = await chat.group("周海", text)
    assert chat.in_group(seen) == []
    assert "119" in chat.to("周海", seen)[0]
    assert chat.to("王秀英", seen) == [ALERT.format(who="周海", at="09:00")]
    await chat.private("李小山", "求助")
    assert chat.to("孙丽", await chat.private("李小山", text)) == [ALERT.format(who="李小山", at="09:00")]


async def test_a_call_for_help_that_goes_from_group_to_group_is_asked_about(chat: Dialogue) -> None:
    seen = await chat.group("李小山", "紧急求助：某地孩子走失，请转发")
    assert chat.in_group(seen) == []
    assert "是您那里有危险吗" in chat.to("李小山", seen)[0]
    assert chat.to("王秀英", seen) == []


async def test_an_appeal_in_the_group_that_tells_of_a_danger_is_heard_as_such(chat: Dialogue) -> None:
    assert "119" in chat.in_group(await chat.group("李小山", "求助 着火了"))[0]


async def test_too_long_a_message_with_a_danger_in_it_still_gets_the_numbers_and_the_question(chat: Dialogue) -> None:
    told = "这里的事情说来话长，" * 120
    assert chat.to("李小山", await chat.private("李小山", told)) == [TOO_LONG.zh]
    [asked] = chat.to("李小山", await chat.private("李小山", f"{told}我被困在电梯里，{told}"))
    assert "119" in asked
    assert "是有危险吗" in asked
    assert await chat.group("李小山", f"{told}我被困在电梯里，{told}") == []


async def test_despair_is_answered_in_private_alone(chat: Dialogue) -> None:
    seen = await chat.group("李小山", "@支部 我不想活了")
    assert chat.in_group(seen) == []
    assert "12356" in chat.to("李小山", seen)[0]


async def test_a_stranger_gets_the_numbers_and_nobody_is_alerted(chat: Dialogue) -> None:
    for text in ("着火了", "我快不行了"):
        seen = await chat.private("路人", text)
        assert "119" in _everything(chat, seen) or "120" in _everything(chat, seen)
        assert chat.to("王秀英", seen) == []


async def test_the_secretary_in_danger_is_not_their_own_help(chat: Dialogue) -> None:
    seen = await chat.private("王秀英", "我被困在电梯里了")
    assert chat.to("孙丽", seen) == [ALERT.format(who="王秀英", at="09:00")]
    assert all("【紧急】" not in each for each in chat.to("王秀英", seen))


async def test_where_nobody_can_be_reached_the_person_is_told_so(chat: Dialogue) -> None:
    async def leave(work: UnitOfWork) -> None:
        for officer in ("王秀英", "孙丽"):
            await work.accounts.unbind_all(chat.members[officer])

    await chat.in_branch(leave)
    assert NOBODY.zh in chat.to("李小山", await chat.private("李小山", "着火了"))[0]
    waiting = len(await chat.in_branch(lambda work: work.outbox.undelivered()))
    chat.now += timedelta(minutes=2)
    assert NOBODY.zh in chat.to("李小山", await chat.private("李小山", "着火了"))[0]
    assert len(await chat.in_branch(lambda work: work.outbox.undelivered())) == waiting
    phone = Elsewhere(chat, "79")

    async def back(work: UnitOfWork) -> None:
        work.accounts.bind(AccountKey("telegram", "main", "79"), chat.members["孙丽"], "79")

    await chat.in_branch(back)
    assert CALLED.zh in chat.to("李小山", await chat.private("李小山", "着火了"))[0]
    assert len([each for each in await phone.queued() if "【紧急】" in each]) == 1
    assert CALLED_ALREADY.zh in chat.to("李小山", await chat.private("李小山", "着火了"))[0]


async def test_an_alert_that_a_platform_refuses_has_reached_nobody_and_is_not_queued_twice(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "80")

    async def only_a_phone(work: UnitOfWork) -> None:
        for officer in ("王秀英", "孙丽"):
            await work.accounts.unbind_all(chat.members[officer])
        work.accounts.bind(AccountKey("telegram", "main", "80"), chat.members["孙丽"], "80")

    async def refused(work: UnitOfWork) -> None:
        [alarm] = await work.alarms.of(chat.members["李小山"])
        for letter in await work.outbox.in_slots(f"alarm:{alarm.id}"):
            await work.dispatch.put_back(letter, work.now + timedelta(hours=1), "no way through", attempts=1)

    await chat.in_branch(only_a_phone)
    assert CALLED.zh in chat.to("李小山", await chat.private("李小山", "着火了"))[0]
    await chat.in_branch(refused)
    assert NOBODY.zh in chat.to("李小山", await chat.private("李小山", "着火了"))[0]
    assert len([each for each in await phone.queued() if "【紧急】" in each]) == 1


async def test_every_account_is_rung_and_where_names_may_not_be_written_none_is(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "77")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(AccountKey("telegram", "main", "77"), chat.members["王秀英"], "77")

    await chat.in_branch(bind)
    seen = await chat.private("李小山", "着火了")
    assert chat.to("王秀英", seen) == [ALERT.format(who="李小山", at="09:00")]
    rung = await phone.queued()
    assert len(rung) == 1
    assert "李小山" not in rung[0]
    assert "有一位同志" in rung[0]
    assert chat.to("王秀英", await chat.private("王秀英", "紧急情况")) == ["这一天里的紧急情况：\n李小山，09:00"]


async def test_the_list_is_for_those_who_are_alerted(chat: Dialogue) -> None:
    assert chat.to("王秀英", await chat.private("王秀英", "紧急情况")) == [emergencies.NONE.zh]
    await chat.private("周海", "着火了")
    assert "周海" not in _everything(chat, await chat.private("李小山", "紧急情况"))


@pytest.mark.parametrize("agreed", [None, False])
async def test_who_has_not_agreed_to_a_platform_abroad_is_answered_there_all_the_same(chat: Dialogue, agreed: bool | None) -> None:
    phone = Elsewhere(chat, "78")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(AccountKey("telegram", "main", "78"), chat.members["李小山"], "78")
        await work.accounts.change(AccountKey("telegram", "main", "78"), introduced_at=work.now)
        if agreed is not None:
            work.consents.put(chat.members["李小山"], "abroad", given=agreed)

    await chat.in_branch(bind)
    assert "120" in (await phone.says("我快不行了"))[0]
    told = await phone.says("我爸昏迷了")
    assert "120" in told[0]
    assert told[1] == CALLED.zh


async def test_without_a_private_chat_despair_in_the_group_is_pointed_to_one(chat: Dialogue) -> None:
    async def never(work: UnitOfWork) -> None:
        await work.accounts.change(AccountKey("browser", "web", "李小山"), private_chat=None)

    await chat.in_branch(never)
    [pointer] = chat.in_group(await chat.group("李小山", "@支部 我不想活了"))
    assert "私聊" in pointer
    assert "12356" in "".join(chat.to("李小山", await chat.private("李小山", "你好")))
