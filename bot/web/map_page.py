"""The map on the web page: who is where, for whoever may see places. What it shows comes from `map_entry.seen`; nothing is kept here."""

from typing import Any

import structlog
from aiohttp import web

from bot.platforms.browser_origin import is_own
from bot.render import outline
from bot.services import map_entry, place_map
from bot.services.map_entry import Seen
from bot.texts import Language, Text
from bot.web import map_words as words
from bot.web.pages import LANGUAGE, RUN, Door, page, posting

COOKIE, PATH = "zhibu_map", "/map"
DOOR = Door(
    COOKIE,
    f"{PATH}/enter",
    PATH,
    map_entry.SESSION_LIVES,
    map_entry.spend_link,
    words.DOOR,
    words.OPEN,
    words.LINK_OVER,
)

log = structlog.get_logger()


def routes() -> list[web.RouteDef]:
    """The page, what its script asks for, and the ways in and out."""
    return [
        *DOOR.routes(),
        web.get(PATH, shown),
        web.get(f"{PATH}/people", people),
        web.get(f"{PATH}/china.json", china),
        web.post(f"{PATH}/leave", left),
    ]


async def _seen(request: web.Request) -> Seen | None:
    token = request.cookies.get(COOKIE)
    seen: Seen | None = await request.app[RUN](map_entry.seen, token) if token else None
    if seen is not None:
        log.info("the map was shown", member=seen.member, path=request.path)
    return seen


async def shown(request: web.Request) -> web.StreamResponse:
    """The page: without a session how to get one, otherwise a list that can be read without a script and a place for the map."""
    seen = await _seen(request)
    asked = request.query.get("lang")
    known = asked if asked in set(Language) else seen.language if seen else request.app[LANGUAGE]
    language = Language(known)
    if seen is None:
        return page("map_closed.html", 401, language=language, says=words.CLOSED)
    said = {name: text.to(language) for name, text in words.PAGE.items()}
    spread = seen.spread
    counted = words.COUNTED(total=spread.total, cities=len(spread.cities), day=spread.day.isoformat())
    response = page(
        "map.html",
        language=language,
        other=Language.EN if language is Language.ZH else Language.ZH,
        w=said,
        branch=spread.branch.to(language),
        counted=counted.to(language),
        hidden=words.HIDDEN(count=spread.hidden).to(language) if spread.hidden else "",
        until=seen.until.isoformat(),
        roles=[(key, name.to(language)) for key, name in place_map.role_names(spread.roles)],
        cities=[_city(each, language) for each in spread.cities],
        empty=not spread.cities,
    )
    return posting(response)


def _city(city: place_map.City, language: Language) -> dict[str, Any]:
    residents = [{"name": each.name.to(language), "about": words.about(each).to(language)} for each in city.residents]
    return {"name": city.name.to(language), "count": len(residents), "residents": residents}


async def people(request: web.Request) -> web.StreamResponse:
    """The same for the page's script."""
    seen = await _seen(request)
    if seen is None:
        return web.json_response({"error": "no session"}, status=401)
    response = web.json_response({"until": seen.until.isoformat(), "cities": [_record(each) for each in seen.spread.cities]})
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


async def left(request: web.Request) -> web.StreamResponse:
    """Log out here, or with `everywhere` on every device. Only our own page may ask for that."""
    if not is_own(request):
        raise web.HTTPForbidden(text="A page of another site cannot log anybody out.")
    everywhere = (await request.post()).get("everywhere") == "yes"
    if token := request.cookies.get(COOKIE):
        await request.app[RUN](map_entry.leave, token, everywhere=everywhere)
    response = web.HTTPSeeOther(PATH)
    response.del_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict")
    raise response
