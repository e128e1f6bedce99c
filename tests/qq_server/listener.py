"""The far side of a platform under test: it writes down what it is handed, and fails when it is told to."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web

from bot.messages import ChatKind, Incoming, Outgoing, Parcel
from bot.platforms.qq import QQPlatform
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.qq_server.model import Group, Message, Person, Place
from tests.qq_server.server import QQServer


class Moment:
    """The time in one's hands."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Listener:
    """Receives events. `failing` says how often each text fails before it is taken."""

    def __init__(self, server: QQServer, platform: QQPlatform, time: Moment) -> None:
        self.server = server
        self.platform = platform
        self.time = time
        self.tried: list[Incoming] = []
        self.taken: list[Incoming] = []
        self.failing: Counter[str] = Counter()
        self.notes: list[str] = []

    async def receive(self, incoming: Incoming) -> None:
        self.tried.append(incoming)
        if self.failing[incoming.text] > 0:
            self.failing[incoming.text] -= 1
            raise OSError("disk full: secret words")
        self.taken.append(incoming)

    async def note(self, _platform: str, _instance: str, words: str) -> None:
        self.notes.append(words)

    def texts(self) -> list[str]:
        return [incoming.text for incoming in self.taken]

    async def send(self, place: Place, text: str = "", *, key: str = "", again: bool = False, **content: Any) -> str:
        return await self.platform.send(parcel(place, text, key=key, again=again, **content))


def key_of(place: Place) -> ChatKey:
    """The key of a chat of the server."""
    return ChatKey("qq", "main", f"g{place.group_openid}" if isinstance(place, Group) else f"u{place.user_openid}")


def parcel(place: Place, text: str = "", *, key: str = "", again: bool = False, **content: Any) -> Parcel:
    """A parcel for a chat of the server."""
    kind = ChatKind.GROUP if isinstance(place, Group) else ChatKind.PRIVATE
    return Parcel(key_of(place), kind, Outgoing(Text(text, f"{text} (en)"), **content), Language.ZH, key=key, again=again)


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """Everything that any logger of ours writes at any level, with the tracebacks."""
    lines: list[dict[str, Any]] = []

    def keep(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        lines.append(dict(structlog.processors.format_exc_info(logger, method, event)))
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[keep], wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        yield lines
    finally:
        structlog.configure(**before)


@asynccontextmanager
async def served(platform: QQPlatform, server: QQServer) -> AsyncIterator[None]:
    """The platform's routes on a web server of their own, where QQ posts to."""
    app = web.Application()
    app.add_routes(platform.routes())
    runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.webhook = f"http://127.0.0.1:{runner.addresses[0][1]}/qq/{platform.instance}"
    try:
        yield
    finally:
        server.webhook = ""
        await runner.cleanup()


@asynccontextmanager
async def listening(server: QQServer, time: Moment, **options: Any) -> AsyncIterator[Listener]:
    """A platform against the server, started, and stopped in the end."""
    notes: list[Any] = []

    async def note(*words: str) -> None:
        await notes[0](*words)

    given: dict[str, Any] = {"api_url": server.url, "token_url": server.token_url, "answer_seconds": 5.0, "note": note} | options
    platform = QQPlatform(server.app_id, given.pop("secret", server.secret), clock=time, **given)
    listener = Listener(server, platform, time)
    notes.append(listener.note)
    async with served(platform, server):
        await platform.start(listener.receive, [])
        try:
            yield listener
        finally:
            await platform.stop()


async def said(server: QQServer, person: Person, group: Group | None = None, text: str = "签到") -> Message:
    """What somebody says to the bot, once it was taken."""
    message = server.say(person, text, group)
    await server.acknowledged()
    return message


def own(server: QQServer, place: Place) -> list[Message]:
    """What the bot said somewhere."""
    return [each for each in server.messages(place) if each.sender is None]
