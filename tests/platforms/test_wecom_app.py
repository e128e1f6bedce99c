"""The self-built app: what WeCom calls with is checked, opened, taken once; answers go out through its API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession, web
from structlog.testing import CapturingLogger

from bot.messages import ChatKind, EventKind, File, Incoming, Outgoing, Parcel
from bot.platforms.base import Refused, SendError, SlowDown, Stopping, Temporary, Uncertain, Unreachable
from bot.platforms.wecom import WeComApp
from bot.platforms.wecom.crypto import BadCallback, Envelope
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.wecom_server import WeComError, WeComServer
from tests.wecom_server.callbacks import AES_KEY, CORP_ID, TOKEN, Caller, sealed, signature, xml

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 64


class Heard:
    """An app that is served and called."""

    def __init__(self, server: WeComServer, **options: Any) -> None:
        self.server = server
        self.now = NOW
        self.taken: list[Incoming] = []
        self.failing = 0
        self.notes: list[str] = []
        self.log = CapturingLogger()
        self.app = WeComApp(
            server.corp_id,
            server.agent_id,
            server.app_secret,
            envelope=Envelope(TOKEN, AES_KEY, CORP_ID),
            api_url=server.api_url,
            clock=lambda: self.now,
            note=self.note,
            log=self.log,
            **options,
        )
        self.caller = Caller("", int(NOW.timestamp()))

    async def receive(self, incoming: Incoming) -> None:
        if self.failing:
            self.failing -= 1
            raise OSError("disk full: secret words")
        self.taken.append(incoming)

    async def note(self, platform: str, instance: str, how: str) -> None:
        self.notes.append(how)

    async def send(self, text: str = "", user: str = "LiXiaoShan", *, again: bool = False, **content: Any) -> str:
        key = ChatKey("wecom", "app", f"u{user}")
        return await self.app.send(Parcel(key, ChatKind.PRIVATE, Outgoing(Text(text, text), **content), Language.ZH, key="7", again=again))

    def logged(self) -> str:
        return "\n".join(map(str, self.log.calls))


@asynccontextmanager
async def _open(server: WeComServer, **options: Any) -> AsyncIterator[Heard]:
    heard = Heard(server, **options)
    page = web.Application()
    page.add_routes(heard.app.routes())
    runner = web.AppRunner(page, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    heard.caller.url = f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/app"
    await heard.app.start(heard.receive, [])
    try:
        yield heard
    finally:
        await heard.app.stop()
        await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[WeComServer]:
    async with WeComServer() as running:
        yield running


@pytest.fixture
async def heard(server: WeComServer) -> AsyncIterator[Heard]:
    async with _open(server) as opened:
        yield opened


async def test_the_address_is_confirmed_to_whoever_can_sign(heard: Heard) -> None:
    assert await heard.caller.checks("1616140317555161061") == (200, "1616140317555161061")
    assert (await heard.caller.checks(msg_signature="0" * 40))[0] == 403
    assert (await heard.caller.checks(echostr="AAAA"))[0] == 403


async def test_the_check_of_the_address_opens_nothing_that_somebody_caught(heard: Heard) -> None:
    for taken in (True, False):
        heard.failing = not taken
        await heard.caller.says("LiXiaoShan", "我爱人住院了")
        assert heard.caller.last
        query, body = heard.caller.last
        caught = query | {"echostr": body.decode().partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]}
        async with ClientSession() as session, session.get(heard.caller.url, params=caught) as answer:
            assert (answer.status, await answer.text()) == (403, "")
        assert await heard.caller.again() == (403 if taken else 200), "what was caught uses nothing up"
    assert (await heard.caller.checks("签到"))[0] == (await heard.caller.checks(""))[0] == (await heard.caller.checks("1" * 65))[0] == 403
    assert "住院" not in heard.logged()


async def test_the_same_check_is_answered_once(heard: Heard) -> None:
    seal = sealed(b"42")
    query = heard.caller.signed(seal) | {"echostr": seal}
    async with ClientSession() as session:
        assert [(await session.get(heard.caller.url, params=query)).status for _ in range(2)] == [200, 403]


async def test_a_text_comes_in_once_however_often_it_is_brought(heard: Heard) -> None:
    assert await heard.caller.says("LiXiaoShan", "我到哈尔滨了 <&]") == 200
    [taken] = heard.taken
    assert (taken.kind, taken.chat.kind, taken.text) == (EventKind.MESSAGE, ChatKind.PRIVATE, "我到哈尔滨了 <&]")
    assert taken.chat.key == ChatKey("wecom", "app", "uLiXiaoShan")
    assert taken.key == "wecom:app:m7000000001"
    assert await heard.caller.again() == 403
    assert len(heard.taken) == 1


async def test_what_could_not_be_stored_is_brought_again_under_the_same_signature(heard: Heard) -> None:
    heard.failing = 1
    assert await heard.caller.says("LiXiaoShan", "签到") == 500
    assert await heard.caller.again() == 200
    assert [each.text for each in heard.taken] == ["签到"]
    assert "secret words" not in heard.logged()


async def test_while_it_is_not_ready_or_stops_or_is_at_it_the_callback_has_to_come_again(heard: Heard) -> None:
    call, receive = heard.caller, heard.app._receive
    heard.app._receive = None
    assert await call.says("Li", "一") == 503
    heard.app._receive = _stopping
    assert await call.again() == 503
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def slowly(incoming: Incoming) -> None:
        begun.set()
        await goes_on.wait()
        await heard.receive(incoming)

    heard.app._receive = slowly
    first = asyncio.create_task(call.again())
    await begun.wait()
    assert await call.again() == 503
    goes_on.set()
    assert await first == 200
    heard.app._receive = receive
    assert await call.again() == 403
    assert [each.text for each in heard.taken] == ["一"]


async def _stopping(_: object) -> None:
    raise Stopping


async def test_a_recording_of_last_week_says_nothing(heard: Heard) -> None:
    assert await heard.caller.says("Li", "签到", CreateTime=int(NOW.timestamp()) - 8 * 86_400) == 200
    assert heard.taken == []


async def test_a_body_that_comes_too_slowly_is_not_waited_for(heard: Heard) -> None:
    assert heard.app._callback
    heard.app._callback._patience = 0.05

    async def drips() -> AsyncIterator[bytes]:
        yield b"<xml>"
        await asyncio.sleep(0.3)
        yield b"</xml>"

    async with ClientSession() as session, session.post(heard.caller.url, data=drips()) as answer:
        assert answer.status == 408


async def test_voice_place_menu_and_opening_each_become_what_they_are(heard: Heard) -> None:
    call, ids = heard.caller, iter(range(1, 9))
    await call.tells("Li", MsgType="voice", MediaId="m", Format="amr", Recognition="我到哈尔滨了", MsgId=next(ids))
    await call.tells("Li", MsgType="location", Location_X="45.8", Location_Y="126.5", Scale=15, Label="哈尔滨", MsgId=next(ids))
    await call.tells("Li", MsgType="event", Event="click", EventKey="签到")
    await call.tells("Li", MsgType="event", Event="subscribe", EventKey="")
    await call.tells("Li", MsgType="image", PicUrl="http://x", MediaId="m", MsgId=next(ids))
    told = [(each.kind, each.text, each.spoken) for each in heard.taken]
    assert told == [
        (EventKind.MESSAGE, "我到哈尔滨了", True),
        (EventKind.LOCATION, "", False),
        (EventKind.MESSAGE, "签到", False),
        (EventKind.OPENED, "", False),
        (EventKind.MESSAGE, "", False),
    ]
    place = heard.taken[1].location
    assert place
    assert (place.latitude, place.longitude) == (45.8, 126.5)


async def test_who_opens_the_app_again_and_again_is_one_event_a_day(heard: Heard) -> None:
    for minutes in (0, 1, 2):
        heard.caller.now = int(NOW.timestamp()) + 60 * minutes
        await heard.caller.tells("Li", MsgType="event", Event="enter_agent", EventKey="")
    assert len(heard.taken) == 3
    assert len({each.key for each in heard.taken}) == 1


@pytest.mark.parametrize("seconds", [-301, -3600, 301, 3600])
async def test_another_time_than_ours_is_refused_and_said_in_words(heard: Heard, seconds: int) -> None:
    heard.caller.now += seconds
    assert await heard.caller.says("Li", "签到") == 403
    assert heard.taken == []
    assert f"differ by {round(abs(seconds) / 60)} minutes" in heard.notes[-1]
    heard.caller.now -= seconds
    assert await heard.caller.says("Li", "签到") == 200
    assert heard.notes[-1] == ""


async def test_a_forged_callback_is_refused_without_a_word_of_the_secrets(heard: Heard) -> None:
    call, good = heard.caller, xml(FromUserName="Li", MsgType="text", Content="公告", MsgId=1)
    for lies in (
        {"msg_signature": "0" * 40},
        {"msg_signature": ""},
        {"msg_signature": "签名"},
        {"nonce": "another"},
        {"timestamp": "1795136401"},
        {"receive_id": "ww-another"},
        {"aes_key": AES_KEY.swapcase()},
    ):
        assert await call.sends(good, **lies) == 403
    unsigned = "<xml><Encrypt>AAAA</Encrypt></xml>"
    assert await call.posts({}, unsigned.encode()) == 403
    assert await call.posts(call.signed("AAAA"), unsigned.encode()) == 403
    assert await call.posts({**call.signed(""), "timestamp": "²"}, b"<xml/>") == 403
    assert heard.taken == []
    assert TOKEN not in heard.logged()
    assert AES_KEY not in heard.logged()
    assert await call.sends(good) == 200


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><xml><Encrypt>&j;</Encrypt></xml>"
)
BODIES = {
    "a bomb": LAUGHS.encode(),
    "a file of ours": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Encrypt>&f;</Encrypt></xml>',
    "deep": b"<a>" * 10_000 + b"</a>" * 10_000,
    "no XML": b"{}",
    "no UTF-8": b"<xml><Encrypt>\xff\xfe</Encrypt></xml>",
    "nothing": b"",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_an_odd_body_is_refused_inside_and_outside_and_the_next_is_taken(heard: Heard, body: bytes) -> None:
    call = heard.caller
    assert await call.posts(call.signed("x"), body) in {400, 403}
    assert await call.sends(body) == 200  # signed by WeCom itself: passed over
    assert heard.taken == []
    assert await call.says("Li", "还在") == 200
    assert [each.text for each in heard.taken] == ["还在"]


async def test_a_body_that_is_too_large_is_cut_off(heard: Heard) -> None:
    call = heard.caller
    assert await call.posts(call.signed("x"), b"<xml>" + b"x" * 300_000) == 413
    assert await call.says("Li", "还在") == 200


def test_what_is_sealed_is_opened_and_any_flipped_bit_is_found_out() -> None:
    envelope = Envelope(TOKEN, AES_KEY, CORP_ID)
    for length in (0, 1, 11, 12, 31, 32, 33, 1000):
        assert envelope.opened(sealed(b"x" * length)) == b"x" * length
    for wrong in ("", "AAAA", "*", sealed(b"x")[:-4]):
        with pytest.raises(BadCallback):
            envelope.opened(wrong)
    told = sealed("签到".encode())
    envelope.check(signature("1", "n", told), "1", "n", told)
    with pytest.raises(BadCallback):
        envelope.check(signature("1", "n", told), "1", "n", "A" + told[1:])


async def test_an_answer_goes_out_in_words_pictures_and_files(server: WeComServer, heard: Heard) -> None:
    li = server.person("LiXiaoShan")
    await heard.send('好 <a href="http://x">点</a> a < b')
    await heard.send("分布", picture=PNG)
    await heard.send("资料", file=File("my-data.json", b"{}"))
    assert [(each.kind, each.text, each.content, each.name) for each in li.app] == [
        ("text", '好 ＜a href="http://x">点＜/a> a < b', b"", ""),
        ("image", "", PNG, "picture.png"),
        ("text", "分布", b"", ""),
        ("file", "", b"{}", "my-data.json"),
        ("text", "资料", b"", ""),
    ]
    assert len(server.tokens) == 1


async def test_a_token_that_is_not_taken_any_more_is_renewed_once(server: WeComServer, heard: Heard) -> None:
    li = server.person("LiXiaoShan")
    await heard.send("一")
    server.later = 7300
    await heard.send("二")
    server.tokens.clear()
    await asyncio.gather(heard.send("三"), heard.send("四"))
    assert sorted(each.text for each in li.app) == sorted("一二三四")
    assert [path for path, _ in server.requests].count("/cgi-bin/gettoken") == 3
    server.fault("send", WeComError(42001, "access_token expired"), WeComError(42001, "access_token expired"))
    with pytest.raises(SendError):
        await heard.send("五")


async def test_a_repeat_of_what_may_have_arrived_is_shown_once(server: WeComServer) -> None:
    li = server.person("LiXiaoShan")
    async with _open(server, answer_seconds=0.3) as heard:
        server.fault("send", "silent")
        with pytest.raises(Uncertain):
            await heard.send("好")
        await heard.send("好", again=True)
        assert [each.text for each in li.app] == ["好"]


@pytest.mark.parametrize(
    ("path", "fault", "error"),
    [
        ("send", WeComError(81013, "user & party & tag all invalid"), Unreachable),
        ("send", WeComError(45009, "api freq out of limit"), SlowDown),
        ("send", WeComError(40058, "invalid param"), Refused),
        ("send", "502", Uncertain),
        ("send", "503", Temporary),
        ("send", "302", Temporary),
        ("send", "garbage", Uncertain),
        ("gettoken", "garbage", Temporary),
        ("gettoken", "502", Temporary),
        ("gettoken", WeComError(60020, "not allow to access from your ip"), Temporary),
    ],
    ids=str,
)
async def test_what_goes_wrong_is_told_apart_and_never_names_a_secret(
    server: WeComServer, heard: Heard, path: str, fault: Any, error: type[SendError]
) -> None:
    server.person("LiXiaoShan")
    server.fault(path, fault)
    with pytest.raises(error) as raised:
        await heard.send("好")
    told: BaseException | None = raised.value
    while told is not None:
        assert server.app_secret not in str(told) + repr(told)
        assert "token-" not in str(told) + repr(told)
        told = told.__cause__ or told.__context__
    if getattr(fault, "code", 0) == 60020:
        assert "可信IP" in heard.notes[-1]
    await heard.send("之后")
    assert heard.notes[-1:] in ([], [""])


async def test_somebody_outside_the_enterprise_is_unreachable_and_a_group_is_refused(heard: Heard) -> None:
    with pytest.raises(Unreachable):
        await heard.send("好", user="Nobody")
    with pytest.raises(Refused):
        await heard.app.send(Parcel(ChatKey("wecom", "app", "gwr"), ChatKind.GROUP, Outgoing(Text("a", "a")), Language.ZH))
