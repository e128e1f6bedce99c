"""签到情况 and 很久没消息, as the secretary and the liaison meet them."""

from datetime import timedelta

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _heard(chat: Dialogue, person: str, days: int | None) -> None:
    async def change(work: UnitOfWork) -> None:
        at = None if days is None else work.now - timedelta(days=days)
        await work.members.change(chat.members[person], heard_at=at)

    await chat.in_branch(change)


async def test_the_secretary_sees_who_and_when_and_the_last_days(chat: Dialogue) -> None:
    await chat.private("周海", "签到")
    await chat.pass_time(days=1)
    await chat.private("李小山", "签到")
    await chat.pass_time(minutes=5)
    await chat.private("王秀英", "补录 吴芳 报平安")
    (told,) = chat.to("王秀英", await chat.private("王秀英", "签到情况"))
    assert "今天报平安的 2 人：\n09:00 李小山\n09:05 吴芳（补录）" in told
    assert "3月10日 1 人" in told
    assert "周海" not in told
    assert "自愿" in told


async def test_nobody_else_sees_who_checked_in(chat: Dialogue) -> None:
    await chat.private("周海", "签到")
    for person in ("李小山", "孙丽"):
        said = "".join(chat.to(person, await chat.private(person, "签到情况")))
        assert "周海" not in said
        assert "书记" in said


async def test_asked_in_the_group_it_is_answered_in_private(chat: Dialogue) -> None:
    await chat.private("周海", "签到")
    seen = await chat.group("王秀英", "签到情况")
    assert chat.in_group(seen) == []
    assert "周海" in chat.to("王秀英", seen)[0]


async def test_those_not_heard_of_are_told_apart_by_thirty_and_ninety_days(chat: Dialogue) -> None:
    await _heard(chat, "李小山", 91)
    await _heard(chat, "周海", 31)
    await _heard(chat, "吴芳", None)
    (told,) = chat.to("王秀英", await chat.private("王秀英", "很久没消息"))
    assert "90 天以上没有消息的 2 人" in told
    assert "李小山，最近一次 2025-12-09" in told
    assert "吴芳，还没有过消息" in told
    assert "30 到 90 天没有消息的 1 人：\n周海" in told
    assert "没报平安本身不说明什么" in told
    assert "补录 姓名 联系过" in told


async def test_the_liaison_sees_them_too_and_asks_the_secretary_to_enter(chat: Dialogue) -> None:
    await _heard(chat, "周海", 31)
    (told,) = chat.to("孙丽", await chat.private("孙丽", "谁很久没消息"))
    assert "周海" in told
    assert "请书记补录" in told
    assert "周海" not in "".join(chat.to("李小山", await chat.private("李小山", "很久没消息")))


async def test_a_contact_that_was_entered_takes_a_person_off_the_list(chat: Dialogue) -> None:
    await _heard(chat, "周海", 100)
    await chat.private("王秀英", "补录 周海 联系过")
    assert chat.to("王秀英", await chat.private("王秀英", "很久没消息")) == ["三十天内每位同志都有消息，很好。"]
