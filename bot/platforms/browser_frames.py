"""The frames of docs/browser-chat.md: reading what a page sends, and our words as the protocol has them."""

import json
from typing import Any

from bot.messages import CommandHint, EventKind
from bot.services.browser_chat import Visitor
from bot.texts import Text

FRAME = 64 * 1024
"""Bytes of a frame."""
MENTIONS = ("@支部机器人", "@支部", "@zhibu")


def both(text: Text) -> dict[str, str]:
    """A text in every language, as the protocol has it."""
    return {"zh": text.zh, "en": text.en}


KINDS = {"send": EventKind.MESSAGE, "press": EventKind.BUTTON, "edit": EventKind.EDITED, "location": EventKind.LOCATION}


def decode_frame(data: str) -> dict[str, Any] | None:
    """A frame of a page, or None for anything that is not one."""
    try:
        frame = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str) or not isinstance(frame.get("chat"), str):
        return None
    if frame["type"] not in KINDS or not isinstance(frame.get("reply_to"), str | None):
        return None
    if frame["type"] == "location":
        numbers = [frame.get("latitude"), frame.get("longitude")]
        if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):
            return None
    elif not isinstance(frame.get("data" if frame["type"] == "press" else "text"), str):
        return None
    return frame


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
