"""The local web server: the chat page, log-in by one-time link, and the routes that platforms need."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.platforms.browser import Run
from bot.services import browser_chat
from bot.services.browser_chat import Visitor
from bot.web import health
from bot.web.health import Health

HERE = Path(__file__).parent
COOKIE = "zhibu"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Strict headers on everything; on the loopback only names of the loopback, so that no other site can rebind to us.

    While the program stops nothing new is taken: a platform is told to come again, and does.
    """
    hosts = request.app[HOSTS]
    if hosts and request.url.host not in hosts:
        raise web.HTTPMisdirectedRequest(text="This address is not served here.")
    if request.path not in health.PATHS and request.app[STOPPING]():
        raise web.HTTPServiceUnavailable(text="Stopping; please try again in a moment.", headers={"Retry-After": "5", **HEADERS})
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    if not response.prepared:
        if request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-cache"
        response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
    return response


HOSTS = web.AppKey("hosts", frozenset[str])
RUN: web.AppKey[Run] = web.AppKey("run")
SAMPLE = web.AppKey("sample", bool)
LANGUAGE = web.AppKey("language", str)
STOPPING: web.AppKey[Callable[[], bool]] = web.AppKey("stopping")


async def who_is(run: Run, request: web.Request) -> Visitor | None:
    """Who opened a page, by the session that a one-time link began."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    visitor: Visitor | None = await run(browser_chat.session, token)
    return visitor


@aiohttp_jinja2.template("chat.html")
async def chat(request: web.Request) -> dict[str, object]:
    """The chat page."""
    return {"language": request.app[LANGUAGE], "sample": request.app[SAMPLE]}


@aiohttp_jinja2.template("enter.html")
async def enter(request: web.Request) -> dict[str, object]:
    """A one-time link shows a button; previews of the link burn nothing."""
    return {"language": request.app[LANGUAGE], "token": request.match_info["token"], "failed": False}


async def entered(request: web.Request) -> web.StreamResponse:
    """The button spends the link and opens a session."""
    token = await request.app[RUN](browser_chat.spend_link, request.match_info["token"])
    if not isinstance(token, str):
        page = {"language": request.app[LANGUAGE], "token": "", "failed": True}
        return aiohttp_jinja2.render_template("enter.html", request, page, status=410)
    response = web.HTTPSeeOther("/")
    secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="Strict", secure=secure, max_age=int(browser_chat.SESSION_LIVES.total_seconds())
    )
    raise response


def bare(checked: Health, *, hosts: frozenset[str], stopping: Callable[[], bool]) -> web.Application:
    """An application of the pages for other machines alone. `hosts`: the names under which it may be called; empty for any."""
    app = web.Application(middlewares=[guard], client_max_size=1024 * 1024)
    app[HOSTS], app[STOPPING] = hosts, stopping
    app.add_routes(checked.routes())
    return app


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
    app[RUN], app[SAMPLE], app[LANGUAGE] = run, sample, language
    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True)
    app.add_routes(routes)
    if chat_page:
        app.router.add_get("/", chat)
        app.router.add_get("/enter/{token}", enter)
        app.router.add_post("/enter/{token}", entered)
        app.router.add_static("/static", HERE / "static")
    return app
