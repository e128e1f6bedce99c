"""Every night, what is past its time is dropped and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.messages import Outgoing
from bot.services import posting
from bot.texts import Text
from storage import tables
from storage.keys import AccountKey, ChatKey, EventKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _rows(chat: Dialogue, table: Any) -> int:
    async def count(work: UnitOfWork) -> int:
        return int((await work.rows(select(func.count()).select_from(table)))[0][0])

    return int(await chat.run(count))


async def _after(chat: Dialogue, days: int) -> None:
    chat.now += timedelta(days=days)
    await chat.pass_time(hours=0)


async def test_check_ins_live_ninety_days_and_then_only_the_last_date(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await _after(chat, 90)
    assert await _rows(chat, tables.check_in) == 1
    await _after(chat, 1)
    assert await _rows(chat, tables.check_in) == 0
    member = await chat.in_branch(lambda work: work.members.get(chat.members["李小山"]))
    assert member.last_check_in.isoformat() == "2026-03-10"


async def test_a_removed_member_is_erased_with_everything_after_thirty_days(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.in_branch(lambda work: work.members.change(chat.members["李小山"], removed_at=work.now))
    await _after(chat, 30)
    assert await _rows(chat, tables.member) == 6
    await _after(chat, 1)
    assert [await _rows(chat, table) for table in (tables.member, tables.check_in, tables.account)] == [5, 0, 5]


async def test_events_are_known_again_for_thirty_days(chat: Dialogue) -> None:
    await chat.run(_note)
    await _after(chat, 30)
    assert await _rows(chat, tables.inbox) == 1
    await _after(chat, 1)
    assert await _rows(chat, tables.inbox) == 0


async def _note(work: UnitOfWork) -> None:
    work.inbox.note(EventKey("telegram:main:1"), ChatKey("telegram", "main", "1"))


async def test_letters_live_a_week_to_strangers_too(chat: Dialogue) -> None:
    await chat.private("路人", "你好")
    await chat.private("李小山", "帮助 签到")
    assert await _rows(chat, tables.outbox) == 2
    await _after(chat, 6)
    assert await _rows(chat, tables.outbox) == 2
    await _after(chat, 2)
    assert await _rows(chat, tables.outbox) == 0


async def test_a_sent_message_that_can_be_edited_is_found_for_longer(chat: Dialogue) -> None:
    chat_key = (await chat.in_branch(lambda work: work.chats.of_branch()))[0].key
    await chat.in_branch(posting.to_chat, chat_key, Outgoing(Text("一", "one")), slot="notice:1")
    await chat.pass_time(minutes=1)
    await _after(chat, 30)
    assert await _rows(chat, tables.outbox) == 1
    await _after(chat, 10)
    assert await _rows(chat, tables.outbox) == 0


async def test_what_a_digest_waits_for_is_not_dropped(chat: Dialogue) -> None:
    await _after(chat, 0)

    async def keep(work: UnitOfWork) -> None:
        account = (await work.accounts.of(chat.members["李小山"]))[0]
        content = {"zh": "一", "en": "one"}
        work.outbox.add(
            account.chat, content=content, kind="private", priority=3, language="zh", state="digest", member_id=chat.members["李小山"]
        )

    await chat.in_branch(keep)
    await _after(chat, 20)
    assert await _rows(chat, tables.outbox) == 1


async def test_codes_links_questions_and_visitors_end(chat: Dialogue) -> None:
    async def fill(work: UnitOfWork) -> None:
        member = chat.members["李小山"]
        await work.invites.issue("a", member, work.now + timedelta(days=7))
        work.links.add("b", member, "link", work.now + timedelta(days=1))
        await work.questions.open(member, "page", [["x"]], {}, work.now + timedelta(days=1), card=False)
        await work.visitors.change(AccountKey("browser", "web", "x"), wrong_codes=1)

    tables_ = (tables.invite, tables.link, tables.question, tables.visitor)
    await chat.in_branch(fill)
    await _after(chat, 0)
    assert [await _rows(chat, table) for table in tables_] == [1, 1, 1, 1]
    await _after(chat, 2)
    assert [await _rows(chat, table) for table in tables_] == [1, 0, 0, 1]
    await _after(chat, 29)
    assert [await _rows(chat, table) for table in tables_] == [1, 0, 0, 0]
    await _after(chat, 7)
    assert [await _rows(chat, table) for table in tables_] == [0, 0, 0, 0]


@pytest.mark.parametrize(("sample", "days"), [(False, 7), (True, 90)])
async def test_the_browser_chats_own_record_is_kept_longer_on_a_sample(chat: Dialogue, sample: bool, days: int) -> None:
    async def mark(work: UnitOfWork) -> None:
        if sample:
            work.settings.put("sample", "yes")

    await chat.run(mark)
    await chat.private("李小山", "帮助 签到")
    await _after(chat, days - 1)
    assert await _rows(chat, tables.transcript) == 2
    await _after(chat, 2)
    assert await _rows(chat, tables.transcript) == 0


async def test_which_jobs_ran_is_known_for_forty_days(chat: Dialogue) -> None:
    async def note(work: UnitOfWork) -> None:
        await work.job_runs.begin("old", "1")

    async def again(work: UnitOfWork) -> bool:
        return await work.job_runs.begin("old", "1")

    await chat.run(note)
    await _after(chat, 40)
    assert await chat.run(again) is False
    await _after(chat, 1)
    assert await chat.run(again) is True
