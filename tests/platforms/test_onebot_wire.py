"""OneBot's WebSocket at our server: who is let in, what goes wrong on it, and that nobody else is harmed."""

import asyncio
import gc
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.messages import EventKind
from bot.platforms.base import Temporary, Uncertain
from bot.platforms.onebot.calls import Patience
from bot.platforms.onebot.places import Place, read
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import Listener, drained, eventually, listening

TOKEN = "a token that nobody knows"


@pytest.fixture
async def server() -> AsyncIterator[OneBotServer]:
    async with OneBotServer(token=TOKEN) as running:
        yield running


@pytest.fixture
async def listener(server: OneBotServer) -> AsyncIterator[Listener]:
    async with listening(server) as opened:
        yield opened


async def _status(server: OneBotServer, listener: Listener, query: str = "", **headers: str) -> int:
    """How a handshake is answered; 101 where it is let in."""
    try:
        await server.connect(listener.url + query, headers={name.replace("_", "-"): value for name, value in headers.items()})
    except aiohttp.WSServerHandshakeError as error:
        return error.status
    return 101


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("", {"Authorization": f"Bearer {TOKEN}"}, 101),
        ("", {"Authorization": f"Token {TOKEN}"}, 101),
        ("", {"Authorization": TOKEN}, 101),
        ("?access_token=a+token+that+nobody+knows", {"Authorization": ""}, 101),
        ("", {"Authorization": ""}, 401),
        ("", {"Authorization": "Bearer "}, 401),
        ("", {"Authorization": f"Bearer {TOKEN}x"}, 403),
        ("", {"Authorization": "Bearer 密钥"}, 403),
        ("?access_token=wrong", {"Authorization": ""}, 403),
        ("?access_token=a+token+that+nobody+knows", {"Authorization": "", "X-Forwarded-For": "203.0.113.9"}, 403),
        ("?access_token=a+token+that+nobody+knows", {"Authorization": "", "Host": "bot.example.org"}, 403),
        ("", {"X-Self-ID": "999"}, 403),
        ("", {"X-Self-ID": "abc"}, 403),
        ("", {"X-Self-ID": ""}, 101),
        ("", {"X-Client-Role": ""}, 101),
        ("", {"X-Client-Role": "Spy"}, 400),
    ],
)
async def test_who_may_open_a_socket(server: OneBotServer, query: str, headers: dict[str, str], status: int) -> None:
    async with listening(server, connect=False) as listener:
        assert await _status(server, listener, query, **headers) == status
        assert TOKEN not in listener.logged()
        assert "wrong" not in [each.get("token") for each in listener.log]
        if status in {401, 403}:
            assert [each["log_level"] for each in listener.log].count("warning") >= 2  # nobody is connected yet, and who was refused


@pytest.mark.parametrize(
    ("exposed", "headers", "status"),
    [
        (False, {}, 101),
        (True, {}, 403),
        (False, {"X-Forwarded-For": "203.0.113.9"}, 403),
        (False, {"Host": "bot.example.org"}, 403),
        (False, {"Origin": "https://evil.example.org"}, 403),
        (False, {"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_without_a_token_only_this_machine_may_open_a_socket(exposed: bool, headers: dict[str, str], status: int) -> None:
    async with OneBotServer() as server, listening(server, exposed=exposed, connect=False) as listener:
        assert await _status(server, listener, **headers) == status


async def test_where_there_are_several_accounts_each_says_which_it_is(server: OneBotServer) -> None:
    async with listening(server, others=("777",)) as listener, OneBotServer(777, token=TOKEN) as second:
        assert await _status(server, listener, **{"X-Self-ID": ""}) == 403
        await second.connect(listener.url)
        user, other = server.user("李小山", friend=True), second.user("周海", friend=True)
        await server.say(user, user, "签到")
        await second.say(other, other, "签到")
        await listener.settled()
        await drained(second, listener.others[0])
        assert [each.chat.key.instance for each in listener.taken] == [str(server.account), "777"]
        assert len({each.key for each in listener.taken}) == 2
        await second.down()
        await eventually(lambda: not listener.others[0].reachable())
        assert listener.platform.reachable()


@pytest.mark.parametrize("frame", ["{", "[]", "null", "7", '{"a":' * 10_000 + "1" + "}" * 10_000, b"\xff\xfe{", '{"post_type":[]}', "\0"])
async def test_a_frame_that_cannot_be_read_is_left_out_and_the_connection_lives(
    server: OneBotServer, listener: Listener, frame: str | bytes
) -> None:
    user = server.user("李小山", friend=True)
    await server.raw(frame)
    await server.say(user, user, "签到")
    await listener.settled()
    assert listener.texts() == ["签到"]
    assert server.connections == 1


async def test_why_a_frame_was_left_out_stands_in_the_log(server: OneBotServer, listener: Listener) -> None:
    for frame in (b'"\xff', "[" * 100_000, "密码{"):
        await server.raw(frame)
    await server.read()
    assert [each["why"] for each in listener.log if "why" in each] == ["no UTF-8", "nested too deep", "no JSON"]
    assert "密码" not in listener.logged()


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 50 * 1024 * 1024])
async def test_a_frame_that_is_too_large_is_left_out_and_the_connection_lives(server: OneBotServer, listener: Listener, size: int) -> None:
    user = server.user("李小山", friend=True)
    await server.raw("密" * (size // 3 + 1))
    await server.say(user, user, "签到")
    await listener.settled()
    assert listener.texts() == ["签到"]
    assert (server.connections, server.closed) == (1, [])
    assert any("larger than a mebibyte" in each["event"] and each["size"] >= size for each in listener.log)
    assert "密" not in listener.logged()


async def test_a_frame_that_would_fill_the_memory_closes_its_connection_and_no_other(
    server: OneBotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.onebot.hub.PASSED_OVER", 3 * 1024 * 1024)
    async with listening(server, others=("777",)) as listener, OneBotServer(777, token=TOKEN) as second:
        await second.connect(listener.url)
        await server.raw("x" * (3 * 1024 * 1024 + 1))
        await server.until(lambda: server.closed)
        assert server.closed == [aiohttp.WSCloseCode.MESSAGE_TOO_BIG]
        assert any("far too large" in each["event"] for each in listener.log)
        other = second.user("周海", friend=True)
        await second.say(other, other, "签到")
        await drained(second, listener.others[0])
        assert listener.texts() == ["签到"]
        await server.connect(listener.url)
        await eventually(listener.platform.reachable)


async def test_a_second_connection_of_an_account_is_refused_while_the_first_lives(server: OneBotServer, listener: Listener) -> None:
    user = server.user("李小山", friend=True)
    server.fail_next("send_private_msg", "late")
    sending = asyncio.create_task(listener.send(user, "您好"))
    await server.until(lambda: server.called("send_private_msg"))
    for role in ("Universal", "API", "Event"):
        assert await _status(server, listener, **{"X-Client-Role": role}) == 409
    await server.let_answer()
    assert await sending
    assert len(server.sockets) == 1
    await server.say(user, user, "签到")
    await listener.settled()
    assert listener.texts() == ["签到"]
    assert any("second OneBot" in each["event"] for each in listener.log)
    assert (
        listener.noted[-1] == "connected to NapCat.Onebot 4.8.98; a second OneBot with the same account was refused; turn one of them off"
    )
    assert len(listener.noted) == 3  # said once, however often it comes
    await server.down()
    await server.connect(listener.url)
    await server.until(lambda: listener.noted[-1] == "connected to NapCat.Onebot 4.8.98")


@pytest.mark.parametrize("dead", ["gives no sign when asked", "broke its promise of heartbeats"])
async def test_a_dead_connection_makes_room_at_once(
    server: OneBotServer, listener: Listener, dead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a machine that lost its power nobody hears that its connection is over."""
    monkeypatch.setattr("bot.platforms.onebot.link.ANSWER", 0.05 if dead == "gives no sign when asked" else 60.0)
    wire = listener.platform._link._caller()
    assert wire is not None
    server.frozen = set(server.sockets)
    if dead == "broke its promise of heartbeats":
        wire.interval, wire._sign = 1.0, wire._sign - 12.0
    statuses = await asyncio.gather(*(_status(server, listener) for _ in range(3)))
    assert 101 in statuses
    await server.until(lambda: len(server.sockets) == 1)
    user = server.user("李小山", friend=True)
    await server.say(user, user, "签到")
    await listener.settled()
    assert listener.texts() == ["签到"]
    await eventually(listener.platform.reachable)
    assert await listener.send(user, "之后")


async def test_calls_and_events_may_have_connections_of_their_own(server: OneBotServer) -> None:
    async with listening(server, connect=False) as listener:
        user = server.user("李小山", friend=True)
        await server.connect(listener.url, role="Event")
        await server.say(user, user, "签到")
        await listener.settled()
        assert listener.texts() == ["签到"]
        assert not listener.platform.reachable()
        with pytest.raises(Temporary):
            await listener.send(user, "您好")
        await server.connect(listener.url, role="API")
        await server.until(lambda: listener.woken)
        assert await listener.send(user, "您好")
        assert len(server.sockets) == 2


async def test_what_comes_again_has_the_same_keys(server: OneBotServer, listener: Listener) -> None:
    user = server.user("李小山", friend=True)
    group = server.add_group("支部", user)
    await server.say(user, group, "签到")
    await server.join(server.user("周海"), group)
    await server.ask_to_join(server.user("陈立夏"), group, "我是陈立夏")
    await server.replay()
    await listener.settled()
    keys = [each.key for each in listener.taken]
    assert keys[:3] == keys[3:]
    assert len(set(keys)) == 3


async def test_after_a_restart_of_onebot_an_old_number_is_a_new_message(server: OneBotServer, listener: Listener) -> None:
    user = server.user("李小山", friend=True)
    first = await server.say(user, user, "签到")
    await listener.settled()
    await server.restart()
    await server.keep(listener.url)
    second = await server.say(user, user, "签到")
    await listener.settled()
    assert first.id == second.id
    assert len({each.key for each in listener.taken}) == 2


async def test_one_chat_goes_on_while_another_waits_and_each_keeps_its_order(server: OneBotServer, listener: Listener) -> None:
    user, other = server.user("李小山", friend=True), server.user("周海", friend=True)
    listener.failing["一"] = 3
    for text in ("一", "二", "三"):
        await server.say(user, user, text)
    await server.say(other, other, "甲")
    await server.until(lambda: "甲" in listener.texts())
    assert listener.texts() == ["甲"]
    await listener.settled()
    assert listener.texts() == ["甲", "一", "二", "三"]
    assert "secret words" not in listener.logged()


async def _burst(server: OneBotServer, *, texts: int, answered: int | None = None) -> list[str]:
    """Messages of one person in one group; the first answers one that nobody remembers."""
    user = server.user("李小山", friend=True)
    group = server.add_group("支部", user)
    said = [str(number) for number in range(texts)]
    for words in said:
        reply = [] if answered is None or words != "0" else [{"type": "reply", "data": {"id": str(answered)}}]
        await server.emit(server.message_json(server.add(group, user, [*reply, {"type": "text", "data": {"text": words}}])))
    return said


def _room(listener: Listener, *, lanes: int, ahead: int) -> None:
    """So many events may wait at most, in lanes and before them."""
    listener.platform._lanes._room = asyncio.Semaphore(lanes)
    listener.platform._intake._queue._maxsize = ahead  # type: ignore[attr-defined]


def _held(listener: Listener) -> bool:
    return listener.platform._link._caller()._held  # type: ignore[union-attr]


async def test_while_too_much_waits_nothing_more_is_read_and_no_answer_is_missed(server: OneBotServer, listener: Listener) -> None:
    listener.gate = asyncio.Event()
    _room(listener, lanes=3, ahead=2)
    listener.platform._encoder._patience = Patience(answer=0.05)
    said = await _burst(server, texts=9)
    await eventually(lambda: listener.platform._lanes.waiting() == 3 and _held(listener))
    user = server.user("周海", friend=True)
    sending = asyncio.create_task(listener.send(user, "您好"))
    await server.until(lambda: server.called("send_private_msg"))
    await asyncio.sleep(0.12)  # longer than an answer is waited for, and it cannot be read
    assert not sending.done()
    assert listener.platform._lanes.waiting() == 3
    listener.gate.set()
    assert await sending
    await listener.settled()
    assert listener.texts() == said


async def test_an_answer_that_is_never_read_is_given_up_in_the_end(server: OneBotServer, listener: Listener) -> None:
    listener.gate = asyncio.Event()
    _room(listener, lanes=3, ahead=2)
    listener.platform._encoder._patience = Patience(answer=0.01)
    said = await _burst(server, texts=9)
    await eventually(lambda: _held(listener))
    with pytest.raises(Uncertain):
        await asyncio.wait_for(listener.send(server.user("周海", friend=True), "您好"), 5)
    listener.gate.set()
    await listener.settled()
    assert listener.texts() == said


@pytest.mark.parametrize("ahead", [20, 2], ids=["the answer is read", "the answer is out of reach"])
async def test_a_reply_at_the_head_of_a_burst_holds_nothing_up_for_good(
    server: OneBotServer, listener: Listener, ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits for an answer of OneBot's and the answer that waits behind it: neither may wait for the other."""
    if ahead == 2:
        monkeypatch.setattr("bot.platforms.onebot.answered.ASK", 0.05)
    _room(listener, lanes=3, ahead=ahead)
    ours = server.add(server.add_group("支部"), None, [{"type": "text", "data": {"text": "今天谁值班？"}}])
    said = await _burst(server, texts=12, answered=ours.id)
    async with asyncio.timeout(5):
        await listener.settled()
    assert listener.texts() == said
    assert listener.taken[0].mentioned is (ahead == 20)
    assert await listener.send(server.user("周海", friend=True), "之后")


async def test_an_account_that_is_off_qq_is_told_and_nothing_is_sent_until_it_is_back(server: OneBotServer, listener: Listener) -> None:
    await server.heartbeat()
    await server.heartbeat(online=False)
    await server.read()
    assert not listener.platform.reachable()
    await server.until(lambda: listener.noted and "off QQ" in listener.noted[-1])
    woken = listener.woken
    await server.heartbeat()
    await server.read()
    assert listener.platform.reachable()
    assert listener.woken == woken + 1
    await server.tell("notice", "bot_offline", user_id=server.account, message="登录已失效")
    await server.until(lambda: "登录已失效" in listener.noted[-1])
    assert not listener.platform.reachable()


@pytest.mark.parametrize("sign", ["connects anew", "lifecycle", "message"])
async def test_an_account_that_is_back_on_qq_is_known_without_heartbeats(server: OneBotServer, listener: Listener, sign: str) -> None:
    await server.tell("notice", "bot_offline", user_id=server.account, message="登录已失效")
    await server.read()
    assert not listener.platform.reachable()
    woken = listener.woken
    if sign == "connects anew":
        await server.down()
        await server.connect(listener.url, role="API")
    elif sign == "lifecycle":
        await server.tell("meta_event", "lifecycle", sub_type="enable")
    else:
        user = server.user("李小山", friend=True)
        await server.say(user, user, "签到")
    await eventually(listener.platform.reachable)
    assert listener.woken == woken + 1


async def test_an_account_that_goes_off_qq_in_silence_is_noticed_and_when_it_is_back(server: OneBotServer) -> None:
    async with listening(server, patience=Patience(status=0.01)) as listener:
        await eventually(listener.platform.reachable)
        server.online = False
        await eventually(lambda: not listener.platform.reachable())
        server.online = True
        await eventually(listener.platform.reachable)
        assert listener.woken == 2


async def test_an_account_that_is_off_qq_when_its_onebot_connects_is_known_at_once(server: OneBotServer) -> None:
    server.online = False
    async with listening(server) as listener:
        await server.until(lambda: listener.noted and "off QQ" in listener.noted[-1])
        assert not listener.platform.reachable()
        assert listener.woken == 0


async def test_that_the_account_is_back_is_no_connection(server: OneBotServer) -> None:
    async with listening(server, connect=False) as listener:
        await server.connect(listener.url, role="Event")
        await server.heartbeat(online=False)
        await server.heartbeat(online=True)
        await server.read()
        assert listener.woken == 0
        assert all("connected to" not in each for each in listener.noted)


async def test_who_promised_heartbeats_and_gives_none_is_given_up(server: OneBotServer) -> None:
    async with listening(server, patience=Patience(silence=0.2, margin=0.05)) as listener:
        await server.heartbeat(interval=10)
        await server.until(lambda: server.closed)
        await eventually(lambda: not listener.platform.reachable())
        assert any("no sign of life" in each["event"] for each in listener.log)


async def test_who_promised_nothing_is_asked_and_lives_by_the_answer(server: OneBotServer) -> None:
    async with listening(server, patience=Patience(silence=0.2)) as listener:
        await asyncio.sleep(0.4)
        assert listener.platform.reachable()
        assert not server.closed


async def test_how_the_line_stands_is_noted_when_it_changes(server: OneBotServer, listener: Listener) -> None:
    await server.until(lambda: len(listener.noted) == 2)
    await server.heartbeat()
    await server.down()
    await server.until(lambda: len(listener.noted) == 3)
    assert listener.noted[1] == "connected to NapCat.Onebot 4.8.98"
    assert "waited for" in listener.noted[2]
    assert listener.woken == 1


async def test_of_several_processes_only_who_leads_or_had_the_connection_says_that_there_is_none(server: OneBotServer) -> None:
    """What is noted is one fact for all: the last word counts."""
    leads = asyncio.Event()
    quick = Patience(status=0.01)
    async with listening(server, leads=leads, patience=quick) as having, listening(server, leads=asyncio.Event(), connect=False) as other:
        assert other.noted == []
        assert other.log  # it stands in its own log
        await eventually(lambda: "connected to NapCat.Onebot 4.8.98" in having.noted)
        told = len(having.noted)
        await eventually(lambda: len(having.noted) > told)  # whatever another said meanwhile
        assert set(having.noted) <= {"connected", "connected to NapCat.Onebot 4.8.98"}
        await server.down()
        await eventually(lambda: "waited for" in having.noted[-1])
        assert other.noted == []


async def test_who_leads_later_says_then_that_there_is_no_connection(server: OneBotServer) -> None:
    leads = asyncio.Event()
    async with listening(server, leads=leads, patience=Patience(status=0.01), connect=False) as listener:
        await asyncio.sleep(0.03)
        assert listener.noted == []
        leads.set()
        await eventually(lambda: listener.noted)
        assert "has not connected yet" in listener.noted[0]


async def test_what_the_bot_may_do_in_its_groups_is_noted_and_when_it_changes(server: OneBotServer) -> None:
    first, second = server.add_group("支部"), server.add_group("小组")
    first.bot_is_admin = True
    async with listening(server) as listener:
        await server.until(lambda: listener.places)
        assert read(listener.places[-1]) == {str(first.id): Place(admin=True), str(second.id): Place(admin=False)}
        second.bot_muted_until = 1_795_000_600
        await server.tell("notice", "group_ban", sub_type="ban", group_id=second.id, user_id=server.account, duration=600)
        await server.until(lambda: len(listener.places) == 2)
        assert read(listener.places[-1])[str(second.id)] == Place(admin=False, muted_until=1_795_000_600)
        first.bot_is_admin, first.all_muted = False, True
        await server.tell("notice", "group_admin", sub_type="unset", group_id=first.id, user_id=server.account)
        await server.until(lambda: len(listener.places) == 3)
        assert read(listener.places[-1])[str(first.id)].muted_until > 1_795_000_600
        await server.tell("notice", "group_ban", sub_type="ban", group_id=second.id, user_id=10_001, duration=600)
        await server.read()
        first.bot_inside = False
        await server.tell("notice", "group_decrease", sub_type="kick_me", group_id=first.id, user_id=server.account, operator_id=10_001)
        await server.until(lambda: len(listener.places) == 4)
        assert set(read(listener.places[-1])) == {str(second.id)}
        assert len(server.called("get_group_info")) == 3  # that somebody else is muted is nothing to us


async def test_of_very_many_groups_none_is_asked_what_the_bot_may_do_there(server: OneBotServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.onebot.greeting._PLACES", 1)
    groups = [server.add_group("支部"), server.add_group("小组")]
    async with listening(server) as listener:
        await server.until(lambda: listener.places)
        await server.tell("notice", "group_admin", sub_type="set", group_id=groups[0].id, user_id=server.account)
        await server.read()
        assert listener.places == [""]
        assert server.called("get_group_member_info") == []


async def test_people_join_leave_and_ask(server: OneBotServer, listener: Listener) -> None:
    user, other = server.user("李小山"), server.user("周海")
    group = server.add_group("支部", user)
    await server.join(other, group)
    await server.leave(other, group)
    await server.join(other, group)
    await server.leave(other, group, kicked=True)
    flag = await server.ask_to_join(server.user("陈立夏"), group, "我是陈立夏")
    await server.tell("request", "group", sub_type="invite", group_id=300, user_id=user.id, flag="x", comment="")
    await server.tell("notice", "notify", sub_type="poke", user_id=user.id, target_id=server.account)
    await listener.settled()
    kinds = [each.kind for each in listener.taken]
    assert kinds == [EventKind.JOINED, EventKind.LEFT, EventKind.JOINED, EventKind.LEFT, EventKind.ASKED_TO_JOIN]
    assert listener.taken[-1].request == f"add:{flag}"
    assert server.called("set_group_add_request") == []


@pytest.mark.parametrize("accepts", [True, False])
async def test_who_wants_to_be_a_friend_is_let_in_if_it_is_set_so(server: OneBotServer, accepts: bool) -> None:
    async with listening(server, accept_friends=accepts) as listener:
        user = server.user("李小山")
        await server.ask_to_be_friend(user)
        await server.read()
        if accepts:
            await server.until(lambda: user.friend)
        await server.tell("notice", "friend_add", user_id=user.id)
        await listener.settled()
        assert [each.kind for each in listener.taken] == [EventKind.UNBLOCKED]
        assert user.friend is accepts


@pytest.mark.parametrize("quoted", ["ours", "theirs", "nobody's"])
async def test_whose_message_is_answered_is_asked_for_where_it_is_not_remembered(
    server: OneBotServer, listener: Listener, quoted: str
) -> None:
    user = server.user("李小山", friend=True)
    group = server.add_group("支部", user)
    said = server.add(group, user if quoted == "theirs" else None, [{"type": "text", "data": {"text": "今天谁值班？"}}])
    for _ in range(2):
        await server.say(user, group, "我", answer="4040404" if quoted == "nobody's" else said.id)
    await listener.settled()
    first, second = listener.taken
    ours = quoted == "ours"
    assert (first.mentioned, second.mentioned) == (ours, ours)
    assert (first.quoted.text if first.quoted else None) == ("今天谁值班？" if ours else None)
    assert len(server.called("get_msg")) == (2 if quoted == "nobody's" else 1)


async def test_a_reply_whose_message_nobody_tells_of_does_not_hold_up_other_chats(server: OneBotServer, listener: Listener) -> None:
    user, other = server.user("李小山", friend=True), server.user("周海", friend=True)
    server.fail_next("get_msg", "late")
    await server.say(user, user, "我", answer=4040404)
    await server.say(other, other, "签到")
    await server.until(lambda: "签到" in listener.texts())
    assert listener.texts() == ["签到"]
    await server.let_answer()
    await listener.settled()
    assert listener.texts() == ["签到", "我"]


async def test_breaks_of_the_connection_lose_nothing_and_leave_nothing_behind(server: OneBotServer, listener: Listener) -> None:
    breaks = 75
    user = server.user("李小山", friend=True)
    await server.keep(listener.url)
    grown = []
    for number in range(breaks):
        await server.cut()
        await server.say(user, user, str(number))
        if number % 25 == 24:
            await listener.settled()
            listener.log.clear()
            gc.collect()
            grown.append(len(gc.get_objects()))
    await listener.settled()
    assert listener.texts() == [str(number) for number in range(breaks)]
    assert len(listener.platform._link._wires) == 1
    assert not listener.platform._link._caller()._pending  # type: ignore[union-attr]
    assert len(listener.platform._tasks) <= 3
    assert (grown[-1] - grown[0]) / breaks < 25, "what was said is kept by this test: an event, a message and its parts, nothing of ours"
