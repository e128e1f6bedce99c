"""Telegram: the only package that knows python-telegram-bot, for uploads; see `transport` for the rest."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.messages import Budget
from bot.platforms.base import Platform
from bot.platforms.telegram.platform import TelegramPlatform
from bot.sections.telegram import Telegram

__all__ = ["TelegramPlatform", "connected"]


def connected(section: Telegram, clock: Clock, *, leads: asyncio.Event, named: Callable[[str], Awaitable[object]]) -> list[Platform]:
    """The account that the configuration names; `named` is told its name once Telegram has told it."""
    platform = TelegramPlatform(
        section.secret(),
        mode=section.mode,
        base_url=section.base_url,
        webhook_url=section.webhook_url or None,
        webhook_secret=section.hook_secret() or None,
        clock=clock,
        budget=Budget(section.chat_per_second, section.group_per_minute, section.all_per_second),
        noted=named,
        leads=leads,
    )
    return [platform]
