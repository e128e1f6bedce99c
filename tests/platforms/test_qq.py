"""QQ's official API: callbacks in, replies out, against our own open platform."""

from collections.abc import AsyncIterator

import pytest

from bot.messages import ChatKind, EventKind, ReplyTo
from tests.qq_server import QQServer
from tests.qq_server.listener import Listener, Moment, key_of, listening


@pytest.fixture
def time() -> Moment:
    return Moment()


@pytest.fixture
async def server(time: Moment) -> AsyncIterator[QQServer]:
    async with QQServer(time) as running:
        yield running


@pytest.fixture
async def bot(server: QQServer, time: Moment) -> AsyncIterator[Listener]:
    async with listening(server, time) as listener:
        yield listener


async def test_what_names_the_bot_in_a_group_comes_in_and_is_answered_in_its_time(server: QQServer, bot: Listener) -> None:
    person, group = server.person("李小山"), server.group("红旗村支部群")
    said = server.say(person, "/签到", group)
    await server.acknowledged()
    [taken] = bot.taken
    assert (taken.kind, taken.chat.kind, taken.text, taken.mentioned) == (EventKind.MESSAGE, ChatKind.GROUP, "/签到", True)
    assert (taken.chat.key, taken.message_id, taken.at) == (key_of(group), said.id, said.at)
    assert taken.sender.key.user_id == person.member_openid(group) != person.user_openid
    await bot.send(group, "已报到", key="7", reply_to=ReplyTo(said.id))
    [answer] = [each for each in server.messages(group) if each.sender is None]
    assert (answer.text, answer.passive) == ("已报到", said.id)


async def test_a_private_message_comes_in_and_is_answered(server: QQServer, bot: Listener) -> None:
    person = server.person("李小山")
    said = server.say(person, "我到哈尔滨了")
    await server.acknowledged()
    [taken] = bot.taken
    assert (taken.chat.kind, taken.text, taken.mentioned, taken.chat.key) == (ChatKind.PRIVATE, "我到哈尔滨了", False, key_of(person))
    assert taken.sender.key.user_id == person.user_openid
    await bot.send(person, "记下了", key="8")
    [answer] = [each for each in server.messages(person) if each.sender is None]
    assert (answer.text, answer.passive) == ("记下了", said.id)
