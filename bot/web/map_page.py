"""The map on the web page: who is where, for whoever may see places. What it shows comes from `place_map.spread`; nothing is kept here."""

from dataclasses import replace
from typing import Any

import structlog
from aiohttp import web

from bot.render import outline
from bot.services import place_map
from bot.services.place_map import Spread
from bot.services.web_entry import Caller
from bot.texts import Language, Text
from bot.web import map_words as words
from bot.web.branch import visit
from bot.web.branch.visit import Visit, get
from bot.web.pages import page, posting

PATH = f"{visit.PATH}/map"
DOOR = replace(visit.DOOR, path=f"{PATH}/enter", behind=PATH, says=words.DOOR, over=words.LINK_OVER)

log = structlog.get_logger()


def routes() -> list[web.RouteDef]:
    """The page, what its script asks for, and the way in."""
    return [*DOOR.routes(), get("/map", shown), get("/map/people", people), web.get(f"{PATH}/china.json", china)]


async def _seen(asked: Visit) -> tuple[Spread, Caller]:
    spread: Spread = await asked.do(place_map.spread)
    caller = asked.caller
    assert caller is not None  # noqa: S101  `do` has set it
    log.info("the map was shown", member=caller.actor.member, path=asked.request.path)
    return spread, caller


async def shown(asked: Visit) -> web.StreamResponse:
    """The page: a list that can be read without a script and a place for the map."""
    spread, caller = await _seen(asked)
    language = asked.language
    said = {name: text.to(language) for name, text in words.PAGE.items()}
    counted = words.COUNTED(total=spread.total, cities=len(spread.cities), day=spread.day.isoformat())
    response = page(
        "map.html",
        language=language,
        other=Language.EN if language is Language.ZH else Language.ZH,
        w=said,
        stamp=asked.stamp,
        branch=spread.branch.to(language),
        counted=counted.to(language),
        hidden=words.HIDDEN(count=spread.hidden).to(language) if spread.hidden else "",
        until=caller.until.isoformat(),
        roles=[(key, name.to(language)) for key, name in place_map.role_names(spread.roles)],
        cities=[_city(each, language) for each in spread.cities],
        empty=not spread.cities,
    )
    asked.remember_language(response)
    return posting(response)


def _city(city: place_map.City, language: Language) -> dict[str, Any]:
    residents = [{"name": each.name.to(language), "about": words.about(each).to(language)} for each in city.residents]
    return {"name": city.name.to(language), "count": len(residents), "residents": residents}


async def people(asked: Visit) -> web.StreamResponse:
    """The same for the page's script."""
    spread, caller = await _seen(asked)
    response = web.json_response({"until": caller.until.isoformat(), "cities": [_record(each) for each in spread.cities]})
    response.enable_compression()
    return response


def _record(city: place_map.City) -> dict[str, Any]:
    residents = [
        {"name": _both(each.name), "about": _both(words.about(each)), "stale": each.stale, "roles": sorted(each.roles)}
        for each in city.residents
    ]
    return {"code": city.code, "name": _both(city.name), "at": city.at, "residents": residents}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


async def china(_: web.Request) -> web.StreamResponse:
    """The outline of the country: the same for everybody, so nobody is asked who they are."""
    response = web.Response(body=outline.geojson(), content_type="application/geo+json", headers={"Cache-Control": "max-age=86400"})
    response.enable_compression()
    return response
