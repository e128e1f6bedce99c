"""What the server knows: people, groups, and what each chat shows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

Json = dict[str, Any]

SPAN_GROUP, SPAN_PRIVATE = timedelta(minutes=5), timedelta(minutes=60)
MOST_REPLIES = 5


def openid(*parts: object) -> str:
    """An openid as QQ makes them: 32 signs that say nothing."""
    return md5(":".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest().upper()


class ApiError(Exception):
    """An error answer: the status, QQ's number, and what it says."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(eq=False)
class Person:
    """Somebody with a QQ account. They have one openid in private and another in every group."""

    name: str
    takes_pushes: bool = False
    is_friend: bool = True

    @property
    def user_openid(self) -> str:
        return openid("user", self.name)

    def member_openid(self, group: "Group") -> str:
        return openid("member", group.title, self.name)


@dataclass(eq=False)
class Group:
    """A QQ group with the bot in it."""

    title: str
    allow_proactive: bool = False
    bot_inside: bool = True
    bot_is_admin: bool = False
    muted: bool = False

    @property
    def group_openid(self) -> str:
        return openid("group", self.title)


Place = Person | Group


@dataclass(eq=False)
class Message:
    """A message as the chat shows it. `sender` is None for the bot's own."""

    id: str
    index: str
    """Under this QQ shows it again when it is answered."""
    place: Place
    at: datetime
    sender: Person | None = None
    text: str = ""
    buttons: list[list[tuple[str, str]]] = field(default_factory=list)
    """Rows of (label, data)."""
    picture: bytes | None = None
    file: tuple[str, bytes] | None = None
    passive: str = ""
    """The message or event it hangs on; empty for a push."""
    markdown: bool = False


@dataclass
class Anchor:
    """What may be replied to: until when, and the numbers of the replies so far."""

    place: Place
    until: datetime
    seqs: set[int] = field(default_factory=set)
    replies: int = 0
