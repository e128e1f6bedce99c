"""One request to the branch's pages: whose it is, that it comes from a form of ours, and what goes wrong said in words."""

import functools
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import web

from bot.errors import UserError
from bot.permissions import Actor, NotAllowed
from bot.platforms.browser_origin import is_own
from bot.services import web_entry
from bot.services.web_entry import Caller
from bot.texts import Language, Text
from bot.web.branch import words
from bot.web.pages import LANGUAGE, RUN, Door, page, posting

COOKIE, PATH = "zhibu_pages", "/branch"
CHOSEN = "zhibu_language"
DOOR = Door(COOKIE, f"{PATH}/enter", PATH, PATH, web_entry.SESSION_LIVES, web_entry.spend_link, words.DOOR, words.OPEN, words.LINK_OVER)
log = structlog.get_logger()


class SessionOver(Exception):
    """There is no session, or it has ended."""


class NotThere(Exception):
    """What was asked for is not there, or is another branch's."""


_DIGITS = 18
"""Digits of a number of ours at most."""


def number(said: str) -> int:
    """A number that a form or an address names. Raises `NotThere` for anything else, however long it is."""
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise NotThere
    return int(said)


@dataclass(slots=True)
class Visit:
    """A request with a session's token. `do` is the only way to anything behind it."""

    request: web.Request
    token: str
    form: Mapping[str, Any] = field(default_factory=dict)
    caller: Caller | None = None

    async def do(self, deed: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        """Let a service do something as the holder of the session. Raises `SessionOver`, and what the service raises."""
        opened = await self.request.app[RUN](web_entry.within, self.token, deed, *args, **kwargs)
        if opened is None:
            raise SessionOver
        self.caller = opened.caller
        return opened.found

    @property
    def stamp(self) -> str:
        """What every form of this session carries and no other site can know."""
        return hmac.new(self.token.encode(), b"form", "sha256").hexdigest()[:32]

    @property
    def language(self) -> Language:
        """As chosen on the page, else as the person reads elsewhere."""
        known = self.caller.language if self.caller else self.request.app[LANGUAGE]
        return Language(_chosen(self.request) or known)

    def said(self, name: str) -> str:
        """One field of the form, without blanks around it."""
        found = self.form.get(name)
        return found.strip() if isinstance(found, str) else ""

    def several(self, name: str) -> list[str]:
        """Every value of a field that may be there more than once."""
        every = getattr(self.form, "getall", None)
        found = every(name, []) if every is not None else []
        return [each.strip() for each in found if isinstance(each, str)]

    async def page(self, template: str, here: str, status: int = 200, **said: Any) -> web.Response:
        """A page with the ways to the others around it."""
        if self.caller is None:
            await self.do(_nothing)
        caller = self.caller
        assert caller is not None  # noqa: S101  `do` has set it
        log.info("a page of the branch was shown", member=caller.actor.member, page=here or template)
        response = page(
            f"branch/{template}",
            status,
            language=self.language,
            other=Language.EN if self.language is Language.ZH else Language.ZH,
            w=words,
            caller=caller,
            stamp=self.stamp,
            ways=_ways(caller.actor),
            here=here,
            switch=self._other_language(),
            **said,
        )
        self.remember_language(response)
        return posting(response)

    def _other_language(self) -> str:
        """The address of this page in the other language; of a form's answer, that of the page it belongs to."""
        asked = self.request.rel_url if self.request.method == "GET" else self.request.rel_url.with_query(None)
        other = Language.EN if self.language is Language.ZH else Language.ZH
        return str(asked.update_query(lang=other.value))

    def remember_language(self, response: web.StreamResponse) -> None:
        """Keep what was chosen by the switch for the pages that follow."""
        if self.request.query.get("lang") in set(Language):
            response.set_cookie(CHOSEN, self.language.value, path=PATH, httponly=True, samesite="Strict", max_age=365 * 86400)


async def _nothing(*_: Any) -> None:
    """Who it is, and no more."""


def _chosen(request: web.Request) -> str | None:
    """The language that somebody chose on a page, now or before."""
    for asked in (request.query.get("lang"), request.cookies.get(CHOSEN)):
        if asked in set(Language):
            return asked
    return None


def _ways(actor: Actor) -> list[tuple[str, str, Text]]:
    return [(key, PATH + path, name) for key, path, name, needed in words.WAYS if any(actor.may(each) for each in needed)]


Handler = Callable[[Visit], Awaitable[web.StreamResponse]]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def entered(handler: Handler) -> Answer:
    """A page behind the door: without a session how to get one, and what goes wrong in words."""

    @functools.wraps(handler)
    async def answered(request: web.Request) -> web.StreamResponse:
        visit = Visit(request, request.cookies.get(COOKIE, ""))
        try:
            return await handler(visit)
        except SessionOver:
            return _plain(request, 401, words.CLOSED)
        except (NotThere, UserError, LookupError, web.HTTPRequestEntityTooLarge) as error:
            status, says = _explained(error)
            return await _wrong(visit, status, says)

    return answered


def _explained(error: Exception) -> tuple[int, Text]:
    """What went wrong, as a status and in words. Raises what is a fault of ours."""
    if isinstance(error, NotAllowed):
        return 403, error.text
    if isinstance(error, UserError):
        return 422, error.text
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return 413, words.TOO_LARGE
    if isinstance(error, NotThere) or type(error) is LookupError:  # a key or an index that is missing is none of these
        return 404, words.NOT_THERE
    raise error


async def _wrong(visit: Visit, status: int, says: Text) -> web.Response:
    try:
        return await visit.page("wrong.html", "", status, says=says)
    except SessionOver:
        return _plain(visit.request, 401, words.CLOSED)


def _plain(request: web.Request, status: int, says: Text) -> web.Response:
    return page("map_closed.html", status, language=_chosen(request) or request.app[LANGUAGE], says=says)


def get(path: str, handler: Handler) -> web.RouteDef:
    """A page that is read."""
    return web.get(PATH + path, entered(handler))


def post(path: str, handler: Handler) -> web.RouteDef:
    """A form of ours: it comes from our own page and carries the session's stamp."""

    async def checked(visit: Visit) -> web.StreamResponse:
        from_ourselves(visit)
        visit.form = await visit.request.post()
        stamped(visit, str(visit.form.get("stamp", "")))
        return await handler(visit)

    return web.post(PATH + path, entered(functools.wraps(handler)(checked)))


def from_ourselves(visit: Visit) -> None:
    """Refuse what a page of another site sends."""
    if not is_own(visit.request):
        raise web.HTTPForbidden(text="A page of another site cannot do anything here.")
    if not visit.token:
        raise SessionOver


def stamped(visit: Visit, stamp: str) -> None:
    """Refuse a form that does not carry this session's stamp: it was made for another log-in, or elsewhere."""
    if not hmac.compare_digest(stamp.encode(), visit.stamp.encode()):
        raise NotAllowed(words.STALE_FORM)


async def left(visit: Visit) -> web.StreamResponse:
    """Log out here, or with `everywhere` on every device."""
    await visit.request.app[RUN](web_entry.leave, visit.token, everywhere=visit.said("everywhere") == "yes")
    response = web.HTTPSeeOther(PATH)
    response.del_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict")
    raise response


async def home(visit: Visit) -> web.StreamResponse:
    """The first page that is open to whoever came in."""
    await visit.do(_nothing)
    caller = visit.caller
    ways = _ways(caller.actor) if caller is not None else []
    if ways:
        raise web.HTTPSeeOther(ways[0][1])
    return await visit.page("wrong.html", "", says=words.NOTHING_YET)


def routes() -> list[web.RouteDef]:
    """The ways in and out."""
    return [*DOOR.routes(), get("", home), post("/leave", left)]
