"""From the outbox to a real protocol: order, budgets, errors of every kind, giving up aloud."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.delivery import AT_ONCE, Delivery
from bot.delivery_failures import ATTEMPTS
from bot.messages import ChatKind, Outgoing, Priority, ReplyTo
from bot.rules.turns import Turns
from bot.services import deliveries, distribution_map, posting, processes
from bot.texts import Language, Text
from storage.engines import Unknown
from storage.faults import Fault, Unstorable
from storage.keys import ChatKey
from storage.outbox import Letter
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.claiming import claim
from tests.telegram_branch import TelegramBranch, telegram_branch

DONE = "收到，一路平安。想撤回，十分钟内发“撤销”。"


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[TelegramBranch]:
    async with telegram_branch(database_url) as opened:
        yield opened


async def _tell(branch: TelegramBranch, name: str, *texts: str, priority: Priority = Priority.ANSWER) -> None:
    async def tell(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for text in texts:
            await posting.to_member(work, branch.members[name], Outgoing(Text.plain(text)), priority=priority)

    await branch.app.database.run(tell)


async def _states(branch: TelegramBranch) -> dict[str, int]:
    async def count(work: UnitOfWork) -> dict[str, int]:
        rows = await work.rows(select(outbox.c.state, func.count().label("n")).group_by(outbox.c.state))
        return {row.state: row.n for row in rows}

    counted: dict[str, int] = await branch.app.database.run(count)
    return counted


@pytest.mark.parametrize("pictures", [True, False])
async def test_where_no_pictures_can_be_shown_the_words_go_alone(branch: TelegramBranch, pictures: bool) -> None:
    group: list[tuple[int | None, int]] = [(230100, 3)]
    drawing = distribution_map.picture(group, {230100: Text("哈尔滨", "Harbin")}, day=date(2026, 3, 10), language=Language.ZH)
    (platform,) = (each for each in branch.app.platforms if each.name == "telegram")
    can = replace(platform.capabilities(ChatKind.PRIVATE), pictures=pictures)
    platform.capabilities = lambda _kind: can  # type: ignore[method-assign]

    async def tell(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        await posting.to_member(work, branch.members["李小山"], Outgoing(Text("哈尔滨 3", "Harbin 3"), drawing=drawing))

    await branch.app.database.run(tell)
    await branch.pass_time(seconds=1)
    assert [len(branch.server.called(each)) for each in ("sendPhoto", "sendMessage")] == [int(pictures), int(not pictures)]


async def test_a_check_in_goes_all_the_way_over_the_real_protocol(branch: TelegramBranch) -> None:
    said = await branch.says("李小山", "签到")
    assert branch.shown(branch.group) == ["今日报平安 1 人，谢谢大家。"]
    await branch.pass_time(seconds=1)
    assert branch.server.messages(branch.group)[0].reactions == ["👌"], said


async def test_many_people_make_one_message_that_changes_soon_and_then_every_15_seconds_at_most(branch: TelegramBranch) -> None:
    await branch.says("李小山", "签到")
    await branch.says("周海", "签到")
    await branch.pass_time(seconds=3)
    assert branch.shown(branch.group) == ["今日报平安 2 人，谢谢大家。"]
    await branch.pass_time(seconds=60)
    for name in ("吴芳", "孙丽", "赵国强"):
        await branch.says(name, "签到")
        await branch.pass_time(seconds=3)
    assert len(branch.server.called("sendMessage")) == 1
    assert len(branch.server.called("editMessageText")) == 2
    await branch.pass_time(seconds=15)
    assert len(branch.server.called("editMessageText")) == 3
    assert branch.shown(branch.group) == ["今日报平安 5 人，谢谢大家。"]


async def test_a_chat_that_is_asked_to_wait_waits_as_long_as_asked_and_the_others_go_on(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "429", retry_after=30)
    await _tell(branch, "李小山", DONE)
    await branch.app.drain()
    await _tell(branch, "周海", DONE)
    await branch.pass_time(seconds=2)
    assert branch.shown("李小山") == []
    assert branch.shown("周海") == [DONE]
    await branch.pass_time(seconds=20)
    assert branch.shown("李小山") == []
    await branch.pass_time(seconds=10)
    assert branch.shown("李小山") == [DONE]


async def test_a_server_error_is_tried_again_and_arrives_once(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "502", times=2)
    await _tell(branch, "李小山", "你好")
    await branch.app.drain()
    for _ in range(6):
        await branch.pass_time(seconds=3)
    assert branch.shown("李小山") == ["你好"]


async def test_order_is_kept_within_a_chat_although_the_first_message_fails_at_first(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "500")
    await _tell(branch, "李小山", "一" * 120, "二" * 120, "三" * 120)
    await branch.app.drain()
    for _ in range(6):
        await branch.pass_time(seconds=4)
    assert [text[0] for text in branch.shown("李小山")] == ["一", "二", "三"]


async def test_short_messages_that_wait_for_one_person_become_one(branch: TelegramBranch) -> None:
    await _tell(branch, "李小山", "一", "二", "三")
    await branch.app.drain()
    assert branch.shown("李小山") == ["一\n\n二\n\n三"]


async def test_an_answer_without_a_response_is_tried_once_more_and_a_notice_is_not(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "drop_after", times=2)
    await _tell(branch, "李小山", "答复")
    await _tell(branch, "周海", "提醒", priority=Priority.REMINDER)
    await branch.app.drain()
    for _ in range(4):
        await branch.pass_time(seconds=10)
    assert branch.shown("李小山") == ["答复", "答复"]
    assert branch.shown("周海") == ["提醒"]
    assert (await _states(branch))["uncertain"] == 1


async def test_what_is_never_taken_is_told_to_the_secretary_once_a_day_and_without_a_name(branch: TelegramBranch) -> None:
    for _ in range(2):
        for _ in range(3):
            branch.server.fail_next("sendMessage", "400")
            await _tell(branch, "李小山", "平台不收")
            await branch.app.drain()
            branch.now += timedelta(minutes=1)
        await branch.app.drain()
        branch.now += timedelta(days=1)
    assert branch.shown("李小山") == []
    assert branch.shown("王秀英") == [deliveries.TOLD.zh] * 2


async def test_after_a_day_of_attempts_an_answer_is_given_up(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "502", times=ATTEMPTS)
    await _tell(branch, "李小山", "你好")
    for _ in range(ATTEMPTS):
        await branch.app.drain()
        branch.now += timedelta(minutes=13)
    await branch.app.drain()
    assert branch.shown("李小山") == []
    assert (await _states(branch))["failed"] == 1


async def test_an_outage_of_some_hours_loses_nothing(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "500", times=40)
    await branch.says("李小山", "签到", group=False)
    for _ in range(45):
        await branch.pass_time(minutes=11)
    assert branch.shown("李小山") == [DONE]
    assert branch.shown(branch.group) == ["今日报平安 1 人，谢谢大家。"]


async def test_a_chat_with_many_letters_that_has_to_wait_holds_up_no_other(branch: TelegramBranch) -> None:
    async def many(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for number in range(200):
            await posting.to_chat(work, branch.key, Outgoing(Text.plain(f"第{number}条")))

    await branch.app.database.run(many)
    branch.server.fail_next("sendMessage", "429", retry_after=3600)
    await branch.app.drain()
    await _tell(branch, "周海", "你好")
    await branch.app.drain()
    assert branch.shown(branch.group) == []
    assert branch.shown("周海") == ["你好"]
    due = await branch.app.delivery.next_due()
    assert due
    assert due - branch.now >= timedelta(seconds=3590)


async def test_a_letter_that_is_due_is_due_now_and_not_in_two_seconds(branch: TelegramBranch) -> None:
    await _tell(branch, "李小山", "在吗")
    assert await branch.app.delivery.next_due() == branch.now


async def test_when_more_chats_wait_than_are_served_at_once_the_next_is_due_now(branch: TelegramBranch) -> None:
    async def many(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for number in range(AT_ONCE + 1):
            await posting.to_chat(work, ChatKey("telegram", "main", str(-number - 1)), Outgoing(Text.plain("x")))

    await branch.app.database.run(many)
    assert len(await branch.app.database.run(claim, AT_ONCE, frozenset({branch.key[:2]}))) == AT_ONCE
    assert await branch.app.delivery.next_due() == branch.now


async def test_what_nobody_asked_for_waits_for_the_next_second_while_an_answer_goes_at_once(branch: TelegramBranch) -> None:
    async def lesson(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for number in range(40):
            chat = branch.server.add_group(f"第{number}群", *branch.users.values())
            key = ChatKey("telegram", "main", str(chat.id))
            await posting.to_chat(work, key, Outgoing(Text.plain("三分钟党课")), priority=Priority.NOTICE)

    await branch.app.database.run(lesson)
    await branch.app.drain()
    assert len(branch.server.called("sendMessage")) == 24
    assert await branch.app.delivery.next_due() == branch.now + timedelta(seconds=1)
    await _tell(branch, "李小山", DONE)
    await branch.app.drain()
    assert branch.shown("李小山") == [DONE]
    assert len(branch.server.called("sendMessage")) == 25


async def test_letters_for_a_platform_that_is_not_served_wait_and_wake_nobody(branch: TelegramBranch) -> None:
    async def elsewhere(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        await posting.to_chat(work, ChatKey("qq", "main", "1"), Outgoing(Text.plain("x")))

    await branch.app.database.run(elsewhere)
    await branch.app.drain()
    assert await branch.app.delivery.next_due() is None


async def test_a_slow_chat_does_not_hold_up_the_next_message_of_another(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "hang")
    await _tell(branch, "李小山", "慢")
    running = asyncio.create_task(branch.app.delivery.run())
    await branch.server.until(lambda: branch.server.called("sendMessage"))
    for text in ("一", "二"):
        await _tell(branch, "周海", text * 150)
        branch.now += timedelta(seconds=2)
        branch.app.delivery.wake()
        await branch.server.until(lambda text=text: any(shown[0] == text for shown in branch.shown("周海")))
    assert branch.app.delivery._under_way
    branch.app.delivery.stop()
    running.cancel()


async def test_what_became_of_a_letter_is_noted_even_if_the_database_fails_once(
    branch: TelegramBranch, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine, failures = deliveries.sent, []

    async def fails_once(work: UnitOfWork, letter: Letter, message_id: str) -> None:
        if not failures:
            failures.append(letter.id)
            raise OSError("disk full")
        await genuine(work, letter, message_id)

    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(deliveries, "sent", fails_once)
    monkeypatch.setattr(branch.app.delivery, "_sleep", sleep)
    await _tell(branch, "李小山", "你好")
    await branch.app.drain()
    assert waited == [2]
    assert await _states(branch) == {"sent": 1}
    assert branch.shown("李小山") == ["你好"]


async def test_what_was_changed_while_it_was_refused_is_tried_for_itself(branch: TelegramBranch) -> None:
    chat = branch.key

    async def say(work: UnitOfWork, text: str) -> None:
        work.enter(branch.branch)
        await posting.to_chat(work, chat, Outgoing(Text.plain(text)), slot="s")

    await branch.app.database.run(say, "旧")
    [letter] = await branch.app.database.run(claim, 1, frozenset({chat[:2]}))
    await branch.app.database.run(say, "新")
    await branch.app.database.run(deliveries.give_up, letter, "refused")
    await branch.app.drain()
    assert branch.shown(branch.group) == ["新"]


async def test_somebody_who_blocked_the_bot_gets_what_waited_when_they_write_again(branch: TelegramBranch) -> None:
    user = branch.users["李小山"]
    branch.server.block(user)
    await branch.settle()
    await _tell(branch, "李小山", "等你")
    await branch.app.drain()
    assert (await _states(branch))["unaddressed"] == 1
    branch.server.unblock(user)
    await branch.says("李小山", "签到", group=False)
    await branch.pass_time(seconds=2)
    assert "等你" in "\n".join(branch.shown("李小山"))


async def test_a_block_that_no_update_told_of_is_noticed_when_sending(branch: TelegramBranch) -> None:
    branch.users["李小山"].blocked = True
    await _tell(branch, "李小山", "等你")
    await branch.app.drain()
    assert (await _states(branch))["unaddressed"] == 1


async def test_a_group_that_becomes_a_supergroup_is_followed(branch: TelegramBranch) -> None:
    moved = branch.server.migrate(branch.group)
    await branch.settle()
    branch.group = moved
    await branch.says("李小山", "签到")
    assert branch.shown(moved) == ["今日报平安 1 人，谢谢大家。"]


async def test_a_group_whose_move_was_missed_is_followed_by_the_error(branch: TelegramBranch) -> None:
    moved = branch.server.migrate(branch.group)
    branch.server.pending.clear()
    await branch.says("李小山", "签到", group=False)
    await branch.pass_time(seconds=3)
    assert branch.shown(moved) == ["今日报平安 1 人，谢谢大家。"]


async def test_a_group_that_was_bound_under_its_new_id_already_is_followed_all_the_same(branch: TelegramBranch) -> None:
    await branch.says("李小山", "签到")
    moved = branch.server.migrate(branch.group)
    branch.server.pending.clear()

    async def bind(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        work.chats.bind(ChatKey("telegram", "main", str(moved.id)), "新群")

    await branch.app.database.run(bind)
    await branch.says("周海", "签到", group=False)
    for _ in range(10):
        await branch.pass_time(seconds=5)
    assert branch.shown(moved) == ["今日报平安 2 人，谢谢大家。"]
    assert "sending" not in await _states(branch)


async def test_a_message_that_vanished_is_said_anew(branch: TelegramBranch) -> None:
    await branch.says("李小山", "签到", group=False)
    branch.server._said[branch.group.id].clear()
    await branch.says("周海", "签到", group=False)
    await branch.pass_time(seconds=15)
    await branch.pass_time(seconds=2)
    assert branch.shown(branch.group) == ["今日报平安 2 人，谢谢大家。"]


async def test_what_was_sent_is_erased_from_the_outbox(branch: TelegramBranch) -> None:
    await branch.says("李小山", "签到", group=False)

    async def contents(work: UnitOfWork) -> list[object]:
        return [row.content for row in await work.rows(select(outbox.c.content).where(outbox.c.state == "sent"))]

    kept = await branch.app.database.run(contents)
    assert kept
    assert set(kept) == {None}


@pytest.mark.sqlite  # on a server others are alive: see test_several_processes
async def test_a_process_that_died_while_sending_takes_up_again(branch: TelegramBranch) -> None:
    await _tell(branch, "李小山", "你好")
    served = frozenset({("telegram", "main")})
    assert len(await branch.app.database.run(claim, 10, served)) == 1
    await branch.app.drain()
    assert branch.shown("李小山") == []
    await branch.app.database.run(processes.leave)  # where several work on one database, one that lives is not followed
    await branch.app.delivery.start()
    await branch.app.drain()
    assert branch.shown("李小山") == []  # it may have gone out just now, and the chat takes one a second
    await branch.pass_time(seconds=1)
    assert branch.shown("李小山") == ["你好"]


async def test_a_budget_spreads_a_burst_over_time(branch: TelegramBranch) -> None:
    async def many(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for number in range(25):
            await posting.to_chat(work, branch.key, Outgoing(Text.plain(f"第{number}条")))

    await branch.app.database.run(many)
    for _ in range(30):
        await branch.pass_time(seconds=1)
    assert len(branch.shown(branch.group)) == 20
    await branch.pass_time(seconds=40)
    for _ in range(6):
        await branch.pass_time(seconds=1)
    assert len(branch.shown(branch.group)) == 25


async def test_a_message_in_the_group_that_may_not_be_deleted_is_said_to_who_asked_for_it(branch: TelegramBranch) -> None:
    async def remove(message_id: int) -> None:
        async def doing(work: UnitOfWork) -> None:
            work.enter(branch.branch)
            await posting.remove(work, branch.key, str(message_id), branch.members["李小山"])

        await branch.app.database.run(doing)
        await branch.app.drain()

    said = await branch.says("李小山", "我爱人病了")
    await remove(said.id)
    assert branch.shown("李小山") == [deliveries.NOT_REMOVED.zh]
    branch.group.bot_may_delete = True
    await remove(said.id)
    await remove(said.id)
    assert branch.server.messages(branch.group) == []
    assert branch.shown("李小山") == [deliveries.NOT_REMOVED.zh]
    branch.group.bot_inside = False
    await remove(said.id)
    await branch.pass_time(seconds=2)
    assert len(branch.shown("李小山")) == 2


async def test_a_chat_whose_first_letter_waits_for_its_next_try_wakes_nobody_before(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "500")
    await _tell(branch, "李小山", "一" * 150)
    await _tell(branch, "李小山", "二" * 150)
    await branch.app.drain()
    branch.now += timedelta(seconds=1.2)  # the chat may get something again, and the first letter is not tried before a second and a half
    due = await branch.app.delivery.next_due()
    assert due is not None
    assert due > branch.now


async def test_marks_that_go_do_not_hide_the_messages_that_wait_for_room(branch: TelegramBranch) -> None:
    async def say(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for number in range(5):
            await posting.to_chat(work, ChatKey("telegram", "main", str(-number - 1)), Outgoing(Text.plain("x")))
        for _ in range(20):
            await posting.to_chat(work, branch.key, Outgoing(Text("", ""), reply_to=ReplyTo("1"), reaction="👌"))

    await branch.app.database.run(say)
    room = deliveries.Room(branch.key[:2], 0, 0)
    found = await branch.app.database.run(deliveries.turn, (), AT_ONCE, [room], Turns())
    assert len(found.letters) == 20
    assert branch.key[:2] in found.held


async def test_what_arrived_before_the_program_stopped_is_noted_although_another_send_hangs(branch: TelegramBranch) -> None:
    branch.server.fail_next("sendMessage", "hang")
    await _tell(branch, "李小山", "慢")
    running = asyncio.create_task(branch.app.delivery.run())
    await branch.server.until(lambda: branch.server.called("sendMessage"))
    await _tell(branch, "周海", "快")
    branch.app.delivery.wake()
    await branch.server.until(lambda: branch.shown("周海"))
    branch.app.delivery.stop()
    async with asyncio.timeout(10):
        while (await _states(branch)).get("sent") != 1:
            await asyncio.sleep(0)
    assert await _states(branch) == {"sent": 1, "sending": 1}
    [hangs] = branch.app.delivery._under_way
    running.cancel()
    await asyncio.gather(running, hangs, return_exceptions=True)
    assert hangs.cancelled()


async def test_letters_taken_in_a_transaction_of_which_nothing_was_heard_are_not_stuck(
    branch: TelegramBranch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may commit and be gone before it says so."""
    genuine, failures = branch.app.database.run, []

    async def hears_nothing_once(function: Any, *args: Any, **kwargs: Any) -> Any:
        result = await genuine(function, *args, **kwargs)
        if function is deliveries.turn and not failures:
            failures.append(result)
            raise Unknown
        return result

    async def sleep(_: float) -> None:
        return None

    await _tell(branch, "李小山", "你好")
    monkeypatch.setattr(branch.app.database, "run", hears_nothing_once)
    monkeypatch.setattr(branch.app.delivery, "_sleep", sleep)
    await branch.app.drain()
    assert branch.shown("李小山") == ["你好"]
    assert await _states(branch) == {"sent": 1}


async def test_after_hours_without_a_database_delivery_goes_on_within_half_a_minute(
    branch: TelegramBranch, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine, waited = branch.app.database.run, list[float]()

    async def away(function: Any, *args: Any, **kwargs: Any) -> Any:
        if function is deliveries.turn and sum(waited) < 7200:
            raise Unstorable(Fault.FULL)
        return await genuine(function, *args, **kwargs)

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    await _tell(branch, "李小山", "你好")
    monkeypatch.setattr(branch.app.database, "run", away)
    monkeypatch.setattr(branch.app.delivery, "_sleep", sleep)
    await branch.app.drain()
    assert branch.shown("李小山") == ["你好"]
    assert max(waited) == 30


async def test_what_was_sent_before_a_restart_counts_against_the_budgets_after_it(branch: TelegramBranch) -> None:
    await _tell(branch, "李小山", "一" * 150)
    await _tell(branch, "李小山", "二" * 150)
    await branch.app.drain()
    assert len(branch.shown("李小山")) == 1
    other = Delivery(branch.app.database, branch.app.platforms, lambda: branch.now)
    await other.start()
    await other.drain()
    assert len(branch.shown("李小山")) == 1
    branch.now += timedelta(seconds=1)
    await other.drain()
    assert len(branch.shown("李小山")) == 2
