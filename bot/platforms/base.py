"""What a chat platform has to be. Delivery and the composition root know nothing else of one."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from aiohttp import web

from bot.messages import Budget, Capabilities, ChatKey, ChatKind, CommandHint, Incoming, Parcel

STALE = timedelta(days=7)
"""What a platform brings of longer ago is a recording played again, and is passed over; the inbox remembers for a month."""

Receive = Callable[[Incoming], Awaitable[None]]
"""Hands an event over and returns only after the commit that holds its effects. Raises when that failed: do not acknowledge."""


Note = Callable[[str, str, str], Awaitable[object]]
"""Remembers of a platform and an instance of it how it stands, in words for the doctor; empty where there is nothing to say."""


Heard = Callable[[ChatKey, datetime], Awaitable[Sequence[tuple[str, datetime]]]]
"""The keys of what was acted upon in a chat since a moment, the newest first, with their times: what this process does not remember."""


class Stopping(Exception):
    """The program takes nothing more: do not acknowledge, the platform brings the event again to the next one."""


class SendError(Exception):
    """A message did not go out. The subclasses say what may be done about it."""


class SlowDown(SendError):
    """The platform asks to wait; it concerns one chat unless `everywhere`."""

    def __init__(self, wait: timedelta, *, everywhere: bool = False) -> None:
        super().__init__(f"asked to wait {wait.total_seconds()} s")
        self.wait = wait
        self.everywhere = everywhere


class Temporary(SendError):
    """It certainly did not arrive and may be tried again: refused connection, 5xx."""


class Uncertain(SendError):
    """It may have arrived: the answer did not. Trying again may repeat it."""


class Unreachable(SendError):
    """The person blocked the bot or never started it, or the chat is gone. Waits until they write again."""


class NotNow(SendError):
    """The platform lets nothing through into the chat until somebody writes there: an answer's time is over, or it used up its number."""


class Refused(SendError):
    """The platform will never take this message."""


class Moved(SendError):
    """The chat has a new id."""

    def __init__(self, new_chat_id: str) -> None:
        super().__init__(f"moved to {new_chat_id}")
        self.new_chat_id = new_chat_id


class Vanished(SendError):
    """The message to be edited or marked is no longer there."""


class Platform(Protocol):
    """A way into and out of one platform with one account."""

    name: str
    instance: str
    budget: Budget

    def capabilities(self, kind: ChatKind) -> Capabilities:
        """What a chat of this kind can do."""
        ...

    def routes(self) -> Sequence[web.RouteDef]:
        """Routes the local web server has to serve for this platform."""
        ...

    def reachable(self) -> bool:
        """Whether messages can go out from this process now. Where not, they wait in the outbox and use up no try."""
        ...

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        """Connect and begin handing events to `receive`, in the order of each chat."""
        ...

    async def send(self, parcel: Parcel) -> str:
        """Send or edit one message and answer the platform's id of it. Raises a `SendError`."""
        ...

    async def stop(self) -> None:
        """Stop receiving, then let go of the connection."""
        ...
