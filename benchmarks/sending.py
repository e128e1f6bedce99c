"""(t) What one message costs to send: ours, and python-telegram-bot's `Bot` over its HTTPX, to the same local HTTP server."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from telegram import Bot, LinkPreviewOptions
from telegram.request import HTTPXRequest

from benchmarks.report import Row
from benchmarks.sink import TOKEN, http_server
from bot.messages import ChatKind, Outgoing, Parcel
from bot.platforms.telegram.encode import Encoder
from bot.platforms.telegram.transport import Api
from bot.texts import Language, Text
from storage.keys import ChatKey

AT_ONCE = 16
WORDS = Text("收到，一路平安。想撤回，十分钟内发“撤销”。", "Noted, keep well.")


async def _cost(send: Callable[[], Awaitable[object]], number: int) -> float:
    """Milliseconds of processor a message."""
    left = iter(range(number))

    async def one_after_the_other() -> None:
        for _ in left:
            await send()

    await send()
    before = time.process_time()
    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return (time.process_time() - before) / number * 1000


async def rows(number: int) -> list[Row]:
    """The row of (t)."""
    with http_server() as base_url:
        api = Api.over_http(TOKEN, base_url, 15.0)
        encoder = Encoder(api)
        parcel = Parcel(ChatKey("telegram", "main", "10001"), ChatKind.PRIVATE, Outgoing(WORDS), Language.ZH)
        ours = await _cost(lambda: encoder.deliver(parcel), number)
        await api.disconnect()
        request = HTTPXRequest(connection_pool_size=64)
        library = Bot(TOKEN, base_url=base_url, request=request, get_updates_request=request)
        await request.initialize()
        no_preview = LinkPreviewOptions(is_disabled=True)
        theirs = await _cost(lambda: library.send_message("10001", WORDS.zh, link_preview_options=no_preview), number)
        await request.shutdown()
    return [
        Row("sending a message over HTTP, processor", "ms", ours, theirs, "python-telegram-bot's sending", less=True, goal=(0.4, "most"))
    ]
