"""A turn of delivery over what many branches wait for: fair, and no dearer for what was sent long ago."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Executable, func, select, text
from sqlalchemy.dialects import sqlite

from bot.delivery import AT_ONCE
from bot.messages import Outgoing, Priority
from bot.rules.turns import Turns
from bot.services import deliveries, posting
from bot.texts import Text
from storage import dispatch
from storage.keys import BranchId, ChatKey
from storage.tables import branch as branches
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.telegram_branch import TelegramBranch, telegram_branch

SMALL = BranchId(77)


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[TelegramBranch]:
    async with telegram_branch(database_url) as opened:
        yield opened


async def _lesson(work: UnitOfWork, branch: BranchId, first: int, letters: int) -> None:
    work.enter(branch)
    for number in range(first, first + letters):
        chat = ChatKey("telegram", "main", str(-number))
        await posting.to_chat(work, chat, Outgoing(Text.plain("三分钟党课")), priority=Priority.NOTICE)


async def test_a_branch_with_one_letter_is_served_at_once_beside_one_with_hundreds(branch: TelegramBranch) -> None:
    async def found_branch(work: UnitOfWork) -> None:
        work.insert(branches, id=SMALL, name="小支部", latin="Small", created_at=work.now)

    run = branch.app.database.run
    await run(found_branch)
    await run(_lesson, branch.branch, 1000, 300)
    await run(_lesson, SMALL, 5000, 1)
    room = deliveries.Room(branch.key[:2], 30, 24)
    turn = await run(deliveries.turn, (), AT_ONCE, [room], Turns())
    assert len(turn.letters) == 24
    assert SMALL in {letter.branch_id for letter in turn.letters}
    assert turn.held == {branch.key[:2]}


async def test_where_nothing_unasked_may_go_an_answer_is_found_and_the_lesson_keeps_the_account_held(branch: TelegramBranch) -> None:
    run = branch.app.database.run
    await run(_lesson, branch.branch, 1000, 2 * deliveries.FEW)

    async def answer(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for number in range(deliveries.FEW + 1):
            await posting.to_chat(work, ChatKey("telegram", "main", str(number)), Outgoing(Text.plain("答复")))

    await run(answer)
    turn = await run(deliveries.turn, (), AT_ONCE, [deliveries.Room(branch.key[:2], 30, 0)], Turns())
    assert {letter.priority for letter in turn.letters} == {Priority.ANSWER}
    assert len(turn.letters) == deliveries.FEW + 1
    turn = await run(deliveries.turn, (), AT_ONCE, [deliveries.Room(branch.key[:2], 30, 0)], Turns())
    assert turn.letters == []
    assert turn.held == {branch.key[:2]}


async def test_what_arrived_of_a_lesson_is_noted_although_another_letter_of_it_hangs(branch: TelegramBranch) -> None:
    async def sent(work: UnitOfWork) -> int:
        return int((await work.rows(select(func.count()).select_from(outbox).where(outbox.c.state == "sent")))[0][0])

    branch.server.fail_next("sendMessage", "hang")
    for number in range(3):
        group = branch.server.add_group(f"第{number}群", *branch.users.values())
        await branch.app.database.run(_lesson, branch.branch, -group.id, 1)
    running = asyncio.create_task(branch.app.delivery.run())
    async with asyncio.timeout(10):
        while await branch.app.database.run(sent) < 2:
            await asyncio.sleep(0)
    hangs = [*branch.app.delivery._under_way]
    assert len(hangs) == 1
    for each in (running, *hangs):
        each.cancel()
    await asyncio.gather(running, *hangs, return_exceptions=True)


@pytest.mark.sqlite
async def test_a_turn_looks_at_nothing_that_was_sent_and_not_at_all_that_waits(branch: TelegramBranch) -> None:
    async def plan(work: UnitOfWork) -> list[str]:
        found = []
        for statement in (dispatch._NEXT, dispatch._LATER["sqlite"]):
            compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
            rows = await work.rows(text(f"EXPLAIN QUERY PLAN {compiled}"), dict.fromkeys(compiled.params, 1))
            found += [row[3].removeprefix("SEARCH outbox USING ") for row in rows if "outbox" in row[3]]
        return found

    assert await branch.app.database.run(plan) == [
        "INDEX ix_outbox_waiting (platform=? AND instance=?)",
        "INDEX ix_outbox_state_not_before (state=?)",
        "INDEX ix_outbox_state_not_before (state=? AND not_before>?)",
        "INDEX ix_outbox_retry_at (retry_at>?)",
    ]


async def test_what_waits_for_many_people_is_brought_together_by_one_statement(branch: TelegramBranch) -> None:
    asked: list[str] = []

    async def say(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for name in branch.members:
            for words in ("一", "二", "三"):
                await posting.to_member(work, branch.members[name], Outgoing(Text.plain(words)))

    async def take(work: UnitOfWork) -> deliveries.Turn:
        genuine = work.rows

        async def counting(statement: Executable, *args: object, **hints: object) -> object:
            asked.append(str(statement))
            return await genuine(statement, *args, **hints)  # type: ignore[arg-type]

        work.rows = work.dispatch._work.rows = counting  # type: ignore[method-assign,assignment]
        try:
            return await deliveries.turn(work, (), AT_ONCE, [deliveries.Room(branch.key[:2], 30, 24)], Turns())
        finally:
            work.rows = work.dispatch._work.rows = genuine  # type: ignore[method-assign]

    await branch.app.database.run(say)
    turn = await branch.app.database.run(take)
    assert len(turn.letters) > 5
    assert {(letter.content or {})["zh"] for letter in turn.letters} == {"一\n\n二\n\n三"}
    assert len(asked) == 4, "what waits, what is taken, what is behind it, and the next moment"


@pytest.mark.server
async def test_the_index_of_what_waits_for_a_word_holds_nothing_else(branch: TelegramBranch) -> None:
    async def defined(work: UnitOfWork) -> str:
        return str((await work.rows(text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_outbox_awaiting'")))[0][0])

    assert "WHERE" in await branch.app.database.run(defined)
