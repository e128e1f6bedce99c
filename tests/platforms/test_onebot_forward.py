"""Calling OneBot ourselves: the token, being patient, and that only one process does it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.platforms.onebot.forward import NO_TOKEN, Backoff
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import eventually, listening

TOKEN = "a token that nobody knows"


@pytest.fixture
async def server() -> AsyncIterator[OneBotServer]:
    async with OneBotServer(token=TOKEN) as running:
        yield running


@pytest.mark.parametrize("rude", [True, False], ids=["let in and told 1403", "refused at the door"])
async def test_a_wrong_token_is_told_as_that_and_tried_seldom(server: OneBotServer, rude: bool) -> None:
    server.rude_token = rude
    async with listening(server, "forward", token="wrong", connect=False) as listener:
        await server.until(lambda: NO_TOKEN in listener.noted)
        assert not listener.platform.reachable()
        assert server.calls == []
        assert TOKEN not in listener.logged()
        assert "wrong" not in listener.logged()
        server.token = "wrong"
        await eventually(listener.platform.reachable)


async def test_the_connection_is_called_again_when_it_breaks(server: OneBotServer) -> None:
    async with listening(server, "forward") as listener:
        user = server.user("李小山", friend=True)
        for number in range(5):
            await server.cut()
            await server.until(lambda wanted=number + 2: server.connections == wanted)
            await server.say(user, user, str(number))
        await listener.settled()
        assert listener.texts() == list("01234")
        await eventually(listener.platform.reachable)
        assert await listener.send(user, "您好")


async def test_a_onebot_that_is_not_there_yet_is_waited_for(server: OneBotServer) -> None:
    async with listening(server, "forward", connect=False, url="ws://127.0.0.1:9/") as listener:
        await server.until(lambda: listener.noted and "cannot be reached" in listener.noted[-1])
        assert not listener.platform.reachable()
        assert len({each["event"] for each in listener.log}) == 1  # said once, however often it is tried


async def test_what_is_no_websocket_is_told(server: OneBotServer) -> None:
    await server.listen()
    async with listening(server, "forward", connect=False, url=f"ws://{server.address}/nothing/here") as listener:
        await server.until(lambda: listener.noted and "answers 404" in listener.noted[-1])


async def test_only_the_process_that_leads_calls_and_it_lets_go_when_it_leads_no_more(
    server: OneBotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.onebot.forward._LOOK", 0.01)
    leads = asyncio.Event()
    async with listening(server, "forward", leads=leads, connect=False) as listener:
        await asyncio.sleep(0.05)
        assert server.connections == 0
        leads.set()
        await server.until(lambda: server.connections == 1)
        await eventually(listener.platform.reachable)
        leads.clear()
        await server.until(lambda: not server.sockets)
        await asyncio.sleep(0.05)
        assert server.connections == 1
        assert not listener.platform.reachable()
        leads.set()
        await server.until(lambda: server.connections == 2)


def test_waits_double_up_to_thirty_seconds_and_are_scattered() -> None:
    backoff = Backoff(1.0, lambda: 0.5)
    assert [backoff.wait() for _ in range(8)] == [1, 2, 4, 8, 16, 30, 30, 30]
    backoff.over()
    assert backoff.wait() == 1
    assert backoff.wait(longest=True) == 30
    assert [Backoff(1.0, lambda chance=chance: chance).wait() for chance in (0.0, 1.0)] == [0.75, 1.25]
