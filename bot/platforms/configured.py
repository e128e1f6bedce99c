"""The platforms that the configuration names. Each is imported only where it is used: python-telegram-bot alone takes 0.4 s."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.config import Settings
from bot.platforms.base import Heard, Note, Platform


def platforms(
    settings: Settings,
    clock: Clock,
    *,
    leads: asyncio.Event,
    note: Note,
    telegram_named: Callable[[str], Awaitable[object]],
    wake: Callable[[], None],
    heard: Heard | None = None,
) -> list[Platform]:
    """Every platform with what it needs to start. Of several processes only the one that `leads` fetches, or keeps a connection open.

    `wake` is called when messages can go out again; `heard` tells what was said lately in a chat.
    """
    found: list[Platform] = []
    if settings.telegram.secret():
        from bot.platforms.telegram import connected  # noqa: PLC0415

        found += connected(settings.telegram, clock, leads=leads, named=telegram_named)
    if settings.onebot.accounts:
        from bot.platforms import onebot  # noqa: PLC0415

        found += onebot.connected(settings.onebot, clock, leads=leads, note=note, wake=wake, exposed=settings.web.exposed)
    if settings.qq.app_id:
        from bot.platforms import qq  # noqa: PLC0415

        found += qq.connected(settings.qq, clock, leads=leads, note=note, wake=wake, heard=heard)
    if settings.wecom.used():
        from bot.platforms import wecom  # noqa: PLC0415

        found += wecom.connected(settings.wecom, clock, leads=leads, note=note, wake=wake)
    return found
