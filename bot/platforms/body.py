"""The body of what a platform posts to us: within a limit, within a time, packed as it says; the limit does not rest on the server's."""

import asyncio

from aiohttp import web

LARGEST = 1024 * 1024
"""Bytes; a platform's posts have some thousands."""
PATIENCE = 10.0
"""Seconds that a body may take; a platform's arrive at once."""
_CLOSE = {"Connection": "close"}


async def body_of(request: web.Request, *, largest: int = LARGEST, patience: float = PATIENCE) -> bytes:
    """The whole body.

    Raises `HTTPRequestEntityTooLarge`, `HTTPRequestTimeout`, and `HTTPBadRequest` for one that is packed in a way that it is not.
    What is left of it is not read: the connection ends.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > largest:
                    raise web.HTTPRequestEntityTooLarge(largest, len(body), headers=_CLOSE)
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers=_CLOSE) from None
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(headers=_CLOSE) from None
    return bytes(body)
