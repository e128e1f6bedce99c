"""What other processes on the same database have shown in the browser chat: looked for while pages are open here, and passed on to them."""

import asyncio
import json
from collections.abc import Callable, Collection
from typing import Any
from weakref import WeakKeyDictionary

import structlog

from bot.platforms.browser_page import Page
from bot.services import browser_chat

log = structlog.get_logger()

EVERY = 1.0
"""Seconds between two looks."""
Message = dict[str, Any]


class Others:
    """Knows what each page has been shown, so that it finds what is new or has changed in the chats that are kept."""

    def __init__(self, read: browser_chat.Read, pages: Callable[[], Collection[Page]]) -> None:
        self._read = read
        self._pages = pages
        self._shown: WeakKeyDictionary[Page, dict[str, str]] = WeakKeyDictionary()

    def note(self, page: Page, message: Message) -> None:
        """A page has been shown a message as it is now."""
        self._shown.setdefault(page, {})[str(message["id"])] = _words(message)

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except Exception:
                log.exception("what other processes have shown could not be read")

    async def look(self) -> None:
        """Pass on what pages have not seen yet."""
        pages = [page for page in self._pages() if page.backlog is None]
        for chat in sorted({chat for page in pages for chat in page.chats}):
            messages = await browser_chat.history(self._read, chat)
            for page in pages:
                if chat in page.chats:
                    await self._pass_on(page, messages)

    async def _pass_on(self, page: Page, messages: list[Message]) -> None:
        for message in messages:
            known = self._shown.setdefault(page, {}).get(str(message["id"]))
            if known != _words(message):
                self.note(page, message)
                await page.follow({"type": "message" if known is None else "edit", "message": message})


def _words(message: Message) -> str:
    return json.dumps(message, sort_keys=True)
