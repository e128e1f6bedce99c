"""Telegram's JSON into `Incoming`.

Read field by field rather than with `Update.de_json`, which takes about half the time of a message, raises on what a server
leaves out, and would let one such update stop the whole batch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.messages import AccountKey, Chat, ChatKey, ChatKind, EventKey, EventKind, Incoming, Quoted, Sender
from bot.platforms.json_fields import Json, listing, mapping, moment, number, words
from bot.platforms.telegram.address import Self
from bot.platforms.telegram.fields import full_name, location

_KINDS = {"private": ChatKind.PRIVATE, "group": ChatKind.GROUP, "supergroup": ChatKind.GROUP}
_INSIDE = {"creator", "administrator", "member"}
_UNREADABLE = (
    *("photo", "sticker", "voice", "audio", "video", "video_note", "document", "animation"),
    *("contact", "poll", "dice", "story", "paid_media", "game"),
)
"""What a person may send and the bot cannot read: in private it arrives without text, so that it can be said."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One update: its number, what happened, and the press of a button that waits for an answer."""

    update_id: int
    events: tuple[Incoming, ...] = ()
    press: str | None = None


def lane_of(value: object) -> str:
    """What an update has to wait behind: others of its chat, seen without reading it. Where no chat is named all share one lane."""
    for body in mapping(value).values():
        if inside := mapping(body):
            chat = inside.get("chat") or mapping(inside.get("message")).get("chat")
            return str(number(mapping(chat).get("id")) or "")
    return ""


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads updates for one account."""

    instance: str
    me: Self
    clock: Callable[[], datetime]

    def update(self, value: object) -> Decoded | None:
        """What one update says; without events where it says nothing to us. None where it is no update at all."""
        update = mapping(value)
        update_id = number(update.get("update_id"))
        if update_id is None:
            return None
        for field, read in READERS.items():
            if body := mapping(update.get(field)):
                press = words(body.get("id")) if field == "callback_query" else ""
                return Decoded(update_id, tuple(read(self, update_id, body)), press or None)
        return Decoded(update_id)

    def chat(self, value: object) -> Chat | None:
        """A private chat or a group; None for a channel."""
        chat = mapping(value)
        chat_id = number(chat.get("id"))
        if not chat_id:
            return None
        kind = _KINDS.get(words(chat.get("type") or ("private" if chat_id > 0 else "group")))
        return Chat(ChatKey("telegram", self.instance, str(chat_id)), kind, words(chat.get("title"))) if kind else None

    def sender(self, value: object) -> Sender:
        """Whoever it is; an empty number where nobody is named."""
        user = mapping(value)
        user_id = number(user.get("id"))
        return Sender(AccountKey("telegram", self.instance, "" if user_id is None else str(user_id)), full_name(user))

    def key(self, update_id: int, place: int = 1) -> EventKey:
        """The key of an event: the number of its update, and its place where one update holds several."""
        return EventKey(f"telegram:{self.instance}:{update_id}" + (f":{place}" if place > 1 else ""))


def _message(decoder: Decoder, update_id: int, body: Json, kind: EventKind = EventKind.MESSAGE) -> list[Incoming]:
    chat = decoder.chat(body.get("chat"))
    if chat is None or "migrate_from_chat_id" in body:
        return []
    if moved := number(body.get("migrate_to_chat_id")):
        sender, at = decoder.sender(body.get("from")), moment(body.get("date"), decoder.clock)
        return [Incoming(decoder.key(update_id), EventKind.MIGRATED, chat, sender, at, new_chat_id=str(moved))]
    if "new_chat_members" in body:
        return _came_or_left(decoder, update_id, body, chat, EventKind.JOINED)
    if "left_chat_member" in body:
        return _came_or_left(decoder, update_id, body, chat, EventKind.LEFT)
    # A channel, or an administrator who writes as the group, is nobody in particular.
    if "sender_chat" in body or not _person(body.get("from")):
        return []
    return _said(decoder, update_id, body, chat, kind)


def _said(decoder: Decoder, update_id: int, body: Json, chat: Chat, kind: EventKind) -> list[Incoming]:
    text, entities = words(body.get("text")), body.get("entities")
    if not text:
        text, entities = words(body.get("caption")), body.get("caption_entities")
    place = location(body.get("location"))
    if place and kind is EventKind.EDITED:
        return []  # A live location moves on; one card proposes cities, and no trail is kept.
    unreadable = chat.kind is ChatKind.PRIVATE and kind is EventKind.MESSAGE and any(part in body for part in _UNREADABLE)
    heard = decoder.me.hear(text, entities)
    if heard is None or not (text or place or unreadable):
        return []
    reply_to, ours = _answered(decoder, body)
    message_id = number(body.get("message_id"))
    return [
        Incoming(
            decoder.key(update_id),
            EventKind.LOCATION if place else kind,
            chat,
            decoder.sender(body.get("from")),
            moment(body.get("date"), decoder.clock),
            text=heard[0],
            message_id="" if message_id is None else str(message_id),
            mentioned=heard[1] or ours,
            reply_to=reply_to,
            quoted=_quoted(decoder, body) if ours else None,
            location=place,
            spoken="voice" in body and not text,
        )
    ]


def _edited(decoder: Decoder, update_id: int, body: Json) -> list[Incoming]:
    happened = _message(decoder, update_id, body, EventKind.EDITED)
    return [event for event in happened if event.kind is EventKind.EDITED]


def _answered(decoder: Decoder, body: Json) -> tuple[str | None, bool]:
    """The message this one answers, and whether the bot wrote that."""
    answered = mapping(body.get("reply_to_message"))
    message_id = number(answered.get("message_id"))
    # In a forum every message formally answers the one that opened its topic.
    if message_id is None or "forum_topic_created" in answered:
        return None, False
    ours = decoder.me.user_id is not None and mapping(answered.get("from")).get("id") == decoder.me.user_id
    return str(message_id), ours


def _quoted(decoder: Decoder, body: Json) -> Quoted | None:
    answered = mapping(body.get("reply_to_message"))
    text = words(answered.get("text")) or words(answered.get("caption"))
    return Quoted(text, moment(answered.get("date"), decoder.clock)) if text else None


def _came_or_left(decoder: Decoder, update_id: int, body: Json, chat: Chat, kind: EventKind) -> list[Incoming]:
    """The service message about members; the bot's own coming and going is told by `my_chat_member`."""
    members = listing(body.get("new_chat_members")) if kind is EventKind.JOINED else [body.get("left_chat_member")]
    at = moment(body.get("date"), decoder.clock)
    people = [member for member in members if _person(member) and number(mapping(member).get("id")) != decoder.me.user_id]
    return [Incoming(decoder.key(update_id, place), kind, chat, decoder.sender(member), at) for place, member in enumerate(people, start=1)]


def _pressed(decoder: Decoder, update_id: int, body: Json) -> list[Incoming]:
    message, data = mapping(body.get("message")), words(body.get("data"))
    chat, message_id = decoder.chat(message.get("chat")), number(message.get("message_id"))
    if chat is None or message_id is None or not data or not _person(body.get("from")):
        return []
    sender = decoder.sender(body.get("from"))
    # The date is that of the message with the button; a press bears none.
    return [Incoming(decoder.key(update_id), EventKind.BUTTON, chat, sender, decoder.clock(), text=data, message_id=str(message_id))]


def _own_place(decoder: Decoder, update_id: int, body: Json) -> list[Incoming]:
    """The bot was added, removed, blocked or let in again."""
    chat = decoder.chat(body.get("chat"))
    was, now = _inside(body.get("old_chat_member")), _inside(body.get("new_chat_member"))
    if chat is None or now is None or was is now:
        return []
    if chat.kind is ChatKind.PRIVATE:
        kind = EventKind.UNBLOCKED if now else EventKind.BLOCKED
    else:
        kind = EventKind.BOT_ADDED if now else EventKind.BOT_REMOVED
    return [Incoming(decoder.key(update_id), kind, chat, decoder.sender(body.get("from")), moment(body.get("date"), decoder.clock))]


def _other_place(decoder: Decoder, update_id: int, body: Json) -> list[Incoming]:
    """A person joined or left the group; who did it to them does not matter."""
    chat, member = decoder.chat(body.get("chat")), mapping(body.get("new_chat_member"))
    was, now = _inside(body.get("old_chat_member")), _inside(member)
    if chat is None or chat.kind is ChatKind.PRIVATE or now is None or was is now or not _person(member.get("user")):
        return []
    kind = EventKind.JOINED if now else EventKind.LEFT
    return [Incoming(decoder.key(update_id), kind, chat, decoder.sender(member.get("user")), moment(body.get("date"), decoder.clock))]


def _inside(value: object) -> bool | None:
    member = mapping(value)
    if not (status := words(member.get("status"))):
        return None
    return status in _INSIDE or (status == "restricted" and member.get("is_member") is True)


def _person(value: object) -> bool:
    user = mapping(value)
    return number(user.get("id")) is not None and user.get("is_bot") is not True


READERS: dict[str, Callable[[Decoder, int, Json], list[Incoming]]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _own_place,
    "chat_member": _other_place,
}
ALLOWED_UPDATES = tuple(READERS)
"""Named in full, because Telegram leaves `chat_member` out unless it is asked for."""
