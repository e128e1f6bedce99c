"""The digest keeps its hours: never twice, never late by more than a day, never without a group."""

from datetime import timedelta

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen

WHO = "王秀英"


async def _offered(chat: Dialogue) -> list[Seen]:
    await chat.private(WHO, "早班车 村里的桥修好了")
    chat.now += timedelta(days=5, hours=9, minutes=59)
    assert await chat.pass_time(seconds=0) == []
    return await chat.pass_time(minutes=1)


async def test_it_is_offered_at_seven_and_once(chat: Dialogue) -> None:
    assert len(await _offered(chat)) == 2
    assert await chat.pass_time(minutes=10) == []


async def test_it_is_posted_at_half_past_seven_and_not_before(chat: Dialogue) -> None:
    shown = await _offered(chat)
    await chat.press(WHO, "发", shown[-1])
    assert chat.in_group(await chat.pass_time(hours=12, minutes=25)) == []
    assert len(chat.in_group(await chat.pass_time(minutes=5))) == 1


async def test_approved_late_it_is_posted_the_same_day(chat: Dialogue) -> None:
    shown = await _offered(chat)
    await chat.pass_time(hours=14)
    await chat.press(WHO, "发", shown[-1])
    assert len(chat.in_group(await chat.pass_time(minutes=5))) == 1


async def test_after_a_days_stop_it_is_no_news_any_more(chat: Dialogue) -> None:
    shown = await _offered(chat)
    await chat.press(WHO, "发", shown[-1])
    assert chat.in_group(await chat.pass_time(days=2)) == []
    assert "攒着 1 条" in (await chat.private(WHO, "早班车"))[-1].text


async def test_without_a_group_nothing_is_offered(chat: Dialogue) -> None:
    async def unbind(work: UnitOfWork) -> None:
        for each in await work.chats.of_branch():
            work.chats.unbind(each.key)

    await chat.in_branch(unbind)
    await chat.private(WHO, "早班车 村里的桥修好了")
    chat.now += timedelta(days=5, hours=10)
    assert await chat.pass_time(seconds=0) == []
