"""The long connection's JSON into `Incoming`, read field by field: one odd frame stops nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.messages import AccountKey, Chat, ChatKey, ChatKind, EventKey, EventKind, Incoming, Quoted, Sender
from bot.patterns import Pattern
from bot.platforms.json_fields import Json, listing, mapping, moment, words
from bot.platforms.wecom.fields import name, short

_MENTION = Pattern(r"(?<!\S)@\S+[\s\u2005]*")
_UNREADABLE = frozenset({"image", "file", "video"})
"""What a person may send and the bot cannot read: in private it arrives without text, so that it can be said."""

Known = Callable[[str, str], tuple[str, datetime] | None]
"""The id and the moment of a message of the bot that a chat was shown, by its words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A frame that says something: what happened, and the id by which it may be answered."""

    incoming: Incoming
    req_id: str


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads callbacks for one bot. `bot_name` is how people see it in a group; empty where nobody told."""

    instance: str
    bot_id: str
    bot_name: str
    clock: Callable[[], datetime]
    known: Known

    def message(self, frame: Json) -> Asked | None:
        """What somebody wrote; None where it says nothing to us."""
        body = mapping(frame.get("body"))
        chat, req_id = self._chat(body), _req_id(frame)
        sender = name(mapping(body.get("from")).get("userid"))
        if chat is None or not sender or not self._ours(body):
            return None
        kind = words(body.get("msgtype"))
        text = _text(kind, body)
        grouped = chat.kind is ChatKind.GROUP
        if not text and (grouped or kind not in {*_UNREADABLE, "voice", "mixed"}):
            return None
        key = self._key("m", body, req_id)
        if key is None:
            return None
        quoted = _text(words(mapping(body.get("quote")).get("msgtype")), mapping(body.get("quote")))
        ours = self.known(chat.key.chat_id, quoted) if quoted else None
        incoming = Incoming(
            key,
            EventKind.MESSAGE,
            chat,
            self._sender(sender),
            moment(body.get("create_time"), self.clock),
            text=unmentioned(text, self.bot_name) if grouped else text,
            message_id=name(body.get("msgid")) or req_id,
            mentioned=grouped,  # WeCom brings nothing else out of a group
            reply_to=ours[0] if ours else None,
            quoted=Quoted(quoted, ours[1]) if ours else None,
            spoken=kind == "voice",
        )
        return Asked(incoming, req_id)

    def event(self, frame: Json) -> Asked | None:
        """A pressed button, or somebody who opens the chat; None for all else."""
        body = mapping(frame.get("body"))
        event = mapping(body.get("event"))
        chat, req_id = self._chat(body), _req_id(frame)
        sender = name(mapping(body.get("from")).get("userid"))
        if chat is None or not sender or not self._ours(body):
            return None
        key = self._key("e", body, req_id)
        happened = words(event.get("eventtype"))
        at = moment(body.get("create_time"), self.clock)
        if happened == "enter_chat" and key is not None:
            return Asked(Incoming(key, EventKind.OPENED, chat, self._sender(sender), at), req_id)
        # The node SDK's types have the card's fields beside `eventtype`, the platform's pages within an object of the event's name.
        card = mapping(event.get("template_card_event")) or event
        data, task = words(card.get("event_key")), name(card.get("task_id"))
        if happened != "template_card_event" or key is None or not data:
            return None
        return Asked(Incoming(key, EventKind.BUTTON, chat, self._sender(sender), at, text=data, message_id=task), req_id)

    def _ours(self, body: Json) -> bool:
        return words(body.get("aibotid")) in {"", self.bot_id}

    def _chat(self, body: Json) -> Chat | None:
        group, person = name(body.get("chatid")), name(mapping(body.get("from")).get("userid"))
        kind = words(body.get("chattype")) or ("group" if group else "single")
        if kind == "group" and group:
            return Chat(ChatKey("wecom", self.instance, f"g{group}"), ChatKind.GROUP)
        if kind == "single" and person:
            return Chat(ChatKey("wecom", self.instance, f"u{person}"), ChatKind.PRIVATE)
        return None

    def _sender(self, person: str) -> Sender:
        return Sender(AccountKey("wecom", self.instance, person))

    def _key(self, sort: str, body: Json, req_id: str) -> EventKey | None:
        """By WeCom's own id of it, so that what is brought twice is recognised."""
        given = words(body.get("msgid")) or req_id
        return EventKey(f"wecom:{self.instance}:{sort}{short(given)}") if given else None


def unmentioned(text: str, bot_name: str) -> str:
    """What was said in a group, without the name of the bot; a mention of somebody else stays.

    Where the bot's name is not known it is the mention at the start, or the only one.
    """
    before, found, after = text.partition(f"@{bot_name}") if bot_name else ("", "", "")
    if found and not after[:1].isalnum():
        return f"{before.rstrip()} {after.lstrip()}".strip()
    mentions = list(_MENTION.finditer(text))
    if mentions and (mentions[0].start() == 0 or len(mentions) == 1):
        meant = mentions[0]
        return f"{text[: meant.start()].rstrip()} {text[meant.end() :]}".strip()
    return text.strip()


def _req_id(frame: Json) -> str:
    return name(mapping(frame.get("headers")).get("req_id"))


def _text(kind: str, body: Json) -> str:
    """The words of a message, of a voice message as WeCom heard them, of one with pictures those between."""
    if kind in {"text", "voice"}:
        return words(mapping(body.get(kind)).get("content"))
    if kind != "mixed":
        return ""
    items = [mapping(each) for each in listing(mapping(body.get("mixed")).get("msg_item"))]
    said = [words(mapping(each.get("text")).get("content")) for each in items if each.get("msgtype") == "text"]
    return words("\n".join(each for each in said if each))
