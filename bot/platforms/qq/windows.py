"""When QQ lets something through: replies to what somebody just wrote, and, where it is granted, messages that nobody asked for."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.clock import Clock
from bot.messages import ChatKind
from bot.platforms.bounded import Bounded

SPANS = {ChatKind.GROUP: timedelta(minutes=5), ChatKind.PRIVATE: timedelta(minutes=60)}
"""How long a message may be replied to (PLATFORMS.md)."""
REPLIES = 5
"""How many replies one message takes."""
_CHATS, _EACH = 10_000, 32
"""Chats, and messages of each, that are remembered; the oldest are forgotten first."""
REMEMBERED = timedelta(hours=6)
"""How long QQ's word on whether a chat may be written to unasked counts."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a reply hangs on: a message of somebody, or another event."""

    field: Literal["msg_id", "event_id"]
    id: str


@dataclass(slots=True)
class _Window:
    until: datetime
    used: set[int] = field(default_factory=set)
    dead: bool = False


class Windows:
    """The messages of each chat that may still be replied to."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = clock()
        self._chats: Bounded[str, OrderedDict[Anchor, _Window]] = Bounded(_CHATS)
        self._left: Bounded[str, None] = Bounded(_CHATS)

    def open(self, chat: str, kind: ChatKind, anchor: Anchor, age: timedelta = timedelta(0)) -> None:
        """Somebody wrote, so long ago. What comes a second time gets no further replies.

        An age that leaves no time at all is not believed: QQ tells if a reply comes too late, and nothing would tell that we were wrong.
        """
        self._left.pop(chat)
        windows = self._chats.get(chat) or OrderedDict()
        self._chats.keep(chat, windows)
        if anchor not in windows:
            known = age if timedelta(0) < age < SPANS[kind] else timedelta(0)
            windows[anchor] = _Window(self._clock() - known + SPANS[kind])
        while len(windows) > _EACH:
            windows.popitem(last=False)

    def leave(self, chat: str) -> None:
        """The bot was thrown out of a group, or a person deleted it: nothing goes there until somebody writes again."""
        self._chats.pop(chat)
        self._left.keep(chat, None)

    def is_known(self, chat: str) -> bool:
        """Whether anything was said in a chat lately, as far as this process knows."""
        return bool(self._open(chat))

    def is_left(self, chat: str) -> bool:
        """Whether the bot is out of a chat."""
        return chat in self._left

    def take(self, chat: str, kind: ChatKind, number: int, wanted: str | None = None) -> Anchor | None:
        """What to hang a reply of a number on: what its earlier try hung on, the message it answers, the newest; None if none is open."""
        windows = self._open(chat)
        if wanted is not None and (asked := Anchor("msg_id", wanted)) not in (self._chats.get(chat) or ()):
            self._guess(chat, kind, asked)
            windows = self._open(chat)
        chosen = next((anchor for anchor, each in windows.items() if number in each.used), None)
        if chosen is None:
            room = [anchor for anchor, each in windows.items() if len(each.used) < REPLIES]
            chosen = next((each for each in room if each.id == wanted), room[-1] if room else None)
        if chosen is not None:
            windows[chosen].used.add(number)
        return chosen

    def give_back(self, chat: str, anchor: Anchor, number: int) -> None:
        """A reply certainly did not go out."""
        if (window := self._window(chat, anchor)) is not None:
            window.used.discard(number)

    def close(self, chat: str, anchor: Anchor) -> None:
        """QQ takes no more replies to it, whatever we counted."""
        if (window := self._window(chat, anchor)) is not None:
            window.dead = True

    def _window(self, chat: str, anchor: Anchor) -> _Window | None:
        windows = self._chats.get(chat)
        return windows.get(anchor) if windows is not None else None

    def _open(self, chat: str) -> dict[Anchor, _Window]:
        now, windows = self._clock(), self._chats.get(chat)
        if windows is None:
            return {}
        for anchor in [each for each, window in windows.items() if window.until <= now]:
            del windows[anchor]
        if not windows:
            self._chats.pop(chat)
        return {anchor: window for anchor, window in windows.items() if not window.dead}

    def _guess(self, chat: str, kind: ChatKind, anchor: Anchor) -> None:
        """A message of before our start may still be open: QQ tells if it is not."""
        if self._clock() < self._since + SPANS[kind]:
            self.open(chat, kind, anchor, self._clock() - self._since)


class Pushes:
    """Which chats may be written to unasked, as far as QQ has told lately."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: Bounded[str, tuple[bool, datetime]] = Bounded(_CHATS)

    def tell(self, chat: str, *, allowed: bool) -> None:
        """QQ says so."""
        self._told.keep(chat, (allowed, self._clock() + REMEMBERED))

    def known(self, chat: str) -> bool | None:
        """What QQ said of a chat; None if that is not known or too long ago."""
        told = self._told.get(chat)
        return told[0] if told is not None and self._clock() < told[1] else None
