"""What needs the secretary this month, as a page: each thing has one button, which leads where it is done."""

from aiohttp import ClientSession

from bot.app import App
from tests.appeals import asked
from tests.dialogue import Dialogue
from tests.web.pages import enter, get, send

SECRETARY = "王秀英"


async def test_each_thing_has_one_button_that_leads_where_it_is_done(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, "branch/needs")
    assert "位 90 天没确认" in page
    assert "李小山" not in page
    assert page.count('class="deed"') == page.count('<li class="card">') <= 5
    _, listed = await send(served, visitor, page, "branch/ledger", words="90天没确认")
    assert "李小山" in listed
    assert (await get(served, visitor, "branch/liaisons"))[0] == 200


async def test_what_is_decided_in_a_chat_is_sent_there(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await asked(chat)
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, "branch/needs")
    assert "件求助等核实" in page
    before = len(chat.shown)
    _, page = await send(served, visitor, page, "branch/needs", kind="appeals")
    assert "发到您的私聊了" in page
    await chat.pass_time(seconds=5)
    assert any("件求助等核实" in str(each) for each in chat.shown[before:])
    assert "核实" in " ".join(chat.to(SECRETARY, await chat.press(SECRETARY, "看求助")))
    status, page = await send(served, visitor, page, "branch/needs", kind="claims")
    assert (status, "已经办好了" in page) == (422, True)


async def test_who_does_not_see_the_register_is_refused(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await chat.join("何春梅", "member", "organiser")
    await enter(chat, visitor, "何春梅")
    assert (await get(served, visitor, "branch/needs"))[0] == 403
