"""The ledger: everybody, chosen by the words that 名册 takes. Words may be a name, so they are posted and stand in no address."""

from aiohttp import web

from bot.rules.register import LIGHTS
from bot.services import people, place_words, register_saying, register_view
from bot.services.register_values import NAMES
from bot.services.register_view import Line
from bot.texts import Text
from bot.web.branch import people_words as words
from bot.web.branch.visit import Visit, get, post

A_PAGE = 40
"""So many people stand on one page."""
LONGEST = 100


def routes() -> list[web.RouteDef]:
    """The list, and what was looked for."""
    return [get("/ledger", shown), post("/ledger", shown)]


async def shown(visit: Visit) -> web.StreamResponse:
    """A page of those whom the words choose; everybody for none."""
    said = visit.said("words")[:LONGEST]
    found: list[Line] = await visit.do(register_view.filtered, said)
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(_number(visit.said("page")), 1), pages)
    part = found[(page - 1) * A_PAGE : page * A_PAGE]
    return await visit.page(
        "ledger.html",
        "ledger",
        p=words,
        words=said,
        count=len(found),
        people=[(each, people.person(each.member), lights(each), facts(each)) for each in part],
        numbers=range(1, pages + 1),
        current=page,
    )


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < len("10000") else 1


def lights(each: Line) -> list[tuple[Text, bool]]:
    """The three lights by name, and whether each is lit."""
    return [(NAMES[field], each.entry.holds(field.value)) for field in LIGHTS]


def facts(each: Line) -> list[Text]:
    """What a line of the list tells beside the lights."""
    told = [place_words.listed(each.place)] if each.place is not None else []
    told.append(register_saying.days(each))
    told.append(words.LIAISON(who=people.person(each.liaison) if each.liaison is not None else words.NONE))
    if each.missing:
        told.append(words.MISSING(what=register_saying.clears(each.missing)))
    return told
