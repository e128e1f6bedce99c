"""The routes that all accounts share: whose event it is stands in `X-Self-ID`."""

from collections.abc import Sequence
from typing import Protocol

import structlog
from aiohttp import web

from bot.platforms.body import body_of
from bot.platforms.browser_origin import is_here
from bot.platforms.json_fields import Json, mapping, parsed
from bot.platforms.onebot.access import Access
from bot.platforms.onebot.fields import ident
from bot.platforms.onebot.link import ROLES
from bot.platforms.onebot.standing import DOOR, MISSING, STRANGER, WRONG
from bot.platforms.onebot.wire import LARGEST, PASSED_OVER, Socket

SOCKET, POST = "/onebot/v11/ws", "/onebot/v11/http"

log = structlog.get_logger("onebot")


class Account(Protocol):
    """One account, as the routes know it."""

    instance: str

    async def has_room(self, role: str) -> bool:
        """Whether somebody may connect in a role: nobody else has it."""
        ...

    def refused(self, why: str) -> None:
        """Somebody who would have been its OneBot was turned away."""
        ...

    async def serve(self, socket: Socket, role: str) -> object:
        """Speaks over a socket until that is over."""
        ...

    async def take_post(self, value: Json) -> bool:
        """Takes an event and answers after the commit; False while the account is not ready for any."""
        ...


class Hub:
    """Lets in whoever may speak for one of the accounts. `posts`: events come by HTTP, too."""

    def __init__(self, access: Access, *, sockets: bool, posts: bool) -> None:
        self._access = access
        self._sockets = sockets
        self._posts = posts
        self._accounts: dict[str, Account] = {}

    def add(self, account: Account) -> None:
        """One account more."""
        self._accounts[account.instance] = account

    def routes(self, account: Account) -> Sequence[web.RouteDef]:
        """The routes, told by the first account alone."""
        if account is not next(iter(self._accounts.values()), None):
            return []
        found = [web.get(path, self._socket) for path in (SOCKET, f"{SOCKET}/")] if self._sockets else []
        return found + ([web.post(POST, self._post)] if self._posts else [])

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        try:
            self._access.may_connect(request)
        except web.HTTPUnauthorized:
            self._refused(request, MISSING)
            raise
        except web.HTTPForbidden:
            given = request.headers.get("Authorization") or is_here(request)
            self._refused(request, WRONG if given else DOOR)
            raise
        account = self._meant(request)
        role = request.headers.get("X-Client-Role", "Universal").strip().capitalize().replace("Api", "API")
        if role not in ROLES:
            raise web.HTTPBadRequest(text="X-Client-Role is API, Event or Universal.")
        if not await account.has_room(role):
            raise web.HTTPConflict(text="Another OneBot speaks for this account already.")
        # What is packed could unpack to anything; pings are answered by the wire, which counts them as signs of life.
        socket = web.WebSocketResponse(max_msg_size=PASSED_OVER, compress=False, autoping=False, decode_text=False, timeout=2)
        await socket.prepare(request)
        await account.serve(socket, role)
        return socket

    async def _post(self, request: web.Request) -> web.Response:
        try:
            body = await body_of(request, largest=LARGEST)
        except web.HTTPRequestEntityTooLarge:
            log.warning("A post of more than a mebibyte was refused.")
            raise
        self._access.may_post(request, body)
        account = self._meant(request)
        try:
            event = mapping(parsed(body))
        except ValueError as error:
            log.warning("A post of OneBot could not be read and was refused.", why=type(error).__name__, size=len(body))
            raise web.HTTPBadRequest from None
        if ident(event.get("self_id")) not in {"", account.instance}:
            log.warning("A post for another account than its header says was refused.")
            raise web.HTTPForbidden(text="X-Self-ID and self_id differ.")
        try:
            ready = await account.take_post(event)
        except Exception as error:  # noqa: BLE001 – whatever it was, nothing is acknowledged
            log.warning("An event could not be handed over; the post was answered with 503.", error=type(error).__name__)
            ready = False
        return web.Response(status=204) if ready else web.Response(status=503, headers={"Retry-After": "5"})

    def _refused(self, request: web.Request, why: str) -> None:
        """Tells the account that a OneBot says it is of, or all where it is none of ours."""
        named = self._accounts.get(ident(request.headers.get("X-Self-ID", "").strip()))
        for account in [named] if named is not None else self._accounts.values():
            account.refused(why)

    def _meant(self, request: web.Request) -> Account:
        """The account in question. Who names none means the only one."""
        named = request.headers.get("X-Self-ID", "").strip()
        if not named and len(self._accounts) == 1:
            return next(iter(self._accounts.values()))
        account = self._accounts.get(ident(named))
        if account is None:
            log.warning("A OneBot of an account that is not in [onebot] accounts was refused.")  # whose number it is is nobody's business
            self._refused(request, STRANGER)
            raise web.HTTPForbidden(text="This account is not in [onebot] accounts.")
        return account
