"""OneBot by HTTP: posts that are signed and acknowledged after the commit, and calls that are requests of their own."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from bot.platforms.base import Refused, Stopping, Temporary, Uncertain
from bot.platforms.onebot.calls import Patience
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import SECRET, Listener, eventually, listening
from tests.onebot_server.model import Json

TOKEN = "a token that nobody knows"


@pytest.fixture
async def server() -> AsyncIterator[OneBotServer]:
    async with OneBotServer(token=TOKEN) as running:
        yield running


@pytest.fixture
async def listener(server: OneBotServer) -> AsyncIterator[Listener]:
    async with listening(server, "http") as opened:
        yield opened


def _event(server: OneBotServer, text: str = "签到") -> Json:
    user = server.user("李小山", friend=True)
    return server.message_json(server.add(user, user, [{"type": "text", "data": {"text": text}}]))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"X_Signature": ""}, 401),
        ({"X_Signature": "sha1=0000000000000000000000000000000000000000"}, 403),
        ({"X_Signature": "sha1"}, 403),
        ({"X_Signature": "密"}, 403),
        ({"X_Self_ID": "999"}, 403),
        ({"X_Self_ID": ""}, 204),
    ],
)
async def test_a_post_is_taken_if_it_is_signed(server: OneBotServer, listener: Listener, headers: dict[str, str], status: int) -> None:
    assert await server.post(json.dumps(_event(server)).encode(), **headers) == status
    assert listener.texts() == (["签到"] if status == 204 else [])
    assert SECRET not in listener.logged()


async def test_a_signature_is_that_of_the_body_as_it_came(server: OneBotServer, listener: Listener) -> None:
    body = json.dumps(_event(server), indent=3, ensure_ascii=False).encode() + b"\n \n"
    assert await server.post(body) == 204
    assert listener.texts() == ["签到"]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"\xff", 400), (b"[" * 100_000, 400), (b"null", 204), (b"[]", 204), (b'{"x":"' + b"y" * 2**20 + b'"}', 413)],
)
async def test_a_post_that_cannot_be_read_is_refused(server: OneBotServer, listener: Listener, body: bytes, status: int) -> None:
    assert await server.post(body) == status
    assert await server.post(json.dumps(_event(server)).encode()) == 204
    assert listener.texts() == ["签到"]


async def test_a_post_for_another_account_than_it_says_is_refused(server: OneBotServer, listener: Listener) -> None:
    assert await server.post(json.dumps({**_event(server), "self_id": 999}).encode()) == 403
    assert listener.taken == []


async def test_a_post_whose_event_cannot_be_stored_at_first_waits_until_it_is(server: OneBotServer, listener: Listener) -> None:
    listener.failing["签到"] = 2
    assert await server.post(json.dumps(_event(server)).encode()) == 204
    assert listener.texts() == ["签到"]
    assert "secret words" not in listener.logged()


async def test_what_is_not_stored_is_not_acknowledged_and_is_not_lost_though_it_is_posted_once(
    server: OneBotServer, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.onebot.platform._LONGEST_POST", 0.02)
    listener.gate = asyncio.Event()
    assert await server.post(json.dumps(_event(server)).encode()) == 503
    assert listener.texts() == []
    listener.gate.set()
    await eventually(lambda: listener.texts() == ["签到"])


async def test_who_waits_for_a_post_is_told_when_the_program_stops(
    server: OneBotServer, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.onebot.platform._STOP", 0.01)
    listener.gate = asyncio.Event()
    user = server.user("李小山", friend=True)
    events = [server.message_json(server.add(user, user, [{"type": "text", "data": {"text": text}}])) for text in ("一", "二")]
    posts = [asyncio.create_task(server.post(json.dumps(each).encode())) for each in events]
    await eventually(lambda: listener.platform._lanes.waiting() == 2)
    await listener.platform.stop()
    assert await asyncio.wait_for(asyncio.gather(*posts), 5) == [503, 503]


async def test_a_post_is_answered_after_the_commit_and_a_chat_keeps_its_order(server: OneBotServer, listener: Listener) -> None:
    listener.gate = asyncio.Event()
    user = server.user("李小山", friend=True)
    posts = []
    for text in ("一", "二"):
        event = server.message_json(server.add(user, user, [{"type": "text", "data": {"text": text}}]))
        posts.append(asyncio.create_task(server.post(json.dumps(event).encode())))
        await asyncio.sleep(0.02)
    assert not any(each.done() for each in posts)
    listener.gate.set()
    assert await asyncio.gather(*posts) == [204, 204]
    assert listener.texts() == ["一", "二"]


async def test_a_program_that_stops_tells_onebot_to_come_again(server: OneBotServer) -> None:
    async def stopping(_: object) -> None:
        raise Stopping

    async with listening(server, "http", receive=stopping) as listener:
        assert await server.post(json.dumps(_event(server)).encode()) == 503
        await listener.platform.stop()
        assert await server.post(json.dumps(_event(server)).encode()) == 503


async def test_without_a_secret_nothing_is_taken(server: OneBotServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.onebot_server.listener.SECRET", "")
    async with listening(server, "http", connect=False) as listener:
        server.post_to(listener.posts, "")
        assert await server.post(json.dumps(_event(server)).encode()) == 403
        assert listener.taken == []


async def test_a_call_with_a_wrong_token_may_be_tried_again(server: OneBotServer) -> None:
    async with listening(server, "http", token="wrong", connect=False) as listener:
        with pytest.raises(Temporary) as raised:
            await listener.send(server.user("李小山", friend=True), "您好")
        assert "wrong" not in str(raised.value)


FATES = [
    ("timeout", Uncertain),
    ("drop", Uncertain),
    ("refuse", Refused),
    ("502", Uncertain),
    ("503", Temporary),
    ("404_page", Temporary),
]


@pytest.mark.parametrize(("fault", "error"), FATES)
async def test_what_became_of_a_call(server: OneBotServer, listener: Listener, fault: str, error: type[Exception]) -> None:
    user = server.user("李小山", friend=True)
    server.fail_next("send_private_msg", fault)  # type: ignore[arg-type]
    with pytest.raises(error):
        await listener.send(user, "您好")
    assert await listener.send(user, "之后")


async def test_an_answer_in_two_pieces_is_one_answer(server: OneBotServer, listener: Listener) -> None:
    user = server.user("李小山", friend=True)
    server.fail_next("send_private_msg", "pieces")
    assert await listener.send(user, "您好") == str(server.messages(user)[-1].id)


async def test_an_answer_that_does_not_come_in_time_leaves_it_uncertain(server: OneBotServer) -> None:
    async with listening(server, "http", patience=Patience(answer=0.05)) as listener:
        server.fail_next("send_private_msg", "silence")
        with pytest.raises(Uncertain):
            await listener.send(server.user("李小山", friend=True), "您好")


async def test_where_nobody_listens_nothing_went_out_and_it_is_asked_again_until_somebody_does(server: OneBotServer) -> None:
    async with listening(server, "http", connect=False, url="http://127.0.0.1:9") as listener:
        await server.until(lambda: listener.noted and "cannot be reached" in listener.noted[-1])
        assert not listener.platform.reachable()
        listener.platform._http._url = f"http://{server.address}"  # type: ignore[union-attr]
        await eventually(listener.platform.reachable)
        listener.platform._http._url = "http://127.0.0.1:9"  # type: ignore[union-attr]
        with pytest.raises(Temporary):
            await listener.send(server.user("李小山", friend=True), "您好")


async def test_a_onebot_that_is_gone_or_off_qq_is_noticed_and_when_it_is_back(server: OneBotServer) -> None:
    async with listening(server, "http", patience=Patience(status=0.01)) as listener:
        await eventually(listener.platform.reachable)
        for is_gone in (True, False):
            woken = listener.woken
            if is_gone:
                listener.platform._http._url = "http://127.0.0.1:9"  # type: ignore[union-attr]
            server.online = is_gone
            await eventually(lambda: not listener.platform.reachable())
            listener.platform._http._url = f"http://{server.address}"  # type: ignore[union-attr]
            server.online = True
            await eventually(listener.platform.reachable)
            assert listener.woken == woken + 1
        assert any("answers no more" in each for each in listener.noted)
        assert any("off QQ" in each for each in listener.noted)


async def test_one_answer_that_does_not_come_is_nothing_yet(server: OneBotServer) -> None:
    async with listening(server, "http", patience=Patience(status=0.01)) as listener:
        await eventually(listener.platform.reachable)
        asked = len(server.called("get_status"))
        for _ in range(3):
            server.fail_next("get_status", "drop")
            server.fail_next("get_status", "refuse")
        await server.until(lambda: len(server.called("get_status")) > asked + 6)
        assert listener.platform.reachable()
        assert listener.woken == 1
