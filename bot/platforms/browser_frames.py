"""The frames of docs/browser-chat.md: reading what a page sends, and our words as the protocol has them."""

import json
from typing import Any

from bot.messages import CommandHint, EventKind
from bot.platforms.typed import typed
from bot.services.browser_chat import Visitor
from bot.texts import Text

FRAME = 64 * 1024
"""Bytes of a frame."""
FIELDS = frozenset({"type", "chat", "text", "data", "message", "reply_to", "latitude", "longitude", "nonce", "spoken"})
MENTIONS = ("@支部机器人", "@支部", "@zhibu")


def both(text: Text) -> dict[str, str]:
    """A text in every language, as the protocol has it."""
    return {"zh": text.zh, "en": text.en}


KINDS = {"send": EventKind.MESSAGE, "press": EventKind.BUTTON, "edit": EventKind.EDITED, "location": EventKind.LOCATION}


def decode_frame(data: str) -> dict[str, Any] | None:
    """A frame of a page with the fields that we know, or None for anything that is not one."""
    try:
        frame = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str) or not isinstance(frame.get("chat"), str):
        return None
    if frame["type"] not in KINDS or not isinstance(frame.get("reply_to"), str | None):
        return None
    if frame["type"] == "location":
        if not _on_earth(frame.get("latitude"), 90) or not _on_earth(frame.get("longitude"), 180):
            return None
    elif not isinstance(frame.get("data" if frame["type"] == "press" else "text"), str):
        return None
    known = {name: value for name, value in frame.items() if name in FIELDS and isinstance(value, str | int | float)}
    return {name: typed(value) if isinstance(value, str) else value for name, value in known.items()}


def nonce(frame: dict[str, Any] | None) -> str:
    """The sender's own name for a frame; empty where it has none."""
    return str(frame.get("nonce", ""))[:64] if frame else ""


def _on_earth(value: object, most: int) -> bool:
    """Whether it is a number of degrees: `NaN`, `Infinity` and numbers of a thousand digits are JSON to Python."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most


def mention(text: str) -> tuple[str, bool]:
    """A text without the bot's name at its beginning, and whether that was there."""
    for name in MENTIONS:
        if text.strip().startswith(name):
            return text.strip().removeprefix(name).lstrip(" ,，:："), True
    return text, False


def person(visitor: Visitor) -> dict[str, Any]:
    """Somebody the page may be, as the protocol has it."""
    place = both(visitor.place) if visitor.place else None
    return {"id": visitor.user_id, "name": both(visitor.name), "role": both(visitor.role), "place": place}


def hint(hint: CommandHint) -> dict[str, Any]:
    """A command, as the protocol has it."""
    kinds = [kind for kind, there in (("group", hint.group), ("private", hint.private)) if there]
    return {"word": hint.word, "slash": hint.slash, "help": both(hint.help), "kinds": kinds}
