"""QQ by OneBot v11: one platform for each account, and the routes that they share."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.messages import Budget
from bot.platforms.base import Note, Platform
from bot.platforms.onebot.access import Access
from bot.platforms.onebot.hub import Hub
from bot.platforms.onebot.platform import Manner, OneBotPlatform
from bot.sections.onebot import OneBot

__all__ = ["OneBotPlatform", "connected"]


def connected(
    section: OneBot, clock: Clock, *, leads: asyncio.Event, note: Note, wake: Callable[[], None], exposed: bool
) -> list[Platform]:
    """The accounts that the configuration names. `exposed`: others than this machine can reach our server."""
    token, signature = section.secret(), section.signing()
    hub = Hub(Access(token, signature, exposed), sockets=section.mode == "reverse", posts=section.mode == "http")
    budget = Budget(
        section.chat_per_second,
        section.group_per_minute,
        section.all_per_second,
        private_per_minute=section.private_per_minute,
        all_per_minute=section.all_per_minute,
        by_any=section.mode != "http",  # a socket ends in one process
        jitter=timedelta(seconds=section.jitter),
    )
    manner = Manner(section.mode, "", token, section.announce, section.accept_friends, budget)
    found: list[Platform] = []
    for place, account in enumerate(section.accounts):
        url = section.urls[place] if place < len(section.urls) else ""
        found.append(
            OneBotPlatform(
                account, replace(manner, url=url), hub, clock=clock, ours=frozenset(section.accounts), leads=leads, note=note, wake=wake
            )
        )
    return found
