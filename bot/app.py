"""The composition root: the only place where the parts are wired together."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
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
from bot.loopback import LOOPBACK
from bot.messages import Budget, Chat, Incoming
from bot.metrics import Metrics
from bot.operations import backup, faults, opening
from bot.operations.automatic import AutomaticBackups
from bot.operations.pulse import Pulse
from bot.operations.reaching import Reaching
from bot.operations.trouble import Trouble
from bot.operations.warmup import Warmup
from bot.permissions import Actor, ActorKind
from bot.platforms import configured
from bot.platforms.base import Platform, Stopping
from bot.platforms.browser import BrowserPlatform
from bot.router import Router
from bot.scheduler import Scheduler
from bot.services import backups, deliveries, deployment, offered, outlets, restored
from bot.web import server
from bot.web.health import Health
from storage import migrations
from storage.database import Database
from storage.keys import BranchId, ChatKey, EventKey
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

GRACE = 8
"""Seconds that sends under way may take when the program stops."""
IDLE = 60
"""Seconds that a connection may take to say what it wants, so that those which say nothing do not pile up."""


class App:
    """One running Zhibu. `await start()`, then `stop()`; `drain()` delivers what is due without the background tasks."""

    def __init__(self, settings: Settings, clock: Clock = clocks.now) -> None:
        self.settings = settings
        self.clock = clock
        self.metrics = Metrics()
        self.database = Database(settings.database.url, clock, observe=self.metrics.batch, on_fault=faults.tell, keys=settings.keys.file)
        self.registry = discovery.registry()
        self.platforms: list[Platform] = []
        self.browser: BrowserPlatform | None = None
        self.address = ""
        self.heartbeat = Heartbeat(self.database, self._take_up, lambda: self.address)
        self._runners: list[web.AppRunner] = []
        self._backups: AutomaticBackups | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._lines: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._opened = False
        self._warmup: Warmup | None = None

    async def open(self, extra: Sequence[Platform] = ()) -> None:
        """Migrate, open the database and wire the parts; nothing listens or ticks yet."""
        await asyncio.to_thread(migrations.upgrade, self.database.url)
        await opening.begin(self.database)
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
            self.browser = self._own_page(sample=sample)
            self.platforms.append(self.browser)
        self.platforms.extend(extra)
        self.platforms.extend(self._configured())
        await self.database.run(offered.note, [each.name for each in self.platforms])
        await self.database.run(outlets.note, list(self.settings.wecom.outlets()))
        self.delivery = Delivery(
            self.database,
            self.platforms,
            self.clock,
            metrics=self.metrics,
            heard=self.registry.heard_alone,
            leads=self.heartbeat.leads,
        )
        self.reaching = Reaching(self.database, self.platforms)
        self.router = Router(self.database, self.registry, self.delivery.wake, self.clock, metrics=self.metrics, typed=self._typed)
        self.scheduler = Scheduler(self.database, discovery.jobs(), self.clock, self.delivery.wake, self.settings, metrics=self.metrics)
        self.pulse = Pulse(self.database, self.clock, self.metrics, self.delivery.budgets, self._newest_backup)
        self._sample = sample
        self._opened = True
        await self.heartbeat.start()
        await self._notice_a_restore()
        await self.delivery.start()

    def _own_page(self, *, sample: bool) -> BrowserPlatform:
        """The platform that is our own page."""
        page = self.settings.web
        return BrowserPlatform(
            self.database.run,
            self.database.read,
            self.clock,
            sample=sample,
            who_is=partial(server.who_is, self.database.run),
            language=self.settings.general.language,
            shared=self.database.shared,
            budget=Budget(page.chat_per_second, page.group_per_minute, page.all_per_second, by_any=True),
        )

    def _configured(self) -> list[Platform]:
        return configured.platforms(
            self.settings,
            self.clock,
            leads=self.heartbeat.leads,
            note=self._note_line,
            telegram_named=self._note_telegram,
            wake=self._wake,
            heard=self._heard,
        )

    async def _notice_a_restore(self) -> None:
        """What a server's own tools have brought back is not sent again on a guess. Delivery, which starts next, tells the secretaries."""
        letters, _ = await self.database.run(restored.notice)
        if letters:
            log.warning("the database was restored from a dump: what waited in it may have been sent since and is left", letters=letters)

    def _typed(self, chat: Chat) -> bool:
        """Whether a chat has no buttons, so that what they would do is typed."""
        return any((each.name, each.instance) == chat.key[:2] and not each.capabilities(chat.kind).buttons for each in self.platforms)

    def _wake(self) -> None:
        """A platform can be reached again."""
        self.delivery.wake()

    async def _note_line(self, platform: str, instance: str, words: str) -> None:
        said = self._lines.get((platform, instance))
        if said is None or said[0] != words:  # what is said again is not newer for that
            said = self._lines[platform, instance] = (words, self.clock())
        await self.database.run(deployment.note_line, platform, instance, *said)

    async def _heard(self, chat: ChatKey, since: datetime) -> list[tuple[EventKey, datetime]]:
        """What was said lately in a chat, for a platform that has to know what may be answered."""
        return await self.database.run(deliveries.heard_lately, chat, since)

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
            await platform.start(self._receive, hints)
        self.pulse.started = True
        self.scheduler.start()
        self._start_backups()
        self._tasks = [
            asyncio.create_task(self.delivery.run(), name="delivery"),
            asyncio.create_task(self.scheduler.tick(), name="first tick"),
        ]
        self.heartbeat.begin()
        await self.reaching.start()
        if self.database.path is not None:
            faults.look_through(self.database.path)
        log.info("ready", address=self.address, platforms=[each.name for each in self.platforms])

    def warm(self) -> None:
        """Make ready in the background what the first messages need; nothing waits for it."""
        self._warmup = Warmup(self.registry, self.clock())
        self._warmup.start()

    async def _receive(self, incoming: Incoming) -> None:
        """What platforms hand events to; nothing new is taken once the program stops."""
        if self.pulse.stopping:
            raise Stopping
        await self.router.receive(incoming)

    def _start_backups(self) -> None:
        path, section = self.database.path, self.settings.backup
        if path is None or self._sample or not section.automatic:
            return
        loop = asyncio.get_running_loop()

        def failed() -> None:
            with suppress(RuntimeError):  # the loop is closed: whoever runs the program sees it in the log
                asyncio.run_coroutine_threadsafe(self._tell_backup_failed(), loop)

        self._backups = AutomaticBackups(self.settings, path, self.clock, failed, self.metrics)
        self._backups.start()

    async def _tell_backup_failed(self) -> None:
        for branch in await self.database.run(_branches):
            await self.database.run(_tell_backup_failed, branch)
        self.delivery.wake()

    def _newest_backup(self) -> datetime | None:
        path = self.database.path
        if path is None:
            return None
        try:
            kept = backup.all_kept(path, backup.folder_of(self.settings, path))
        except Trouble:
            return None
        newest = backup.newest(kept, self.clock())
        return newest.made_at if newest else None

    async def _serve(self) -> None:
        section, own = self.settings.web, self.settings.metrics
        routes = [route for platform in self.platforms for route in platform.routes()]
        health = Health(self.pulse.ready, self.pulse.measured, own.secret(), exposed=section.exposed)
        if own.port:
            here = replace(health, exposed=False)
            await self._listen(server.bare(here, hosts=LOOPBACK, stopping=self._is_stopping), "127.0.0.1", own.port)
        if not routes and not section.chat:
            return
        application = server.make(
            self.database.run,
            routes,
            checked=health,
            chat_page=section.chat,
            sample=self._sample,
            language=self.settings.general.language,
            hosts=frozenset() if section.exposed else LOOPBACK,
            stopping=self._is_stopping,
        )
        port = await self._listen(application, section.host, section.port)
        host = f"[{section.host}]" if ":" in section.host else section.host
        self.address = section.address or f"http://{host}:{port}/"

    async def _listen(self, application: web.Application, host: str, port: int) -> int:
        runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=1, keepalive_timeout=IDLE)
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        return int(runner.addresses[0][1])

    def _is_stopping(self) -> bool:
        return self.pulse.stopping

    async def next_due(self) -> datetime | None:
        """When something may be delivered next."""
        return await self.delivery.next_due()

    async def drain(self) -> None:
        """Deliver what is due now."""
        await self.delivery.drain()

    async def stop(self) -> None:
        """Take nothing more, finish what is under way, let go of the file.

        Whoever brings something meanwhile is told to come again: nothing is acknowledged that was not committed.
        """
        if not self._opened:
            await self.database.stop()
            return
        self.pulse.stopping = True
        self.scheduler.stop()
        self.delivery.stop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for platform in self.platforms:
            await platform.stop()
        if self._backups is not None:
            await asyncio.to_thread(self._backups.stop)
        if self._warmup is not None:
            await asyncio.to_thread(self._warmup.stop)
        for runner in self._runners:
            await runner.cleanup()
        await self.reaching.stop()
        await self.heartbeat.stop()
        await self.database.stop()


async def _branches(work: UnitOfWork) -> list[BranchId]:
    return [branch.id for branch in await work.branches.all()]


async def _tell_backup_failed(work: UnitOfWork, branch: BranchId) -> None:
    work.enter(branch)
    await backups.tell_failed(work, Actor(ActorKind.JOB, branch, None, frozenset()))
