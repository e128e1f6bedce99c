"""What the server knows: people, groups, and what each chat shows."""

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![A-Za-z0-9_@])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")


class ApiError(Exception):
    """An error answer of the Bot API."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {description}", **parameters)


@dataclass(eq=False)
class User:
    """A person with a Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "zh-hans"
    started: bool = False
    blocked: bool = False

    def json(self) -> Json:
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | {key: value for key, value in optional.items() if value}

    def chat(self) -> Json:
        shown = {key: value for key, value in self.json().items() if key not in {"is_bot", "language_code"}}
        return shown | {"type": "private"}


@dataclass(eq=False)
class Group:
    """A group or supergroup; `upgraded_to` holds its new id once it became another."""

    id: int
    title: str
    kind: str = "supergroup"
    members: list[User] = field(default_factory=list)
    bot_inside: bool = True
    upgraded_to: int | None = None
    bot_may_delete: bool = False
    """Whether the bot is an administrator with the right to delete messages."""

    def chat(self) -> Json:
        extra = {"all_members_are_administrators": False} if self.kind == "group" else {}
        return {"id": self.id, "title": self.title, "type": self.kind} | extra


Place = User | Group


@dataclass(eq=False)
class Message:
    """A message as the chat shows it now. `sender` is None for the bot's own."""

    id: int
    place: Place
    date: int
    sender: User | None = None
    text: str = ""
    buttons: list[list[tuple[str, str]]] = field(default_factory=list)
    """Rows of (label, data)."""
    reactions: list[str] = field(default_factory=list)
    photo: bytes | None = None
    document: tuple[str, bytes] | None = None
    location: tuple[float, float] | None = None
    reply_to: "Message | None" = None
    edits: int = 0
    preview: bool = True

    def json(self, bot: Json, *, depth: int = 1) -> Json:
        said: Json = {
            "message_id": self.id,
            "from": self.sender.json() if self.sender else bot,
            "chat": self.place.chat(),
            "date": self.date,
        }
        if self.edits:
            said["edit_date"] = self.date + self.edits
        if self.reply_to and depth:
            said["reply_to_message"] = self.reply_to.json(bot, depth=depth - 1)
        self._add_content(said)
        if self.buttons:
            rows = [[{"text": label, "callback_data": data} for label, data in row] for row in self.buttons]
            said["reply_markup"] = {"inline_keyboard": rows}
        return said

    def _add_content(self, said: Json) -> None:
        if self.photo is not None:
            size = {"file_id": f"photo{self.id}", "file_unique_id": f"p{self.id}", "width": 90, "height": 67, "file_size": len(self.photo)}
            said["photo"] = [size]
        if self.document is not None:
            name, content = self.document
            said["document"] = {"file_id": f"doc{self.id}", "file_unique_id": f"d{self.id}", "file_name": name, "file_size": len(content)}
        if self.location is not None:
            said["location"] = {"latitude": self.location[0], "longitude": self.location[1]}
        if self.text:
            under = self.photo is not None or self.document is not None
            said["caption" if under else "text"] = self.text
            if marked := entities(self.text):
                said["caption_entities" if under else "entities"] = marked


def entities(text: str) -> list[Json]:
    """Commands and mentions as Telegram marks them, in UTF-16 units."""
    found = [("bot_command", match) for match in _COMMAND.finditer(text)]
    commands = [match.span() for _, match in found]
    apart = (match for match in _MENTION.finditer(text) if not any(start <= match.start() < end for start, end in commands))
    found.extend(("mention", match) for match in apart)
    return [
        {"offset": units(text[: match.start()]), "length": units(match[0]), "type": kind}
        for kind, match in sorted(found, key=lambda pair: pair[1].start())
    ]


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
