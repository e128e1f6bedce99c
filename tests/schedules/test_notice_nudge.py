"""One private nudge to those who have not read an announcement."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.permissions import Actor, ActorKind
from bot.services import browser_chat, deployment, notice_nudges
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen

SECRETARY = "王秀英"
MEMBERS = ("赵国强", "孙丽", "李小山", "周海", "吴芳")
TEXT = "村部门口的路在修。"


async def posted(chat: Dialogue, text: str = TEXT) -> Seen:
    seen = await chat.group(SECRETARY, f"公告 {text}")
    return next(each for each in seen if "收到" in each.buttons)


def nudged(chat: Dialogue, seen: list[Seen]) -> set[str]:
    """Who got a nudge."""
    return {person for person in (*MEMBERS, SECRETARY) if any("可能还没看到" in each for each in chat.to(person, seen))}


async def test_after_a_day_those_who_have_not_read_get_one_nudge_in_private(chat: Dialogue) -> None:
    await posted(chat)
    await chat.group("李小山", "收到")
    assert nudged(chat, await chat.pass_time(hours=23)) == set()
    seen = await chat.pass_time(hours=1)
    assert nudged(chat, seen) == {"赵国强", "孙丽", "周海", "吴芳"}
    assert chat.in_group(seen) == []
    assert all(TEXT in each.text and each.buttons == ("收到",) for each in seen)


async def test_there_is_never_a_second_one(chat: Dialogue) -> None:
    await posted(chat)
    assert nudged(chat, await chat.pass_time(days=1))
    assert nudged(chat, await chat.days_pass(5)) == set()


async def test_its_button_counts_once(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.pass_time(days=1)
    nudge = next(each for each in seen if each.chat == browser_chat.private_chat("周海"))
    pressed = await chat.press("周海", "收到", nudge)
    assert chat.to("周海", pressed) == ["好，公告 N1 记上了，谢谢。"]
    assert chat.in_group(pressed) == [f"【公告 N1】{TEXT}\n已收到 1 人"]
    assert "用过或过期" in chat.to("周海", await chat.press("周海", "收到", nudge))[0]
    assert chat.in_group(await chat.press_data("吴芳", nudge, nudge.data[0])) == []


async def test_a_typed_answer_to_the_nudge_counts_too(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(days=1)
    assert chat.to("周海", await chat.private("周海", "1")) == ["好，公告 N1 记上了，谢谢。"]
    assert chat.to("吴芳", await chat.private("吴芳", "收到")) == ["好，公告 N1 记上了，谢谢。"]


async def test_a_reply_to_the_nudge_counts_for_its_notice(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.pass_time(days=1)
    nudge = next(each for each in seen if each.chat == browser_chat.private_chat("周海"))
    await posted(chat, "第二件事。")
    frame = {"type": "send", "chat": nudge.chat, "text": "收到", "reply_to": nudge.id}
    assert chat.to("周海", await chat._take("周海", frame)) == ["好，公告 N1 记上了，谢谢。"]


async def test_after_reading_in_the_group_the_nudges_button_says_so(chat: Dialogue) -> None:
    await posted(chat)
    seen = await chat.pass_time(days=1)
    nudge = next(each for each in seen if each.chat == browser_chat.private_chat("周海"))
    await chat.group("周海", "收到 N1")
    assert chat.to("周海", await chat.press("周海", "收到", nudge)) == ["公告 N1 您已经回过了，谢谢。"]


async def test_at_night_it_waits_until_seven(chat: Dialogue) -> None:
    await chat.pass_time(hours=14)
    await posted(chat)
    assert await chat.pass_time(days=1) == []
    assert chat.now.astimezone(UTC) == datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
    assert nudged(chat, await chat.pass_time(hours=7, minutes=59)) == set()
    assert nudged(chat, await chat.pass_time(minutes=1)) == set(MEMBERS)


async def test_who_reads_meanwhile_gets_none(chat: Dialogue) -> None:
    await chat.pass_time(hours=14)
    await posted(chat)
    await chat.pass_time(days=1)
    await chat.group("周海", "收到 N1")
    assert nudged(chat, await chat.pass_time(hours=8)) == set(MEMBERS) - {"周海"}


async def test_a_recalled_one_is_not_nudged_about_even_if_that_was_on_its_way(chat: Dialogue) -> None:
    await chat.pass_time(hours=14)
    await posted(chat)
    await chat.pass_time(days=1)
    await chat.private(SECRETARY, "撤回公告 N1")
    assert await chat.pass_time(hours=8) == []
    await posted(chat)
    await chat.private(SECRETARY, "撤回公告 N2")
    assert nudged(chat, await chat.days_pass(2)) == set()


async def test_a_recall_and_a_correction_reach_the_nudges_that_were_sent(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(days=1)
    corrected = await chat.private(SECRETARY, "改公告 N1 路修好了。")
    mine = next(each for each in corrected if each.chat == browser_chat.private_chat("周海"))
    assert mine.edited
    assert "路修好了。" in mine.text
    recalled = await chat.private(SECRETARY, "撤回公告 N1")
    assert chat.to("周海", recalled) == ["【公告 N1 已撤回】"]
    assert "用过或过期" in chat.to("周海", await chat.press("周海", "收到", mine))[0]
    restored = await chat.private(SECRETARY, "撤销")
    assert "路修好了。" in chat.to("周海", restored)[0]
    assert chat.to("周海", await chat.press("周海", "收到")) == ["好，公告 N1 记上了，谢谢。"]


async def test_a_correction_goes_only_where_its_people_still_are_and_asks_nothing_twice(chat: Dialogue) -> None:
    async def change(work: UnitOfWork) -> None:
        await work.members.change(chat.members["李小山"], removed_at=work.now)
        await work.accounts.change(browser_chat.account_key("吴芳"), private_chat=None)

    async def asked(work: UnitOfWork) -> int:
        return len([each for each in await work.questions.of_kind("notice_read") if each.member_id is not None])

    await posted(chat)
    assert set(MEMBERS) >= {"李小山", "吴芳"}
    await chat.pass_time(days=1)
    before = await chat.in_branch(asked)
    await chat.in_branch(change)
    corrected = await chat.private(SECRETARY, "改公告 N1 路修好了。")
    assert chat.to("周海", corrected)
    assert chat.to("李小山", corrected) == chat.to("吴芳", corrected) == []
    assert await chat.in_branch(asked) == before
    assert chat.to("周海", await chat.press("周海", "收到")) == ["好，公告 N1 记上了，谢谢。"]


async def test_a_correction_does_not_go_abroad_to_who_said_no_since(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(work: UnitOfWork) -> None:
        for member_id in chat.members.values():
            work.consents.put(member_id, "abroad", given=member_id != chat.members["李小山"])

    await posted(chat)
    await chat.pass_time(days=1)
    await chat.in_branch(refuse)
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"browser"}))
    corrected = await chat.private(SECRETARY, "改公告 N1 路修好了。")
    assert chat.to("周海", corrected)
    assert chat.to("李小山", corrected) == []


async def test_a_correction_that_makes_it_long_brings_the_other_button(chat: Dialogue) -> None:
    await posted(chat)
    await chat.pass_time(days=1)
    corrected = await chat.private(SECRETARY, "改公告 N1 " + "第一件事，请大家都看一看，有问题私下找我说。" * 12)
    mine = next(each for each in corrected if each.chat == browser_chat.private_chat("周海"))
    assert mine.buttons == ("收到", "看全文")
    assert len(chat.to("周海", await chat.press("周海", "看全文", mine))) > 1


async def test_a_long_one_comes_by_its_first_page_and_whole_when_asked(chat: Dialogue) -> None:
    text = "".join(f"第{number}件事，请大家都看一看，有问题私下找我说。" for number in range(1, 21))
    await posted(chat, text)
    seen = await chat.pass_time(days=1)
    nudge = next(each for each in seen if each.chat == browser_chat.private_chat("周海"))
    assert nudge.buttons == ("收到", "看全文")
    assert len(nudge.text) <= 200
    pages = await chat.press("周海", "看全文", nudge)
    assert text in "".join(each.split("】")[1] for each in chat.to("周海", pages))
    assert chat.to("周海", await chat.press("周海", "收到", pages[-1])) == ["好，公告 N1 记上了，谢谢。"]


async def test_who_cannot_be_reached_gets_nothing_later_either(chat: Dialogue) -> None:
    async def silence(work: UnitOfWork) -> None:
        await work.accounts.change(browser_chat.account_key("周海"), private_chat=None)

    await chat.in_branch(silence)
    await posted(chat)
    assert nudged(chat, await chat.pass_time(days=1)) == set(MEMBERS) - {"周海"}
    assert nudged(chat, await chat.private("周海", "你好")) == set()


async def test_nothing_goes_abroad_without_consent_and_another_way_is_taken(chat: Dialogue) -> None:
    async def bind_abroad(work: UnitOfWork) -> None:
        for person, number in (("周海", "1"), ("吴芳", "2")):
            work.accounts.bind(AccountKey("telegram", "bot", number), chat.members[person], number)
        await work.accounts.change(browser_chat.account_key("吴芳"), private_chat=None)

    async def letters(work: UnitOfWork) -> int:
        return len(await work.outbox.kept_back("held"))

    await chat.pass_time(seconds=1)
    await chat.in_branch(bind_abroad)
    await posted(chat)
    assert nudged(chat, await chat.pass_time(days=1)) == set(MEMBERS) - {"吴芳"}
    assert await chat.in_branch(letters) == 0


async def test_after_a_long_stop_an_old_one_is_left_alone(chat: Dialogue) -> None:
    await posted(chat)
    assert nudged(chat, await chat.pass_time(days=8)) == set()


async def test_another_branch_is_not_nudged(chat: Dialogue) -> None:
    await chat.another_branch("青山支部", {"郑书记": ["member", "secretary"], "马超": ["member"]})
    await posted(chat)
    seen = await chat.pass_time(days=1)
    assert chat.to("马超", seen) == chat.to("郑书记", seen) == []


async def test_a_big_branch_takes_no_more_statements_than_a_small_one(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crowd(work: UnitOfWork) -> None:
        for number in range(60):
            name = f"测{chr(0x4E00 + number)}"
            member, key = work.members.add(name, f"Ce {number}", ["member"]), AccountKey("telegram", "main", str(number))
            work.accounts.bind(key, member.id, str(number))
            work.consents.put(member.id, "abroad", given=True)
            await work.accounts.change(key, introduced_at=work.now)

    await posted(chat)
    chat.now += timedelta(days=1)
    await chat.in_branch(crowd)
    statements: list[object] = []
    execute = Connection.execute

    def counted(connection: Connection, statement: Any, *args: Any) -> Any:
        statements.append(statement)
        return execute(connection, statement, *args)

    monkeypatch.setattr(Connection, "execute", counted)
    job = Actor(ActorKind.JOB, chat.branch, None, frozenset())
    await chat.in_branch(notice_nudges.nudge_due, job)
    assert len(statements) < 20
    assert await chat.in_branch(_unsent) >= 60


async def _unsent(work: UnitOfWork) -> int:
    return len(await work.outbox.in_slots("nudge:" + str((await work.notices.of_state("open"))[0].id)))


async def test_with_two_nudges_at_once_the_bot_introduces_itself_once(chat: Dialogue) -> None:
    async def forget(work: UnitOfWork) -> None:
        await work.accounts.change(browser_chat.account_key("周海"), introduced_at=None)

    await chat.in_branch(forget)
    await posted(chat)
    await posted(chat, "第二件事。")
    told = chat.to("周海", await chat.pass_time(days=1))
    assert [each[:4] for each in told if each.startswith("您好，我是")] == ["您好，我"]
    assert len(told) == 2  # the second waits: twice a week is enough for somebody who did nothing
