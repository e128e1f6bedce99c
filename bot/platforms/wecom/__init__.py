"""WeCom (企业微信): a 智能机器人 to talk with, 消息推送 webhooks for announcements, a self-built app for private messages."""

import asyncio
from collections.abc import Callable

from bot.clock import Clock
from bot.messages import Budget
from bot.platforms.base import Note, Platform
from bot.platforms.wecom.bot import WeComBot
from bot.sections.wecom import WeCom

__all__ = ["WeComBot", "connected"]


def connected(section: WeCom, clock: Clock, *, leads: asyncio.Event, note: Note, wake: Callable[[], None]) -> list[Platform]:
    """What the configuration names of the bot, the webhooks and the app."""
    found: list[Platform] = []
    if section.bot_id:
        found.append(
            WeComBot(
                section.bot_id,
                section.hidden(),
                url=section.url,
                clock=clock,
                bot_name=section.bot_name,
                budget=Budget(
                    group_per_minute=section.chat_per_minute,
                    all_per_second=section.all_per_second,
                    private_per_minute=section.chat_per_minute,
                    chat_per_hour=section.chat_per_hour,
                ),
                leads=leads,
                note=note,
                wake=wake,
            )
        )
    return found
