"""The platform-neutral words: what comes in, what goes out, what a chat can do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from hashlib import sha256
from typing import Any

from bot.texts import Language, Text
from storage.keys import AccountKey, ChatKey, EventKey

__all__ = [
    "AccountKey",
    "Admission",
    "Budget",
    "Button",
    "Capabilities",
    "Chat",
    "ChatKey",
    "ChatKind",
    "CommandHint",
    "Counted",
    "Drawing",
    "EventKey",
    "EventKind",
    "File",
    "Incoming",
    "Location",
    "Outgoing",
    "Parcel",
    "Priority",
    "Quoted",
    "ReplyTo",
    "Sender",
]


class ChatKind(StrEnum):
    """Whether a chat is the branch's group or between one person and the bot."""

    GROUP = "group"
    PRIVATE = "private"


class EventKind(StrEnum):
    """What happened on the platform."""

    MESSAGE = "message"
    BUTTON = "button"
    LOCATION = "location"
    """A location card or a shared location."""
    EDITED = "edited"
    JOINED = "joined"
    """Somebody other than the bot joined the group."""
    LEFT = "left"
    BOT_ADDED = "bot_added"
    BOT_REMOVED = "bot_removed"
    BLOCKED = "blocked"
    """A person stopped the bot in private."""
    UNBLOCKED = "unblocked"
    MIGRATED = "migrated"
    """The chat has a new id, given in `Incoming.new_chat_id`."""
    ASKED_TO_JOIN = "asked_to_join"
    """Somebody asks to be let into the group; `Incoming.request` is what the answer needs, `text` what they say of themselves."""
    OPENED = "opened"
    """Nobody says anything, but the platform lets messages through into the chat from now on."""


class Priority(IntEnum):
    """What goes first. From `NOTICE` on it is unasked: quiet hours hold."""

    EMERGENCY = 0
    ANSWER = 1
    NOTICE = 2
    REMINDER = 3
    DIGEST = 4


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as an event names it."""

    key: ChatKey
    kind: ChatKind
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who an event comes from. The name is what the platform shows, and proves nothing."""

    key: AccountKey
    name: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A location card in degrees (WGS 84). It proposes cities and is forgotten."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message of the bot that is answered, as the platform shows it again: its words and when it was said."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event of a platform. `text` is what was typed, or a button's data; never changed, never trusted."""

    key: EventKey
    kind: EventKind
    chat: Chat
    sender: Sender
    at: datetime
    text: str = ""
    message_id: str = ""
    mentioned: bool = False
    """The message names the bot, which has been taken out of `text`, or answers one of its messages."""
    reply_to: str | None = None
    """The platform's id of the message this one answers, whoever wrote that."""
    quoted: Quoted | None = None
    """That message, where the bot wrote it and the platform tells."""
    location: Location | None = None
    spoken: bool = False
    """It is a voice message; `text` is what the platform heard in it, empty where it tells nothing."""
    new_chat_id: str | None = None
    request: str = ""
    """Somebody's asking to join, in the platform's own terms; it comes back in an `Admission`."""

    @property
    def cause(self) -> str:
        """The event's short id in the log, from its coming to the sending of what it caused. A key may name an account; this does not."""
        return sha256(self.key.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what it shows and what comes back when it is pressed (at most 64 bytes)."""

    label: Text
    data: str

    @property
    def numbered(self) -> bool:
        """Whether its place in the list answers, where there are no buttons: not on a card (`c.…`), which may stand beside others."""
        return not self.data.startswith("c.")


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """The message an answer belongs to, in the platform's own terms."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer to somebody who asked to join a group; `request` as the event gave it."""

    request: str
    accept: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture or paper that is made when it is sent; `data` is plain (see `bot.services.drawings`)."""

    kind: str
    data: Mapping[str, Any]

    @property
    def is_picture(self) -> bool:
        """Whether it becomes a picture, not a file: who saves data goes without."""
        return self.kind in {"picture", "map", "poster"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the bot says in one message.

    With `reaction` or `remove` it is a mark under `reply_to`, or a deletion, and nothing else; so it is with `admission`.
    """

    text: Text
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""
    picture: bytes | None = None
    """A PNG or a JPEG."""
    file: File | None = None
    reply_to: ReplyTo | None = None
    reaction: str | None = None
    drawing: Drawing | None = None
    remove: str | None = None
    """The id of a message, anybody's, to be deleted."""
    tally: bool = False
    """A number that grows: where it cannot be edited it is said after some minutes and once more in the evening, not each time."""
    admission: Admission | None = None
    announcement: bool = False
    """The branch's word to everybody: where a group has a board for such, it is kept in sight there."""
    repeatable: bool = False
    """Better said twice than not at all, although nobody asked for it: repeated when it is not known whether it arrived. So is a tally."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way to one chat. With `edit` it replaces the message of that id."""

    chat: ChatKey
    kind: ChatKind
    content: Outgoing
    language: Language
    edit: str | None = None
    key: str = ""
    """The same at every try of one message."""
    again: bool = False
    """An earlier try may have arrived."""
    unasked: bool = False
    """Nobody waits for it: it may go a little later."""
    version: int = 1
    """How many times its words were written: where nothing can be edited, other words are another message."""


class Counted(StrEnum):
    """In what a platform counts the length of a text."""

    CHARACTERS = "characters"
    UTF16 = "utf16"
    """UTF-16 units: a sign beyond the first 65 536, as most emoji are, counts twice."""
    BYTES = "bytes"
    """Of UTF-8: a Chinese character counts three times."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What can be done in a chat; what cannot has a plain fall-back."""

    push: bool = True
    """Whether the bot may begin to speak; where not, what it has to say waits until somebody writes there (`base.NotNow`)."""
    edit: bool = True
    react: bool = True
    mark_in_words: bool = False
    """Where there are no marks: that something was taken is said in a word, as an answer to it. Not where the same words again and again
    are held against the bot."""
    buttons: bool = True
    pictures: bool = True
    files: bool = True
    remove: bool = True
    """Deleting a message of somebody else; whether the bot is allowed to in a chat shows only when it tries."""
    admit: bool = False
    """Answering who asks to join."""
    overhear: bool = True
    """In a group: words are told that do not name the bot."""
    hears: bool = True
    """Anything at all is told of what people say there."""
    recognise: bool = False
    """A message that is sent again (`Parcel.key`) is recognised and shown once."""
    repeat: bool = True
    """An answer that may have arrived may be said once more. Not where a frozen account looks like a time-out: it would send and send."""
    longest_text: int = 4096
    """A longer one is sent in parts (`bot.platforms.parts`), nothing cut off."""
    counted: Counted = Counted.CHARACTERS


@dataclass(frozen=True, slots=True)
class Budget:
    """How many messages and edits a platform lets through. Reactions and removals do not count: they say nothing."""

    chat_per_second: int = 1
    group_per_minute: int = 20
    all_per_second: int = 30
    private_per_minute: int | None = None
    """None: no limit but that of a second."""
    chat_per_hour: int | None = None
    """None: no limit but those of a second and a minute."""
    all_per_minute: int | None = None
    """None: no limit but that of a second."""
    by_any: bool = False
    """Any of several processes may send: the account's line ends in one of them (`Platform.reachable`), or nobody counts what it says.
    Elsewhere the one that leads sends alone, since each counts only what it sent itself."""
    jitter: timedelta = timedelta(0)
    """What nobody asked for is put off at random, by so much at most: a machine's regularity is what gets an account frozen."""


@dataclass(frozen=True, slots=True)
class CommandHint:
    """A command as a platform's menu shows it: a latin word, the Chinese word and one line of help."""

    slash: str
    word: str
    help: Text
    group: bool
    private: bool
    roles: frozenset[str] = field(default_factory=frozenset)
    """Role values that may use it; empty for everybody."""
