"""A platform whose far side is a list: what really was delivered, when, and whether it rang. It keeps the contract of a `Platform`.

With `Windows` it lets nothing in but answers, as QQ's official API; with `Limits` it notes what a platform would not have taken.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from aiohttp import web

from bot.messages import (
    AccountKey,
    Budget,
    Capabilities,
    Chat,
    ChatKey,
    ChatKind,
    CommandHint,
    EventKey,
    EventKind,
    Incoming,
    Parcel,
    Sender,
)
from bot.platforms.base import NotNow, Receive, Refused, Temporary, Uncertain

NAME = "sink"


@dataclass(frozen=True)
class Delivered:
    """One thing that arrived. `what` is a message, an edit or a mark; only a message makes a telephone ring."""

    at: datetime
    chat: str
    kind: ChatKind
    what: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    """Label and data of each button."""
    message_id: str
    key: str = ""
    """Of the letter that it was."""


class Trouble(StrEnum):
    """What the way to the platform does to what is sent."""

    REFUSED = "refused"
    """It certainly does not arrive."""
    HALF = "half"
    """Every second message arrives, and none is answered."""
    HANGS = "hangs"
    """It arrives, and the answer never comes."""


@dataclass(frozen=True)
class Windows:
    """How long after somebody wrote a chat takes answers (PLATFORMS.md: QQ's official API), and how many for each message.

    Where `opens_for_good` one message is enough, as in WeCom.
    """

    group: timedelta = timedelta(minutes=5)
    private: timedelta = timedelta(minutes=60)
    replies: int = 5
    opens_for_good: bool = False


@dataclass(frozen=True)
class Limits:
    """What the platform takes of one chat within a span, of one group, and altogether."""

    chat: tuple[tuple[timedelta, int], ...] = ()
    group: tuple[tuple[timedelta, int], ...] = ()
    all: tuple[tuple[timedelta, int], ...] = ()


class SinkPlatform:
    """Takes everything; without `edit` it refuses to change what was said, as QQ does.

    `line` may be taken down: then nothing goes out, and what was under way did not arrive.
    """

    instance = "main"

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        edit: bool = True,
        react: bool = True,
        name: str = NAME,
        buttons: bool = True,
        budget: Budget | None = None,
        windows: Windows | None = None,
        mark_in_words: bool = False,
        limits: Limits = Limits(),
    ) -> None:
        self.name = name
        self.budget = budget or Budget(chat_per_second=1000, group_per_minute=100_000, all_per_second=100_000)
        self.delivered: list[Delivered] = []
        self.violations: list[str] = []
        self.turned_away = 0
        self.line = True
        self.trouble: Trouble | None = None
        self._limits = limits
        self._windows = windows
        self._open: dict[str, deque[list[object]]] = defaultdict(deque)
        """Of each chat the messages that may be answered: until when, and how often still."""
        self._lately: dict[tuple[str, timedelta], deque[datetime]] = defaultdict(deque)
        self._clock = clock
        self._can = Capabilities(edit=edit, react=react, buttons=buttons, push=windows is None, mark_in_words=mark_in_words)
        self._receive: Receive
        self._events = 0

    def capabilities(self, kind: ChatKind) -> Capabilities:
        return self._can

    def reachable(self) -> bool:
        return self.line

    def routes(self) -> Sequence[web.RouteDef]:
        return ()

    async def start(self, receive: Receive, commands: Sequence[CommandHint]) -> None:
        self._receive = receive

    async def stop(self) -> None:
        pass

    async def send(self, parcel: Parcel) -> str:
        if parcel.edit and not self._can.edit:
            raise Refused("nothing can be edited here")
        if not self.line or self.trouble is Trouble.REFUSED:
            raise Temporary("the line is down")
        if self.trouble is Trouble.HALF and len(self.delivered) % 2:
            self.delivered.append(replace(self.delivered[-1], what="nothing"))
            raise Uncertain("no answer")
        content = parcel.content
        marks = content.reaction is not None
        if not marks:
            self._let_in(parcel)
        what = "mark" if marks else "edit" if parcel.edit else "message"
        number = (content.reply_to.message_id if marks and content.reply_to else parcel.edit) or f"m{len(self.delivered)}"
        buttons = tuple((each.label.zh, each.data) for row in content.buttons for each in row)
        text = content.text.to(parcel.language)
        self.delivered.append(Delivered(self._clock(), parcel.chat.chat_id, parcel.kind, what, text, buttons, number, parcel.key))
        if self.trouble is Trouble.HALF:
            raise Uncertain("no answer")
        if self.trouble is Trouble.HANGS:
            await asyncio.Event().wait()
        return number

    def _let_in(self, parcel: Parcel) -> None:
        """Take a message if its chat takes one now, and note what the platform would not have taken."""
        now, chat = self._clock(), parcel.chat.chat_id
        if self._windows is not None and not self._windows.opens_for_good:
            answerable = self._open[chat]
            while answerable and (answerable[0][0] < now or answerable[0][1] == 0):
                answerable.popleft()
            if not answerable:
                self.turned_away += 1
                raise NotNow("nobody wrote lately")
            answerable[0][1] -= 1
        elif self._windows is not None and chat not in self._open:
            self.turned_away += 1
            raise NotNow("nobody wrote yet")
        limits = [(chat, *each) for each in self._limits.chat] + [("", *each) for each in self._limits.all]
        limits += [(chat, *each) for each in self._limits.group if parcel.kind is ChatKind.GROUP]
        for whose, span, most in limits:
            lately = self._lately[whose, span]
            while lately and lately[0] <= now - span:
                lately.popleft()
            lately.append(now)
            if len(lately) > most:
                self.violations.append(f"{self.name} {whose or 'altogether'}: {len(lately)} within {span} at {now}, {most} are taken")

    def hears(self, chat: str, kind: ChatKind) -> None:
        """Somebody wrote in a chat: from now on it takes answers."""
        if self._windows is not None:
            lasts = self._windows.group if kind is ChatKind.GROUP else self._windows.private
            self._open[chat].append([self._clock() + lasts, self._windows.replies])

    async def says(self, user: str, text: str, *, group: str = "", kind: EventKind = EventKind.MESSAGE, mentioned: bool = False) -> None:
        """Somebody writes, or presses the button of that data: to the bot in private, or in a group."""
        await self.bring(self.said(user, text, group=group, kind=kind, mentioned=mentioned))

    def said(self, user: str, text: str, *, group: str = "", kind: EventKind = EventKind.MESSAGE, mentioned: bool = False) -> Incoming:
        """The same as an event that has yet to be brought."""
        self._events += 1
        chat = Chat(ChatKey(self.name, "main", group or private_chat(user)), ChatKind.GROUP if group else ChatKind.PRIVATE)
        key, sender = EventKey(f"{self.name}:{self._events}"), Sender(account_key(user, self.name), user)
        return Incoming(key, kind, chat, sender, self._clock(), text, f"e{self._events}", mentioned=mentioned)

    async def bring(self, event: Incoming) -> None:
        """Bring an event, once or again."""
        self.hears(event.chat.key.chat_id, event.chat.kind)
        await self._receive(event)


def account_key(user: str, platform: str = NAME) -> AccountKey:
    return AccountKey(platform, "main", user)


def private_chat(user: str) -> str:
    return f"p-{user}"
