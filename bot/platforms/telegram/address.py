"""Whether a text speaks to this bot, and what is left of it without the bot's name."""

import re
from dataclasses import dataclass, field

from bot.patterns import Pattern
from bot.platforms.json_fields import Json, listing, mapping, number

_COMMAND = Pattern(r"/([^\s@/]+)@([A-Za-z0-9_]+)")
_BLANKS = " \t\u3000"
MOST = 100
"""Marks in a text, and mentions of the bot, that are looked at: Telegram marks no more, and each costs a copy of the text."""


@dataclass(frozen=True, slots=True)
class Self:
    """The bot's own account. The number stands in the token; the name comes from getMe."""

    user_id: int | None
    username: str
    _name: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Telegram marks no mention that touches a Chinese word (请@bot报到), yet people write so; hence no entities here.
        pattern = rf"(?<![A-Za-z0-9_@./])@{re.escape(self.username)}(?![A-Za-z0-9_])" if self.username else r"(?!)"
        object.__setattr__(self, "_name", re.compile(pattern, re.IGNORECASE))

    def hear(self, text: str, entities: object) -> tuple[str, bool] | None:
        """The text without the bot's name, and whether that was in it. None for a command meant for another bot."""
        rest, mentioned = self._without_links(text, entities)
        if command := _COMMAND.match(rest):
            if command[2].casefold() != self.username.casefold():
                return None
            tail = rest[command.end() :]
            rest, mentioned = f"/{command[1]}{'' if not tail or tail[0].isspace() else ' '}{tail}", True
        for _ in range(MOST):
            if (name := self._name.search(rest)) is None:
                break
            rest, mentioned = _cut(rest, name.start(), name.end()), True
        return (rest.strip() if mentioned else rest), mentioned

    def _without_links(self, text: str, entities: object) -> tuple[str, bool]:
        """Takes out `text_mention`s of the bot. Offsets count UTF-16 units, in which an emoji is two."""
        units, found = text.encode("utf-16-le"), False
        for start, end in sorted(filter(None, map(self._link, listing(entities)[:MOST])), reverse=True):
            before, after = (part.decode("utf-16-le", "ignore") for part in (units[: start * 2], units[end * 2 :]))
            units, found = _cut(before + after, len(before), len(before)).encode("utf-16-le"), True
        return (units.decode("utf-16-le"), True) if found else (text, False)

    def _link(self, value: object) -> tuple[int, int] | None:
        entity: Json = mapping(value)
        offset, length = number(entity.get("offset")), number(entity.get("length"))
        ours = self.user_id is not None and mapping(entity.get("user")).get("id") == self.user_id
        if entity.get("type") != "text_mention" or not ours or offset is None or length is None or offset < 0 or length < 0:
            return None
        return offset, offset + length


def _cut(text: str, start: int, end: int) -> str:
    left, right = text[:start].rstrip(_BLANKS), text[end:].lstrip(_BLANKS)
    apart = left and right and left[-1] != "\n" and right[0] != "\n"
    return f"{left}{' ' if apart else ''}{right}"
