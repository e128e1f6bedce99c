"""The far side of the bot under test: it writes down what it is handed, and fails when it is told to."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from structlog.testing import CapturingLogger

from bot.messages import ChatKind, Incoming, Outgoing, Parcel
from bot.platforms.base import Receive
from bot.platforms.wecom import WeComBot
from bot.platforms.wecom.keeping import CONNECTED
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.wecom_server.model import Chat, Group, Person
from tests.wecom_server.server import WeComServer

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Listener:
    """Receives events. `failing` says how often each text fails before it is taken."""

    def __init__(self, server: WeComServer, log: CapturingLogger) -> None:
        self.server = server
        self.log = log
        self.now = NOW
        self.platform: WeComBot
        self.taken: list[Incoming] = []
        self.failing: Counter[str] = Counter()
        self.notes: list[str] = []
        self.woken = 0
        self.instead: Receive | None = None
        """Where events go instead, if anywhere."""

    async def receive(self, incoming: Incoming) -> None:
        if self.instead is not None:
            await self.instead(incoming)
            return
        if self.failing[incoming.text] > 0:
            self.failing[incoming.text] -= 1
            raise OSError("disk full: secret words")
        self.taken.append(incoming)

    async def note(self, platform: str, instance: str, how: str) -> None:
        self.notes.append(how)

    def wake(self) -> None:
        self.woken += 1

    def logged(self) -> str:
        return "\n".join(map(str, self.log.calls))

    async def send(self, chat: Chat, text: str = "", **content: Any) -> str:
        return await self.platform.send(parcel(chat, text, **content))

    async def takes(self, number: int) -> list[Incoming]:
        """What was handed over, once there is so much."""
        await self.server.until(lambda: len(self.taken) >= number)
        return self.taken


def parcel(chat: Chat, text: str = "", *, key: str = "", again: bool = False, **content: Any) -> Parcel:
    """A parcel for a chat of the server."""
    if isinstance(chat, Person):
        where, kind = f"u{chat.userid}", ChatKind.PRIVATE
    else:
        assert isinstance(chat, Group)
        where, kind = f"g{chat.chatid}", ChatKind.GROUP
    said = Outgoing(Text(text, f"{text} (en)"), **content)
    return Parcel(ChatKey("wecom", "main", where), kind, said, Language.ZH, key=key, again=again)


@asynccontextmanager
async def listening(server: WeComServer, *, connected: bool = True, **options: Any) -> AsyncIterator[Listener]:
    """A bot against the server, started, and stopped in the end."""
    log = CapturingLogger()
    listener = Listener(server, log)
    given: dict[str, Any] = {
        "log": log,
        "note": listener.note,
        "first_wait": 0.005,
        "ack_seconds": 2.0,
        "ping_seconds": 30.0,
        "bot_name": server.bot_name,
    } | options
    listener.platform = WeComBot(
        given.pop("bot_id", server.bot_id),
        given.pop("secret", server.secret),
        url=given.pop("url", server.long_url),
        clock=lambda: listener.now,
        wake=listener.wake,
        **given,
    )
    try:
        await listener.platform.start(listener.receive, ())
        if connected:
            await server.until(lambda: CONNECTED in listener.notes)
        yield listener
    finally:
        await listener.platform.stop()
