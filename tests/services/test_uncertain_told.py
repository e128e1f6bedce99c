"""That something is in doubt: whoever has to decide hears of it, of all of it, and not again at each start."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.messages import Outgoing, Priority
from bot.services import posting, uncertain
from bot.texts import Text
from storage.tables import account, outbox
from storage.unit_of_work import UnitOfWork
from tests.telegram_branch import TelegramBranch, telegram_branch

SECRETARY = "王秀英"


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[TelegramBranch]:
    async with telegram_branch(database_url) as opened:
        yield opened


async def _doubted(branch: TelegramBranch, name: str, text: str = "提醒", fault: Any = "drop_before") -> None:
    """A message goes out without a word of the platform."""

    async def say(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        await posting.to_member(work, branch.members[name], Outgoing(Text.plain(text)), priority=Priority.NOTICE)

    branch.server.fail_next("sendMessage", fault)
    await branch.app.database.run(say)
    await branch.app.drain()


async def _moment(branch: TelegramBranch, **span: float) -> None:
    await branch.pass_time(**(span or {"seconds": 2}))
    await branch.pass_time(seconds=2)


async def _asks(branch: TelegramBranch) -> None:
    await branch.says(SECRETARY, "未送达", group=False)
    await _moment(branch)


async def _presses(branch: TelegramBranch, label: str) -> None:
    messages = reversed(branch.server.messages(branch.users[SECRETARY]))
    message, data = next((each, data) for each in messages for row in each.buttons for shown, data in row if shown == label)
    branch.server.press(branch.users[SECRETARY], message, data)
    await branch.settle()
    await _moment(branch)


async def _words(branch: TelegramBranch) -> list[Any]:
    """The letters to the secretary that say that something is in doubt."""

    async def listed(work: UnitOfWork) -> list[Any]:
        where = outbox.c.slot.startswith(uncertain.TOLD_SLOT)
        return list(await work.rows(select(outbox).where(where).order_by(outbox.c.id)))

    found: list[Any] = await branch.app.database.run(listed)
    return found


async def _to_secretary(branch: TelegramBranch) -> int:
    async def counted(work: UnitOfWork) -> int:
        return len(await work.rows(select(outbox.c.id).where(outbox.c.member_id == branch.members[SECRETARY])))

    number: int = await branch.app.database.run(counted)
    return number


async def _account_lost(branch: TelegramBranch) -> None:
    async def lose(work: UnitOfWork) -> None:
        await work.change(delete(account).where(account.c.member_id == branch.members[SECRETARY]))

    await branch.app.database.run(lose)


async def _states(branch: TelegramBranch, name: str) -> list[str]:
    async def listed(work: UnitOfWork) -> list[str]:
        where = outbox.c.member_id == branch.members[name]
        return [row.state for row in await work.rows(select(outbox.c.state).where(where).order_by(outbox.c.id))]

    found: list[str] = await branch.app.database.run(listed)
    return found


async def test_what_fell_into_doubt_after_the_card_is_asked_about_next(branch: TelegramBranch) -> None:
    await _doubted(branch, "周海")
    await _asks(branch)
    await _doubted(branch, "吴芳")
    await _presses(branch, "不用了")
    assert branch.shown(SECRETARY)[-1].startswith("吴芳有 1 条")
    assert await _states(branch, "吴芳") == ["uncertain"]
    await _presses(branch, "重发")
    assert branch.shown("吴芳") == ["提醒"]
    assert branch.shown(SECRETARY)[-1] == uncertain.AGAIN.zh


async def test_a_card_of_yesterday_takes_back_no_word_of_today(branch: TelegramBranch) -> None:
    await _doubted(branch, "周海")
    await _asks(branch)
    await branch.pass_time(hours=23)
    branch.server.block(branch.users[SECRETARY])
    await _doubted(branch, "吴芳")
    await _moment(branch)
    branch.server.unblock(branch.users[SECRETARY])
    await _presses(branch, "不用了")
    assert sum(uncertain.TOLD.zh in text for text in branch.shown(SECRETARY)) == 2
    assert any(text.startswith("吴芳有 1 条") for text in branch.shown(SECRETARY))


async def test_who_was_told_of_what_was_found_out_since_is_told_of_the_next(branch: TelegramBranch) -> None:
    for times in (1, 2):
        await _doubted(branch, "周海", f"提醒{times}", "drop_after")
        await _moment(branch)
        assert branch.shown(SECRETARY).count(uncertain.TOLD.zh) == times
        await branch.says("周海", "好", group=False, reply_to=branch.server.messages(branch.users["周海"])[-1])


async def test_for_a_secretary_without_an_account_one_word_waits_however_often_it_starts(branch: TelegramBranch) -> None:
    await _account_lost(branch)
    await _doubted(branch, "周海")
    for days in (0, 1):
        for _ in range(5):
            await branch.app.delivery.start()
        assert [each.state for each in await _words(branch)] == ["unaddressed"], f"after {days} days"
        assert await _to_secretary(branch) == 1
        await branch.pass_time(days=1)


async def test_a_secretary_who_stopped_the_bot_has_one_word_waiting_which_comes_when_they_write(branch: TelegramBranch) -> None:
    branch.server.block(branch.users[SECRETARY])
    await _doubted(branch, "周海")
    for _ in range(5):
        await _moment(branch)
        await branch.app.delivery.start()
    assert [each.state for each in await _words(branch)] == ["unaddressed"]
    branch.server.unblock(branch.users[SECRETARY])
    await branch.says(SECRETARY, "你好", group=False)
    await _moment(branch)
    assert "\n".join(branch.shown(SECRETARY)).count(uncertain.TOLD.zh) == 1


@pytest.mark.parametrize("state", ["waiting", "held", "digest", "away"])
async def test_a_word_that_waits_overnight_is_not_said_twice_in_the_morning(branch: TelegramBranch, state: str) -> None:
    await branch.app.database.run(uncertain.tell, branch.branch)
    yesterday = f"{uncertain.TOLD_SLOT}:2026-01-01"
    waiting = update(outbox).where(outbox.c.slot.startswith(uncertain.TOLD_SLOT)).values(slot=yesterday, state=state)
    await branch.app.database.run(lambda work: work.change(waiting))
    await branch.app.database.run(uncertain.tell, branch.branch)
    assert [each.state for each in await _words(branch)] == [state]


@pytest.mark.parametrize("delivered", [True, False])
async def test_starts_leave_the_word_of_today_as_it_is(branch: TelegramBranch, delivered: bool) -> None:
    await _doubted(branch, "周海")
    if delivered:
        await _moment(branch)
    before = await _words(branch)
    for _ in range(5):
        await branch.app.delivery.start()
        await branch.app.database.run(uncertain.tell, branch.branch)
    assert len(before) == 1
    assert await _words(branch) == before
    await _moment(branch)
    assert branch.shown(SECRETARY) == [uncertain.TOLD.zh]


async def _word_is(branch: TelegramBranch, state: str) -> None:
    await branch.app.database.run(
        lambda work: work.change(update(outbox).where(outbox.c.slot.startswith(uncertain.TOLD_SLOT)).values(state=state, message_id=None))
    )


async def test_a_word_that_did_not_arrive_is_said_anew_at_the_next_start(branch: TelegramBranch) -> None:
    await _doubted(branch, "周海")
    await _word_is(branch, "failed")
    await branch.app.delivery.start()
    await _moment(branch)
    assert branch.shown(SECRETARY)[-1] == uncertain.TOLD.zh
    assert [each.state for each in await _words(branch)] == ["sent"]


async def test_a_word_that_is_in_doubt_itself_is_said_anew_only_on_another_day(branch: TelegramBranch) -> None:
    await _doubted(branch, "周海")
    await _word_is(branch, "uncertain")
    await branch.app.delivery.start()
    await _doubted(branch, "吴芳")
    assert [each.state for each in await _words(branch)] == ["uncertain"]
    await branch.pass_time(days=1)
    await _doubted(branch, "周海")
    assert [each.state for each in await _words(branch)][-1] != "uncertain"
