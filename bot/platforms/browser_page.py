"""One open page of the browser chat."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import WSCloseCode, web

from bot.services import browser_chat
from bot.services.browser_chat import Visitor

PATIENCE = 5
"""Seconds a page may take to accept a frame."""

log = structlog.get_logger()


@dataclass(eq=False)
class Page:
    """A socket, who is at it, and which chats they see."""

    socket: web.WebSocketResponse
    visitor: Visitor
    language: str
    chats: frozenset[str] = field(init=False)
    backlog: list[dict[str, Any]] | None = field(default_factory=list)
    """What is shown while the history is still being read; None once that has been handed over."""

    def __post_init__(self) -> None:
        self.chats = browser_chat.chats_of(self.visitor)

    async def show(self, frame: dict[str, Any]) -> None:
        """Send a frame; a page that does not read is let go, so that it holds up nobody."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.socket.send_json(frame)
        except TimeoutError:
            await self.socket.close(code=WSCloseCode.TRY_AGAIN_LATER, drain=False)
        except ConnectionError:
            log.debug("a page went away")

    async def follow(self, frame: dict[str, Any]) -> None:
        """Show a new, changed or removed message, after the history."""
        if self.backlog is None:
            await self.show(frame)
        else:
            self.backlog.append(frame)

    async def caught_up(self, known: set[str]) -> None:
        """The history has been handed over; what was shown meanwhile follows."""
        backlog, self.backlog = self.backlog or [], None
        for frame in backlog:
            seen = frame["type"] == "message" and frame["message"]["id"] in known
            await self.show({**frame, "type": "edit"} if seen else frame)
