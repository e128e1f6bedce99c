"""The long connection against a real local counterpart: subscribed, pinged, kicked, lost and found again."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from bot.messages import ChatKind, EventKind, Incoming, ReplyTo
from bot.platforms.base import NotNow, Refused, SlowDown, Stopping, Temporary, Uncertain, Unreachable
from bot.platforms.wecom.keeping import CONNECTED, DOWN, KICKED, REJECTED
from tests.wecom_server import WeComError, WeComServer
from tests.wecom_server.listener import Listener, listening


@pytest.fixture
async def server() -> AsyncIterator[WeComServer]:
    async with WeComServer() as running:
        yield running


async def test_it_subscribes_with_its_id_and_secret_and_pings(server: WeComServer) -> None:
    async with listening(server, ping_seconds=0.01) as listener:
        await server.until(lambda: [each["cmd"] for each in server.frames].count("ping") >= 2)
        assert server.frames[0]["body"] == {"bot_id": server.bot_id, "secret": server.secret}
        assert listener.platform.reachable()
        assert listener.woken == 1
    assert listener.notes == [CONNECTED]


async def test_a_secret_that_is_not_taken_is_told_and_shows_nowhere(server: WeComServer) -> None:
    async with listening(server, connected=False, secret="quite-another-secret") as listener:
        await server.until(lambda: listener.notes)
        assert listener.notes == [REJECTED]
        assert not listener.platform.reachable()
        assert "quite-another-secret" not in listener.logged() + repr(vars(listener.platform)["_decoder"])


async def test_a_lost_connection_is_made_anew_with_patience(server: WeComServer) -> None:
    async with listening(server) as listener:
        server.refusing = 3
        await server.drop_all()
        await server.until(lambda: listener.notes.count(CONNECTED) == 2)
        assert listener.notes[1] == DOWN
        assert server.handshakes == 5
        assert listener.logged().count("cannot be reached") == 1
        person = server.person("LiXiaoShan")
        await server.say(person, "我到哈尔滨了")
        [taken] = await listener.takes(1)
        assert taken.text == "我到哈尔滨了"


async def test_a_line_that_breaks_at_once_is_made_ever_more_slowly_until_one_stands(server: WeComServer) -> None:
    async with listening(server, first_wait=0.001) as listener:
        keeper = listener.platform._keeper
        for seen in range(2, 7):
            await server.drop_all()
            await server.until(lambda seen=seen: listener.notes.count(CONNECTED) >= seen)  # type: ignore[misc]
        assert keeper._failures == 5
        await server.until(lambda: keeper._failures == 0)
        assert server.handshakes == 6, "the same line as before"


async def test_who_is_cut_off_by_another_program_stays_away_and_says_so(server: WeComServer) -> None:
    async with listening(server) as listener:
        async with listening(server) as other:
            await server.until(lambda: KICKED in listener.notes)
            assert not listener.platform.reachable()
            assert other.platform.reachable()
            assert server.handshakes == 2
            with pytest.raises(Temporary):
                await listener.send(server.person("A", conversed=True), "x")
        await asyncio.sleep(0.05)
        assert server.handshakes == 2


async def test_only_the_process_that_leads_connects(server: WeComServer) -> None:
    leads = asyncio.Event()
    async with listening(server, connected=False, leads=leads) as listener:
        await asyncio.sleep(0.02)
        assert server.handshakes == 0
        leads.set()
        await server.until(listener.platform.reachable)
        leads.clear()
        await server.until(lambda: not server.sockets)
        assert not listener.platform.reachable()
        assert listener.notes == [CONNECTED]
        leads.set()
        await server.until(lambda: server.subscribed)


async def test_who_was_cut_off_connects_again_when_it_leads_once_more(server: WeComServer) -> None:
    leads = asyncio.Event()
    leads.set()
    async with listening(server, leads=leads) as listener:
        await server.kick()
        await server.until(lambda: KICKED in listener.notes)
        leads.clear()
        await asyncio.sleep(0.03)
        leads.set()
        await server.until(lambda: listener.notes[-1] == CONNECTED)
        assert listener.platform.reachable()


async def test_two_pings_without_an_answer_end_the_connection_and_one_does_not(server: WeComServer) -> None:
    async with listening(server, ping_seconds=0.01, ack_seconds=0.05) as listener:
        server.fault("ping", "silent")
        await server.until(lambda: [each["cmd"] for each in server.acks].count("ping") >= 4)
        assert server.handshakes == 1
        server.fault("ping", "silent", "silent")
        await server.until(lambda: listener.notes.count(CONNECTED) == 2)
        assert server.handshakes == 2


async def test_many_lost_connections_leave_nothing_behind(server: WeComServer) -> None:
    li = server.person("LiXiaoShan")
    async with listening(server, first_wait=0.0005) as listener:
        before = len(asyncio.all_tasks())
        for number in range(30):
            if number % 3 == 0:
                await server.drop_all()
            elif number % 3 == 1 and server.subscribed:
                await server.subscribed.close()
            else:
                server.forget()
                with pytest.raises(Temporary):
                    await listener.send(li, "x")
            await server.until(lambda seen=number + 2: listener.notes.count(CONNECTED) >= seen)  # type: ignore[misc]
            await server.say(li, str(number))
            await listener.takes(number + 1)
        assert [each.text for each in listener.taken] == [str(number) for number in range(30)]
        await server.until(lambda: len(asyncio.all_tasks()) <= before)


async def test_a_server_that_ends_silent_connections_keeps_one_that_pings(server: WeComServer) -> None:
    server.patience = 0.1
    async with listening(server, ping_seconds=0.02):
        await server.until(lambda: [each["cmd"] for each in server.acks].count("ping") >= 8)
        assert server.handshakes == 1
    async with listening(server, ping_seconds=30.0) as listener:
        await server.until(lambda: listener.notes.count(CONNECTED) == 2)
        assert server.handshakes == 3


async def test_what_nobody_had_thought_of_ends_neither_the_connection_nor_the_keeping_of_it(server: WeComServer) -> None:
    async with listening(server) as listener:
        taken = listener.platform._keeper._taken
        listener.platform._keeper._taken = _stumbles
        await server.drop_all()
        await server.until(lambda: listener.notes.count(CONNECTED) == 2)
        await server.say(server.person("LiXiaoShan"), "一")
        await server.until(lambda: "RuntimeError" in listener.logged())
        assert server.handshakes == 2
        listener.platform._keeper._taken = taken
        listener.platform._keeper._url = 7  # type: ignore[assignment]
        await server.drop_all()
        await server.until(lambda: "stumbled" in listener.logged())
        listener.platform._keeper._url = server.long_url
        await server.until(lambda: listener.notes.count(CONNECTED) == 3)


def _stumbles(_: object) -> None:
    raise RuntimeError("words of a member")


async def test_a_subscription_that_was_forgotten_is_found_by_the_next_message_and_made_anew(server: WeComServer) -> None:
    group = server.group("红旗村支部", conversed=True)
    async with listening(server) as listener:
        server.forget()
        with pytest.raises(Temporary):
            await listener.send(group, "公告")
        await server.until(lambda: listener.notes.count(CONNECTED) == 2)
        await listener.send(group, "公告")
        assert [each.text for each in group.shown] == ["公告"]


async def test_a_slow_server_is_waited_for_and_a_rude_one_is_not_believed(server: WeComServer) -> None:
    group = server.group("红旗村支部", conversed=True)
    async with listening(server) as listener:
        server.delay = 0.02
        one, two = await asyncio.gather(listener.send(group, "一", key="1"), listener.send(group, "二", key="2"))
        assert [each.text for each in group.shown] == ["一", "二"]
        assert one != two
        server.delay = 0.1
        sending = asyncio.create_task(listener.send(group, "三", key="3"))
        await server.until(lambda: len(group.shown) == 3)
        pushed = server.frames[-1]["headers"]["req_id"]
        for rude in ({"headers": {"req_id": "another"}, "errcode": 0}, {"headers": {"req_id": pushed}}, {"headers": pushed, "errcode": 0}):
            await server.raw(json.dumps(rude))
        await asyncio.sleep(0.02)
        assert not sending.done()
        await sending
        await server.raw(json.dumps({"headers": {"req_id": pushed}, "errcode": 93006}))  # acknowledged twice
        await _unharmed(server, listener)


@pytest.mark.parametrize("fault", ["silent", "drop_after", "garbage"])
async def test_a_message_of_which_no_answer_came_is_uncertain(server: WeComServer, fault: str) -> None:
    group = server.group("红旗村支部", conversed=True)
    async with listening(server, ack_seconds=0.05) as listener:
        server.fault("aibot_send_msg", fault)
        with pytest.raises(Uncertain):
            await listener.send(group, "公告")
        assert len(group.shown) == 1


async def test_two_messages_without_an_answer_end_the_connection(server: WeComServer) -> None:
    group = server.group("红旗村支部", conversed=True)
    async with listening(server, ack_seconds=0.02) as listener:
        server.fault("aibot_send_msg", "silent", "silent")
        for _ in range(2):
            with pytest.raises(Uncertain):
                await listener.send(group, "公告")
        await server.until(lambda: listener.notes.count(CONNECTED) == 2)


async def test_an_answer_goes_to_the_message_that_asked_and_everything_else_is_pushed(server: WeComServer) -> None:
    zhou, li, group = server.person("ZhouHai"), server.person("LiXiaoShan"), server.group("红旗村支部")
    async with listening(server) as listener:
        await server.say(zhou, "@助手 签到", group)
        asked = await server.say(li, "@助手 签到", group)
        await listener.takes(2)
        await listener.send(group, "今日报平安 2 人")
        await listener.send(group, "好", reply_to=ReplyTo(asked))
        await listener.send(group, "还有", reply_to=ReplyTo(asked))
        told = [(each.text, each.answers) for each in group.shown if each.by == "bot"]
        assert told == [("今日报平安 2 人", ""), ("好", "req-2"), ("还有", "")]


async def test_a_private_message_is_answered_once_by_its_own_id(server: WeComServer) -> None:
    li = server.person("LiXiaoShan")
    async with listening(server) as listener:
        await server.say(li, "签到")
        [taken] = await listener.takes(1)
        assert (taken.chat.kind, taken.chat.key.chat_id, taken.sender.key.user_id) == (ChatKind.PRIVATE, "uLiXiaoShan", "LiXiaoShan")
        await listener.send(li, "好")
        await listener.send(li, "还有")
        assert [each.answers for each in li.shown if each.by == "bot"] == ["req-1", ""]


@pytest.mark.parametrize("code", [846605, 846608])
async def test_an_answer_that_comes_too_late_is_pushed(server: WeComServer, code: int) -> None:
    li = server.person("LiXiaoShan")
    async with listening(server) as listener:
        await server.say(li, "签到")
        await listener.takes(1)
        if code == 846605:
            server.asked.clear()
        else:
            server.later = 400
        await listener.send(li, "好")
        assert [(each.kind, each.text) for each in li.shown if each.by == "bot"] == [("markdown", "好")]
        assert [each["errcode"] for each in server.acks[-2:]] == [code, 0]


async def test_who_opens_the_chat_is_welcomed_within_five_seconds(server: WeComServer) -> None:
    li = server.person("LiXiaoShan")
    async with listening(server) as listener:
        await server.enter(li)
        [taken] = await listener.takes(1)
        assert taken.kind is EventKind.OPENED
        await listener.send(li, "您好，*我在*。")
        assert [(each.kind, each.text, each.answers) for each in li.shown] == [("text", "您好，*我在*。", "req-1")]


async def test_what_cannot_be_sent_says_why(server: WeComServer) -> None:
    stranger, gone = server.person("Luren"), server.group("散了的群", conversed=True)
    gone.bot_inside = False
    async with listening(server) as listener:
        with pytest.raises(Unreachable):
            await listener.send(gone, "x")
        server.people.pop("Luren")
        with pytest.raises(Unreachable):
            await listener.send(stranger, "x")
        li = server.person("LiXiaoShan", conversed=True)
        for _ in range(30):
            await listener.send(li, "x")
        with pytest.raises(SlowDown):
            await listener.send(li, "x")
        server.fault("aibot_send_msg", WeComError(40058, "invalid param"))
        with pytest.raises(Refused):
            await listener.send(li, "x")
        for content in ({"reaction": "👌"}, {"remove": "7"}):
            with pytest.raises(Refused):
                await listener.send(li, **content)


async def test_a_chat_that_nobody_has_spoken_in_waits_until_somebody_does(server: WeComServer) -> None:
    group = server.group("新群")
    async with listening(server) as listener:
        with pytest.raises(NotNow):
            await listener.send(group, "公告")
        await server.say(server.person("LiXiaoShan"), "@助手 在吗", group)
        await listener.takes(1)
        await listener.send(group, "公告")
        assert group.shown[-1].text == "公告"


async def test_a_recording_of_last_week_and_bare_control_signs(server: WeComServer) -> None:
    li = server.person("LiXiaoShan")
    async with listening(server) as listener:
        server.created = lambda: 1_795_136_400 - 8 * 86_400
        await server.say(li, "签到")
        server.created = lambda: 1_795_136_400
        body = {**server._about(li, None), "msgid": "c1", "msgtype": "text", "text": {"content": "签~到"}}
        frame = json.dumps({"cmd": "aibot_msg_callback", "headers": {"req_id": "r"}, "body": body}, ensure_ascii=False)
        await server.raw(frame.replace("~", "\x0b"))
        [taken] = await listener.takes(1)
        assert taken.text == "签\x0b到"


async def test_an_event_that_cannot_be_stored_is_tried_again_before_the_next_of_its_chat(server: WeComServer) -> None:
    li, zhou = server.person("LiXiaoShan"), server.person("ZhouHai")
    async with listening(server) as listener:
        listener.failing["一"] = 2
        await server.say(li, "一")
        await server.say(li, "二")
        await server.say(zhou, "三")
        await listener.takes(3)
        assert [each.text for each in listener.taken] == ["三", "一", "二"]
        assert "secret words" not in listener.logged()


async def test_while_too_much_waits_nothing_is_read_nothing_is_lost_and_the_connection_stands(
    server: WeComServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.wecom.bot.MOST", 2)
    li, gate = server.person("LiXiaoShan"), asyncio.Event()
    said = [str(number) for number in range(12)]

    async def wait(incoming: Incoming) -> None:
        await gate.wait()
        listener.taken.append(incoming)

    async with listening(server, ack_seconds=0.02, ping_seconds=0.01) as listener:
        listener.instead = wait
        for each in said:
            await server.say(li, each)
        with pytest.raises(Uncertain):
            await listener.send(li, "好")
        await asyncio.sleep(0.15)  # so many pings as would end a silent connection several times
        gate.set()
        assert [each.text for each in await listener.takes(len(said))] == said
        assert server.handshakes == 1
        assert await listener.send(li, "之后")


async def test_a_subscription_without_an_answer_is_made_anew(server: WeComServer) -> None:
    server.fault("aibot_subscribe", "silent")
    async with listening(server, ack_seconds=0.05) as listener:
        assert listener.notes == [DOWN, CONNECTED]
        assert server.handshakes == 2


async def test_while_the_program_stops_nothing_more_is_handed_over(server: WeComServer) -> None:
    async with listening(server) as listener:
        listener.instead = _stopping
        await server.say(server.person("LiXiaoShan"), "签到")
        await server.until(lambda: "program stops" in listener.logged())
        assert "签到" not in listener.logged()


async def _stopping(_: object) -> None:
    raise Stopping


async def test_an_event_that_hangs_does_not_hold_up_the_stopping(server: WeComServer) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def hangs(_: object) -> None:
        begun.set()
        await never.wait()

    async with listening(server) as listener:
        listener.instead = hangs
        await server.say(server.person("LiXiaoShan"), "签到")
        await begun.wait()
        before = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - before < 4


async def test_what_is_noted_of_the_line_is_nothing_it_depends_on(server: WeComServer) -> None:
    async with listening(server, connected=False, note=_full) as listener:
        await server.until(listener.platform.reachable)
        assert "could not be noted" in listener.logged()


async def _full(*_: object) -> None:
    raise OSError("disk full")


async def _unharmed(server: WeComServer, listener: Listener) -> None:
    await server.say(server.person("LiXiaoShan"), "还在")
    assert (await listener.takes(1))[-1].text == "还在"
    assert server.handshakes == 1


DEEP = '{"cmd":"aibot_msg_callback","body":' + "[" * 10_000 + "]" * 10_000 + "}"
ODD: dict[str, str | bytes] = {
    "nested ten thousand deep": DEEP,
    "no UTF-8": b'{"cmd":"aibot_msg_callback","body":{"text":"\xff\xfe"}}',
    "no JSON": "{nothing",
    "a list": "[1,2]",
    "empty": "",
    "a number for everything": '{"cmd":7,"headers":7,"body":7}',
    "a callback of numbers": '{"cmd":"aibot_msg_callback","headers":{"req_id":7},"body":{"from":{"userid":7},"msgid":[],"text":7}}',
    "an unknown command": '{"cmd":"aibot_party","headers":{"req_id":"x"}}',
    "an answer to nothing": '{"headers":{"req_id":"x"},"errcode":0}',
    "two megabytes": json.dumps({"cmd": "aibot_msg_callback", "body": {"text": "口令" * 500_000}}, ensure_ascii=False),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD.keys())
async def test_an_odd_frame_is_passed_over_and_the_connection_is_unharmed(server: WeComServer, data: str | bytes) -> None:
    async with listening(server) as listener:
        await server.raw(data)
        await _unharmed(server, listener)
        assert "口令" not in listener.logged()
        assert len(listener.taken) == 1


async def test_a_frame_of_fifty_megabytes_is_passed_over_and_the_connection_is_unharmed(server: WeComServer) -> None:
    async with listening(server) as listener:
        await server.raw(b" " * 50 * 1024 * 1024)
        await _unharmed(server, listener)
        assert "52428800" in listener.logged()
