"""Who may speak to us as a OneBot: the token, the signature, and what is only taken from this machine."""

import hmac
from dataclasses import dataclass
from hashlib import sha1

import structlog
from aiohttp import web

from bot.platforms.browser_origin import is_here, is_own

_SCHEMES = frozenset({"bearer", "token"})

log = structlog.get_logger("onebot")


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """`token` and `signature` may be empty; `exposed`: others than this machine can reach the server."""

    token: str
    signature: str
    exposed: bool

    def may_connect(self, request: web.Request) -> None:
        """Raises `HTTPUnauthorized` or `HTTPForbidden` for who may not open a socket."""
        if not self.token:
            self._only_from_here(request)
            return
        scheme, _, rest = request.headers.get("Authorization", "").strip().partition(" ")
        given = rest.strip() if scheme.casefold() in _SCHEMES else f"{scheme} {rest}".strip()
        if not given and "access_token" in request.query:
            if not is_here(request):
                log.warning("A token stood in an address that others can read; it was refused. Send it as “Authorization: Bearer …”.")
                raise web.HTTPForbidden(text="Send the token as “Authorization: Bearer …”.")
            given = request.query["access_token"]
        if not given:
            log.warning("Somebody without a token wanted to be our OneBot and was refused.")
            raise web.HTTPUnauthorized(text="The access token is missing.")
        if not hmac.compare_digest(_bytes(given), self.token.encode()):
            log.warning("Somebody with a wrong token wanted to be our OneBot and was refused.")
            raise web.HTTPForbidden(text="The access token is wrong.")

    def may_post(self, request: web.Request, body: bytes) -> None:
        """The same for a post, which bears the signature of its body."""
        if not self.signature:
            raise web.HTTPForbidden(text="[onebot] signature is not set.")
        sent = request.headers.get("X-Signature", "")
        if not sent:
            log.warning("A post without a signature was refused.")
            raise web.HTTPUnauthorized(text="X-Signature is missing.")
        right = "sha1=" + hmac.new(self.signature.encode(), body, sha1).hexdigest()
        if not hmac.compare_digest(_bytes(sent), right.encode()):
            log.warning("A post with a wrong signature was refused.")
            raise web.HTTPForbidden(text="X-Signature is wrong.")

    def _only_from_here(self, request: web.Request) -> None:
        if self.exposed or not is_here(request) or not is_own(request):
            log.warning("Without a [onebot] token only a OneBot on this machine may connect; somebody else was refused.")
            raise web.HTTPForbidden(text="Set a token in [onebot] and in OneBot.")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
