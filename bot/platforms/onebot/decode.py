"""OneBot's events into `Incoming`. Read field by field: what one implementation leaves out costs nothing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

import structlog

from bot.messages import AccountKey, Chat, ChatKey, ChatKind, EventKey, EventKind, Incoming, Sender
from bot.platforms.base import STALE
from bot.platforms.json_fields import Json, mapping, words
from bot.platforms.onebot import cq
from bot.platforms.onebot.fields import flag, ident, message_ident, moment, seconds
from bot.platforms.onebot.hear import Heard, hear

_LONGEST_KEY = 120
_LIFE = {"enable": True, "connect": True, "disable": False}
"""What a OneBot says of itself, and whether its account is then on QQ; what it answers when it is asked for its status comes after."""

log = structlog.get_logger("onebot")


@dataclass(frozen=True, slots=True)
class Pulse:
    """A sign of life: whether the account is online, where that is told, and in how many seconds the next sign comes."""

    online: bool | None = None
    interval: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One event: what happened, and what only the adapter itself has to know."""

    event: Incoming | None = None
    pulse: Pulse | None = None
    friend: str = ""
    """Somebody wants to be the bot's friend; what the answer needs."""
    met: tuple[str, str] | None = None
    """Who wrote in private, and by way of which group: what goes to who is no friend takes the same way. No group: they are a friend."""
    gone: str = ""
    """The id of a message that was taken back."""
    place: str = ""
    """The number of a group in which the bot may do something else from now on."""


NOTHING = Decoded()


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads the events of one account. `ours`: the numbers of all accounts of the bot; `titles`: names of groups by their number."""

    instance: str
    ours: Collection[str]
    clock: Callable[[], datetime]
    titles: Mapping[str, str] = field(default_factory=dict)

    def event(self, value: object) -> Decoded:
        """What one event says. An event of another account, of long ago or of no known kind says nothing."""
        event = mapping(value)
        told = ident(event.get("self_id"))
        if told and told != self.instance:
            log.warning("An event for another account came and was left out.")
            return NOTHING
        read = READERS.get((words(event.get("post_type")), words(event.get(f"{words(event.get('post_type'))}_type"))))
        if read is None:
            return NOTHING
        decoded = read(self, event)
        if decoded.event is not None and decoded.event.at < self.clock() - STALE:
            log.info("An event of long ago came again and was left out.")
            return NOTHING
        return decoded

    def group(self, event: Json) -> Chat | None:
        """The group of an event."""
        number = ident(event.get("group_id"))
        if not number:
            return None
        title = words(event.get("group_name")) or self.titles.get(number, "")
        return Chat(ChatKey("onebot", self.instance, f"g{number}"), ChatKind.GROUP, title)

    def private(self, user: str) -> Chat:
        """The private chat with somebody."""
        return Chat(ChatKey("onebot", self.instance, f"u{user}"), ChatKind.PRIVATE)

    def sender(self, user: str, told: Json = MappingProxyType({})) -> Sender:
        """Whoever it is; in a group the name on the card comes first."""
        return Sender(AccountKey("onebot", self.instance, user), words(told.get("card")).strip() or words(told.get("nickname")).strip())

    def key(self, *parts: object) -> EventKey:
        """The key of an event, made of nothing but what the event says, so that a replay has the same."""
        key = ":".join(("onebot", self.instance, *map(str, parts)))
        return EventKey(key if len(key) <= _LONGEST_KEY else f"onebot:{self.instance}:{sha256(key.encode()).hexdigest()}")


def _group_message(decoder: Decoder, event: Json) -> Decoded:
    chat = decoder.group(event)
    # An anonymous member, and a grey line of QQ's own, are nobody in particular.
    if chat is None or event.get("sub_type") in {"anonymous", "notice"} or event.get("anonymous"):
        return NOTHING
    return _said(decoder, event, chat)


def _private_message(decoder: Decoder, event: Json) -> Decoded:
    user = ident(event.get("user_id"))
    return _said(decoder, event, decoder.private(user)) if user else NOTHING


def _said(decoder: Decoder, event: Json, chat: Chat) -> Decoded:
    user, told = ident(event.get("user_id")), mapping(event.get("sender"))
    if not user or user in decoder.ours:
        return NOTHING
    message_id = message_ident(event.get("message_id"))
    try:
        heard = hear(event.get("message"), event.get("raw_message"), decoder.instance)
    except cq.TooLong:
        log.warning("A message was far too long and was left out.")
        return NOTHING
    if heard.unknown:
        log.info("Parts of a message are of a kind that is not known and were left out.", kinds=sorted(set(heard.unknown))[:5])
    if not _says(heard, chat.kind):
        return NOTHING
    # NapCat numbers messages anew after a restart: the number alone would hide a message behind an old one.
    which = message_id or sha256(heard.text.encode()).hexdigest()[:16]
    key = decoder.key(chat.key.chat_id, user, which, seconds(event.get("time")))
    incoming = Incoming(
        key,
        EventKind.LOCATION if heard.location else EventKind.MESSAGE,
        chat,
        decoder.sender(user, told),
        moment(event.get("time"), decoder.clock),
        text=heard.text,
        message_id=message_id,
        mentioned=heard.mentioned,
        reply_to=heard.reply_to,
        location=heard.location,
        spoken=heard.spoken and not heard.text,
    )
    return Decoded(incoming, met=_met(event, told, user, chat))


def _says(heard: Heard, kind: ChatKind) -> bool:
    if heard.text or heard.location or heard.mentioned:
        return True
    return kind is ChatKind.PRIVATE and (heard.spoken or heard.unreadable)


def _met(event: Json, told: Json, user: str, chat: Chat) -> tuple[str, str] | None:
    """The group of a temporary chat; none where a friend writes, to whom nothing may go by way of a group."""
    if chat.kind is ChatKind.GROUP:
        return None
    if event.get("sub_type") != "group":
        return user, ""
    group = next(filter(None, map(ident, (told.get("group_id"), event.get("group_id"), event.get("temp_source")))), "")
    return (user, group) if group else None


def _membership(decoder: Decoder, event: Json) -> Decoded:
    """Somebody came or left; who did it to them does not matter, unless it is the bot that came."""
    chat, user = decoder.group(event), ident(event.get("user_id"))
    came, sub_type = event.get("notice_type") == "group_increase", words(event.get("sub_type"))
    own = user == decoder.instance or sub_type in {"kick_me", "disband"}
    if chat is None or not (user or own):
        return NOTHING
    if user in decoder.ours and not own:
        return NOTHING  # another account of the bot
    if own:
        kind, who = (EventKind.BOT_ADDED if came else EventKind.BOT_REMOVED), ident(event.get("operator_id"))
        who = "" if who in decoder.ours else who
    else:
        kind, who = (EventKind.JOINED if came else EventKind.LEFT), user
    key = decoder.key("n", kind.value, chat.key.chat_id, user or "me", seconds(event.get("time")))
    place = chat.key.chat_id.removeprefix("g") if own else ""
    return Decoded(Incoming(key, kind, chat, decoder.sender(who), moment(event.get("time"), decoder.clock)), place=place)


def _became_friend(decoder: Decoder, event: Json) -> Decoded:
    user = ident(event.get("user_id"))
    if not user or user in decoder.ours:
        return NOTHING
    key = decoder.key("n", "friend", user, seconds(event.get("time")))
    at = moment(event.get("time"), decoder.clock)
    return Decoded(Incoming(key, EventKind.UNBLOCKED, decoder.private(user), decoder.sender(user), at))


def _asked_to_join(decoder: Decoder, event: Json) -> Decoded:
    """Somebody wants into a group. That the bot itself is invited is heeded by nobody: whoever likes could put it among strangers."""
    chat, user, asked = decoder.group(event), ident(event.get("user_id")), flag(event.get("flag"))
    if event.get("sub_type") != "add":
        log.info("The bot was invited into a group and does not go: a member of the group takes it in.")
        return NOTHING
    if chat is None or not user or not asked:
        return NOTHING
    key = decoder.key("r", chat.key.chat_id, user, sha256(asked.encode()).hexdigest()[:16], seconds(event.get("time")))
    at, comment = moment(event.get("time"), decoder.clock), words(event.get("comment"))
    return Decoded(
        Incoming(key, EventKind.ASKED_TO_JOIN, chat, decoder.sender(user), at, text=comment, message_id="", request=f"add:{asked}")
    )


def _asked_to_be_friend(_decoder: Decoder, event: Json) -> Decoded:
    return Decoded(friend=flag(event.get("flag")))


def _heartbeat(_decoder: Decoder, event: Json) -> Decoded:
    status, interval = mapping(event.get("status")), event.get("interval")
    online = status.get("online")
    known = interval / 1000 if isinstance(interval, int | float) and 0 < interval < 10**7 else 0.0
    return Decoded(pulse=Pulse(online if isinstance(online, bool) else None, known))


def _lifecycle(_decoder: Decoder, event: Json) -> Decoded:
    return Decoded(pulse=Pulse(_LIFE.get(words(event.get("sub_type")))))


def _offline(_decoder: Decoder, event: Json) -> Decoded:
    return Decoded(pulse=Pulse(online=False, why=words(event.get("message"))[:100]))


def _taken_back(_decoder: Decoder, event: Json) -> Decoded:
    return Decoded(gone=message_ident(event.get("message_id")))


def _may_do_else(decoder: Decoder, event: Json) -> Decoded:
    """Somebody became an administrator or is muted; of all at once no number is told."""
    if ident(event.get("user_id")) not in {"", decoder.instance}:
        return NOTHING
    return Decoded(place=ident(event.get("group_id")))


READERS: dict[tuple[str, str], Callable[[Decoder, Json], Decoded]] = {
    ("message", "group"): _group_message,
    ("message", "private"): _private_message,
    ("notice", "group_increase"): _membership,
    ("notice", "group_decrease"): _membership,
    ("notice", "group_admin"): _may_do_else,
    ("notice", "group_ban"): _may_do_else,
    ("notice", "friend_add"): _became_friend,
    ("notice", "group_recall"): _taken_back,
    ("notice", "friend_recall"): _taken_back,
    ("notice", "bot_offline"): _offline,
    ("request", "group"): _asked_to_join,
    ("request", "friend"): _asked_to_be_friend,
    ("meta_event", "heartbeat"): _heartbeat,
    ("meta_event", "lifecycle"): _lifecycle,
}
