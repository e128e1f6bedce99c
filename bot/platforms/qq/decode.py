"""QQ's callbacks into `Incoming`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from bot.clock import Clock
from bot.messages import AccountKey, Chat, ChatKey, ChatKind, EventKey, EventKind, Incoming, Sender
from bot.patterns import Pattern
from bot.platforms.json_fields import Json, mapping, numeral, words
from bot.platforms.qq.contents import Said, answered, heard
from bot.platforms.qq.fields import moment, name
from bot.platforms.qq.windows import Anchor

DISPATCH, ADDRESS_CHECK = 0, 13
_LONGEST_KEY = 120
_DIGEST = Pattern(r"[0-9a-f]{64}")
_OPENID = 79
"""Signs of an openid that are taken in; QQ's have 32."""
_PRESSES = frozenset({11, 12})
"""Kinds of interactions that are a press: a button under a message, the menu of a private chat."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What may be replied to from now on, and how long ago it was said by QQ's own clock."""

    chat: Chat
    anchor: Anchor
    age: timedelta


@dataclass(frozen=True, slots=True)
class Change:
    """What changed about a chat. `pushes`: whether it takes unasked messages from now on, where that is told; `left`: the bot is out."""

    key: EventKey
    chat: str
    pushes: bool | None
    left: bool


@dataclass(frozen=True, slots=True)
class Decoded:
    """One callback: what happened, what may be replied to, what changed, and a press of a button that waits for an answer."""

    event: Incoming | None = None
    opening: Opening | None = None
    change: Change | None = None
    press: str = ""


def lane_of(value: Json) -> str:
    """What a callback has to wait behind: others of its chat."""
    body = mapping(value.get("d"))
    private = mapping(body.get("author")).get("user_openid") or body.get("user_openid") or body.get("openid")
    return name(body.get("group_openid")) or name(private)


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads callbacks for one bot. `is_ours` tells whether an id is that of a message of the bot."""

    instance: str
    clock: Clock
    is_ours: Callable[[str], bool]

    def read(self, payload: Json, posted: int) -> Decoded:
        """What a callback says, nothing where it says nothing to us. `posted`: when QQ sent it, by its own clock."""
        kind, body = words(payload.get("t")), mapping(payload.get("d"))
        reader = READERS.get(kind)
        if numeral(payload.get("op")) != DISPATCH or reader is None or not body:
            return Decoded()
        return reader(self, Envelope(kind, name(payload.get("id")), body, posted))

    def chat(self, openid: object, kind: ChatKind) -> Chat | None:
        """A group by its openid, or the private chat of a person."""
        known = name(openid)
        if not known.strip(".") or len(known) > _OPENID:  # it becomes a part of addresses
            return None
        return Chat(ChatKey("qq", self.instance, f"{'g' if kind is ChatKind.GROUP else 'u'}{known}"), kind)

    def sender(self, openid: object, called: object = "") -> Sender:
        """Whoever it is: in a group by an openid of that group, in private by another one."""
        return Sender(AccountKey("qq", self.instance, name(openid)[:_OPENID]), words(called))

    def key(self, *parts: str) -> EventKey:
        """The key of an event: QQ's own id of what happened, digested where it is long."""
        plain = f"qq:{self.instance}:{':'.join(parts)}"
        return EventKey(plain if len(plain) <= _LONGEST_KEY else f"qq:{self.instance}:{parts[0]}:{sha256(plain.encode()).hexdigest()}")

    def message_of(self, key: str) -> str | None:
        """The id of the message that an event of this key is; None for another event, and where the id was too long to be kept."""
        begin = f"qq:{self.instance}:m:"
        message_id = key.removeprefix(begin)
        return message_id if key.startswith(begin) and not _DIGEST.fullmatch(message_id) else None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A callback before it is read."""

    kind: str
    id: str
    body: Json
    posted: int

    def age(self) -> timedelta:
        """How long ago it happened, both moments by QQ's clock."""
        at = moment(self.body.get("timestamp"))
        return timedelta(0) if at is None else timedelta(seconds=max(0.0, self.posted - at.timestamp()))


def _message(decoder: Decoder, envelope: Envelope, chat: Chat | None, person: str, *, addressed: bool) -> Decoded:
    body = envelope.body
    author, message_id = mapping(body.get("author")), name(body.get("id"))
    sender = decoder.sender(author.get(person) or author.get("id"), author.get("username"))
    if chat is None or not message_id or not sender.key.user_id or author.get("bot") is True:
        return Decoded()
    said: Said = heard(body, addressed=addressed)
    reply_to, quoted, ours = answered(body, decoder.is_ours)
    opening = Opening(chat, Anchor("msg_id", message_id), envelope.age())
    if not (said.text or said.spoken or (chat.kind is ChatKind.PRIVATE and said.attached) or (addressed and chat.kind is ChatKind.GROUP)):
        return Decoded(opening=opening)
    event = Incoming(
        decoder.key("m", message_id),
        EventKind.MESSAGE,
        chat,
        sender,
        moment(body.get("timestamp")) or decoder.clock(),
        text=said.text,
        message_id=message_id,
        mentioned=chat.kind is ChatKind.GROUP and (said.mentioned or ours),
        reply_to=reply_to,
        quoted=quoted if ours or said.mentioned or chat.kind is ChatKind.PRIVATE else None,
        spoken=said.spoken,
    )
    return Decoded(event, opening)


def _group_at(decoder: Decoder, envelope: Envelope) -> Decoded:
    """Somebody named the bot."""
    chat = decoder.chat(envelope.body.get("group_openid"), ChatKind.GROUP)
    return _message(decoder, envelope, chat, "member_openid", addressed=True)


def _group(decoder: Decoder, envelope: Envelope) -> Decoded:
    """Something was said in a group, where QQ lets the bot hear everything."""
    chat = decoder.chat(envelope.body.get("group_openid"), ChatKind.GROUP)
    return _message(decoder, envelope, chat, "member_openid", addressed=False)


def _private(decoder: Decoder, envelope: Envelope) -> Decoded:
    author = mapping(envelope.body.get("author"))
    chat = decoder.chat(author.get("user_openid") or author.get("id"), ChatKind.PRIVATE)
    return _message(decoder, envelope, chat, "user_openid", addressed=True)


def _pressed(decoder: Decoder, envelope: Envelope) -> Decoded:
    """A button. QQ tells its data, and only seldom under which message it stands."""
    body = envelope.body
    in_group = bool(body.get("group_openid"))
    chat = decoder.chat(body.get("group_openid" if in_group else "user_openid"), ChatKind.GROUP if in_group else ChatKind.PRIVATE)
    resolved, press = mapping(mapping(body.get("data")).get("resolved")), name(body.get("id"))
    data, sender = words(resolved.get("button_data")), decoder.sender(body.get("group_member_openid" if in_group else "user_openid"))
    if chat is None or not press or not sender.key.user_id or numeral(body.get("type")) not in _PRESSES:
        return Decoded(press=press)
    opening = Opening(chat, Anchor("event_id", envelope.id), envelope.age()) if envelope.id else None
    if not data:
        return Decoded(opening=opening, press=press)
    at = moment(body.get("timestamp")) or decoder.clock()
    message_id = name(resolved.get("message_id"))
    return Decoded(
        Incoming(decoder.key("i", press), EventKind.BUTTON, chat, sender, at, text=data, message_id=message_id), opening, press=press
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """Something about the bot's place in a chat. `pushes`: whether unasked messages are let in from now on, where it says so."""

    place: ChatKind
    event: EventKind | None
    pushes: bool | None = None
    opens: bool = False
    left: bool = False

    def __call__(self, decoder: Decoder, envelope: Envelope) -> Decoded:
        body = envelope.body
        person = body.get("op_member_openid" if self.place is ChatKind.GROUP else "openid")
        chat = decoder.chat(body.get("group_openid") if self.place is ChatKind.GROUP else person, self.place)
        if chat is None:
            return Decoded()
        at = moment(body.get("timestamp")) or decoder.clock()
        key = decoder.key("e", envelope.id or f"{envelope.kind}:{chat.key.chat_id}:{int(at.timestamp())}")
        opening = Opening(chat, Anchor("event_id", envelope.id), envelope.age()) if self.opens and envelope.id else None
        event = Incoming(key, self.event, chat, decoder.sender(person), at) if self.event is not None else None
        return Decoded(event, opening, Change(key, chat.key.chat_id, self.pushes, self.left))


READERS: dict[str, Callable[[Decoder, Envelope], Decoded]] = {
    "GROUP_AT_MESSAGE_CREATE": _group_at,
    "GROUP_MESSAGE_CREATE": _group,
    "C2C_MESSAGE_CREATE": _private,
    "INTERACTION_CREATE": _pressed,
    "GROUP_ADD_ROBOT": _Changed(ChatKind.GROUP, EventKind.BOT_ADDED, opens=True),
    "GROUP_DEL_ROBOT": _Changed(ChatKind.GROUP, EventKind.BOT_REMOVED, left=True),
    "GROUP_MSG_RECEIVE": _Changed(ChatKind.GROUP, EventKind.OPENED, pushes=True, opens=True),
    "GROUP_MSG_REJECT": _Changed(ChatKind.GROUP, None, pushes=False),
    "FRIEND_ADD": _Changed(ChatKind.PRIVATE, EventKind.UNBLOCKED, opens=True),
    "FRIEND_DEL": _Changed(ChatKind.PRIVATE, EventKind.BLOCKED, left=True),
    "C2C_MSG_RECEIVE": _Changed(ChatKind.PRIVATE, EventKind.OPENED, pushes=True, opens=True),
    "C2C_MSG_REJECT": _Changed(ChatKind.PRIVATE, None, pushes=False),
}
