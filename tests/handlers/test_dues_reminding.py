"""催缴 and the wish for no reminders, as people meet them."""

from datetime import date, timedelta

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import assess, claims, names_in_group, pay, said

KEEPER = "赵国强"


async def _unreachable(chat: Dialogue, name: str) -> None:
    async def add(work: UnitOfWork) -> None:
        chat.members[name] = work.members.add(name, "Zheng An", ["member"]).id

    await chat.in_branch(add)


async def test_who_would_be_reminded_is_shown_first_and_why_others_are_not(chat: Dialogue) -> None:
    await _unreachable(chat, "郑安")
    for person in ("周海", "李小山", "孙丽", "郑安", "王秀英", KEEPER):
        await assess(chat, person)
    await pay(chat, "王秀英", "2026-01", "2026-02", "2026-03")
    await pay(chat, KEEPER, "2026-01", "2026-02", "2026-03")
    await claims(chat, "李小山", "2026-03")
    await chat.private("孙丽", "党费别再提醒")
    seen = await chat.private(KEEPER, "催缴")
    told = "\n".join(chat.to(KEEPER, seen))
    for part in (
        "会私下提醒 1 位，只发给本人，不在群里说：",
        "周海 1–3月，60 元",
        "报了已交、等您核对的：李小山",
        "不要提醒的（该交的还是要交）：孙丽",
        "请打个电话：郑安",
        "请先核定：吴芳",
        "私下提醒这 1 位，现在发吗？",
    ):
        assert part in told
    assert chat.to("周海", seen) == []


async def test_only_on_a_yes_each_is_reminded_in_private_once(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private(KEEPER, "催缴")
    assert chat.to(KEEPER, await chat.private(KEEPER, "不发")) == ["好，没有发。"]
    await chat.private(KEEPER, "催缴")
    seen = await chat.press(KEEPER, "发")
    assert "私下提醒了 1 位" in chat.to(KEEPER, seen)[0]
    (reminder,) = chat.to("周海", seen)
    assert "1–3月，共 60 元" in reminder
    assert chat.in_group(seen) == []
    told = await said(chat, KEEPER, "催缴")
    assert "这个月没有要提醒的。" in told
    assert "这个月提醒过的，不再提醒：周海" in told
    assert chat.to("周海", await chat.days_pass(15)) == []
    assert await names_in_group(chat) == []


async def test_at_night_nothing_is_sent(chat: Dialogue) -> None:
    await assess(chat, "周海")
    chat.now += timedelta(hours=10, minutes=50)
    await chat.private(KEEPER, "催缴")
    chat.now += timedelta(minutes=11)
    seen = await chat.press(KEEPER, "发")
    assert "9 点到 20 点之间" in chat.to(KEEPER, seen)[0]
    assert chat.to("周海", seen) == []
    seen = await chat.private(KEEPER, "催缴")
    assert "请到时再发“催缴”" in chat.to(KEEPER, seen)[-1]
    assert seen[-1].buttons == ()


async def test_the_reminders_buttons_lead_to_a_claim_or_to_no_more_reminders(chat: Dialogue) -> None:
    for person in ("周海", "李小山"):
        await assess(chat, person, since="2026-03")
    await chat.private(KEEPER, "催缴")
    await chat.press(KEEPER, "发")
    seen = await chat.press("周海", "已交")
    assert "3月 20 元，对吗？" in chat.to("周海", seen)[0]
    assert "C1" in chat.to("周海", await chat.private("周海", "对"))[0]
    seen = await chat.press("李小山", "不再提醒")
    assert chat.to("李小山", seen) == ["好，以后不提醒您交党费了。该交的还是要交，发“党费”随时能看。想恢复，发“党费照常提醒”。"]


async def test_reminders_are_stopped_resumed_and_undone(chat: Dialogue) -> None:
    assert "该交的还是要交" in await said(chat, "周海", "党费别再提醒")
    assert "已经不提醒了" in await said(chat, "周海", "党费别再提醒")
    assert "2026-03-10 起不再提醒党费" in await said(chat, "周海", "我的")
    assert await said(chat, "周海", "撤销") == "好，党费提醒和原来一样。"
    await assess(chat, "周海")
    assert "周海 1–3月" in await said(chat, KEEPER, "催缴")
    await chat.private("周海", "党费别再提醒")
    assert await said(chat, "周海", "党费照常提醒") == "好，以后每月最多私下提醒一次。"
    await chat.private("周海", "撤销")
    assert "不要提醒的（该交的还是要交）：周海" in await said(chat, KEEPER, "催缴")


async def test_members_do_not_chase_and_talk_in_the_group_stays_talk(chat: Dialogue) -> None:
    assert "组织委员" in await said(chat, "李小山", "催缴")
    assert await chat.group("李小山", "党费别再提醒") == []
    assert await chat.group("李小山", "党费照常提醒") == []
    assert chat.in_group(await chat.group(KEEPER, "@支部机器人 催缴")) == []


async def test_what_it_rests_on_is_told_with_the_branchs_own_day(chat: Dialogue) -> None:
    await chat.private(KEEPER, "催缴")
    told = await said(chat, KEEPER, "依据")
    for part in ("第九条", "第十二条", "提醒日：每月 10 日", "规定没有说到期自动脱党", "这是做法，不是条文"):
        assert part in told

    async def decide(work: UnitOfWork) -> None:
        work.policies.put("dues_day", 16, effective_from=date(2026, 1, 1), reason="发工资以后")

    await chat.in_branch(decide)
    assert "支部定的提醒日：每月 16 日，遇休息日顺延。原因：发工资以后。" in await said(chat, "李小山", "依据 欠缴")


async def test_reminders_are_stopped_in_ones_own_words_and_chased_in_the_keepers(chat: Dialogue) -> None:
    for text in ("别老提醒我交党费", "停止提醒", "不要再给我发党费了", "别催了"):
        assert "不提醒" in await said(chat, "周海", text)
        assert await chat.group("吴芳", text) == []
    assert await chat.group("吴芳", "@支部机器人 别催了") == []
    await assess(chat, "吴芳")
    assert "会私下提醒 1 位" in await said(chat, KEEPER, "催一下")
    assert await chat.group(KEEPER, "催一下") == []


async def test_when_nobody_was_left_to_remind_nothing_final_was_done(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private(KEEPER, "签到")
    await chat.private(KEEPER, "催缴")
    await pay(chat, "周海", "2026-01", "2026-02", "2026-03")
    assert "私下提醒了 0 位" in chat.to(KEEPER, await chat.press(KEEPER, "发"))[0]
    assert chat.to(KEEPER, await chat.private(KEEPER, "撤销")) == ["好，今天的报平安撤回了。"]


async def test_reminders_that_went_out_are_final(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private(KEEPER, "签到")
    await chat.private(KEEPER, "催缴")
    await chat.press(KEEPER, "发")
    assert "党费提醒发出去了，这一步撤不回来" in chat.to(KEEPER, await chat.private(KEEPER, "撤销"))[0]
