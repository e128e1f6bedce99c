"""补录, as the secretary meets it."""

from datetime import date, timedelta

import pytest

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

CONTACTED = "好，已补录今天联系过，内容不记。"


async def _said(chat: Dialogue, text: str, person: str = "王秀英") -> str:
    return "".join(chat.to(person, await chat.private(person, text)))


async def _silent(chat: Dialogue, person: str) -> None:
    async def change(work: UnitOfWork) -> None:
        await work.members.change(chat.members[person], heard_at=work.now - timedelta(days=100))

    await chat.in_branch(change)


async def _heard_days_ago(chat: Dialogue, person: str) -> int:
    member = await chat.in_branch(lambda work: work.members.get(chat.members[person]))
    return int((chat.now - member.heard_at).days)


async def test_a_contact_is_noted_by_its_date_alone_and_can_be_undone(chat: Dialogue) -> None:
    await _silent(chat, "周海")
    assert await _said(chat, "补录 周海 联系过") == CONTACTED
    assert await _heard_days_ago(chat, "周海") == 0
    assert await _said(chat, "撤销") == "好，这次联系的补录撤回了。"
    assert await _heard_days_ago(chat, "周海") == 100


async def test_the_name_may_be_followed_by_anything_that_parts_words(chat: Dialogue) -> None:
    for words in (
        "补录：周海 通过电话",
        "补录 周海同志：谈过话",
        "补录周海 见过面了",
        "补录 周海，今天联系上了",
        "/enter Zhou Hai contacted",
    ):
        assert (words, await _said(chat, words)) == (words, CONTACTED)


async def test_the_longest_name_wins(chat: Dialogue) -> None:
    async def add(work: UnitOfWork) -> None:
        member = work.members.add("周海洋", "Zhou Haiyang", ["member"])
        await work.members.change(member.id, heard_at=work.now - timedelta(days=100))
        chat.members["周海洋"] = member.id

    await chat.in_branch(add)
    await _silent(chat, "周海")
    await _said(chat, "补录 周海洋 联系过")
    assert [await _heard_days_ago(chat, "周海洋"), await _heard_days_ago(chat, "周海")] == [0, 100]


async def test_a_check_in_is_entered_and_marked_as_such(chat: Dialogue) -> None:
    assert await _said(chat, "补录 周海 报平安") == "好，已补录今天报平安。"
    row = (await chat.in_branch(lambda work: work.check_ins.of(chat.members["周海"])))[0]
    assert row.entered_by == chat.members["王秀英"]


async def test_an_unknown_name_is_said_and_changes_nothing(chat: Dialogue) -> None:
    assert await _said(chat, "补录 张三 联系过") == "没有找到“张三”，请看看名字写对没有。"


async def test_what_nobody_understands_gets_examples(chat: Dialogue) -> None:
    told = await _said(chat, "补录 周海 电话里说还在老地方")
    assert "没看懂要给周海补录什么" in told
    assert "补录 李小山 联系过" in told
    assert "补录 李小山 报平安" in await _said(chat, "补录")


async def test_only_the_secretary_enters(chat: Dialogue) -> None:
    await _silent(chat, "周海")
    for person in ("李小山", "孙丽"):
        assert "书记" in await _said(chat, "补录 周海 联系过", person)
    assert await _heard_days_ago(chat, "周海") == 100


async def test_typed_in_the_group_it_is_answered_in_private(chat: Dialogue) -> None:
    seen = await chat.group("王秀英", "补录 周海 联系过")
    assert chat.in_group(seen) == []
    assert chat.to("王秀英", seen) == [CONTACTED]
    assert await chat.group("王秀英", "补录") == []


async def test_what_a_member_did_after_an_entry_is_not_taken_back_with_it(chat: Dialogue) -> None:
    await chat.private("王秀英", "补录 周海 报平安")
    await chat.private("周海", "删除我的报平安记录")
    await chat.pass_time(minutes=1)
    await chat.private("周海", "签到")
    assert chat.to("王秀英", await chat.private("王秀英", "撤销")) == ["十分钟内没有能撤销的事，放心。"]
    assert "已经报过平安" in chat.to("周海", await chat.private("周海", "签到"))[0]


async def test_only_the_very_check_in_that_was_entered_is_taken_back(chat: Dialogue) -> None:
    await chat.private("王秀英", "补录 周海 报平安")

    async def another(work: UnitOfWork) -> None:
        day = date(2026, 3, 10)
        work.check_ins.remove(chat.members["周海"], day)
        work.check_ins.add(chat.members["周海"], day)

    await chat.in_branch(another)
    assert chat.to("王秀英", await chat.private("王秀英", "撤销")) == ["那次报平安已经不在了，没有动别的。"]
    assert "已经报过平安" in chat.to("周海", await chat.private("周海", "签到"))[0]


@pytest.mark.parametrize("entered", ["联系过", "在哈尔滨"])
async def test_a_sign_of_life_after_an_entry_outlasts_its_undo(chat: Dialogue, entered: str) -> None:
    await chat.private("周海", "同意记位置")
    await chat.pass_time(days=100)
    await chat.private("王秀英", f"补录 周海 {entered}")
    await chat.pass_time(minutes=5)
    await chat.private("周海", "签到")
    await chat.pass_time(minutes=1)
    await chat.private("王秀英", "撤销")
    assert await _heard_days_ago(chat, "周海") == 0


async def test_an_entry_right_after_a_sign_of_life_changes_nothing_and_neither_does_its_undo(chat: Dialogue) -> None:
    await chat.private("周海", "签到")
    await chat.pass_time(minutes=5)
    await chat.private("王秀英", "补录 周海 联系过")
    await chat.private("王秀英", "撤销")
    assert await _heard_days_ago(chat, "周海") == 0
