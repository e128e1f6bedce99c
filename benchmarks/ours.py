"""Zhibu as it is run, between updates in Telegram's JSON and a sink: router, writer, outbox, delivery, all of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.sink import TOKEN, Told
from benchmarks.world import Person
from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.messages import Budget
from bot.operations.serving import settle
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.transport import Line
from bot.sections.telegram import Telegram

UNBOUND = Budget(chat_per_second=10**9, group_per_minute=10**9, all_per_second=10**9)
"""The naive bot knows no limits of the platform; for the comparison ours does not either."""


class Time:
    """A clock that begins at noon in Beijing today and runs as the machine's; `shift` moves it."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)
        self._noon = self._started.replace(hour=4, minute=0, second=0, microsecond=0)
        self.shift = timedelta(0)

    def __call__(self) -> datetime:
        return self._noon + (datetime.now(UTC) - self._started) + self.shift


class Ours:
    """A running product; `say` feeds one update and returns after the commit that holds its effects."""

    def __init__(self, app: App, platform: TelegramPlatform, clock: Callable[[], datetime]) -> None:
        self.app = app
        self._platform = platform
        self._clock = clock
        self._updates = 0

    async def say(self, person: Person, text: str, *, message_id: int, private: bool = False) -> None:
        """A person writes. Raises if the platform would have to send it again."""
        self._updates += 1
        if not await self._platform.take(update(self._updates, person, text, message_id, self._clock(), private=private)):
            raise RuntimeError("the platform is not ready")


def update(number: int, person: Person, text: str, message_id: int, at: datetime, *, private: bool) -> dict[str, Any]:
    """A message as Telegram tells of it."""
    private_chat = {"id": person.user_id, "type": "private", "first_name": "党员"}
    group = {"id": person.group_id, "type": "supergroup", "title": "支部群"}
    return {
        "update_id": number,
        "message": {
            "message_id": message_id,
            "date": int(at.timestamp()),
            "chat": private_chat if private else group,
            "from": {"id": person.user_id, "is_bot": False, "first_name": "党员", "language_code": "zh-hans"},
            "text": text,
        },
    }


@asynccontextmanager
async def running(
    url: str, line: Line, clock: Callable[[], datetime], *, budget: Budget = UNBOUND, deliver: bool = True, complete: bool = False
) -> AsyncIterator[Ours]:
    """The product on a database that is there; `complete` with web pages and scheduler, without `deliver` sending nothing by itself."""
    settings = Settings(database=DatabaseSection(url=url), web=Web(port=0, chat=complete), telegram=Telegram(members_own_choice=True))
    app = App(settings, clock)
    hook = {"mode": "webhook", "webhook_url": "https://bench.invalid/telegram/main", "webhook_secret": "bench"}
    platform = TelegramPlatform(TOKEN, clock=clock, budget=budget, line=line, **hook)  # type: ignore[arg-type]
    await app.open([platform])
    if complete:
        await app.start()
    else:
        await platform.start(app.router.receive, app.registry.hints())
    delivery = asyncio.create_task(app.delivery.run()) if deliver and not complete else None
    while platform.username is None:
        await asyncio.sleep(0.001)
    settle()
    try:
        yield Ours(app, platform, clock)
    finally:
        if delivery is not None:
            app.delivery.stop()
            await delivery
        await app.stop()


__all__ = ["UNBOUND", "Ours", "Time", "Told", "running", "update"]
