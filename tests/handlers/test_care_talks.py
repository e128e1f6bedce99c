"""谈过, 走访过, 打过电话: the day and the kind are kept, what was said is not."""

from pathlib import Path

import pytest

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import said

SECRETARY, LIAISON = "王秀英", "孙丽"


async def _kept(chat: Dialogue, person: str) -> list[tuple[str, str]]:
    async def look(work: UnitOfWork) -> list[tuple[str, str]]:
        return [(each.kind, each.day.isoformat()) for each in await work.care_contacts.of(chat.members[person])]

    found: list[tuple[str, str]] = await chat.in_branch(look)
    return found


async def test_a_liaison_notes_for_their_own_and_the_secretary_for_all(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "安排联系人 李小山 孙丽")
    assert await said(chat, LIAISON, "谈过 李小山") == "记下了：2026-03-10 谈过李小山。弄错了发“撤销”。"
    assert "周海不是您联系的人，没有记" in await said(chat, LIAISON, "走访过 周海")
    assert "走访过周海、吴芳" in await said(chat, SECRETARY, "走访过 周海 吴芳")
    assert "需要" in await said(chat, "周海", "谈过 李小山")
    assert await _kept(chat, "李小山") == [("talk", "2026-03-10")]
    assert await _kept(chat, "周海") == [("visit", "2026-03-10")]
    assert "2026-03-10 谈过" in await said(chat, "李小山", "我的")


@pytest.mark.parametrize(
    ("words", "kind", "day"),
    [
        ("昨天谈过 李小山", "talk", "2026-03-09"),
        ("谈过 李小山 3月5日", "talk", "2026-03-05"),
        ("昨天走访过李小山", "visit", "2026-03-09"),
        ("给李小山打过电话了", "call", "2026-03-10"),
        ("talked Li Xiaoshan", "talk", "2026-03-10"),
    ],
)
async def test_days_and_kinds_are_read_as_people_say_them(chat: Dialogue, words: str, kind: str, day: str) -> None:
    await chat.private(SECRETARY, words)
    assert await _kept(chat, "李小山") == [(kind, day)]


async def test_what_was_said_is_not_kept_anywhere(chat: Dialogue, tmp_path: Path) -> None:
    told = await said(chat, SECRETARY, "谈过 李小山 他说最近腰疼得厉害")
    assert "谈了什么没有记" in told
    assert await _kept(chat, "李小山") == [("talk", "2026-03-10")]
    held = b"".join(each.read_bytes() for each in tmp_path.iterdir() if each.is_file())
    assert held
    assert "腰疼".encode() not in held


async def test_it_counts_as_heard_of_and_can_be_taken_back(chat: Dialogue) -> None:
    async def silent(work: UnitOfWork) -> None:
        await work.members.change(chat.members["李小山"], heard_at=None)

    await chat.in_branch(silent)
    assert "李小山" in await said(chat, SECRETARY, "很久没消息")
    await chat.private(SECRETARY, "打过电话 李小山")
    assert "李小山" not in await said(chat, SECRETARY, "很久没消息")
    assert await said(chat, SECRETARY, "撤销") == "好，这次不记了。"
    assert "李小山" in await said(chat, SECRETARY, "很久没消息")
    assert await _kept(chat, "李小山") == []


async def test_a_day_to_come_and_nobodys_name_are_not_noted(chat: Dialogue) -> None:
    assert "哪一天没看懂" in await said(chat, SECRETARY, "谈过 李小山 明天")
    assert "没有找到“郑大明”" in await said(chat, SECRETARY, "谈过 郑大明")
    assert "请写上姓名" in await said(chat, SECRETARY, "谈过")
    assert await _kept(chat, "李小山") == []


async def test_undoing_a_talk_leaves_the_light_that_a_visit_shows_too(chat: Dialogue) -> None:
    await chat.private("王秀英", "孙丽 联系 李小山")
    await chat.private("孙丽", "谈过 李小山")
    await chat.private("王秀英", "走访过 李小山")
    await chat.private("孙丽", "撤销")
    assert "人找到" in "".join(chat.to("王秀英", await chat.private("王秀英", "看 李小山")))


@pytest.mark.parametrize("words", ["3月12日和李小山谈过", "谈过 李小山 3月11日"])
async def test_a_day_soon_to_come_is_no_day_of_last_year(chat: Dialogue, words: str) -> None:
    assert "没有记" in "".join(chat.to("王秀英", await chat.private("王秀英", words)))
