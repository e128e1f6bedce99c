"""QQ by its official API, version 2: callbacks come by a webhook, replies go out within their time (PLATFORMS.md)."""

import asyncio
from collections.abc import Callable

from bot.clock import Clock
from bot.messages import Budget
from bot.platforms.base import Heard, Note, Platform
from bot.platforms.qq.platform import QQPlatform
from bot.sections.qq import QQ

__all__ = ["QQPlatform", "connected"]


def connected(
    section: QQ, clock: Clock, *, leads: asyncio.Event, note: Note, wake: Callable[[], None], heard: Heard | None = None
) -> list[Platform]:
    """The bot that the configuration names; none without an AppID and its AppSecret. `wake` is called once QQ takes that."""
    secret = section.hidden()
    if not section.app_id or not secret:
        return []
    platform = QQPlatform(
        section.app_id,
        secret,
        clock=clock,
        api_url=section.api_url,
        token_url=section.token_url,
        markdown=section.markdown,
        private_pushes=section.private_pushes,
        registered=section.sites,
        budget=Budget(section.chat_per_second, section.group_per_minute, section.all_per_second),
        note=note,
        leads=leads,
        wake=wake,
        heard=heard,
    )
    return [platform]
