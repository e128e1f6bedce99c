"""The far side of a platform under test: it writes down what it is handed, and fails when it is told to."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from structlog.testing import CapturingLogger

from bot.messages import CommandHint, Incoming, Outgoing, Parcel
from bot.platforms.telegram import TelegramPlatform
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.telegram_server.model import Place, User
from tests.telegram_server.server import TelegramServer

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Listener:
    """Receives events. `failing` says how often each text fails before it is taken."""

    def __init__(self, server: TelegramServer, platform: TelegramPlatform, log: CapturingLogger) -> None:
        self.server = server
        self.platform = platform
        self.log = log
        self.tried: list[Incoming] = []
        self.taken: list[Incoming] = []
        self.failing: Counter[str] = Counter()
        self.before: Callable[[Incoming], Any] = lambda _: None

    async def receive(self, incoming: Incoming) -> None:
        self.tried.append(incoming)
        self.before(incoming)
        if self.failing[incoming.text] > 0:
            self.failing[incoming.text] -= 1
            raise OSError("disk full: secret words")
        self.taken.append(incoming)

    def texts(self) -> list[str]:
        return [incoming.text for incoming in self.taken]

    def logged(self) -> str:
        return "\n".join(map(str, self.log.calls))

    async def send(self, place: Place, text: str = "", *, edit: str | None = None, **content: Any) -> str:
        return await self.platform.send(parcel(place, text, edit=edit, **content))


def parcel(place: Place, text: str = "", *, edit: str | None = None, **content: Any) -> Parcel:
    """A parcel for a chat of the server."""
    kind = "private" if isinstance(place, User) else "group"
    key = ChatKey("telegram", "main", str(place.id))
    return Parcel(key, kind, Outgoing(Text(text, f"{text} (en)"), **content), Language.ZH, edit)  # type: ignore[arg-type]


@asynccontextmanager
async def listening(
    server: TelegramServer, commands: Sequence[CommandHint] = (), *, start: bool = True, **options: Any
) -> AsyncIterator[Listener]:
    """A platform against the server, started, and stopped in the end."""
    log = CapturingLogger()
    settings: dict[str, Any] = {"base_url": server.base_url, "poll_seconds": 5, "first_wait": 0.001, "answer_seconds": 10.0} | options
    platform = TelegramPlatform(server.token, clock=lambda: NOW, log=log, **settings)
    listener = Listener(server, platform, log)
    try:
        if start:
            await platform.start(listener.receive, commands)
        yield listener
    finally:
        await platform.stop()
