"""What nobody asked for: QQ lets it in where it says so, and else not before somebody writes."""

from datetime import timedelta

import pytest

from bot.messages import ChatKind, ReplyTo
from bot.platforms.base import NotNow, Unreachable
from tests.qq_server import Group, Person, QQServer
from tests.qq_server.listener import Listener, Moment, listening, own, said


async def test_a_group_that_takes_pushes_is_asked_once_and_gets_them(server: QQServer, bot: Listener, time: Moment, group: Group) -> None:
    group.allow_proactive = True
    await bot.send(group, "早安", key="1")
    await bot.send(group, "公告", key="2")
    assert server.shown(group) == ["早安", "公告"]
    assert len(server.called("bot_state")) == 1
    assert not {"msg_id", "event_id", "msg_seq"} & server.called("messages")[0].keys()
    time.now += timedelta(hours=7)
    await bot.send(group, "晚安", key="3")
    assert len(server.called("bot_state")) == 2


async def test_where_qq_tells_nothing_of_pushes_there_are_none(server: QQServer, bot: Listener, group: Group) -> None:
    server.tells_state = False
    group.allow_proactive = True
    for _ in range(2):
        with pytest.raises(NotNow):
            await bot.send(group, "公告", key="1")
    assert len(server.called("bot_state")) == 1
    assert server.called("messages") == []


async def test_what_a_group_lets_in_changes_by_its_callbacks(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    with pytest.raises(NotNow):
        await bot.send(group, "公告", key="1")
    server.changes("GROUP_MSG_RECEIVE", person, group)
    await server.acknowledged()
    assert [each.kind.value for each in bot.taken] == ["opened"]
    for number in range(7):
        await bot.send(group, f"公告 {number}", key=str(number))
    assert len(server.shown(group)) == 7, "five hang on the event, the others on nothing"
    server.changes("GROUP_MSG_REJECT", person, group)
    await server.acknowledged()
    with pytest.raises(NotNow):
        await bot.send(group, "公告", key="9")
    assert len(server.called("messages")) == 7


async def test_a_replayed_change_does_not_undo_a_later_one(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    rejected = server.changes("GROUP_MSG_REJECT", person, group)
    server.changes("GROUP_MSG_RECEIVE", person, group)
    await server.acknowledged()
    await server.post(rejected)
    for number in range(6):
        await bot.send(group, f"{number}", key=str(number))
    assert server.shown(group) == [f"{number}" for number in range(6)], "the sixth hangs on nothing: it is let in"


async def test_a_permission_that_is_withdrawn_unseen_is_learned_by_the_refusal(server: QQServer, bot: Listener, group: Group) -> None:
    group.allow_proactive = True
    await bot.send(group, "一", key="1")
    group.allow_proactive = False
    for number in (2, 3):
        with pytest.raises(NotNow):
            await bot.send(group, "二", key=str(number))
    assert len(server.called("messages")) == 2, "the third was not even tried"


async def test_a_used_up_quota_waits(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    group.allow_proactive, server.pushes_left = True, 1
    await bot.send(group, "一", key="1")
    with pytest.raises(NotNow):
        await bot.send(group, "二", key="2")
    await said(server, person, group)
    await bot.send(group, "二", key="2")


async def test_a_private_chat_waits_unless_the_configuration_says_otherwise(server: QQServer, time: Moment, person: Person) -> None:
    person.takes_pushes = True
    async with listening(server, time) as bot:
        assert not bot.platform.capabilities(ChatKind.PRIVATE).push
        with pytest.raises(NotNow):
            await bot.send(person, "提醒", key="1")
    async with listening(server, time, private_pushes=True) as bot:
        assert bot.platform.capabilities(ChatKind.PRIVATE).push
        await bot.send(person, "提醒", key="1")
        server.changes("C2C_MSG_REJECT", person)
        await server.acknowledged()
        with pytest.raises(NotNow):
            await bot.send(person, "提醒", key="2")
    async with listening(server, time, private_pushes=True) as bot:
        for _ in range(2):
            with pytest.raises(NotNow):
                await bot.send(person, "提醒", key="3")
        assert len(server.called("messages")) == 2, "one that went, one by which the bot learned that the person wants none"


async def test_a_person_who_lets_messages_in_gets_them(server: QQServer, bot: Listener, time: Moment, person: Person) -> None:
    server.changes("C2C_MSG_RECEIVE", person)
    await server.acknowledged()
    time.now += timedelta(hours=2)
    await bot.send(person, "提醒", key="1")
    assert own(server, person)[0].passive == ""


async def test_who_deleted_the_bot_is_unreachable_until_they_come_back(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    server.changes("FRIEND_DEL", person)
    await server.acknowledged()
    with pytest.raises(Unreachable):
        await bot.send(person, "在吗", key="1")
    assert server.called("messages") == []
    server.changes("FRIEND_ADD", person)
    await server.acknowledged()
    await bot.send(person, "您好", key="1")
    assert [each.kind.value for each in bot.taken] == ["message", "blocked", "unblocked"]


async def test_a_group_the_bot_was_thrown_out_of_unseen_is_unreachable(
    server: QQServer, bot: Listener, person: Person, group: Group
) -> None:
    asked = await said(server, person, group)
    group.bot_inside = False
    with pytest.raises(Unreachable):
        await bot.send(group, "在吗", key="1", reply_to=ReplyTo(asked.id))
    other = server.group("别的群", bot_inside=False)
    with pytest.raises(Unreachable):
        await bot.send(other, "在吗", key="2")


async def test_a_group_that_keeps_the_bot_silent_is_written_to_later(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    await said(server, person, group)
    group.muted = True
    with pytest.raises(NotNow):
        await bot.send(group, "在吗", key="1")
