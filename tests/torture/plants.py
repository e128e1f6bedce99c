"""Mistakes that are made on purpose, to see that the harness finds them: `python -m tests.torture --plant NAME`."""

import asyncio
from collections.abc import Callable
from typing import Any


def _acknowledge_before_commit() -> None:
    """The platform is told at once, and the event is acted upon afterwards."""
    from bot.router import Router

    receive, kept = Router.receive, set()

    async def hasty(self: Router, incoming: Any) -> None:
        task = asyncio.create_task(receive(self, incoming))
        kept.add(task)
        task.add_done_callback(kept.discard)

    Router.receive = hasty  # type: ignore[method-assign]


def _mark_before_send() -> None:
    """A letter is noted as sent, and sent afterwards."""
    from bot.delivery import Delivery
    from bot.services import deliveries

    deliver = Delivery._deliver

    async def hasty(self: Delivery, letter: Any, now: Any = None) -> None:
        await self._note(deliveries.sent, letter, "")
        await deliver(self, letter, now)

    Delivery._deliver = hasty  # type: ignore[method-assign]


def _forget_the_inbox() -> None:
    """No event is known a second time."""
    from storage.inbox import Inbox

    async def never(_self: Inbox, _key: str) -> bool:
        return False

    Inbox.seen = never  # type: ignore[method-assign]
    Inbox.note = lambda *_: None  # type: ignore[method-assign]


PLANTS: dict[str, Callable[[], None]] = {
    "acknowledge before commit": _acknowledge_before_commit,
    "mark before send": _mark_before_send,
    "forget the inbox": _forget_the_inbox,
}
