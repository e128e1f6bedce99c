"""The adapter against the server: what it took, and what it said in its log."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import structlog
from aiohttp import web
from structlog.testing import capture_logs

from bot.messages import ChatKind, Incoming, Outgoing, Parcel
from bot.platforms.base import Receive
from bot.platforms.onebot.access import Access
from bot.platforms.onebot.calls import Patience
from bot.platforms.onebot.hub import Hub
from bot.platforms.onebot.platform import Manner, OneBotPlatform
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.onebot_server.model import Place, User
from tests.onebot_server.server import OneBotServer

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SECRET = "a secret to sign with"
Mode = Literal["reverse", "forward", "http"]


class Listener:
    """What the platform handed over. A text in `failing` is not stored so many times."""

    def __init__(self, server: OneBotServer) -> None:
        self.server = server
        self.platform: OneBotPlatform
        self.others: list[OneBotPlatform] = []
        self.taken: list[Incoming] = []
        self.failing: Counter[str] = Counter()
        self.gate: asyncio.Event | None = None
        self.noted: list[str] = []
        self.places: list[str] = []
        self.woken = 0
        self.naps: list[float] = []
        self.now = NOW
        self.log: list[Any] = []
        self.url = ""
        self.posts = ""

    async def receive(self, incoming: Incoming) -> None:
        if self.gate is not None:
            await self.gate.wait()
        if self.failing[incoming.text] > 0:
            self.failing[incoming.text] -= 1
            raise OSError("disk full: secret words")
        self.taken.append(incoming)
        self.server.changed()

    def texts(self) -> list[str]:
        return [incoming.text for incoming in self.taken]

    def logged(self) -> str:
        return "\n".join(map(str, self.log))

    async def settled(self) -> None:
        """Everything that was told is read and handed over."""
        await drained(self.server, self.platform)

    async def send(self, place: Place, text: str = "", **content: Any) -> str:
        return await self.platform.send(parcel(self.platform, place, text, **content))

    async def note(self, platform: str, instance: str, words: str) -> None:
        (self.places if instance.endswith(":groups") else self.noted).append(words)
        self.server.changed()

    def wake(self) -> None:
        self.woken += 1
        self.server.changed()

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += timedelta(seconds=seconds)


async def drained(server: OneBotServer, platform: OneBotPlatform) -> None:
    """Everything that was told is read and handed over."""
    await server.read()
    await eventually(lambda: not platform._intake.waiting() and not platform._lanes.waiting())


async def eventually(happened: Callable[[], object]) -> None:
    """Waits until something is so on our side; fails aloud after a while."""
    async with asyncio.timeout(10):
        while not happened():
            await asyncio.sleep(0.001)


def parcel(platform: OneBotPlatform, place: Place, text: str = "", *, key: str = "", unasked: bool = False, **content: Any) -> Parcel:
    """A parcel for a chat of the server."""
    kind = ChatKind.PRIVATE if isinstance(place, User) else ChatKind.GROUP
    chat = ChatKey("onebot", platform.instance, f"{'u' if kind is ChatKind.PRIVATE else 'g'}{place.id}")
    outgoing = Outgoing(Text(text, f"{text} (en)"), **content)
    return Parcel(chat, kind, outgoing, Language.ZH, None, key, unasked=unasked)


@asynccontextmanager
async def listening(
    server: OneBotServer,
    mode: Mode = "reverse",
    *,
    token: str | None = None,
    exposed: bool = False,
    others: tuple[str, ...] = (),
    leads: asyncio.Event | None = None,
    connect: bool = True,
    receive: Receive | None = None,
    captured: bool = True,
    **manner: Any,
) -> AsyncIterator[Listener]:
    """A platform against the server in any of the three ways, connected, and stopped in the end."""
    token = server.token if token is None else token
    listener = Listener(server)
    settings = Manner(mode=mode, token=token, first_wait=0.01, patience=Patience(5.0, 5.0, 60.0, 10.0))
    if mode != "reverse":
        await server.listen()
        settings = replace(settings, url=f"{'ws' if mode == 'forward' else 'http'}://{server.address}/")
    settings = replace(settings, **manner)
    hub = Hub(Access(token, SECRET, exposed), sockets=mode == "reverse", posts=mode == "http")
    more: dict[str, Any] = {
        "clock": lambda: listener.now,
        "note": listener.note,
        "wake": listener.wake,
        "sleep": listener.sleep,
        "leads": leads,
    }
    accounts = [str(server.account), *others]
    platforms = [OneBotPlatform(each, settings, hub, ours=frozenset(accounts), **more) for each in accounts]
    listener.platform, listener.others = platforms[0], platforms[1:]
    app = web.Application()
    app.add_routes([route for each in platforms for route in each.routes()])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"127.0.0.1:{runner.addresses[0][1]}"
    listener.url, listener.posts = f"ws://{address}/onebot/v11/ws", f"http://{address}/onebot/v11/http"
    try:
        with _logged() if captured else nullcontext([]) as listener.log:
            for each in platforms:
                await each.start(receive or listener.receive, ())
            if connect:
                await _connected(server, listener, mode)
            yield listener
    finally:
        for each in platforms:
            await each.stop()
        await runner.cleanup()


@contextmanager
def _logged() -> Iterator[list[Any]]:
    """Everything that is logged at any level."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    try:
        with capture_logs() as lines:
            yield lines
    finally:
        structlog.configure(wrapper_class=before)


async def _connected(server: OneBotServer, listener: Listener, mode: Mode) -> None:
    if mode == "reverse":
        await server.connect(listener.url)
    elif mode == "http":
        server.post_to(listener.posts, SECRET)
    await server.until(lambda: server.called("get_group_list"))
    await server.read()
