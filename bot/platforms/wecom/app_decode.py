"""The XML of a self-built app's callbacks into `Incoming`: private chats only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.clock import beijing_day
from bot.messages import AccountKey, Chat, ChatKey, ChatKind, EventKey, EventKind, Incoming, Location, Sender
from bot.platforms.json_fields import moment, words
from bot.platforms.wecom.fields import name, short

_UNREADABLE = frozenset({"image", "video", "file", "link"})
_MOST_FIELDS = 100


def fields(body: bytes) -> Mapping[str, str] | None:
    """The fields of an XML body, None where it is none: broken, with entities or a DTD, or full of more than a message has."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError, LookupError):
        return None
    if len(root) > _MOST_FIELDS:
        return None
    return {str(each.tag): each.text or "" for each in root}


@dataclass(frozen=True, slots=True)
class AppDecoder:
    """Reads callbacks for one app."""

    instance: str
    clock: Callable[[], datetime]

    def incoming(self, told: Mapping[str, str]) -> Incoming | None:
        """What happened; None where it says nothing to us."""
        person, kind = name(told.get("FromUserName", "")), told.get("MsgType", "")
        if not person:
            return None
        if kind == "event":
            return self._event(told, person)
        msgid = words(told.get("MsgId", ""))
        if not msgid:
            return None
        key = EventKey(f"wecom:{self.instance}:m{short(msgid)}")
        place = _place(told) if kind == "location" else None
        if place is not None:
            return self._made(told, person, key, EventKind.LOCATION, "", location=place)
        if kind in {"text", "voice", *_UNREADABLE}:
            said = {"text": "Content", "voice": "Recognition"}.get(kind, "")
            return self._made(told, person, key, EventKind.MESSAGE, words(told.get(said, "")), spoken=kind == "voice")
        return None

    def _event(self, told: Mapping[str, str], person: str) -> Incoming | None:
        happened, data = told.get("Event", ""), words(told.get("EventKey", ""))
        at = self._at(told)
        if happened == "enter_agent":  # at every opening of the app: once a day is enough
            key = self._key(person, happened, str(beijing_day(at)))
            return self._made(told, person, key, EventKind.OPENED, "")
        key = self._key(person, happened, told.get("CreateTime", ""), data)
        if happened == "subscribe":
            return self._made(told, person, key, EventKind.OPENED, "")
        if happened == "click" and data:  # a menu's key is what would be typed: 签到
            return self._made(told, person, key, EventKind.MESSAGE, data)
        return None

    def _made(
        self,
        told: Mapping[str, str],
        person: str,
        key: EventKey,
        kind: EventKind,
        text: str,
        *,
        location: Location | None = None,
        spoken: bool = False,
    ) -> Incoming:
        chat = Chat(ChatKey("wecom", self.instance, f"u{person}"), ChatKind.PRIVATE)
        sender = Sender(AccountKey("wecom", self.instance, person))
        message_id = name(told.get("MsgId", "")) or str(key.rpartition(":")[2])
        return Incoming(key, kind, chat, sender, self._at(told), text=text, message_id=message_id, location=location, spoken=spoken)

    def _key(self, *told: str) -> EventKey:
        """The key of what has no id of its own."""
        digest = sha256("\0".join(told).encode("utf-8", "replace")).hexdigest()[:40]
        return EventKey(f"wecom:{self.instance}:e{digest}")

    def _at(self, told: Mapping[str, str]) -> datetime:
        seconds = told.get("CreateTime", "")
        return moment(int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) <= 12 else None, self.clock)


def _place(told: Mapping[str, str]) -> Location | None:
    """Location_X is the latitude, Location_Y the longitude."""
    try:
        latitude, longitude = float(told.get("Location_X", "")), float(told.get("Location_Y", ""))
    except ValueError:
        return None
    return Location(latitude, longitude) if -90 <= latitude <= 90 and -180 <= longitude <= 180 else None
