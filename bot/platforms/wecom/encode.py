"""A parcel into the messages of the long connection, each with what goes over the wire: words, a picture, a file, a card with buttons."""

import base64
from dataclasses import dataclass, replace
from hashlib import md5, sha256
from typing import Any

from bot.messages import Counted, File, Outgoing, Parcel
from bot.platforms.parts import portions
from bot.platforms.wecom import cards
from bot.platforms.wecom.markdown import escaped
from bot.texts import Text

LONGEST = 6_800
"""Bytes of words in one message: WeCom takes 20,480, and three times as many may come of escaping."""
CHUNK = 512 * 1024
MOST_CHUNKS = 100
_JPEG = b"\xff\xd8"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a file, to be handed over in chunks before it is shown."""

    kind: str
    file: File


def messages(parcel: Parcel) -> list[Outgoing]:
    """The messages that a parcel becomes, in their order: picture and file, words, and at the end a card where there are buttons."""
    content, language = parcel.content, parcel.language
    words, found = content.text.to(language), cards.buttons(parcel)
    if not found or not words:
        return _portions(replace(content, buttons=()), parcel)
    if not cards.fit(parcel):
        return _portions(in_words(parcel, content), parcel)
    before, last = cards.parted(words)
    bare = replace(content, text=Text.plain(before), buttons=())
    first = _portions(bare, parcel) if before or content.picture or content.file else []
    return [*first, Outgoing(Text.plain(last), content.buttons, reply_to=None if first else content.reply_to)]


def in_words(parcel: Parcel, message: Outgoing) -> Outgoing:
    """A message with its buttons as a numbered list."""
    told = cards.numbered(message.text.to(parcel.language), cards.buttons(parcel), parcel.language)
    return replace(message, text=Text.plain(told), buttons=())


def _portions(content: Outgoing, parcel: Parcel) -> list[Outgoing]:
    return portions(content, parcel.language, LONGEST, counted=Counted.BYTES)


def media(message: Outgoing) -> Media | None:
    """The picture or file of a message, if it is one."""
    if message.picture:
        return Media("image", File("picture.jpg" if message.picture.startswith(_JPEG) else "picture.png", message.picture))
    return Media("file", message.file) if message.file else None


def identity(parcel: Parcel, message: Outgoing) -> str:
    """The id of a message, the same at every try; that of a card is its task's."""
    if message.buttons:
        return cards.task(parcel)
    told = f"{parcel.chat.chat_id}\0{parcel.key}\0{message.text.to(parcel.language)}\0{bool(message.picture)}{bool(message.file)}"
    return sha256(told.encode()).hexdigest()[:24]


def pushed(parcel: Parcel, message: Outgoing) -> dict[str, Any]:
    """A message as it is pushed."""
    words = message.text.to(parcel.language)
    if message.buttons:
        return {"msgtype": "template_card", "template_card": cards.card(words, cards.buttons(parcel), parcel.language, cards.task(parcel))}
    return {"msgtype": "markdown", "markdown": {"content": escaped(words)}}


def answer(parcel: Parcel, message: Outgoing) -> dict[str, Any]:
    """The same as the answer to a callback: words as a stream that is finished at once."""
    if message.buttons:
        return pushed(parcel, message)
    content = escaped(message.text.to(parcel.language))
    return {"msgtype": "stream", "stream": {"id": identity(parcel, message), "finish": True, "content": content}}


def welcome(parcel: Parcel, message: Outgoing) -> dict[str, Any]:
    """The same to somebody who opened the chat, where words are plain text."""
    return pushed(parcel, message) if message.buttons else {"msgtype": "text", "text": {"content": message.text.to(parcel.language)}}


def chunks(content: bytes) -> list[str]:
    """A file's content as it is handed over."""
    return [base64.b64encode(content[at : at + CHUNK]).decode() for at in range(0, len(content), CHUNK)]


def announced(given: Media, number: int) -> dict[str, Any]:
    """What is told of a file before its chunks."""
    digest = md5(given.file.content, usedforsecurity=False).hexdigest()
    return {
        "type": given.kind,
        "filename": given.file.name,
        "total_size": len(given.file.content),
        "total_chunks": number,
        "md5": digest,
    }
