"""What the pages share: templates, and the door through which a one-time link leads into a session."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.clock import zone
from bot.patterns import Pattern
from bot.platforms.browser import Run
from bot.platforms.browser_origin import address_of, is_own
from bot.platforms.pace import Pace
from bot.texts import Text

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
RUN: web.AppKey[Run] = web.AppKey("run")
LANGUAGE = web.AppKey("language", str)
KNOCKS = web.AppKey("knocks", Pace)
LINK = Pattern(r"[A-Za-z0-9_-]{32}")
"""What a one-time link's secret looks like: nothing else is looked up."""


def page(template: str, status: int = 200, **said: object) -> web.Response:
    """A page made of a template."""
    return web.Response(text=_templates().get_template(template).render(said), status=status, content_type="text/html")


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, pass_context  # noqa: PLC0415  2 MB that a start can spare until somebody opens a page

    made = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(said=pass_context(_said), clock=lambda at: f"{at.astimezone(zone(None)):%H:%M}")
    return made


def _said(context: Mapping[str, Any], text: Text, **values: Text | str | int) -> str:
    """A text in the language of the page, with its placeholders filled."""
    return (text(**values) if values else text).to(context["language"])


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: GET shows a button and spends nothing, POST spends the link, sets the cookie and leads to the page behind."""

    cookie: str
    path: str
    behind: str
    """The page that it leads to."""
    within: str
    """The paths that see the cookie."""
    lives: timedelta
    spend: Callable[..., Awaitable[Any]]
    """Turns a link into a session's token, or None."""
    says: Text
    button: Text
    over: Text

    def routes(self) -> list[web.RouteDef]:
        """The two ways of asking."""
        return [web.get(f"{self.path}/{{token}}", self.shown), web.post(f"{self.path}/{{token}}", self.entered)]

    async def shown(self, request: web.Request) -> web.StreamResponse:
        """A one-time link shows a button; previews of the link burn nothing."""
        return self._page(request, request.match_info["token"])

    async def entered(self, request: web.Request) -> web.StreamResponse:
        """The button spends the link. A page of another site cannot press it, and so log nobody in as somebody else."""
        if not is_own(request):
            raise web.HTTPForbidden(text="A page of another site cannot open this link.")
        knocks, who, now = request.app[KNOCKS], address_of(request), asyncio.get_running_loop().time()
        if not knocks.left(who, now):
            raise web.HTTPTooManyRequests(text="Too many links that open nothing; please wait a minute.", headers={"Retry-After": "60"})
        link = request.match_info["token"]
        token = await request.app[RUN](self.spend, link) if LINK.fullmatch(link) else None
        if not isinstance(token, str):
            knocks.take(who, now)
            return self._page(request, "", status=410)
        response = web.HTTPSeeOther(self.behind)
        secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
        seconds = int(self.lives.total_seconds())
        response.set_cookie(self.cookie, token, path=self.within, httponly=True, samesite="Strict", secure=secure, max_age=seconds)
        raise response

    def _page(self, request: web.Request, token: str, status: int = 200) -> web.Response:
        failed = not LINK.fullmatch(token)
        response = page("enter.html", status, language=request.app[LANGUAGE], token=token, failed=failed, door=self)
        return posting(response)


def posting(response: web.Response) -> web.Response:
    """A page with a form: under “no-referrer” a browser posts even our own with “Origin: null”. Others are told nothing here either."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response
