"""An answer over HTTP as a slow line brings it."""

import asyncio

from aiohttp import web


async def in_pieces(request: web.Request, answer: web.Response) -> web.StreamResponse:
    """The same answer, its body in two pieces with a moment between them."""
    whole = answer.body if isinstance(answer.body, bytes) else b""
    slow = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type, "Content-Length": str(len(whole))})
    await slow.prepare(request)
    await slow.write(whole[: len(whole) // 2])
    await asyncio.sleep(0.02)
    await slow.write(whole[len(whole) // 2 :])
    await slow.write_eof()
    return slow
