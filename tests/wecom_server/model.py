"""What the server knows: people, groups, and what each chat shows."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

MINUTE, HOUR = 60.0, 3600.0
STREAM_LIVES = 360.0
"""Seconds after a callback in which a stream may answer it."""
AT_ONCE = 5.0
"""Seconds in which a welcome or the change of a card has to come."""


class WeComError(Exception):
    """An error answer."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"{code} {said}")
        self.code = code
        self.said = said


@dataclass(eq=False)
class Shown:
    """A message as its chat shows it. `markup`: its words are read as Markdown."""

    kind: str
    by: str
    text: str = ""
    buttons: list[tuple[str, str]] = field(default_factory=list)
    task_id: str = ""
    content: bytes = b""
    name: str = ""
    mentioned: list[str] = field(default_factory=list)
    answers: str = ""
    """The req_id of the callback that it answers."""
    id: str = ""
    """What the bot calls it: the stream's id, the card's task, or the req_id of the push."""


@dataclass(eq=False)
class Chat:
    """A conversation: what it shows, and when something went into it."""

    shown: list[Shown] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    conversed: bool = False
    """Whether somebody has spoken to the bot there."""


@dataclass(eq=False)
class Person(Chat):
    """A member of the enterprise; what is shown is their private chat with the bot, `app` that with the self-built app."""

    userid: str = ""
    app: list[Shown] = field(default_factory=list)
    sees_app: bool = True

    @property
    def id(self) -> str:
        """How a push addresses it."""
        return self.userid


@dataclass(eq=False)
class Group(Chat):
    """An internal group. `webhook` is the key of its 消息推送."""

    chatid: str = ""
    title: str = ""
    webhook: str = ""
    webhook_times: list[float] = field(default_factory=list)
    bot_inside: bool = True

    @property
    def id(self) -> str:
        """How a push addresses it."""
        return self.chatid


@dataclass(eq=False)
class Asked:
    """A callback that went out and may be answered; `msgid` of a message."""

    kind: str
    chat: Chat
    at: float
    msgid: str = ""
    streams: dict[str, bool] = field(default_factory=dict)
    """Streams by their id, and whether each is finished."""
    task_id: str = ""


@dataclass(eq=False)
class Upload:
    """A file on its way in chunks."""

    kind: str
    name: str
    size: int
    number: int
    md5: str
    chunks: dict[int, bytes] = field(default_factory=dict)
