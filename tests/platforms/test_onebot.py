"""The OneBot adapter against a local OneBot, in each of the three ways to reach it."""

from collections.abc import AsyncIterator

import pytest

from bot.messages import ChatKind, EventKind
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import Listener, listening


@pytest.fixture
async def server() -> AsyncIterator[OneBotServer]:
    async with OneBotServer(token="a token that nobody knows") as running:
        yield running


@pytest.fixture(params=["reverse", "forward", "http"])
async def listener(server: OneBotServer, request: pytest.FixtureRequest) -> AsyncIterator[Listener]:
    async with listening(server, request.param) as opened:
        yield opened


async def test_what_is_said_comes_in_and_is_answered(server: OneBotServer, listener: Listener) -> None:
    user = server.user("李小山", friend=True)
    group = server.add_group("红旗村支部", user)
    group.cards[user.id] = "小山（广州）"
    said = await server.say(user, group, "@支部 报到 武汉")
    await server.say(user, user, "我的")
    await listener.settled()
    public, private = listener.taken
    assert (public.kind, public.text, public.mentioned, public.sender.name) == (EventKind.MESSAGE, "报到 武汉", True, "小山（广州）")
    assert (public.chat.key.chat_id, public.chat.kind, public.message_id) == (f"g{group.id}", ChatKind.GROUP, str(said.id))
    assert (private.text, private.chat.key.chat_id, private.sender.name) == ("我的", f"u{user.id}", "李小山")
    assert listener.platform.reachable()
    assert await listener.send(group, "已报到") == str(server.messages(group)[-1].id)
    assert server.messages(group)[-1].text == "已报到"
    await listener.send(user, "您好")
    assert server.messages(user)[-1].text == "您好"
