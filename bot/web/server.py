"""The local web server: the chat page, log-in by one-time link, and the routes that platforms need."""

import secrets
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web

from bot.patterns import Pattern
from bot.platforms.browser import Run
from bot.platforms.pace import Pace
from bot.services import browser_chat
from bot.services.browser_chat import Visitor
from bot.texts import Text
from bot.web import health, map_page
from bot.web.branch import routes as branch
from bot.web.health import Health
from bot.web.pages import HERE, KNOCKS, LANGUAGE, RUN, Door, page

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
GUESSES, PER_SECOND = 10, 0.1
"""Links that open nothing, from one address, at once and then a second. The secrets have 192 bits; this spares the database."""
_CALLED = Pattern(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z.-]+)(:[0-9]{1,5})?")
_CONDITIONAL = frozenset({"If-None-Match", "If-Modified-Since", "Range"})
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
            if request.path.startswith("/static/vendor/") and not _CONDITIONAL & request.headers.keys():
                response.enable_compression()  # half a megabyte that packs to a third; an answer without a body would get one
        response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
    return response


def _host(request: web.Request) -> str:
    """The name under which we were called, without the port; empty for what is no name."""
    called = _CALLED.fullmatch(request.host.lower())
    return called["name"].strip("[]") if called else ""


HOSTS = web.AppKey("hosts", frozenset[str])
SAMPLE = web.AppKey("sample", bool)
STOPPING: web.AppKey[Callable[[], bool]] = web.AppKey("stopping")
DOOR = Door(
    COOKIE,
    "/enter",
    "/",
    "/",
    browser_chat.SESSION_LIVES,
    browser_chat.spend_link,
    Text(
        "点一下就进入您自己的聊天。链接只能用一次，请不要转给别人。",
        "One tap opens your own chat. The link works once; please do not pass it on.",
    ),
    Text("进入", "Enter"),
    Text(
        "这个链接已经用过或过期了。请私聊机器人发“网页”，要一个新的。",
        "This link was used or has expired. Please send “web” to the bot in private for a new one.",
    ),
)


async def who_is(run: Run, request: web.Request) -> Visitor | None:
    """Who opened a page, by the session that a one-time link began."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    visitor: Visitor | None = await run(browser_chat.session, token)
    return visitor


async def chat(request: web.Request) -> web.Response:
    """The chat page."""
    return page("chat.html", language=request.app[LANGUAGE], sample=request.app[SAMPLE])


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
    app[RUN], app[SAMPLE], app[LANGUAGE], app[KNOCKS] = run, sample, language, Pace(GUESSES, PER_SECOND)
    app.add_routes(routes)
    if chat_page:
        app.router.add_get("/", chat)
        app.add_routes([*DOOR.routes(), *branch.all_of_them(), *map_page.routes()])
        app.router.add_static("/static", HERE / "static")
    return app
