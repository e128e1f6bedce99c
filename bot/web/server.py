"""The local web server: the chat page, log-in by one-time link, and the routes that platforms need."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.patterns import Pattern
from bot.platforms.browser import Run
from bot.platforms.browser_origin import address_of, is_own
from bot.platforms.pace import Pace
from bot.services import browser_chat
from bot.services.browser_chat import Visitor
from bot.web import health
from bot.web.health import Health

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
COOKIE = "zhibu"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
LINK = Pattern(r"[A-Za-z0-9_-]{32}")
"""What a one-time link's secret looks like (`browser_chat.make_link`): nothing else is looked up."""
GUESSES, PER_SECOND = 10, 0.1
"""Links that open nothing, from one address, at once and then a second. The secrets have 192 bits; this spares the database."""
_CALLED = Pattern(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z.-]+)(:[0-9]{1,5})?")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Strict headers on everything; on the loopback only names of the loopback, so that no other site can rebind to us.

    While the program stops nothing new is taken: a platform is told to come again, and does.
    """
    hosts = request.app[HOSTS]
    if hosts and _host(request) not in hosts:
        raise web.HTTPMisdirectedRequest(text="This address is not served here.", headers=HEADERS)
    if request.path not in health.PATHS and request.app[STOPPING]():
        raise web.HTTPServiceUnavailable(text="Stopping; please try again in a moment.", headers={"Retry-After": "5", **HEADERS})
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    except Exception:
        if request.writer.output_size:  # a socket that is open: there is nothing to answer
            raise
        number = secrets.token_hex(3)
        log.exception("a page failed", error_id=number)
        return web.Response(status=500, text=f"Something went wrong; its number is {number}.", headers=HEADERS)
    if not response.prepared:
        if request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-cache"
        response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
    return response


def _host(request: web.Request) -> str:
    """The name under which we were called, without the port; empty for what is no name."""
    called = _CALLED.fullmatch(request.host.lower())
    return called["name"].strip("[]") if called else ""


HOSTS = web.AppKey("hosts", frozenset[str])
RUN: web.AppKey[Run] = web.AppKey("run")
SAMPLE = web.AppKey("sample", bool)
LANGUAGE = web.AppKey("language", str)
STOPPING: web.AppKey[Callable[[], bool]] = web.AppKey("stopping")
KNOCKS = web.AppKey("knocks", Pace)


async def who_is(run: Run, request: web.Request) -> Visitor | None:
    """Who opened a page, by the session that a one-time link began."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    visitor: Visitor | None = await run(browser_chat.session, token)
    return visitor


async def chat(request: web.Request) -> web.Response:
    """The chat page."""
    return _page("chat.html", language=request.app[LANGUAGE], sample=request.app[SAMPLE])


async def enter(request: web.Request) -> web.StreamResponse:
    """A one-time link shows a button; previews of the link burn nothing."""
    return _door(request, request.match_info["token"])


async def entered(request: web.Request) -> web.StreamResponse:
    """The button spends the link and opens a session. A page of another site cannot press it, and so log nobody in as somebody else."""
    if not is_own(request):
        raise web.HTTPForbidden(text="A page of another site cannot open this link.")
    knocks, who, now = request.app[KNOCKS], address_of(request), asyncio.get_running_loop().time()
    if not knocks.left(who, now):
        raise web.HTTPTooManyRequests(text="Too many links that open nothing; please wait a minute.", headers={"Retry-After": "60"})
    link = request.match_info["token"]
    token = await request.app[RUN](browser_chat.spend_link, link) if LINK.fullmatch(link) else None
    if not isinstance(token, str):
        knocks.take(who, now)
        return _door(request, "", status=410)
    response = web.HTTPSeeOther("/")
    secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="Strict", secure=secure, max_age=int(browser_chat.SESSION_LIVES.total_seconds())
    )
    raise response


def _page(template: str, status: int = 200, **said: object) -> web.Response:
    return web.Response(text=_templates().get_template(template).render(said), status=status, content_type="text/html")


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415  2 MB that a start can spare until somebody opens a page

    return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)


def bare(checked: Health, *, hosts: frozenset[str], stopping: Callable[[], bool]) -> web.Application:
    """An application of the pages for other machines alone. `hosts`: the names under which it may be called; empty for any."""
    app = web.Application(middlewares=[guard], client_max_size=1024 * 1024)
    app[HOSTS], app[STOPPING] = hosts, stopping
    app.add_routes(checked.routes())
    return app


def _door(request: web.Request, token: str, status: int = 200) -> web.Response:
    response = _page("enter.html", status, language=request.app[LANGUAGE], token=token, failed=not LINK.fullmatch(token))
    # Under “no-referrer” a browser posts even our own form with “Origin: null”; other sites are told nothing under this one either.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def make(
    run: Run,
    routes: Sequence[web.RouteDef],
    *,
    checked: Health,
    chat_page: bool,
    sample: bool,
    language: str,
    hosts: frozenset[str],
    stopping: Callable[[], bool],
) -> web.Application:
    """The application. `hosts`: the names under which it may be called; empty for any."""
    app = bare(checked, hosts=hosts, stopping=stopping)
    app[RUN], app[SAMPLE], app[LANGUAGE], app[KNOCKS] = run, sample, language, Pace(GUESSES, PER_SECOND)
    app.add_routes(routes)
    if chat_page:
        app.router.add_get("/", chat)
        app.router.add_get("/enter/{token}", enter)
        app.router.add_post("/enter/{token}", entered)
        app.router.add_static("/static", HERE / "static")
    return app
