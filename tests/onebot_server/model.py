"""What a QQ account knows: people, groups, messages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class ActionError(Exception):
    """An action fails, in OneBot's words."""

    def __init__(self, retcode: int, wording: str) -> None:
        super().__init__(wording)
        self.retcode = retcode
        self.wording = wording


@dataclass
class User:
    """Somebody on QQ. Only friends, and members met in a group, can be written to."""

    id: int
    nickname: str
    friend: bool = False


@dataclass
class Group:
    """A group; cards are the names that members chose there."""

    id: int
    title: str
    members: list[User] = field(default_factory=list)
    cards: dict[int, str] = field(default_factory=dict)
    bot_is_admin: bool = False
    bot_inside: bool = True
    bot_muted_until: int = 0
    all_muted: bool = False
    notices: list[str] = field(default_factory=list)
    essence: list[int] = field(default_factory=list)
    files: list[tuple[str, int]] = field(default_factory=list)


Place = User | Group


@dataclass
class Message:
    """A message; the bot's where nobody is its sender."""

    id: int
    place: Place
    date: int
    sender: User | None
    segments: list[Json]
    marks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(str(each["data"]["text"]) for each in self.segments if each["type"] == "text")

    @property
    def kinds(self) -> list[str]:
        """The types of its segments."""
        return [each["type"] for each in self.segments]

    @property
    def reply_to(self) -> str | None:
        """The message it answers."""
        return next((str(each["data"]["id"]) for each in self.segments if each["type"] == "reply"), None)


def text(words: str) -> Json:
    """A segment of text."""
    return {"type": "text", "data": {"text": words}}


def at(who: object) -> Json:
    """A mention."""
    return {"type": "at", "data": {"qq": str(who)}}


def reply(message_id: object) -> Json:
    """A message is answered."""
    return {"type": "reply", "data": {"id": str(message_id)}}


def escaped(words: str, *, inside: bool) -> str:
    """A text, or with `inside` a value of a code, as it stands in a CQ string."""
    words = words.replace("&", "&amp;").replace("[", "&#91;").replace("]", "&#93;")
    return words.replace(",", "&#44;") if inside else words


def as_cq(segments: Sequence[Json]) -> str:
    """Segments as a CQ string, as an implementation writes it."""
    found = ""
    for each in segments:
        if each["type"] == "text":
            found += escaped(str(each["data"]["text"]), inside=False)
        else:
            data = "".join(f",{name}={escaped(str(value), inside=True)}" for name, value in each["data"].items())
            found += f"[CQ:{each['type']}{data}]"
    return found
