"""The search for those who are lost: how it stands, its poster, and beginning and ending it."""

import asyncio

from aiohttp import web

from bot.messages import Drawing, Outgoing
from bot.services import drawings, seek_campaigns, seek_forms
from bot.services.seek_forms import Shown
from bot.texts import Text
from bot.web.branch import care_words as words
from bot.web.branch.visit import PATH, Visit, get, number, post


def routes() -> list[web.RouteDef]:
    """The page, its posters and its forms."""
    return [
        get("/finding", shown),
        get("/finding/poster-{name}.png", poster),
        post("/finding/start", started),
        post("/finding/end", ended),
        post("/finding/undo", undone),
    ]


async def shown(visit: Visit) -> web.StreamResponse:
    """How the search stands, and who is sought."""
    seen: Shown = await visit.do(seek_forms.shown)
    return await visit.page("finding.html", "finding", c=words, seen=seen, most=seek_campaigns.LONGEST, usual=seek_campaigns.WORDS)


async def poster(visit: Visit) -> web.StreamResponse:
    """The poster as a file."""
    name = visit.request.match_info["name"]
    drawing: Drawing = await visit.do(seek_forms.poster, name)
    drawn = await asyncio.to_thread(drawings.drawn, Outgoing(Text.plain(""), drawing=drawing))
    content = drawn.picture if drawn.file is None else drawn.file.content
    headers = {"Content-Disposition": f'attachment; filename="poster-{name}.png"'}
    return web.Response(body=content, content_type="image/png", headers=headers)


async def started(visit: Visit) -> web.StreamResponse:
    """Begin to look."""
    await visit.do(seek_campaigns.start, visit.said("words"))
    raise web.HTTPSeeOther(f"{PATH}/finding")


async def ended(visit: Visit) -> web.StreamResponse:
    """Look no longer."""
    await visit.do(seek_forms.end)
    raise web.HTTPSeeOther(f"{PATH}/finding")


async def undone(visit: Visit) -> web.StreamResponse:
    """Take the last of these back."""
    await visit.do(seek_forms.take_back, number(visit.said("deed")))
    raise web.HTTPSeeOther(f"{PATH}/finding")
