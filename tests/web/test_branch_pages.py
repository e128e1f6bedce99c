"""The branch's pages, asked for by whoever may and may not open them, and as other sites would."""

import io
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar

from bot.app import App
from bot.services import deployment, web_entry
from bot.web.branch import routes, visit
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

ORGANISER = "何春梅"


@pytest.fixture
async def app(chat: Dialogue) -> App:
    """A real deployment, served on the loopback, with an organiser beside the secretary."""
    await chat.app._serve()
    await chat.run(deployment.note_address, chat.app.address)
    await chat.join(ORGANISER, "member", "organiser")
    return chat.app


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as opened:
        yield opened


async def enter(chat: Dialogue, session: ClientSession, name: str) -> None:
    (told,) = chat.to(name, await chat.private(name, "支部网页"))
    found = re.search(r"http\S+/branch/enter/[\w-]{32}", told)
    assert found, told
    async with session.post(found[0], allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/branch")


async def get(app: App, session: ClientSession, path: str) -> tuple[int, str]:
    async with session.get(app.address + path) as answer:
        return answer.status, await answer.text()


def stamp(page: str) -> str:
    """What a page's forms carry."""
    found = re.search(r'name="stamp" value="(\w{32})"', page)
    assert found
    return found[1]


async def test_a_secretary_is_led_to_the_first_page_of_theirs(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, "王秀英")
    async with session.get(app.address + "branch", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/branch/map")


async def test_who_may_not_see_the_branches_below_is_told_who_may(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, "王秀英")
    status, page = await get(app, session, "branch/units")
    assert status == 403
    assert "组织员" in page


async def test_an_organiser_sees_counts_of_the_branches_below_and_no_name(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, ORGANISER)
    status, page = await get(app, session, "branch/units")
    assert (status, "还没有分管的组织" in page) == (422, True)

    async def organise(work: UnitOfWork) -> None:
        living = await work.units.living()
        for each in living:
            work.units.appoint(chat.members[ORGANISER], chat.branch, each.id)

    await chat.in_branch(organise)
    status, page = await get(app, session, "branch/units")
    assert status == 200
    assert "红旗村支部" in page
    assert not any(name in page for name in ("李小山", "周海", "吴芳", "孙丽"))
    status, page = await get(app, session, "branch/units?lang=en")
    assert "The branches below" in page
    assert "The branches below" in (await get(app, session, "branch/units"))[1]  # what was chosen stays


async def test_without_a_session_or_after_its_end_every_page_says_how_to_log_in(chat: Dialogue, app: App, session: ClientSession) -> None:
    paths = {each.path for each in routes.all_of_them() if each.method == "GET" and "{" not in each.path}
    assert paths >= {"/branch", "/branch/units"}
    await enter(chat, session, ORGANISER)
    chat.now += web_entry.SESSION_LIVES
    for path in paths:
        status, page = await get(app, session, path.lstrip("/"))
        assert (status, "支部网页" in page) == (401, True)


async def test_no_form_is_taken_without_the_stamp_of_the_session_or_from_another_site(
    chat: Dialogue, app: App, session: ClientSession
) -> None:
    await enter(chat, session, ORGANISER)
    _, page = await get(app, session, "branch/units")
    forms = {each.path for each in routes.all_of_them() if each.method == "POST" and not each.path.startswith(visit.DOOR.path)}
    assert "/branch/leave" in forms
    for path in forms:
        address = app.address + path.lstrip("/")
        for sent in ({}, {"stamp": ""}, {"stamp": "0" * 32}, {"stamp": "名"}):
            async with session.post(address, data=sent, allow_redirects=False) as answer:
                assert answer.status == 403
        async with session.post(
            address, data={"stamp": stamp(page)}, headers={"Origin": "http://evil.example"}, allow_redirects=False
        ) as answer:
            assert answer.status == 403
        large: Any = {"data": io.BytesIO(b"stamp=" + b"x" * 2_000_000), "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
        async with session.post(address, **large, allow_redirects=False) as answer:
            assert answer.status == 413
    async with session.post(app.address + "branch/leave", data={"stamp": stamp(page)}, allow_redirects=False) as answer:
        assert answer.status == 303
    assert (await get(app, session, "branch/units"))[0] == 401


async def test_a_hostile_name_is_only_a_name(chat: Dialogue, app: App, session: ClientSession) -> None:
    hostile = "<script>alert(1)</script>"
    await chat.join(hostile, "member", "organiser")
    await enter(chat, session, hostile)
    _, page = await get(app, session, "branch/units")
    assert hostile not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_a_secretary_who_becomes_deputy_has_to_come_in_anew(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, "王秀英")
    for person, words in (("王秀英", "任命 李小山 书记"), ("李小山", "任命 王秀英 副书记"), ("李小山", "免去 王秀英 书记")):
        await chat.private(person, words)
    assert (await get(app, session, "branch/map"))[0] == 401
