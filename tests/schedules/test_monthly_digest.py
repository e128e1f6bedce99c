"""One message a month, for those who asked for fewer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.jobs import JobContext
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, ActorKind
from bot.services import posting
from bot.texts import Text
from schedules.monthly_digest import monthly_digest
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _remind(chat: Dialogue, person: str, words: str, priority: Priority = Priority.REMINDER) -> None:
    await chat.in_branch(posting.to_member, chat.members[person], Outgoing(Text(words, words)), priority=priority)


async def test_reminders_come_on_the_first_in_one_message_each_once(chat: Dialogue) -> None:
    await chat.pass_time(minutes=1)
    await chat.private("李小山", "少发点")
    for words in ("记得看书。", "记得开会。", "记得看书。"):
        await _remind(chat, "李小山", words)
    before = await chat.days_pass(21)
    assert chat.to("李小山", before) == []
    assert chat.to("李小山", await chat.days_pass(1)) == ["这个月攒下的几件事：\n记得看书。\n记得开会。"]
    assert chat.to("李小山", await chat.days_pass(31)) == []


async def test_notices_and_everybody_else_do_not_wait(chat: Dialogue) -> None:
    await chat.private("李小山", "少发点")
    await _remind(chat, "李小山", "今晚停水。", Priority.NOTICE)
    await _remind(chat, "周海", "记得看书。")
    seen = await chat.pass_time(minutes=1)
    assert chat.to("李小山", seen) == ["今晚停水。"]
    assert chat.to("周海", seen) == ["记得看书。"]


async def test_a_long_digest_comes_in_pages_and_leaves_an_open_question_alone(chat: Dialogue) -> None:
    await chat.pass_time(minutes=1)
    await chat.private("李小山", "少发点")
    for number in range(8):
        await _remind(chat, "李小山", f"第{number}件事，" + "说来话长" * 9 + "。")
    seen = await chat.days_pass(22)
    (page,) = chat.to("李小山", seen)
    assert "第0件事" in page
    assert "第7件事" not in page
    assert len(page) <= 200
    told = page
    seen = await chat.press("李小山", "下一页")
    told += chat.to("李小山", seen)[0]
    while "下一页" in seen[-1].buttons:
        seen = await chat.press("李小山", "下一页")
        told += chat.to("李小山", seen)[0]
    assert all(f"第{number}件事" in told for number in range(8))


async def test_somebody_who_left_gets_no_digest(chat: Dialogue) -> None:
    await chat.private("李小山", "少发点")
    await _remind(chat, "李小山", "记得看书。")
    await chat.in_branch(lambda work: work.members.change(chat.members["李小山"], removed_at=work.now))
    assert chat.to("李小山", await chat.days_pass(22)) == []


async def test_a_digest_for_many_takes_hardly_more_statements_than_for_one(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crowd(work: UnitOfWork) -> None:
        for number in range(60):
            member, key = (
                work.members.add(f"测{chr(0x4E00 + number)}", f"Ce {number}", ["member"]),
                AccountKey("telegram", "main", str(number)),
            )
            work.accounts.bind(key, member.id, str(number))
            work.consents.put(member.id, "abroad", given=True)
            await work.accounts.change(key, introduced_at=work.now)
            await work.members.change(member.id, digest=True)
            await posting.to_member(work, member.id, Outgoing(Text.plain("记得看书。")), priority=Priority.REMINDER)

    await chat.in_branch(crowd)
    statements: list[object] = []
    execute = Connection.execute

    def counted(connection: Connection, statement: Any, *args: Any) -> Any:
        statements.append(statement)
        return execute(connection, statement, *args)

    monkeypatch.setattr(Connection, "execute", counted)

    async def digest(work: UnitOfWork) -> None:
        await monthly_digest.run(JobContext(work, Actor(ActorKind.JOB, chat.branch, None, frozenset()), chat.now + timedelta(days=1)))

    await chat.in_branch(digest)
    assert len(statements) < 20
