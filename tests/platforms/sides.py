"""The far side of a platform, as the contract suite (test_contract.py) needs it: people who do something, and what they see.

Each platform has a module `tests/platforms/<name>_side.py` with an async context manager `opened(request) -> Side`: a started platform
against its local counterpart, stopped in the end. `SIDES` finds it by its name; the suite itself names no platform.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import pytest

from bot.messages import Incoming
from bot.platforms.base import Platform
from storage.keys import ChatKey

PERSON, OTHER = "李小山", "周海"
"""Who writes, and who comes into the group and leaves it."""
MEMBERS_WORDS = "我爱人住院了"
"""What a member writes in confidence: in no log."""
BOT = "@支部"
"""What the suite begins a text with to speak to the bot in the group; the side makes the platform's mention of it."""


class Tells(StrEnum):
    """What a platform may tell of what people do. What it does not tell has a fall-back, which the suite asserts."""

    OVERHEARD = "overheard"
    """Words in the group that are not for the bot."""
    NAMES = "names"
    """What people are called."""
    REPLIES = "replies"
    """Which message a person answers."""
    QUOTES = "quotes"
    """The words of the bot's message that is answered (`Incoming.quoted`)."""
    EDITS = "edits"
    """That a person changed a message."""
    LOCATIONS = "locations"
    VOICE = "voice"
    JOINS = "joins"
    """That a person came into the group or left it."""
    BOT = "bot"
    """That the bot was added to the group or removed from it."""
    ADMISSIONS = "admissions"
    """That somebody asks to be let into the group."""
    ECHOES = "echoes"
    """What the bot said itself."""
    REPLAYS = "replays"
    """The same once more, after a break for instance."""


class Fault(StrEnum):
    """What may become of a message on its way out. Where there is no line, as in our own page, nothing does."""

    HANG = "hang"
    """The other side takes it and never answers (the side gives the platform little patience): `Uncertain`."""
    SLOW_DOWN = "slow_down"
    """Asked to wait: `SlowDown`."""
    TROUBLE = "trouble"
    """The other side says that it has trouble of its own and took nothing: `Temporary`."""
    NEVER = "never"
    """The other side will never take this: `Refused`."""
    PIECES = "pieces"
    """The answer comes in two pieces, as over a slow line: it is one answer all the same."""


class Attack(StrEnum):
    """What somebody may try, where the platform has such a thing; `MEMBERS_WORDS` stand in it wherever words can."""

    HUGE = "huge"
    """Fifty megabytes where an event would stand."""
    SECOND = "second"
    """Another connection in the name of the same account."""
    CLOCK = "clock"
    """An event of a clock that is off by an hour."""
    REPLAY = "replay"
    """A callback that was taken, byte for byte, an hour later."""
    FORGED = "forged"
    """A wrong signature, or a wrong token where nothing is signed."""
    SHOWN = "shown"
    """The right token in an address that others can read."""


HUGE = 50_000_000
"""Bytes of `Attack.HUGE`."""


@dataclass(frozen=True)
class Shown:
    """A message of the bot as a person reads it: markup has become what it looks like, and a mention a name."""

    id: str
    text: str
    buttons: list[list[str]] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    picture: bool = False
    file: str | None = None
    answers: str | None = None
    """The id of the message that it is shown under as an answer."""


class Inbox:
    """Receives what a platform hands over. `receive` is what a side gives to `Platform.start`."""

    def __init__(self) -> None:
        self.tried: list[Incoming] = []
        self.taken: list[Incoming] = []
        self.failing: Counter[str] = Counter()
        """How many times more a text fails to be stored."""
        self.before: Callable[[Incoming], Any] = _nothing
        """Called, and awaited, before something is taken."""

    async def receive(self, incoming: Incoming) -> None:
        """Take an event, or fail as a full disk does. The words of the error are secret: they hold what somebody wrote."""
        self.tried.append(incoming)
        await self.before(incoming)
        if self.failing[incoming.text] > 0:
            self.failing[incoming.text] -= 1
            raise OSError(f"disk full: {incoming.text}")
        self.taken.append(incoming)


async def _nothing(_: Incoming) -> None:
    pass


class Side(Protocol):
    """One person (`PERSON`) who has a private chat with the bot, one group with that person and the bot, and somebody else.

    What the platform does not tell (`tells`) is done as nearly as its wire allows, or not at all; it does not raise.
    Every deed comes back when the platform has handed over what it tells of it and the bot has taken it (`inbox.taken`).
    """

    platform: Platform
    inbox: Inbox
    tells: frozenset[Tells]
    faults: frozenset[Fault]
    """Which of them `fails_next` can make."""
    attacks: frozenset[Attack]
    """Which of them `attacked` can make."""
    secrets: tuple[str, ...]
    """Tokens, keys, signatures: no log line and no exception may hold one."""
    traps: tuple[str, ...]
    """Words that the platform would take for markup, a mention, a command or a picture if they were not escaped."""
    oddities: tuple[bytes, ...]
    """Whole frames or bodies in the platform's own shape that hold something unknown or of the wrong type, as `puts` sends them."""
    links: bool
    """Whether an address goes out as it is; else it arrives readable, but not as a link."""
    line: bool
    """Whether the bot holds a connection, so that `reachable()` is False while it is cut."""

    def key(self, *, group: bool = False) -> ChatKey:
        """The chat between the person and the bot, or the group."""
        ...

    def nowhere(self, *, group: bool = False) -> ChatKey:
        """A chat that is not there for the bot: somebody who never wrote to it, a group it was never in."""
        ...

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        """The person writes; answers the platform's id of it. Where `inbox.failing` lets it fail, it is waited for until it is taken."""
        ...

    async def presses(self, message_id: str, data: str) -> None:
        """The person presses a button in private; only called where `Capabilities.buttons`."""
        ...

    async def edits(self, message_id: str, text: str) -> None:
        """The person changes a message in private."""
        ...

    async def shares_location(self) -> None:
        """The person sends a location card in private: 45.8 north, 126.5 east."""
        ...

    async def speaks(self, heard: str) -> None:
        """The person sends a voice message in private; `heard` is what the platform makes of it, if it makes anything of it."""
        ...

    async def joins(self) -> None:
        """`OTHER` comes into the group."""
        ...

    async def leaves(self) -> None:
        """`OTHER` leaves it."""
        ...

    async def adds_bot(self) -> None:
        """The bot, which is not in it at that moment, is added to the group."""
        ...

    async def removes_bot(self) -> None:
        """The bot is thrown out of the group."""
        ...

    async def asks_to_join(self, words: str) -> None:
        """`OTHER` asks to be let into the group and says something."""
        ...

    def admitted(self) -> bool | None:
        """What the group answered who asked: let in, turned away, or nothing yet."""
        ...

    async def echoes(self, text: str) -> None:
        """The platform brings a message of the group that the bot's own account wrote. Does not wait."""
        ...

    async def replays(self) -> None:
        """The platform brings the last message of the person once more, byte for byte. Does not wait."""
        ...

    async def puts(self, raw: bytes) -> None:
        """Bytes come in where an event of the platform would, signed and let in as one. Does not wait; a connection may end by it."""
        ...

    async def shown(self, message_id: str, *, group: bool = False) -> Shown:
        """A message as it is seen now, the bot's (`send` answered the id) or the person's (for the marks under it)."""
        ...

    async def said(self, *, group: bool = False) -> list[Shown]:
        """Everything that the bot said in a chat and that is still seen there, the oldest first."""
        ...

    async def attacked(self, attack: Attack) -> bool:
        """Somebody tries this; whether it was turned away, or there is nobody who could be told."""
        ...

    def connection(self) -> object:
        """What is another when the bot's connection is; nothing where there is none that lasts."""
        ...

    def allow_deleting(self) -> None:
        """The bot may delete messages of others in the group from now on."""
        ...

    async def is_gone(self, message_id: str) -> bool:
        """Whether a message of the group is no longer seen."""
        ...

    def fails_next(self, fault: Fault) -> None:
        """The next message out meets this; those after it do not."""
        ...

    async def goes_down(self) -> None:
        """The platform, or the way to it, is not there; comes back when the bot could have noticed."""
        ...

    async def comes_back(self) -> None:
        """It is there again; comes back when the bot could have noticed. Nothing needs a second of real time."""
        ...

    async def falls_silent(self) -> None:
        """So much time passes without a word from anybody that every window to answer in is over. Nothing where there are none."""
        ...


Opened = Callable[[pytest.FixtureRequest], AbstractAsyncContextManager[Side]]
NAMES = ("browser", "telegram", "onebot", "qq", "wecom")


def _opened(name: str) -> Opened:
    made: Opened = import_module(f"tests.platforms.{name}_side").opened
    return made


SIDES: dict[str, Opened] = {name: _opened(name) for name in NAMES if find_spec(f"tests.platforms.{name}_side")}
