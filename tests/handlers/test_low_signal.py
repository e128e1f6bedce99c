"""出海、省流量、回来了, as people meet them."""

import pytest

from bot.commands import Ask, Choice
from bot.messages import File, Outgoing, Priority
from bot.services import asking, low_signal, posting
from bot.services.people import actor_of
from bot.texts import Text
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen

PNG = b"\x89PNG\r\n\x1a\n"


async def _said(chat: Dialogue, text: str, person: str = "周海") -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def _tell(chat: Dialogue, words: str, priority: Priority = Priority.REMINDER, person: str = "周海") -> list[Seen]:
    await chat.in_branch(posting.to_member, chat.members[person], Outgoing(Text(words, words)), priority=priority)
    return await chat.pass_time(minutes=1)


async def test_at_sea_only_an_emergency_comes_and_the_return_brings_the_rest_in_one_message(chat: Dialogue) -> None:
    said = await _said(chat, "明天开渔，信号不好，有事发短信")
    assert "只发急事" in said
    assert "短信我发不了" in said
    for words, priority in (
        ("3 月党费 20 元。", Priority.REMINDER),
        ("请投票。", Priority.NOTICE),
        ("3 月党费 20 元。", Priority.REMINDER),
    ):
        assert chat.to("周海", await _tell(chat, words, priority)) == []
    assert chat.to("周海", await _tell(chat, "台风红色预警，请马上回港。", Priority.EMERGENCY)) == ["台风红色预警，请马上回港。"]
    await chat.group("王秀英", "公告 17 日主题党日改到 24 日")
    assert chat.to("周海", await chat.days_pass(11)) == []
    seen = await chat.private("周海", "回来了")
    assert chat.to("周海", seen) == [
        "回来就好。漏了 3 件事，一条说完：\n①公告 N1：17 日主题党日改到 24 日\n②3 月党费 20 元。\n③请投票。",
    ]
    assert chat.to("周海", await _tell(chat, "记得看书。")) == ["记得看书。"]


async def test_what_is_asked_at_sea_is_answered_and_the_others_are_reminded_as_ever(chat: Dialogue) -> None:
    assert "10 天内只发急事" in await _said(chat, "出海十天")
    assert "免打扰是" in await _said(chat, "安静")
    assert chat.to("吴芳", await _tell(chat, "记得看书。", person="吴芳")) == ["记得看书。"]


async def test_a_notice_that_was_confirmed_is_not_told_again(chat: Dialogue) -> None:
    await _said(chat, "出海")
    await chat.group("王秀英", "公告 明天停水。")
    await chat.private("周海", "收到 N1")
    assert await _said(chat, "回港了") == "回来就好。您不在的时候没有漏下什么。"


async def test_what_needs_a_button_or_is_a_file_follows_the_one_message(chat: Dialogue) -> None:
    await _said(chat, "出海")

    async def ask(work: UnitOfWork) -> None:
        member = chat.members["周海"]
        lives = Ask("page", Text("去不去？", "Will you come?"), (Choice(Text("去", "yes")),), card=True)
        await posting.to_member(work, member, await asking.prepare(work, member, lives), priority=Priority.NOTICE)
        paper = Outgoing(Text("收据", "receipt"), file=File("a.pdf", b"%PDF", "application/pdf"))
        await posting.to_member(work, member, paper, priority=Priority.NOTICE)

    await chat.in_branch(ask)
    seen = chat.to("周海", await chat.private("周海", "靠岸了"))
    assert seen == ["回来就好。漏了 2 件事，一条说完：\n另有 2 件要您回话或收文件，跟着就来。", "去不去？", "收据"]


async def test_a_question_that_is_over_is_told_as_a_line(chat: Dialogue) -> None:
    await _said(chat, "出海")

    async def ask(work: UnitOfWork) -> None:
        member = chat.members["周海"]
        gone = Ask("page", Text("去不去？", "Will you come?"), (Choice(Text("去", "yes")),), card=True)
        await posting.to_member(work, member, await asking.prepare(work, member, gone), priority=Priority.NOTICE)

    await chat.in_branch(ask)
    await chat.pass_time(hours=2)
    assert await _said(chat, "回来了") == "回来就好。漏了 1 件事，一条说完：\n①去不去？"


async def test_a_long_list_comes_in_pages(chat: Dialogue) -> None:
    await _said(chat, "出海")
    for number in range(22):
        await _tell(chat, f"第 {number} 件，说来话长话长。")
    seen = await chat.private("周海", "回来了")
    told = chat.to("周海", seen)
    while "下一页" in seen[-1].buttons:
        seen = await chat.press("周海", "下一页")
        told += chat.to("周海", seen)
    assert all(len(page) <= 200 for page in told)
    assert all(f"第 {number} 件" in "".join(told) for number in range(22))
    assert "(21)第 20 件" in "".join(told)


async def test_it_goes_before_fewer_messages(chat: Dialogue) -> None:
    await _said(chat, "少发点")
    await _said(chat, "出海")
    await _tell(chat, "记得看书。")
    assert "①记得看书。" in await _said(chat, "回来了")


async def test_at_night_what_waits_for_the_morning_waits_for_the_return(chat: Dialogue) -> None:
    await chat.pass_time(hours=14)
    await chat.in_branch(posting.to_member, chat.members["周海"], Outgoing(Text("明早见", "see you")), priority=Priority.NOTICE)
    await _said(chat, "我要出海了")
    assert chat.to("周海", await chat.days_pass(2)) == []
    assert "①明早见" in await _said(chat, "回来了")


async def test_undo_lets_everything_come_and_undoing_the_return_holds_again(chat: Dialogue) -> None:
    await _said(chat, "出海")
    assert chat.to("周海", await _tell(chat, "记得看书。")) == []
    seen = chat.to("周海", await chat.private("周海", "撤销"))
    assert seen[0].startswith("好，改回原来的了")
    assert "记得看书。" in seen
    await _said(chat, "出海 5天")
    await chat.pass_time(minutes=30)
    await _said(chat, "回来了")
    await _said(chat, "撤销")
    assert chat.to("周海", await _tell(chat, "开会。")) == []


async def test_after_thirty_days_without_a_word_it_is_told_once(chat: Dialogue) -> None:
    await _said(chat, "出海十天")
    await _tell(chat, "3 月党费 20 元。")
    assert chat.to("周海", await chat.days_pass(29)) == []
    [told] = chat.to("周海", await chat.days_pass(2))
    assert "已经 30 天" in told
    assert "①3 月党费 20 元。" in told
    assert await _said(chat, "回来了") == "回来就好。没有替您攒着的事。位置变了，发一句“我在……”。"


async def test_saving_data_leaves_pictures_out_and_holds_nothing_back(chat: Dialogue) -> None:
    assert "什么也不攒" in await _said(chat, "省流量")

    async def show(work: UnitOfWork, words: Text) -> None:
        await posting.to_member(work, chat.members["周海"], Outgoing(words, picture=PNG), priority=Priority.REMINDER)

    await chat.in_branch(show, Text("看图", "look"))
    seen = await chat.pass_time(minutes=1)
    await chat.in_branch(show, Text("", ""))
    seen += await chat.pass_time(minutes=1)
    assert chat.to("周海", seen) == ["看图（省流量，图没有发）", "（省流量，图没有发）"]
    assert all(not each.raw.get("picture") for each in seen)
    assert await _said(chat, "恢复流量") == "好，恢复平常，图也照发。"


async def test_full_data_ends_both(chat: Dialogue) -> None:
    await _said(chat, "省流量")
    await _said(chat, "出海")
    await _tell(chat, "记得看书。")
    assert "①记得看书。" in await _said(chat, "恢复流量")
    assert "省流量：没有" in await _mine(chat)


async def _mine(chat: Dialogue) -> str:
    seen = await chat.private("周海", "我的")
    texts = chat.to("周海", seen)
    while "下一页" in seen[-1].buttons:
        seen = await chat.private("周海", "下一页")
        texts += chat.to("周海", seen)
    return "\n".join(texts)


async def test_it_is_told_under_mine(chat: Dialogue) -> None:
    await _said(chat, "省流量")
    await _said(chat, "出海")
    told = await _mine(chat)
    assert "出海：2026-03-10 起" in told
    assert "省流量：只发短的文字" in told


async def test_more_than_thirty_days_says_how_long_things_wait(chat: Dialogue) -> None:
    assert "最多替您攒 30 天" in await _said(chat, "出海两个月")


@pytest.mark.parametrize(("words", "told"), [("出海 0天", "1 到 365"), ("出海 999天", "1 到 365"), ("出海 打鱼真辛苦", "像这样写")])
async def test_days_that_cannot_be_are_said_and_change_nothing(chat: Dialogue, words: str, told: str) -> None:
    assert told in await _said(chat, words)
    assert chat.to("周海", await _tell(chat, "记得看书。")) == ["记得看书。"]


@pytest.mark.parametrize("words", ["出海", "我要出海了", "回来了", "省流量", "恢复流量", "我爸出海了", "明天开渔，信号不好，有事发短信"])
async def test_talk_in_the_group_changes_nothing(chat: Dialogue, words: str) -> None:
    assert await chat.group("周海", words) == []
    assert chat.to("周海", await _tell(chat, "记得看书。")) == ["记得看书。"]


async def test_what_waited_for_somebody_unreachable_waits_on_when_they_are_away(chat: Dialogue) -> None:
    async def hold(work: UnitOfWork) -> None:
        await posting.to_member(work, chat.members["周海"], Outgoing(Text("记得看书。", "read")), priority=Priority.REMINDER)
        await work.outbox.readdress(chat.members["周海"])
        account = (await work.accounts.of(chat.members["周海"]))[0]
        member = await work.members.get(chat.members["周海"])
        assert member is not None
        await posting.forward_waiting(work, member, account)

    await _said(chat, "出海")
    await chat.in_branch(hold)
    assert chat.to("周海", await chat.pass_time(minutes=1)) == []
    assert "①记得看书。" in await _said(chat, "回来了")


async def test_lessons_are_only_counted_and_offered(study: Dialogue) -> None:
    await study.private("周海", "出海")
    await study.days_pass(3)
    await _tell(study, "3 月党费 20 元。")
    assert await _said(study, "回来了") == "回来就好。漏了 1 件事，一条说完：\n①3 月党费 20 元。\n学习 3 条要看吗？回“看”。"
    assert "还没看的有 3 课" in await _said(study, "看")


async def test_said_twice_the_lessons_are_still_a_word_away(study: Dialogue) -> None:
    await study.private("周海", "出海")
    await study.days_pass(3)
    await _said(study, "回来了")
    assert await _said(study, "回来了") == "回来就好。学习 3 条要看吗？回“看”。"
    assert "还没看的有 3 课" in await _said(study, "看")


async def test_back_on_a_platform_abroad_what_was_written_for_another_is_counted_and_goes_there(chat: Dialogue) -> None:
    await _said(chat, "出海")
    await _tell(chat, "孙丽请您回电。")

    async def back(work: UnitOfWork) -> low_signal.HandOver | None:
        member = await work.members.get(chat.members["周海"])
        assert member is not None
        return await low_signal.come_back(work, actor_of(member), "telegram")

    missed = await chat.in_branch(back)
    assert [line.zh for line in missed.lines] == ["另有 1 件只能发在原来那边，去那边看。"]
    assert missed.count == 1
    assert chat.to("周海", await chat.pass_time(minutes=1)) == ["孙丽请您回电。"]


async def test_lessons_can_be_left_for_later(study: Dialogue) -> None:
    await study.private("周海", "出海")
    await study.days_pass(1)
    assert "没有漏下什么。\n学习 1 条要看吗" in await _said(study, "回来了")
    assert await _said(study, "不看") == "好，想看的时候发“补课”。"


async def test_with_a_long_list_the_lessons_are_a_word_away(study: Dialogue) -> None:
    await study.private("周海", "出海")
    await study.days_pass(1)
    for number in range(12):
        await _tell(study, f"第 {number} 件，说来话长话长话长。")
    seen = await study.private("周海", "回来了")
    told = study.to("周海", seen)
    while "下一页" in seen[-1].buttons:
        seen = await study.private("周海", "下一页")
        told += study.to("周海", seen)
    assert "学习 1 条，想看发“补课”。" in told[-1]


async def test_saving_data_a_lesson_comes_in_its_short_version(study: Dialogue) -> None:
    await study.private("周海", "省流量")
    assert "一句话说完" in await _said(study, "今天学什么")
