"""The composition root: the only place where the parts are wired together."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import structlog
from aiohttp import web

from bot import clock as clocks
from bot import discovery
from bot.clock import Clock
from bot.config import Settings
from bot.delivery import Delivery
from bot.heartbeat import Heartbeat
from bot.platforms.base import Platform
from bot.platforms.browser import BrowserPlatform
from bot.router import Router
from bot.scheduler import Scheduler
from bot.services import deployment
from bot.web import server
from storage import migrations
from storage.database import Database

log = structlog.get_logger()

GRACE = 8
"""Seconds that sends under way may take when the program stops."""
IDLE = 60
"""Seconds that a connection may take to say what it wants, so that those which say nothing do not pile up."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class App:
    """One running Zhibu. `await start()`, then `stop()`; `drain()` delivers what is due without the background tasks."""

    def __init__(self, settings: Settings, clock: Clock = clocks.now) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.database.url, clock)
        self.registry = discovery.registry()
        self.platforms: list[Platform] = []
        self.browser: BrowserPlatform | None = None
        self.address = ""
        self.heartbeat = Heartbeat(self.database, self._take_up, lambda: self.address)
        self._runner: web.AppRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, extra: Sequence[Platform] = ()) -> None:
        """Migrate, open the database and wire the parts; nothing listens or ticks yet."""
        await asyncio.to_thread(migrations.upgrade, self.database.url)
        await self.database.start()
        general, telegram = self.settings.general, self.settings.telegram
        await self.database.run(
            deployment.remember,
            language=general.language,
            operator=general.operator,
            abroad_is_own_choice=telegram.members_own_choice,
        )
        await self.database.run(deployment.note_numbers, self.settings.aid.model_dump())
        await self.database.run(deployment.ensure_key)
        sample = await self.database.run(deployment.is_sample)
        if self.settings.web.chat:
            who_is = partial(server.who_is, self.database.run)
            self.browser = BrowserPlatform(
                self.database.run, self.database.read, self.clock, sample=sample, who_is=who_is, language=general.language
            )
            self.platforms.append(self.browser)
        self.platforms.extend(extra)
        self.platforms.extend(self._telegram())
        self.delivery = Delivery(self.database, self.platforms, self.clock)
        self.router = Router(self.database, self.registry, self.delivery.wake)
        self.scheduler = Scheduler(self.database, discovery.jobs(), self.clock, self.delivery.wake, self.settings)
        self._sample = sample
        await self.heartbeat.start()
        await self.delivery.start()

    def _telegram(self) -> list[Platform]:
        section = self.settings.telegram
        token = section.secret()
        if not token:
            return []
        from bot.platforms.telegram import TelegramPlatform  # noqa: PLC0415  0.4 s that a start without Telegram can spare

        return [
            TelegramPlatform(
                token,
                mode=section.mode,
                base_url=section.base_url,
                webhook_url=section.webhook_url or None,
                webhook_secret=section.webhook_secret.get_secret_value() or None,
                clock=self.clock,
                noted=self._note_telegram,
                leads=self.heartbeat.leads,
            )
        ]

    async def _take_up(self) -> None:
        await self.delivery.recover()

    async def _note_telegram(self, name: str) -> None:
        await self.database.run(deployment.note_telegram, name)

    async def start(self) -> None:
        """Listen, tick and deliver."""
        await self._serve()
        await self.database.run(deployment.note_address, self.address if self.settings.web.chat else "")
        if not self.settings.telegram.secret():
            await self._note_telegram("")
        hints = self.registry.hints()
        for platform in self.platforms:
            await platform.start(self.router.receive, hints)
        self.scheduler.start()
        self._tasks = [
            asyncio.create_task(self.delivery.run(), name="delivery"),
            asyncio.create_task(self.scheduler.tick(), name="first tick"),
        ]
        self.heartbeat.begin()
        log.info("ready", address=self.address, platforms=[each.name for each in self.platforms])

    async def _serve(self) -> None:
        section = self.settings.web
        routes = [route for platform in self.platforms for route in platform.routes()]
        if not routes and not section.chat:
            return
        application = server.make(
            self.database.run,
            routes,
            chat_page=section.chat,
            sample=self._sample,
            language=self.settings.general.language,
            hosts=frozenset() if section.exposed else LOOPBACK,
        )
        self._runner = web.AppRunner(application, access_log=None, handle_signals=False, keepalive_timeout=IDLE)
        await self._runner.setup()
        site = web.TCPSite(self._runner, section.host, section.port)
        await site.start()
        port = self._runner.addresses[0][1]
        host = f"[{section.host}]" if ":" in section.host else section.host
        self.address = section.address or f"http://{host}:{port}/"

    async def next_due(self) -> datetime | None:
        """When something may be delivered next."""
        return await self.delivery.next_due()

    async def drain(self) -> None:
        """Deliver what is due now."""
        await self.delivery.drain()

    async def stop(self) -> None:
        """Take nothing more, finish what is under way, let go of the file."""
        self.scheduler.stop()
        self.delivery.stop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for platform in self.platforms:
            await platform.stop()
        if self._runner is not None:
            await self._runner.cleanup()
        await self.heartbeat.stop()
        await self.database.stop()
