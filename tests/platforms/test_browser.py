"""The browser chat over a real WebSocket, as docs/browser-chat.md describes it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType, WSServerHandshakeError

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.messages import ChatKind, File, Outgoing, Parcel
from bot.platforms.browser_frames import decode_frame
from bot.services import browser_chat
from bot.texts import Language, Text
from storage.unit_of_work import UnitOfWork
from tests.dialogue import PEOPLE, START, Dialogue


@pytest.fixture
async def served(database_url: str) -> AsyncIterator[App]:
    """A started App on a database that is marked as a sample."""
    founding = Dialogue(database_url)
    await founding.app.open()
    await founding.run(founding._found, "红旗村支部", PEOPLE)

    async def mark(work: UnitOfWork) -> None:
        work.settings.put("sample", "yes")

    await founding.run(mark)
    await founding.close()
    settings = Settings(database=DatabaseSection(url=database_url), web=Web(port=0))
    app = App(settings, lambda: START)
    await app.open()
    await app.start()
    yield app
    await app.stop()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as opened:
        yield opened


async def _next(socket: ClientWebSocketResponse, *kinds: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = await socket.receive_json(timeout=15)
        if frame["type"] in kinds:
            return frame


async def _open(session: ClientSession, app: App, person: str, headers: dict[str, str] | None = None) -> ClientWebSocketResponse:
    return await session.ws_connect(f"{app.address}ws?as={person}", headers=headers)


async def test_the_first_frame_tells_who_one_is_and_what_there_is(served: App, session: ClientSession) -> None:
    async with await _open(session, served, "李小山") as socket:
        welcome = await socket.receive_json(timeout=15)
        assert (welcome["type"], welcome["sample"], welcome["me"]) == ("welcome", True, "李小山")
        assert {each["id"] for each in welcome["people"]} == {*PEOPLE, "stranger"}
        assert [each["kind"] for each in welcome["chats"]] == ["group", "private"]
        assert any(each["word"] == "签到" and each["kinds"] == ["group", "private"] for each in welcome["commands"])
        assert (await _next(socket, "history"))["messages"] == []


async def test_the_commands_offered_are_those_one_may_use(served: App, session: ClientSession) -> None:
    offered = {}
    for person in ("李小山", "王秀英"):
        async with await _open(session, served, person) as socket:
            offered[person] = {each["word"] for each in (await _next(socket, "welcome"))["commands"]}
    assert offered["李小山"] < offered["王秀英"]
    assert "公告" in offered["王秀英"] - offered["李小山"]


async def test_what_one_says_is_acknowledged_and_seen_by_others_live(served: App, session: ClientSession) -> None:
    async with await _open(session, served, "李小山") as mine, await _open(session, served, "周海") as other:
        group = (await _next(mine, "welcome"))["chats"][0]["id"]
        await _next(other, "welcome")
        await mine.send_json({"type": "send", "chat": group, "text": "签到", "nonce": "n1"})
        own = await _next(mine, "message")
        assert (own["nonce"], own["message"]["text"]["zh"]) == ("n1", "签到")
        assert (await _next(mine, "ack")) == {"type": "ack", "nonce": "n1", "message": own["message"]["id"]}
        seen = await _next(other, "message")
        assert "nonce" not in seen
        counted = await _next(other, "message")
        assert counted["message"]["text"]["en"].startswith("Checked in today: 1.")
        marked = await _next(other, "edit")
        assert marked["message"]["reactions"] == ["👌"]


async def test_the_same_nonce_is_acted_upon_once(served: App, session: ClientSession) -> None:
    async with await _open(session, served, "李小山") as socket:
        private = (await _next(socket, "welcome"))["chats"][1]["id"]
        frame = {"type": "send", "chat": private, "text": "签到", "nonce": "n1"}
        await socket.send_json(frame)
        first = await _next(socket, "ack")
        await socket.send_json(frame)
        assert await _next(socket, "ack") == first
    async with await _open(session, served, "李小山") as again:
        await _next(again, "history")
        assert len([each for each in (await _next(again, "history"))["messages"] if each["from"]["id"] == "李小山"]) == 1


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        "{}",
        '{"type":"send","chat":"%s","nonce":"n"}',
        '{"type":"send","chat":"%s","text":5,"nonce":"n"}',
        '{"type":"send","chat":"private-王秀英","text":"我的","nonce":"n"}',
        '{"type":"send","chat":"group-1","text":"签到","nonce":"n"}',
        '{"type":"send","chat":"%s","text":"签到"}',
        '{"type":"location","chat":"%s","latitude":"x","longitude":1,"nonce":"n"}',
        '{"type":"press","chat":"%s","message":"m","nonce":"n"}',
        '{"type":"edit","chat":"%s","message":"unknown","text":"签到","nonce":"n"}',
        '{"type":"shutdown","chat":"%s","nonce":"n"}',
        "[" * 5000,
    ],
)
async def test_a_bad_frame_gets_an_error_and_the_socket_lives_on(served: App, session: ClientSession, frame: str) -> None:
    async with await _open(session, served, "李小山") as socket:
        private = (await _next(socket, "welcome"))["chats"][1]["id"]
        await socket.send_str(frame.replace("%s", private))
        assert (await _next(socket, "error"))["text"]["en"]
        await socket.send_json({"type": "send", "chat": private, "text": "签到", "nonce": "good"})
        assert (await _next(socket, "ack"))["nonce"] == "good"


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800"])
async def test_signs_that_no_text_has_are_left_out_of_a_frame_and_it_is_taken(served: App, session: ClientSession, sign: str) -> None:
    async with await _open(session, served, "李小山") as socket:
        private = (await _next(socket, "welcome"))["chats"][1]["id"]
        for _ in range(2):
            await socket.send_str(f'{{"type":"send","chat":"{private}","text":"签{sign}到","nonce":"n{sign}","reply_to":"{sign}m"}}')
            assert (await _next(socket, "ack"))["nonce"].startswith("n")


async def test_a_frame_that_is_too_large_closes_only_its_own_socket(served: App, session: ClientSession) -> None:
    async with await _open(session, served, "李小山") as socket, await _open(session, served, "周海") as other:
        await socket.send_str("x" * (65 * 1024))
        while (message := await socket.receive(timeout=15)).type is WSMsgType.TEXT:
            pass
        assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED}
        assert (await _next(other, "welcome"))["me"] == "周海"


async def test_a_page_of_another_origin_or_nobody_of_the_sample_is_refused(served: App, session: ClientSession) -> None:
    for person, headers, status in (("李小山", {"Origin": "http://evil.example"}, 403), ("nobody", {}, 401)):
        with pytest.raises(WSServerHandshakeError) as refused:
            await _open(session, served, person, headers)
        assert refused.value.status == status


async def test_the_stranger_sees_the_group_and_is_turned_away(served: App, session: ClientSession) -> None:
    async with await _open(session, served, "stranger") as socket:
        private = (await _next(socket, "welcome"))["chats"][1]["id"]
        await socket.send_json({"type": "send", "chat": private, "text": "分布图", "nonce": "n"})
        while (message := (await _next(socket, "message"))["message"])["from"]["id"] != "bot":
            pass
        assert "我还不认识您" in message["text"]["zh"]


async def test_the_page_and_its_parts_are_served_with_a_strict_policy(served: App, session: ClientSession) -> None:
    for path in ("", "static/chat.js", "static/chat.css", "healthz"):
        async with session.get(served.address + path) as answer:
            assert answer.status == 200
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
    async with session.get(served.address + "file/unknown") as answer:
        assert answer.status == 404
    async with session.get(served.address, headers={"Host": "rebound.example"}) as answer:
        assert answer.status == 421


async def test_on_a_real_deployment_a_one_time_link_opens_the_chat_as_oneself(chat: Dialogue, session: ClientSession) -> None:
    app = chat.app
    await app._serve()

    async def link(work: UnitOfWork) -> str:
        work.enter(chat.branch)
        from bot.services.people import actor_of

        member = await work.members.get(chat.members["李小山"])
        assert member
        return await browser_chat.make_link(work, actor_of(member), member.id)

    token = await chat.run(link)
    for path in ("ws", "ws?as=李小山"):
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(app.address + path)
    async with session.get(f"{app.address}enter/{token}") as page:
        assert (page.status, "<button" in await page.text()) == (200, True)
    async with session.post(f"{app.address}enter/{token}") as page:
        assert page.status == 200
    async with session.ws_connect(app.address + "ws?as=王秀英") as socket:
        welcome = await _next(socket, "welcome")
        assert (welcome["sample"], welcome["people"], welcome["name"]["zh"]) == (False, [], "李小山")
    async with ClientSession() as thief, thief.post(f"{app.address}enter/{token}") as page:
        assert page.status == 410


@pytest.mark.parametrize("data", ['{"type":"send","chat":"c","text":"x"}', '{"type":"location","chat":"c","latitude":1,"longitude":2.5}'])
def test_a_good_frame_is_read(data: str) -> None:
    assert decode_frame(data) is not None


@pytest.mark.parametrize(
    "data", ["", "null", '"x"', '{"type":"location","chat":"c","latitude":true,"longitude":1}', '{"type":[],"chat":"c"}']
)
def test_a_bad_frame_is_nothing(data: str) -> None:
    assert decode_frame(data) is None


async def test_a_file_is_handed_over_under_its_own_name(served: App, session: ClientSession) -> None:
    assert served.browser
    content = Outgoing(Text.plain("您的资料"), file=File("我的 资料.json", b"{}", "application/json"))
    chat = browser_chat.chat_key(browser_chat.private_chat("李小山"))
    await served.browser.send(Parcel(chat, ChatKind.PRIVATE, content, Language.ZH))
    async with await _open(session, served, "李小山") as socket:
        await _next(socket, "history")
        [message] = (await _next(socket, "history"))["messages"]
    async with session.get(served.address.rstrip("/") + message["file"]["url"]) as answer:
        assert await answer.read() == b"{}"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert "%E6%88%91%E7%9A%84%20%E8%B5%84%E6%96%99.json" in answer.headers["Content-Disposition"]


async def test_a_message_that_is_deleted_leaves_every_page_and_the_history(served: App, session: ClientSession) -> None:
    async with await _open(session, served, "李小山") as mine, await _open(session, served, "周海") as other:
        group = (await _next(mine, "welcome"))["chats"][0]["id"]
        await mine.send_json({"type": "send", "chat": group, "text": "我爱人病了", "nonce": "n1"})
        said = (await _next(other, "message"))["message"]["id"]
        assert served.browser
        parcel = Parcel(browser_chat.chat_key(group), ChatKind.GROUP, Outgoing(Text("", ""), remove=said), Language.ZH)
        await served.browser.send(parcel)
        for page in (mine, other):
            assert await _next(page, "remove") == {"type": "remove", "chat": group, "message": said}
    async with await _open(session, served, "吴芳") as later:
        assert (await _next(later, "history"))["messages"] == []
