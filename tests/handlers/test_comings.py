"""Comings and goings: the group hears nothing of them."""

from bot.messages import EventKind
from storage.keys import ChatKey
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.elsewhere import GROUP, Elsewhere


async def bound_group(chat: Dialogue, title: str = "") -> None:
    async def bind(work: UnitOfWork) -> None:
        work.chats.bind(ChatKey("wecom", "main", GROUP), title)

    await chat.in_branch(bind)


def told(chat: Dialogue) -> list[tuple[str, bool]]:
    """What the secretary sees, and whether it is a message that has been changed."""
    return [(each["text"]["zh"], each["edited"]) for each in chat.shown if each["chat"] == "private-王秀英" and each["from"]["id"] == "bot"]


async def joins(chat: Dialogue, user: str) -> list[str]:
    return await Elsewhere(chat, user, "wecom", name="某人").does(EventKind.JOINED, group=GROUP)


async def test_newcomers_are_a_number_in_one_message_a_day_to_the_secretary(chat: Dialogue) -> None:
    await bound_group(chat)
    again = Elsewhere(chat, "2", "wecom", name="某人")
    for who in (Elsewhere(chat, "1", "wecom", name="某人"), again, again, Elsewhere(chat, "3", "wecom")):
        assert await who.does(EventKind.JOINED, group=GROUP) == []
    assert [(text[:8], edited) for text, edited in told(chat)] == [
        ("今天有 1 位新", False),
        ("今天有 2 位新", True),
        ("今天有 3 位新", True),
    ]
    assert not any("某人" in text for text, _ in told(chat))
    await chat.pass_time(days=1)
    await joins(chat, "4")
    assert told(chat)[-1][0].startswith("今天有 1 位新")
    assert not told(chat)[-1][1]


async def test_who_registered_meanwhile_is_not_counted(chat: Dialogue) -> None:
    await bound_group(chat)
    newcomer = Elsewhere(chat, "1", "wecom")
    await newcomer.does(EventKind.JOINED, group=GROUP)
    await newcomer.says("报到 陈远", GROUP)
    await chat.press("王秀英", "接收")
    await joins(chat, "2")
    assert any(text.startswith("今天有 1 位新") and edited for text, edited in told(chat))


async def test_a_member_who_joins_or_anybody_who_leaves_is_no_news(chat: Dialogue) -> None:
    await bound_group(chat)
    member = Elsewhere(chat, "5", "wecom")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(member.key, chat.members["李小山"], None)

    await chat.in_branch(bind)
    await member.does(EventKind.JOINED, group=GROUP)
    await member.does(EventKind.LEFT, group=GROUP)
    await Elsewhere(chat, "6", "wecom").does(EventKind.LEFT, group=GROUP)
    assert told(chat) == []


async def test_at_night_newcomers_wait_until_the_morning(chat: Dialogue) -> None:
    await bound_group(chat)
    await chat.pass_time(hours=14)
    before = len(told(chat))
    await joins(chat, "1")
    assert len(told(chat)) == before
    await chat.pass_time(hours=10)
    assert any(text.startswith("今天有 1 位新") for text, _ in told(chat)[before:])


async def test_when_the_bot_is_put_out_of_the_group_the_secretary_hears_it(chat: Dialogue) -> None:
    await bound_group(chat, "党员之家")
    assert await Elsewhere(chat, "1", "wecom").does(EventKind.BOT_REMOVED, group=GROUP) == []
    assert told(chat) == [("我已经不在“党员之家”里了，群里的消息发不出去。要我回来，请把我再拉进群。", False)]


async def test_in_a_group_that_is_nobodys_comings_are_not_noticed(chat: Dialogue) -> None:
    for kind in (EventKind.JOINED, EventKind.BOT_REMOVED, EventKind.BOT_ADDED):
        await Elsewhere(chat, "1", "wecom").does(kind, group=GROUP)
    assert told(chat) == []


async def test_what_is_for_a_person_who_stopped_the_bot_waits_until_they_let_it_in_again(chat: Dialogue) -> None:
    phone = Elsewhere(chat, "1", "wecom")

    async def bind(work: UnitOfWork) -> None:
        await work.accounts.unbind_all(chat.members["李小山"])
        work.accounts.bind(phone.key, chat.members["李小山"], "1")
        await work.accounts.change(phone.key, introduced_at=work.now)

    await chat.in_branch(bind)
    await phone.does(EventKind.BLOCKED)
    await chat.private("王秀英", "任命 李小山 联络员")
    assert await phone.queued() == []
    assert (await phone.does(EventKind.UNBLOCKED))[0].startswith("您现在在支部的角色是")


async def test_a_stranger_who_stops_the_bot_is_nobodys_business(chat: Dialogue) -> None:
    assert await Elsewhere(chat, "1", "wecom").does(EventKind.BLOCKED) == []
