"""Whether a request was made by a page of ours: browsers say with each post and each socket where it comes from."""

from urllib.parse import urlsplit

from aiohttp import web


def is_own(request: web.Request) -> bool:
    """False for a page of another site, also one that hides where it is; true for a program that is no browser at all."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if site not in {None, "same-origin", "none"}:
        return False
    if origin is None or (origin == "null" and site is not None):
        return True
    return _place(origin) == request.host.lower()


def address_of(request: web.Request) -> str:
    """Who knocks, for counting: the peer, or whom a proxy on this machine names last."""
    peer = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and peer in {"127.0.0.1", "::1"} else peer


def _place(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None
