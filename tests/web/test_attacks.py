"""Our own pages and socket attacked as a stranger, another site, a former member and a flood would: each attack at the real server."""

import asyncio
import json
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType, WSServerHandshakeError
from yarl import URL

from bot.app import App
from bot.messages import ChatKind, File, Outgoing, Parcel
from bot.platforms import browser
from bot.services import browser_chat
from bot.services.people import actor_of
from bot.texts import Language, Text
from bot.web import server
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
GUESS = "A" * 32
"""Looks like the secret of a link, and is none."""


@pytest.fixture
async def app(chat: Dialogue) -> App:
    """A real deployment, served on the loopback."""
    await chat.app._serve()
    return chat.app


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as opened:
        yield opened


async def link(chat: Dialogue, name: str = "李小山") -> str:
    """The secret of a fresh one-time link."""

    async def make(work: UnitOfWork) -> str:
        member = await work.members.get(chat.members[name])
        assert member
        return await browser_chat.make_link(work, actor_of(member), member.id)

    token: str = await chat.in_branch(make)
    return token


async def enter(chat: Dialogue, session: ClientSession, name: str = "李小山") -> None:
    async with session.post(f"{chat.app.address}enter/{await link(chat, name)}", allow_redirects=False) as answer:
        assert answer.status == 303


async def opened(app: App, session: ClientSession, **options: Any) -> tuple[ClientWebSocketResponse, dict[str, Any]]:
    socket = await session.ws_connect(app.address + "ws", **options)
    return socket, await until(socket, "welcome")


async def until(socket: ClientWebSocketResponse, *kinds: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = await socket.receive_json(timeout=15)
        if frame["type"] in kinds:
            return frame


async def closed(socket: ClientWebSocketResponse) -> int | None:
    """How the far side closed a socket, after whatever it still said."""
    while (await socket.receive(timeout=15)).type in {WSMsgType.TEXT, WSMsgType.BINARY}:
        pass
    return socket.close_code


# Headers, names, origins


ANSWERS = [
    ("GET", "", 200),
    ("GET", f"enter/{GUESS}", 200),
    ("POST", f"enter/{GUESS}", 410),
    ("GET", "nothing/here", 404),
    ("PUT", "", 405),
    ("DELETE", f"enter/{GUESS}", 405),
    ("TRACE", "ws", 405),
    ("GET", "ws", 401),
    ("GET", "file/unknown", 401),
    ("GET", "static/chat.js", 200),
]


async def test_every_answer_bears_the_strict_headers(app: App, session: ClientSession) -> None:
    for method, path, status in ANSWERS:
        async with session.request(method, app.address + path) as answer:
            assert answer.status == status
            assert answer.headers.items() >= HEADERS.items()
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["Referrer-Policy"] == ("same-origin" if path.startswith("enter") and status != 405 else "no-referrer")
            assert "camera=()" in answer.headers["Permissions-Policy"]
            assert answer.headers["Cache-Control"] == ("no-cache" if path.startswith("static") else "no-store")


NAMES = ["evil.example", "127.0.0.1.evil.example", "localhost.", "0", "[::1", "[::2]", "a b", "127.0.0.1@evil.example"]
PATHS = ["", "ws", f"enter/{GUESS}", "static/chat.js", "healthz"]


async def test_a_name_that_was_rebound_to_us_opens_nothing(app: App, session: ClientSession) -> None:
    for name in NAMES:
        for path in PATHS:
            async with session.get(app.address + path, headers={"Host": name}) as answer:
                assert answer.status in {400, 421}
                assert "Zhibu" not in await answer.text()


ELSEWHERE = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": ""},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "null"},
]


async def test_a_page_of_another_site_opens_no_socket(chat: Dialogue, app: App, session: ClientSession) -> None:
    for headers in ELSEWHERE:
        await enter(chat, session)
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(app.address + "ws", headers=headers)
        assert refused.value.status == 403


async def test_a_page_of_another_site_cannot_log_anybody_in_as_somebody_else(chat: Dialogue, app: App, session: ClientSession) -> None:
    for headers in ELSEWHERE:
        token = await link(chat)
        async with session.post(f"{app.address}enter/{token}", headers=headers, allow_redirects=False) as answer:
            assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)
        for own in ({"Origin": app.address.rstrip("/")}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}):
            async with session.post(f"{app.address}enter/{await link(chat)}", headers=own, allow_redirects=False) as answer:
                assert answer.status == 303


# Links and sessions


async def test_a_session_cookie_is_out_of_reach_of_scripts_and_other_sites(chat: Dialogue, app: App, session: ClientSession) -> None:
    for proxied, secure in (({}, ""), ({"X-Forwarded-Proto": "https"}, True)):
        async with session.post(f"{app.address}enter/{await link(chat)}", headers=proxied, allow_redirects=False) as answer:
            cookie = SimpleCookie(answer.headers["Set-Cookie"])[server.COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["path"]) == (True, "Strict", secure, "/")
        assert int(cookie["max-age"]) == browser_chat.SESSION_LIVES.total_seconds()


async def test_robots_that_preview_a_link_do_not_spend_it(chat: Dialogue, app: App, session: ClientSession) -> None:
    token = await link(chat)
    for method in ("HEAD", "GET", "GET", "OPTIONS"):
        async with session.request(method, f"{app.address}enter/{token}") as answer:
            assert "Set-Cookie" not in answer.headers
    async with session.post(f"{app.address}enter/{token}", allow_redirects=False) as answer:
        assert answer.status == 303


async def test_many_who_press_at_once_open_one_session(chat: Dialogue, app: App, session: ClientSession) -> None:
    token = await link(chat)

    async def press() -> int:
        async with session.post(f"{app.address}enter/{token}", allow_redirects=False) as answer:
            return answer.status

    answers = await asyncio.gather(*(press() for _ in range(8)))
    assert sorted(answers) == [303] + [410] * 7


async def test_a_new_link_ends_the_one_before(chat: Dialogue, app: App, session: ClientSession) -> None:
    first, second, other = await link(chat), await link(chat), await link(chat, "周海")
    for token, status in ((first, 410), (second, 303), (other, 303)):
        async with session.post(f"{app.address}enter/{token}", allow_redirects=False) as answer:
            assert answer.status == status


async def test_who_guesses_links_has_to_wait_and_others_do_not(chat: Dialogue, app: App, session: ClientSession) -> None:
    async def guess(address: str, token: str) -> int:
        headers = {"X-Forwarded-For": f"198.51.100.7, {address}"}
        async with session.post(f"{app.address}enter/{token}", headers=headers, allow_redirects=False) as answer:
            return answer.status

    answers = [await guess("203.0.113.1", f"{number:032d}") for number in range(server.GUESSES + 2)]
    assert answers == [410] * server.GUESSES + [429] * 2
    assert await guess("203.0.113.1", await link(chat)) == 429
    assert await guess("203.0.113.2", await link(chat)) == 303


NO_LINKS = ["%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "%7B%7B7*7%7D%7D", "%00", "..%2f..%2f", "a" * 4000, "%f0%28%8c%28"]


async def test_what_is_no_link_is_neither_looked_up_nor_shown(app: App, session: ClientSession) -> None:
    for token in NO_LINKS:
        await app.database.stop()
        for method in ("GET", "POST"):
            async with session.request(method, URL(f"{app.address}enter/{token}", encoded=True)) as answer:
                text = await answer.text(errors="replace")
                assert answer.status in {200, 400, 404, 410}
                assert not {"<script>", "49", "aaaa"} & {part for part in ("<script>", "49", "aaaa") if part in text}
        await app.database.start()


MADE_UP = ["", "x", "' OR 1=1 --", GUESS, "%00", "a" * 6000]


async def test_a_made_up_session_is_nobody(app: App, session: ClientSession) -> None:
    for cookie in MADE_UP:
        async with session.get(app.address + "ws", headers={"Cookie": f"zhibu={cookie}"}) as answer:
            assert answer.status == 401


async def test_a_session_ends_after_twelve_hours(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session)
    socket, welcome = await opened(app, session)
    chat.now += browser_chat.SESSION_LIVES
    await socket.send_json({"type": "send", "chat": welcome["chats"][1]["id"], "text": "我的", "nonce": "n"})
    assert await closed(socket) == 1008
    async with session.get(app.address + "ws") as answer:
        assert answer.status == 401


async def test_a_socket_is_opened_anew_now_and_then(
    chat: Dialogue, app: App, session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "LIFE", 0.01)
    await enter(chat, session)
    socket, _ = await opened(app, session)
    assert await closed(socket) == 1001


async def test_a_member_who_is_removed_says_and_sees_nothing_more(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session)
    socket, welcome = await opened(app, session)
    await chat.private("王秀英", "移除 李小山")
    await chat.private("王秀英", "对")
    shown = len(chat.shown)
    await socket.send_json({"type": "send", "chat": welcome["chats"][0]["id"], "text": "我还在", "nonce": "n"})
    assert await closed(socket) == 1008
    assert len(chat.shown) == shown
    for path in ("ws", "file/unknown"):
        async with session.get(app.address + path) as answer:
            assert answer.status == 401


async def test_a_file_is_handed_to_those_who_see_its_chat_only(chat: Dialogue, app: App) -> None:
    assert app.browser
    addresses = []
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as mine, ClientSession(cookie_jar=CookieJar(unsafe=True)) as other:
        await enter(chat, mine)
        await enter(chat, other, "周海")
        user = str(chat.members["李小山"])
        for place, kind in ((browser_chat.private_chat(user), ChatKind.PRIVATE), (chat.group_id(), ChatKind.GROUP)):
            content = Outgoing(Text.plain("您的资料"), file=File("a.html", b"<script>1</script>", "text/html"))
            await app.browser.send(Parcel(browser_chat.chat_key(place), kind, content, Language.ZH))
            addresses.append(app.address.rstrip("/") + chat.shown[-1]["file"]["url"])
        async with ClientSession() as stranger:
            for who, wanted in ((mine, [200, 200]), (other, [404, 200]), (stranger, [401, 401])):
                for address, status in zip(addresses, wanted, strict=True):
                    async with who.get(address) as answer:
                        assert answer.status == status
                        if status == 200:
                            assert answer.headers["Content-Disposition"].startswith("attachment")
                            assert answer.headers.items() >= HEADERS.items()


# Paths and faults

WAYS_OUT = [
    *(
        "static/../templates/chat.html",
        "static/%2e%2e/server.py",
        "static/..%2fserver.py",
        "static/..%5cserver.py",
        "static//etc/passwd",
    ),
    *("static/%2e%2e/%2e%2e/config.py", "static/%00", "static/chat/", "static/", "static/" + "../" * 40 + "etc/passwd"),
    *("file/..%2f..%2fetc%2fpasswd", "file/%00", "..%2f..%2fpyproject.toml", "%2e%2e/%2e%2e/etc/passwd"),
]


async def test_no_path_leads_out_of_the_static_files(app: App, session: ClientSession) -> None:
    for path in WAYS_OUT:
        async with session.get(URL(app.address + path, encoded=True)) as answer:
            text = await answer.text(errors="replace")
        assert answer.status in {400, 401, 403, 404}
        assert not any(words in text for words in ("import ", "root:", "{%", "Traceback"))


async def test_a_fault_shows_a_number_and_nothing_of_the_house(chat: Dialogue, app: App, session: ClientSession) -> None:
    token = await link(chat)
    await app.database.stop()
    async with session.post(f"{app.address}enter/{token}") as answer:
        text = await answer.text()
        assert answer.status == 500
        assert answer.headers.items() >= HEADERS.items()
    assert text.startswith("Something went wrong; its number is ")
    assert not any(words in text for words in ("Traceback", "File", "Error", token))
    await app.database.start()


NO_HTTP = [
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nA: " + b"x" * 90_000,
]


async def test_what_is_no_http_is_answered_without_a_traceback(app: App) -> None:
    for request_line in NO_HTTP:
        url = URL(app.address)
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(request_line + b"\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(), 15)
        assert answer.startswith(b"HTTP/1.") is not answer.startswith(b"HTTP/1.1 200")
        assert b"Traceback" not in answer
        writer.close()


async def test_a_connection_that_never_finishes_its_question_is_let_go(chat: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.IDLE", 0.05)
    await chat.app._serve()
    url = URL(chat.app.address)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(b"GET / HTTP/1.1\r\nHost:")
    assert await asyncio.wait_for(reader.read(), 15) == b""
    writer.close()


# The socket


async def test_a_frame_that_unpacks_to_far_too_much_closes_its_socket(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session)
    socket, _ = await opened(app, session, compress=15)
    assert socket.compress
    await socket.send_str("x" * 5_000_000)
    assert await closed(socket) == 1009


async def test_frames_that_hold_what_no_database_takes_are_taken_without_it(chat: Dialogue, app: App, session: ClientSession) -> None:
    await chat.app.browser.start(chat.app.router.receive, [])  # type: ignore[union-attr]
    await enter(chat, session)
    socket, welcome = await opened(app, session)
    private = welcome["chats"][1]["id"]
    for number, text in enumerate(("签\0到", "你好\ud800", "长" * 8_000, "\0", "\ud83d")):
        await socket.send_str(json.dumps({"type": "send", "chat": private, "text": text, "nonce": f"n{number}\0\udfff", "x": [[]]}))
        shown = (await until(socket, "message"))["message"]["text"]["zh"]
        assert shown == text.replace("\0", "").replace("\ud800", "?").replace("\ud83d", "?")[:5000]
        assert (await until(socket, "ack", "error"))["type"] == "ack"


NOWHERE = ["NaN", "Infinity", "-1e999", "1" * 400, "91", '"1"', "null", "true"]


async def test_a_place_that_is_not_on_earth_is_refused(chat: Dialogue, app: App, session: ClientSession) -> None:
    for number in NOWHERE:
        await enter(chat, session)
        socket, welcome = await opened(app, session)
        private = welcome["chats"][1]["id"]
        await socket.send_str(f'{{"type":"location","chat":"{private}","latitude":{number},"longitude":1,"nonce":"n"}}')
        assert (await until(socket, "ack", "error"))["type"] == "error"


FIELDS = ["nonce", "message", "text", "reply_to"]


async def test_a_deep_nest_in_any_field_stops_nothing(chat: Dialogue, app: App, session: ClientSession) -> None:
    for field in FIELDS:
        await enter(chat, session)
        socket, welcome = await opened(app, session)
        nest = "[" * 900 + "]" * 900
        frame = json.dumps({"type": "press", "chat": welcome["chats"][1]["id"], "data": "q", "nonce": "n", "message": "m"})
        await socket.send_str(f'{frame[:-1]},"{field}":{nest}}}')
        await socket.send_str("{}")
        assert (await until(socket, "error"))["type"] == "error"
        assert not socket.closed


async def test_who_floods_is_told_to_go_slower_and_nobody_else(
    chat: Dialogue, app: App, session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.browser
    app.browser._pace = browser.Pace(5, 0.0)
    await enter(chat, session)
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as another:
        await enter(chat, another, "周海")
        socket, _ = await opened(app, session)
        for _ in range(5):
            await socket.send_str("{}")
            assert (await until(socket, "error"))["text"]["zh"].startswith("没有发出去")
        again, _ = await opened(app, session)
        for page in (socket, again):
            await page.send_str('{"type":"send","chat":"c","text":"x","nonce":"n7"}')
            refused = await until(page, "error")
            assert (refused["nonce"], refused["text"]["zh"]) == ("n7", "您发得太快了，请过一会儿再发。")
        other, _ = await opened(app, another)
        await other.send_str("{}")
        assert (await until(other, "error"))["text"]["zh"].startswith("没有发出去")


async def test_one_person_has_so_many_pages_and_the_oldest_gives_way(
    chat: Dialogue, app: App, session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "PAGES", 2)
    await enter(chat, session)
    pages = [(await opened(app, session))[0] for _ in range(3)]
    assert await closed(pages[0])
    assert not pages[1].closed
    assert not pages[2].closed
