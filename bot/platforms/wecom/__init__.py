"""WeCom (企业微信): a 智能机器人 to talk with, 消息推送 webhooks for announcements, a self-built app for private messages."""

import asyncio
from collections.abc import Callable

from bot.clock import Clock
from bot.messages import Budget
from bot.platforms.base import Note, Platform
from bot.platforms.wecom.app import WeComApp
from bot.platforms.wecom.bot import WeComBot
from bot.platforms.wecom.crypto import Envelope
from bot.platforms.wecom.webhook import WeComWebhook
from bot.sections.wecom import WeCom

__all__ = ["WeComApp", "WeComBot", "WeComWebhook", "connected"]


def connected(section: WeCom, clock: Clock, *, leads: asyncio.Event, note: Note, wake: Callable[[], None]) -> list[Platform]:
    """What the configuration names of the bot, the webhooks and the app."""
    found: list[Platform] = []
    budget = Budget(
        group_per_minute=section.chat_per_minute,
        all_per_second=section.all_per_second,
        private_per_minute=section.chat_per_minute,
        chat_per_hour=section.chat_per_hour,
    )
    if section.bot_id:
        bot = WeComBot(
            section.bot_id,
            section.hidden(),
            url=section.url,
            clock=clock,
            bot_name=section.bot_name,
            budget=budget,
            leads=leads,
            note=note,
            wake=wake,
        )
        found.append(bot)
    if section.app():
        token, key = section.callback()
        envelope = Envelope(token, key, section.corp_id) if token and key else None
        app = WeComApp(
            section.corp_id,
            section.agent_id,
            section.app_hidden(),
            envelope=envelope,
            api_url=section.api_url,
            clock=clock,
            budget=budget,
            note=note,
        )
        found.append(app)
    if keys := section.outlets():  # read once: another file is for the next start, as every setting is
        pushes = Budget(group_per_minute=section.webhook_per_minute, all_per_second=section.all_per_second)
        found.append(WeComWebhook(keys, api_url=section.api_url, budget=pushes))
    return found
