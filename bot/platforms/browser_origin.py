"""Whether a request was made by a page of ours: browsers say with each post and each socket where it comes from."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.loopback import LOOPBACK

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


def is_own(request: web.Request) -> bool:
    """False for a page of another site, also one that hides where it is; true for a program that is no browser at all."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if site not in {None, "same-origin", "none"}:
        return False
    if origin is None or (origin == "null" and site is not None):
        return True
    return _place(origin) == request.host.lower()


def is_here(request: web.Request) -> bool:
    """Whether somebody on this machine calls us under a name of this machine. Behind a proxy everybody seems to."""
    through_a_proxy = any(name in request.headers for name in _FORWARDED)
    return not through_a_proxy and request.remote in LOOPBACK and request.url.host in LOOPBACK


def address_of(request: web.Request) -> str:
    """Who knocks, for counting: the peer, or whom a proxy on this machine names last."""
    peer = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and peer in LOOPBACK else peer


def _place(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None
