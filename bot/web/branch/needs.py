"""What needs the secretary this month: five things at most, each with one button that leads where it is done."""

from aiohttp import web

from bot.services import register_needs
from bot.services.register_needs import Need
from bot.texts import Text
from bot.web.branch import care_words as words
from bot.web.branch.visit import PATH, Visit, get, post

ELSEWHERE = {"liaisons": (f"{PATH}/liaisons", words.TO_BOARD)}
"""What has a page of its own."""
_LISTED = "名册 "


def routes() -> list[web.RouteDef]:
    """The page, and the button for what is done in a chat."""
    return [get("/needs", shown), post("/needs", handed)]


async def shown(visit: Visit) -> web.StreamResponse:
    """The list."""
    return await _page(visit)


async def handed(visit: Visit) -> web.StreamResponse:
    """Send one of them to the private chat, where it is decided."""
    said: Text = await visit.do(register_needs.hand, visit.said("kind"))
    return await _page(visit, said)


async def _page(visit: Visit, done: Text | None = None) -> web.Response:
    found: list[Need] = await visit.do(register_needs.needs)
    ways = [
        (each, ELSEWHERE.get(each.kind), each.command.removeprefix(_LISTED) if each.command.startswith(_LISTED) else "") for each in found
    ]
    return await visit.page("needs.html", "needs", c=words, needs=ways, done=done, nothing=register_needs.NOTHING)
