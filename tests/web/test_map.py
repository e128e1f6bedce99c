"""The map on the web page, asked for as everybody would who may not see it, and as the one who may."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession, CookieJar

from bot.app import App
from bot.permissions import NotAllowed
from bot.services import deployment, place_map, web_entry
from bot.services.people import actor_of
from bot.web import map_page, server
from bot.web.branch import visit
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

GUESS = "A" * 32
HARBIN, NANSHAN, GUANGDONG = 230100, 440305, 440000
PLACES = {"李小山": (HARBIN, 10), "周海": (NANSHAN, 100), "吴芳": (GUANGDONG, 0)}
"""Where people are, and how many days ago they confirmed it."""


@pytest.fixture
async def app(chat: Dialogue) -> App:
    """A real deployment, served on the loopback, in which three have said where they are."""
    await chat.app._serve()

    async def settle(work: UnitOfWork) -> None:
        await deployment.note_address(work, chat.app.address)
        for name, (code, days) in PLACES.items():
            work.consents.put(chat.members[name], "location", given=True)
            work.places.put(chat.members[name], code, work.now - timedelta(days=days))

    await chat.in_branch(settle)
    return chat.app


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as opened:
        yield opened


async def link(chat: Dialogue, name: str = "王秀英") -> str:
    """What the bot answers somebody who asks for the page: the address of a fresh link."""
    (told,) = chat.to(name, await chat.private(name, "地图网页"))
    found = re.search(r"http\S+/branch/map/enter/[\w-]{32}", told)
    assert found, told
    return found[0]


async def enter(chat: Dialogue, session: ClientSession, name: str = "王秀英") -> None:
    async with session.post(await link(chat, name), allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/branch/map")


async def stamped(app: App, session: ClientSession, **said: str) -> dict[str, str]:
    """What a form of the page sends: its stamp, and what was filled in."""
    async with session.get(app.address + "branch/map") as answer:
        found = re.search(r'name="stamp" value="(\w{32})"', await answer.text())
    assert found
    return {"stamp": found[1], **said}


async def status(app: App, session: ClientSession, path: str = "branch/map/people", **options: Any) -> int:
    async with session.get(app.address + path, **options) as answer:
        text = await answer.text()
        assert answer.status == 200 or not any(name in text for name in PLACES), text
        return answer.status


async def seen(app: App, session: ClientSession) -> list[dict[str, Any]]:
    async with session.get(app.address + "branch/map/people") as answer:
        assert answer.status == 200
        cities: list[dict[str, Any]] = (await answer.json())["cities"]
        return cities


async def test_the_secretary_sees_who_is_where_since_when_and_nothing_finer_than_a_city(
    chat: Dialogue, app: App, session: ClientSession
) -> None:
    await enter(chat, session)
    cities = {each["name"]["zh"]: each for each in await seen(app, session)}
    assert list(cities) == ["哈尔滨", "广东", "深圳"]
    (zhou,) = cities["深圳"]["residents"]
    assert zhou == {
        "name": {"zh": "周海", "en": "Zhou Hai"},
        "about": {"zh": "2025-11-30 确认，超过 90 天", "en": "confirmed 2025-11-30, over 90 days ago"},
        "stale": True,
        "roles": [],
    }
    assert [each["residents"][0]["stale"] for each in cities.values()] == [False, False, True]
    assert [round(each) for each in cities["深圳"]["at"]] == [114, 23]
    async with session.get(app.address + "branch/map") as answer:
        text = await answer.text()
    assert "南山" not in text
    for said in ("李小山", "2026-02-28 确认", "3 人在 3 个地方", "红旗村支部", "2025-11-30 确认，超过 90 天"):
        assert said in text  # without any script, too


async def test_the_page_is_there_in_english(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session)
    async with session.get(app.address + "branch/map?lang=en") as answer:
        text = await answer.text()
    for said in ('lang="en"', "Where we are", "Li Xiaoshan", "confirmed 2026-02-28", "3 people in 3 places", 'href="/branch/map?lang=zh"'):
        assert said in text


NOBODY = {"stranger": None, "member": "李小山", "liaison": "孙丽"}


@pytest.mark.parametrize("name", NOBODY.values(), ids=NOBODY.keys())
async def test_whoever_may_not_see_places_gets_no_link_and_sees_nothing(
    chat: Dialogue, app: App, session: ClientSession, name: str | None
) -> None:
    if name is not None:
        assert "书记" in (told := chat.to(name, await chat.private(name, "地图网页"))[0])
        assert "/map/" not in told
        await refused(chat, name, web_entry.make_link, web_entry.invitation, web_entry.invitation_to_map, place_map.spread)
    assert [await status(app, session, path) for path in ("branch/map", "branch/map/people")] == [401, 401]


async def refused(chat: Dialogue, name: str, *wanted: Any) -> None:
    """The services themselves refuse somebody."""

    async def itself(work: UnitOfWork) -> None:
        member = await work.members.get(chat.members[name])
        assert member
        for each in wanted:
            with pytest.raises(NotAllowed):
                await each(work, actor_of(member))

    await chat.in_branch(itself)


async def test_who_has_other_pages_sees_no_place_with_their_session(chat: Dialogue, app: App, session: ClientSession) -> None:
    """The dues keeper keeps the register and has a session, which opens no map."""
    (told,) = chat.to("赵国强", await chat.private("赵国强", "支部网页"))
    found = re.search(r"http\S+/branch/enter/[\w-]{32}", told)
    assert found
    async with session.post(found[0], allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/branch")
    await refused(chat, "赵国强", web_entry.invitation_to_map, place_map.spread)
    assert [await status(app, session, path) for path in ("branch/map", "branch/map/people")] == [403, 403]


async def test_the_secretary_of_another_branch_sees_that_branch_and_no_other(chat: Dialogue, app: App, session: ClientSession) -> None:
    other = await chat.another_branch("东风村支部", {"钱有福": ["member", "secretary"], "何春梅": ["member"]})
    await enter(chat, session, "钱有福")
    assert await seen(app, session) == []
    async with session.get(app.address + "branch/map") as answer:
        text = await answer.text()
    assert "东风村支部" in text
    assert not any(name in text for name in PLACES)

    async def sideways(work: UnitOfWork) -> None:
        member = await work.members.get(chat.members["王秀英"])
        assert member
        with pytest.raises(NotAllowed):
            await place_map.spread(work, replace(actor_of(member), branch=other))

    await chat.in_branch(sideways)


async def test_looking_at_a_link_spends_nothing_and_pressing_spends_it_once(chat: Dialogue, app: App, session: ClientSession) -> None:
    address = await link(chat)
    for method in ("HEAD", "GET", "GET"):
        async with session.request(method, address) as answer:
            assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)

    async def press() -> int:
        async with session.post(address, allow_redirects=False) as answer:
            return answer.status

    assert sorted(await asyncio.gather(*(press() for _ in range(4)))) == [303, 410, 410, 410]


async def test_a_link_ends_after_a_quarter_of_an_hour_with_the_next_one_and_with_the_office(
    chat: Dialogue, app: App, session: ClientSession
) -> None:
    first, second = await link(chat), await link(chat)
    for address, wanted in ((first, 410), (second, 303)):
        async with session.post(address, allow_redirects=False) as answer:
            assert answer.status == wanted
    late = await link(chat)
    chat.now += web_entry.LINK_LIVES
    async with session.post(late, allow_redirects=False) as answer:
        assert answer.status == 410
    of_the_chat = late.replace("/branch/map/enter/", "/enter/")
    async with session.post(of_the_chat, allow_redirects=False) as answer:
        assert answer.status == 410  # a link to the map is none to the chat


async def test_a_session_ends_after_an_hour(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session)
    chat.now += web_entry.SESSION_LIVES - timedelta(seconds=1)
    assert await status(app, session) == 200
    chat.now += timedelta(seconds=1)
    assert [await status(app, session), await status(app, session, "branch/map")] == [401, 401]


async def test_who_guesses_links_to_the_map_has_to_wait(app: App, session: ClientSession) -> None:
    async def guess(number: int) -> int:
        async with session.post(f"{app.address}branch/map/enter/{number:032d}", allow_redirects=False) as answer:
            return answer.status

    assert [await guess(number) for number in range(server.GUESSES + 1)] == [410] * server.GUESSES + [429]


FORGED = ["", "x", "' OR 1=1 --", GUESS, "%00", "a" * 6000]


async def test_a_made_up_session_or_one_of_the_chat_is_nobody(chat: Dialogue, app: App, session: ClientSession) -> None:
    for cookie in FORGED:
        assert await status(app, session, headers={"Cookie": f"{visit.COOKIE}={cookie}"}) == 401
    (told,) = chat.to("王秀英", await chat.private("王秀英", "网页"))
    async with session.post(told.split("\n")[1], allow_redirects=False) as answer:
        own = SimpleCookie(answer.headers["Set-Cookie"])["zhibu"].value
    assert await status(app, session, headers={"Cookie": f"{visit.COOKIE}={own}"}) == 401


async def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_the_other_pages(
    chat: Dialogue, app: App, session: ClientSession
) -> None:
    for proxied, secure in (({}, ""), ({"X-Forwarded-Proto": "https"}, True)):
        async with session.post(await link(chat), headers=proxied, allow_redirects=False) as answer:
            cookie = SimpleCookie(answer.headers["Set-Cookie"])[visit.COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["path"]) == (True, "Strict", secure, "/branch")
        assert int(cookie["max-age"]) == web_entry.SESSION_LIVES.total_seconds()


ELSEWHERE = [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]


async def test_a_page_of_another_site_logs_nobody_in_or_out(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session)
    for headers in ELSEWHERE:
        for address in (await link(chat), app.address + "branch/leave"):
            async with session.post(address, headers=headers, allow_redirects=False) as answer:
                assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)
    async with session.get(app.address + "branch/leave") as answer:
        assert answer.status == 405
    assert await status(app, session) == 200


async def test_logging_out_ends_this_session_or_all(chat: Dialogue, app: App, session: ClientSession) -> None:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as phone, ClientSession(cookie_jar=CookieJar(unsafe=True)) as desk:
        for each in (session, phone, desk):
            await enter(chat, each)
        token = next(each.value for each in session.cookie_jar if each.key == visit.COOKIE)
        async with session.post(app.address + "branch/leave", data=await stamped(app, session), allow_redirects=False) as answer:
            assert answer.status == 303
        assert await status(app, session, headers={"Cookie": f"{visit.COOKIE}={token}"}) == 401
        assert [await status(app, each) for each in (phone, desk)] == [200, 200]
        unused = await link(chat)
        async with phone.post(
            app.address + "branch/leave", data=await stamped(app, phone, everywhere="yes"), allow_redirects=False
        ) as answer:
            assert answer.status == 303
        assert [await status(app, each) for each in (phone, desk)] == [401, 401]
        async with desk.post(unused, allow_redirects=False) as answer:
            assert answer.status == 410


ENDS = {
    "said in private": [("王秀英", "退出网页")],
    "the office handed over": [("王秀英", "移交书记 李小山"), ("王秀英", "对")],
    "the office taken": [("王秀英", "任命 李小山 书记"), ("李小山", "免去 王秀英 书记")],
    "removed": [("王秀英", "任命 李小山 书记"), ("李小山", "移除 王秀英"), ("李小山", "对")],
}


@pytest.mark.parametrize("said", ENDS.values(), ids=ENDS.keys())
async def test_a_session_ends_with_the_word_the_office_or_the_membership(
    chat: Dialogue, app: App, session: ClientSession, said: list[tuple[str, str]]
) -> None:
    await enter(chat, session)
    assert await status(app, session) == 200
    for person, words in said:
        await chat.private(person, words)
    assert [await status(app, session), await status(app, session, "branch/map")] == [401, 401]

    async def kept(work: UnitOfWork) -> list[str]:
        return [each.kind for each in await work.links.of(chat.members["王秀英"])]

    assert await chat.in_branch(kept) == []  # coming back does not bring it back


async def test_who_withdrew_is_not_there_and_who_may_not_be_named_is_a_number(
    chat: Dialogue, app: App, session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enter(chat, session)
    await chat.private("李小山", "别记我的位置")
    assert {each["name"]["zh"] for each in await seen(app, session)} == {"深圳", "广东"}
    monkeypatch.setattr(deployment, "ABROAD", frozenset({"browser"}))
    assert await seen(app, session) == []
    async with session.get(app.address + "branch/map") as answer:
        text = await answer.text()
    assert "2 人在 0 个地方" in text
    assert "另有 2 人没有同意在这里显示姓名" in text


async def test_every_answer_bears_the_strict_headers(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session)
    own = {"branch/map": "same-origin", "branch/map/people": "no-referrer", "branch/map/enter/" + GUESS: "same-origin"}
    for path, referrer in own.items():
        async with session.get(app.address + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
            assert not {"unsafe", "http:", "https:", "*"} & {word for word in ("unsafe", "http:", "https:", "*") if word in policy}
            assert answer.headers["Referrer-Policy"] == referrer
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Frame-Options"] == "DENY"
            text = await answer.text()
            assert not re.search(r"""<script(?![^>]*src="/static/)|\sstyle=|\son\w+=""", text)
    async with session.get(app.address + "branch/map?lang=%22%3E%3Cscript%3E") as answer:
        assert "><script>" not in await answer.text()


async def test_the_outline_and_the_script_come_packed_from_here(app: App, session: ClientSession) -> None:
    async with session.get(app.address + "branch/map/china.json") as answer:
        assert answer.headers["Content-Encoding"] in {"gzip", "deflate"}
        names = [each["properties"]["name"] for each in json.loads(await answer.read())["features"]]
    assert len(set(names)) == 35
    assert names.count("境界线") == 2
    async with session.get(app.address + "static/vendor/echarts.js") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] in {"gzip", "deflate"}
        assert (await answer.text()).startswith("/* Apache ECharts")
        tag = answer.headers["ETag"]
    async with session.get(app.address + "static/vendor/echarts.js", headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304


async def test_the_log_says_that_the_map_was_shown_and_names_nobody(
    chat: Dialogue, app: App, session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = structlog.testing.LogCapture()
    monkeypatch.setattr(map_page, "log", structlog.wrap_logger(None, [capture], structlog.stdlib.BoundLogger))
    await enter(chat, session)
    assert await status(app, session) == 200
    member = chat.members["王秀英"]
    assert capture.entries == [{"event": "the map was shown", "member": member, "path": "/branch/map/people", "log_level": "info"}]
