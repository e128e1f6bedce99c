"""What the segments of a message say to this bot."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.messages import Location
from bot.platforms.json_fields import Json, listing, mapping, parsed, words
from bot.platforms.onebot import cq
from bot.platforms.onebot.fields import ident, location, message_ident
from bot.platforms.typed import LONGEST

EVERYBODY = "全体成员"
_BLANKS = " \t\u3000"
_CARD = 20_000
"""Characters of a card that is looked into for a place."""
_PLACE = "com.tencent.map"
_UNREADABLE = frozenset(
    (
        *("image", "face", "mface", "marketface", "video", "file", "flash_file", "onlinefile", "music", "share", "contact", "dice", "rps"),
        *("forward", "node", "xml", "json", "markdown", "keyboard", "shake", "poke", "anonymous", "gift", "longmsg", "miniapp", "lightapp"),
    )
)
"""What a person may send and the bot cannot read: in private it arrives without text, so that it can be said."""


@dataclass(slots=True)
class Heard:
    """A message, read: its text without the bot's name, and what else was in it."""

    text: str = ""
    mentioned: bool = False
    reply_to: str | None = None
    location: Location | None = None
    spoken: bool = False
    unreadable: bool = False
    unknown: list[str] = field(default_factory=list)
    """Types of segments that nothing is known of."""
    _seam: bool = False

    def add(self, piece: str) -> None:
        """Text goes on; where the bot's name was taken out, one blank is left between words."""
        if len(self.text) > LONGEST:
            return
        if self._seam:
            left, right = self.text.rstrip(_BLANKS), piece.lstrip(_BLANKS)
            apart = left and right and left[-1] != "\n" and right[0] != "\n"
            self.text = f"{left}{' ' if apart else ''}{right}"
            self._seam = not right
        else:
            self.text += piece

    def named(self) -> None:
        """The bot's name stands here."""
        self.mentioned = self._seam = True


def hear(message: object, raw: object, me: str) -> Heard:
    """Reads a message: an array, one segment, or a CQ string. `me`: the bot's own number. Raises `cq.TooLong`."""
    heard = Heard()
    for each in _segments(message, raw):
        segment = mapping(each)
        data = mapping(segment.get("data"))
        kind = words(segment.get("type"))
        if kind in _READERS:
            _READERS[kind](heard, data, me)
        elif kind:
            heard.unreadable = True
            if kind not in _UNREADABLE:
                heard.unknown.append(kind if kind.isascii() and kind.isidentifier() and len(kind) <= 20 else "?")
    heard.text = words(heard.text.strip() if heard.mentioned else heard.text)
    return heard


def _segments(message: object, raw: object) -> Sequence[object]:
    if isinstance(message, dict):
        return [message]
    if isinstance(message, list):
        if len(message) > cq.MOST:
            raise cq.TooLong
        return listing(message)
    text = message if isinstance(message, str) else raw
    return cq.segments(text) if isinstance(text, str) else []


def _text(heard: Heard, data: Json, _me: str) -> None:
    heard.add(words(data.get("text")))


def _at(heard: Heard, data: Json, me: str) -> None:
    named = words(data.get("qq")) or ident(data.get("qq"))
    if named == "all":
        heard.add(f"@{EVERYBODY}")
    elif ident(named) == me:
        heard.named()
    elif ident(named):
        heard.add(f"@{words(data.get('name')).removeprefix('@') or ident(named)}")


def _reply(heard: Heard, data: Json, _me: str) -> None:
    heard.reply_to = message_ident(data.get("id")) or heard.reply_to


def _record(heard: Heard, _data: Json, _me: str) -> None:
    heard.spoken = True


def _location(heard: Heard, data: Json, _me: str) -> None:
    heard.location = location(data.get("lat"), data.get("lon")) or heard.location


def _card(heard: Heard, data: Json, _me: str) -> None:
    """A card of Tencent's maps is a place; any other is something to look at."""
    heard.unreadable = True
    card = data.get("data")
    if isinstance(card, str):
        if _PLACE not in card or len(card) > _CARD:
            return
        try:
            card = parsed(card)
        except ValueError:
            return
    if mapping(card).get("app") == _PLACE:
        place = mapping(mapping(mapping(card).get("meta")).get("Location.Search"))
        heard.location = location(place.get("lat"), place.get("lng")) or heard.location


_READERS = {"text": _text, "at": _at, "reply": _reply, "record": _record, "voice": _record, "location": _location, "json": _card}
