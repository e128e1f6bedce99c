"""What may have arrived: never repeated on a guess where it is about money or unasked, found out where that can be, shown to a person."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.messages import ChatKind, Outgoing, Priority
from bot.permissions import NotAllowed
from bot.services import browser_chat, check_ins, posting, uncertain
from bot.services.people import actor_of
from bot.texts import Text
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.claiming import claim
from tests.dialogue import Dialogue
from tests.telegram_branch import TelegramBranch, telegram_branch

RECEIPT = "P1，爱心基金 100.00 元"
TELEGRAM = frozenset({("telegram", "main")})


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[TelegramBranch]:
    async with telegram_branch(database_url) as opened:
        yield opened


async def _say(branch: TelegramBranch, text: str, name: str = "周海", priority: Priority = Priority.NOTICE) -> None:
    async def say(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        await posting.to_member(work, branch.members[name], Outgoing(Text.plain(text)), priority=priority)

    await branch.app.database.run(say)


async def _letters(branch: TelegramBranch, *states: str) -> list[Any]:
    async def listed(work: UnitOfWork) -> list[Any]:
        return list(await work.rows(select(outbox).where(outbox.c.state.in_(states)).order_by(outbox.c.id)))

    found: list[Any] = await branch.app.database.run(listed)
    return found


async def _wait(branch: TelegramBranch, times: int = 4, **span: float) -> None:
    """Time passes for delivery alone."""
    for _ in range(times):
        branch.now += timedelta(**(span or {"seconds": 2}))
        await branch.app.drain()


async def _hours(branch: TelegramBranch) -> None:
    await _wait(branch, 12, minutes=10)


async def _pledged_unseen(branch: TelegramBranch, fault: Any = "drop_after") -> None:
    """A pledge is written down, and the answer that says so goes out without a word of the platform."""
    await branch.says("李小山", "献爱心 100", group=False)
    await _wait(branch, 1)
    branch.server.fail_next("sendMessage", fault)
    await branch.says("李小山", "好", group=False)
    await _hours(branch)


async def _presses(branch: TelegramBranch, name: str, label: str, where: Any = None) -> None:
    place = where or branch.users[name]
    message, data = next(
        (each, data) for each in reversed(branch.server.messages(place)) for row in each.buttons for shown, data in row if shown == label
    )
    branch.server.press(branch.users[name], message, data)
    await branch.settle()
    await _wait(branch)


async def _asks(branch: TelegramBranch, name: str = "王秀英") -> str:
    before = len(branch.shown(name))
    await branch.says(name, "未送达", group=False)
    await _wait(branch)
    return "\n".join(branch.shown(name)[before:])


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "garbage", "hollow"])
async def test_an_answer_about_money_is_not_repeated_and_the_secretary_may_have_it_sent_again(branch: TelegramBranch, fault: Any) -> None:
    await _pledged_unseen(branch, fault)
    once = 0 if fault == "drop_before" else 1
    assert "\n".join(branch.shown("李小山")).count(RECEIPT) == once
    assert branch.shown("王秀英")[-1] == uncertain.TOLD.zh
    told = await _asks(branch)
    assert "李小山：1 条，可能已收到，平台没回话" in told
    assert "与钱有关" in told
    assert RECEIPT not in told
    await _presses(branch, "王秀英", "重发")
    assert "\n".join(branch.shown("李小山")).count(RECEIPT) == once + 1
    assert branch.shown("王秀英")[-1] == uncertain.AGAIN.zh
    assert await _letters(branch, "uncertain") == []


async def test_what_the_person_has_seen_is_left_alone_and_forgotten(branch: TelegramBranch) -> None:
    await _pledged_unseen(branch)
    await _asks(branch)
    await _presses(branch, "王秀英", "不用了")
    await _hours(branch)
    assert branch.shown("王秀英")[-1] == uncertain.LEFT.zh
    assert "\n".join(branch.shown("李小山")).count(RECEIPT) == 1
    assert await _asks(branch) == "都送到了，没有落下的。"


async def test_who_answers_a_message_has_it(branch: TelegramBranch) -> None:
    await _pledged_unseen(branch)
    receipt = next(each for each in branch.server.messages(branch.users["李小山"]) if RECEIPT in each.text)
    await branch.says("李小山", "我的认捐", group=False, reply_to=receipt)
    assert await _letters(branch, "uncertain") == []
    assert [each.message_id for each in await _letters(branch, "sent") if each.doubts == 0][-1:] != []
    assert await _asks(branch) == "都送到了，没有落下的。"


async def test_who_answers_a_message_has_it_even_if_what_they_say_is_refused(branch: TelegramBranch) -> None:
    await _pledged_unseen(branch)
    receipt = next(each for each in branch.server.messages(branch.users["李小山"]) if RECEIPT in each.text)
    await branch.says("李小山", "未送达", group=False, reply_to=receipt)
    assert await _letters(branch, "uncertain") == []


async def test_an_answer_to_an_older_message_of_the_same_words_proves_nothing(branch: TelegramBranch) -> None:
    await _say(branch, "党费该交了")
    await branch.app.drain()
    (older,) = branch.server.messages(branch.users["周海"])
    await _wait(branch, 1)
    branch.server.fail_next("sendMessage", "drop_before")
    await _say(branch, "党费该交了")
    await branch.app.drain()
    await branch.says("周海", "知道了", group=False, reply_to=older)
    assert [each.content["zh"] for each in await _letters(branch, "uncertain")] == ["党费该交了"]


async def test_who_presses_the_button_of_an_announcement_has_it_and_it_is_counted_in_place(branch: TelegramBranch) -> None:
    await branch.says("王秀英", "公告 周六上午九点视频会", group=False)
    await _wait(branch, 1)
    branch.server.fail_next("sendMessage", "drop_after", times=2)
    await _presses(branch, "王秀英", "发")
    await _wait(branch, 3)
    assert [each.slot.partition(":")[0] for each in await _letters(branch, "uncertain")] == ["notice"]
    await branch.says("李小山", "收到")
    await _wait(branch, 1, seconds=20)
    assert sum("视频会" in text for text in branch.shown(branch.group)) == 1
    await _presses(branch, "周海", "收到", branch.group)
    await _wait(branch, 1, seconds=20)
    (announced,) = [text for text in branch.shown(branch.group) if "视频会" in text]
    assert "2 人" in announced
    assert await _letters(branch, "uncertain") == []


async def test_a_process_that_died_repeats_answers_and_counts_them_but_neither_money_nor_notices(branch: TelegramBranch) -> None:
    await _say(branch, "答复", "李小山", Priority.ANSWER)
    await _say(branch, "提醒", "周海", Priority.REMINDER)
    assert len(await branch.app.database.run(claim, 10, TELEGRAM)) == 2
    await branch.app.database.run(lambda work: work.processes.leave())
    await branch.app.delivery.start()
    await _hours(branch)
    assert (branch.shown("李小山"), branch.shown("周海")) == (["答复"], [])
    assert [each.doubts for each in await _letters(branch, "sent") if each.member_id == branch.members["李小山"]] == [1]
    assert branch.shown("王秀英") == [uncertain.TOLD.zh]
    assert "周海：1 条，可能已收到" in await _asks(branch)


async def test_the_count_of_the_day_is_repeated_after_a_kill_though_a_private_check_in_began_it(branch: TelegramBranch) -> None:
    async def check_in(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        member = await work.members.get(branch.members["李小山"])
        assert member
        await check_ins.check_in(work, actor_of(member), member.id)

    await branch.app.database.run(check_in)
    (letter,) = await branch.app.database.run(claim, 10, TELEGRAM)
    assert (letter.priority, letter.kind) == (Priority.NOTICE, ChatKind.GROUP)
    await branch.app.database.run(lambda work: work.processes.leave())
    await branch.app.delivery.start()
    await branch.says("周海", "签到", group=False)
    await _wait(branch, 1, minutes=1)
    assert branch.shown(branch.group) == ["今日报平安 2 人，谢谢大家。"]
    assert await _letters(branch, "uncertain") == []


async def test_that_something_is_in_doubt_is_told_even_if_the_process_dies_while_it_is_told(branch: TelegramBranch) -> None:
    await _say(branch, "提醒")
    await branch.app.database.run(claim, 10, TELEGRAM)
    await branch.app.database.run(lambda work: work.processes.leave())
    await branch.app.database.run(uncertain.recover, frozenset())  # and dies before it has told anybody
    await branch.app.delivery.start()
    assert [each.slot.split(":")[1] for each in await branch.app.database.run(claim, 10, TELEGRAM)] == ["undelivered-maybe"]
    await branch.app.delivery.start()
    await _wait(branch, 1)
    assert branch.shown("王秀英") == [uncertain.TOLD.zh]


async def test_who_has_decided_everything_is_told_of_what_comes_to_be_in_doubt_on_the_same_day(branch: TelegramBranch) -> None:
    for times in (1, 2):
        branch.server.fail_next("sendMessage", "drop_before")
        await _say(branch, "提醒")
        await branch.app.drain()
        await _wait(branch, 1)
        assert branch.shown("王秀英").count(uncertain.TOLD.zh) == times
        await _asks(branch)
        await _presses(branch, "王秀英", "不用了")


async def test_several_people_are_asked_about_one_after_the_other(branch: TelegramBranch) -> None:
    for name in ("周海", "吴芳"):
        branch.server.fail_next("sendMessage", "drop_before")
        await _say(branch, "提醒", name)
        await branch.app.drain()
    await _asks(branch)
    await _presses(branch, "王秀英", "重发")
    assert branch.shown("周海") == ["提醒"]
    await _presses(branch, "王秀英", "不用了")
    assert branch.shown("吴芳") == []
    assert await _letters(branch, "uncertain") == []


async def test_what_was_found_out_before_the_button_was_pressed_is_not_sent_again(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "drop_after")
    await _say(branch, "提醒")
    await branch.app.drain()
    await _asks(branch)
    (seen,) = branch.server.messages(branch.users["周海"])
    await branch.says("周海", "好", group=False, reply_to=seen)
    await _presses(branch, "王秀英", "重发")
    assert branch.shown("王秀英")[-1] == uncertain.OVER.zh
    assert branch.shown("周海").count("提醒") == 1


async def test_what_is_sent_again_by_night_waits_for_the_morning(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "drop_before")
    await _say(branch, "提醒")
    await branch.app.drain()
    await _wait(branch, 1, hours=14)
    await _asks(branch)
    await _presses(branch, "王秀英", "重发")
    assert branch.shown("周海") == []
    await _wait(branch, 1, hours=9)
    assert branch.shown("周海") == ["提醒"]


async def test_only_who_sees_what_was_not_delivered_decides(branch: TelegramBranch) -> None:
    async def decide(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        member = await work.members.get(branch.members["李小山"])
        assert member
        await uncertain.decide(work, actor_of(member), {"letters": [1]}, 0, "telegram")

    with pytest.raises(NotAllowed):
        await branch.app.database.run(decide)


async def test_an_emergency_is_repeated_some_times_and_then_left(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "drop_before", times=10)
    await _say(branch, "快去看看", priority=Priority.EMERGENCY)
    await branch.app.drain()
    await _hours(branch)
    assert len([each for each in branch.server.called("sendMessage") if each["text"] == "快去看看"]) == 5
    assert [each.state for each in await _letters(branch, "uncertain") if each.priority == 0] == ["uncertain"]


async def test_the_browser_chat_finds_what_it_had_shown_before_the_process_died(chat: Dialogue) -> None:
    where = browser_chat.chat_key(browser_chat.private_chat("周海"))

    async def say(work: UnitOfWork, text: str) -> None:
        await posting.to_chat(work, where, Outgoing(Text.plain(text)), kind=ChatKind.PRIVATE, priority=Priority.NOTICE, slot="s")

    async def show_and_die(text: str) -> None:
        await chat.in_branch(say, text)
        (letter,) = await chat.run(claim, 5, frozenset({where[:2]}))
        kept = chat.app.delivery._note

        async def dies(*_: Any, **__: Any) -> None: ...

        chat.app.delivery._note = dies  # type: ignore[method-assign]
        await chat.app.delivery._deliver(letter)
        chat.app.delivery._note = kept  # type: ignore[method-assign]

    await show_and_die("开会通知")
    await chat.app.delivery.start()
    await chat.app.drain()
    await chat.in_branch(say, "开会通知（改到周日）")
    await chat.pass_time(minutes=1)
    shown = await browser_chat.history(chat.app.database.read, where.chat_id)
    assert [each["text"]["zh"] for each in shown] == ["开会通知（改到周日）"]


async def test_a_clock_that_went_ahead_a_year_and_came_back_leaves_no_letter_behind(branch: TelegramBranch) -> None:
    year = timedelta(days=365)
    branch.server.fail_next("sendMessage", "429", retry_after=600)
    branch.now += year
    await _say(branch, "一", "李小山", Priority.ANSWER)
    await branch.app.drain()
    branch.now -= year
    await _say(branch, "二", "周海", Priority.ANSWER)
    await _wait(branch, 1, minutes=1)
    assert (branch.shown("李小山"), branch.shown("周海")) == ([], ["二"])
    await _wait(branch, 1, minutes=10)
    assert branch.shown("李小山") == ["一"]
    await _say(branch, "三", "李小山", Priority.ANSWER)
    await _wait(branch, 1)
    assert branch.shown("李小山") == ["一", "三"]


async def test_letters_of_a_clock_that_was_ahead_go_out_after_a_restart_too_and_a_morning_stays_a_morning(branch: TelegramBranch) -> None:
    branch.now += timedelta(hours=5)
    await _say(branch, "答复", "李小山", Priority.ANSWER)
    branch.now += timedelta(hours=9)
    await _say(branch, "夜里的提醒", "周海")
    branch.now -= timedelta(hours=5)
    await branch.app.delivery.start()
    await branch.app.drain()
    assert (branch.shown("李小山"), branch.shown("周海")) == (["答复"], [])
    await _wait(branch, 1, hours=13)
    assert branch.shown("周海") == ["夜里的提醒"]


async def test_what_waited_for_longer_than_it_is_worth_is_not_sent_any_more(branch: TelegramBranch) -> None:
    async def say(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for text, good_for in (("今天的一课", timedelta(days=1)), ("公告", None)):
            await posting.to_groups(work, Outgoing(Text.plain(text)), priority=Priority.NOTICE, good_for=good_for)

    await branch.app.database.run(say)
    branch.server.fail_next("sendMessage", "502", times=2)
    await branch.app.drain()
    await _wait(branch, 3, days=1)
    assert branch.shown(branch.group) == ["公告"]
