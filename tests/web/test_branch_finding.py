"""The search for the lost as a page: begun with words that name nobody, its poster fetched, ended, and taken back."""

import re

from aiohttp import ClientSession

from bot.app import App
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.web.pages import enter, get, send

SECRETARY, DEPUTY, LOST, PAGE = "王秀英", "副书记甲", "陈立夏", "branch/finding"


async def somebody_lost(chat: Dialogue) -> None:
    """A member who has never written to the bot."""

    async def add(work: UnitOfWork) -> None:
        work.members.add(LOST, "Chen Lixia", ["member"])

    await chat.in_branch(add)


async def test_a_search_is_begun_its_poster_fetched_ended_and_taken_back(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await somebody_lost(chat)
    await enter(chat, visitor, SECRETARY)
    status, page = await get(served, visitor, PAGE)
    assert (status, LOST in page, "现在没有在寻找" in page) == (200, True, True)
    assert (await get(served, visitor, PAGE + "/poster-a4.png"))[0] == 422
    status, told = await send(served, visitor, page, PAGE + "/start", words=f"{LOST}同志请回家")
    assert (status, "不能写人的姓名" in told) == (422, True)
    _, page = await send(served, visitor, page, PAGE + "/start", words="家里惦记着您")
    assert "还在找 1 位" in page
    for name in ("a4", "phone"):
        async with visitor.get(f"{served.address}{PAGE}/poster-{name}.png") as answer:
            assert (answer.status, answer.content_type, answer.headers["Cache-Control"]) == (200, "image/png", "no-store")
            assert (await answer.read()).startswith(b"\x89PNG")
    assert (await get(served, visitor, PAGE + "/poster-a5.png"))[0] == 404
    _, page = await send(served, visitor, page, PAGE + "/end")
    assert "现在没有在寻找" in page
    deed = re.search(r'name="deed" value="(\d+)"', page)
    assert deed
    _, page = await send(served, visitor, page, PAGE + "/undo", deed=deed[1])
    assert "还在找 1 位" in page
    assert (await send(served, visitor, page, PAGE + "/undo", deed=deed[1]))[0] == 422


async def test_a_deputy_looks_and_leads_nothing_and_others_see_nobody(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await somebody_lost(chat)
    await chat.join(DEPUTY, "member", "deputy")
    await enter(chat, visitor, DEPUTY)
    status, page = await get(served, visitor, PAGE)
    assert (status, LOST in page, "/finding/start" in page) == (200, True, False)
    assert (await send(served, visitor, page, PAGE + "/start", words=""))[0] == 403
    assert (await send(served, visitor, page, PAGE + "/end"))[0] == 403
    await enter(chat, visitor, "赵国强")
    status, page = await get(served, visitor, PAGE)
    assert (status, LOST in page) == (403, False)
