"""An `Outgoing` into the messages of the long connection: words, a picture, a file, a card with buttons."""

import base64
from dataclasses import dataclass
from hashlib import md5, sha256
from typing import Any

from bot.messages import File, Parcel
from bot.platforms.wecom import cards
from bot.platforms.wecom.markdown import escaped
from bot.texts import cut

LONGEST = 20_480
"""Bytes of a stream's or a Markdown message's words."""
CHUNK = 512 * 1024
MOST_CHUNKS = 100
_JPEG = b"\xff\xd8"
_MOST_BYTES_OF_A_SIGN = 4


@dataclass(frozen=True, slots=True)
class Words:
    """Something said."""

    said: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a file, to be handed over in chunks before it is shown."""

    kind: str
    file: File


@dataclass(frozen=True, slots=True)
class Card:
    """Words with buttons."""

    body: dict[str, Any]


Piece = Words | Media | Card


def pieces(parcel: Parcel) -> list[Piece]:
    """The messages that a parcel becomes, in their order."""
    content, said = parcel.content, parcel.content.text.to(parcel.language)
    carded = cards.fit(parcel)
    if content.buttons and not carded:
        said = cards.numbered(parcel)
    alone = not (carded and cards.holds(said))
    found: list[Piece] = [Words(part) for part in by_bytes(escaped(said), LONGEST)] if alone else []
    if content.picture:
        found.append(Media("image", File("picture.jpg" if content.picture.startswith(_JPEG) else "picture.png", content.picture)))
    if content.file:
        found.append(Media("file", content.file))
    return [*found, Card(cards.card(parcel))] if carded else found


def by_bytes(words: str, room: int) -> list[str]:
    """Words in parts of at most `room` bytes, cut at line ends and sentences; nothing is left out."""
    if len(words.encode()) <= room:
        return [words] if words else []
    return cut(words, room // _MOST_BYTES_OF_A_SIGN)


def identity(parcel: Parcel, place: int = 0) -> str:
    """The id of a message, the same at every try."""
    told = f"{parcel.chat.chat_id}\0{parcel.key}\0{parcel.content.text.zh}\0{place}"
    return sha256(told.encode()).hexdigest()[:24]


def body(piece: Words | Card) -> dict[str, Any]:
    """A message as it is pushed."""
    match piece:
        case Words():
            return {"msgtype": "markdown", "markdown": {"content": piece.said}}
        case Card():
            return {"msgtype": "template_card", "template_card": piece.body}


def answer(piece: Words | Card, stream: str) -> dict[str, Any]:
    """The same as the answer to a callback: words as a stream that is finished at once."""
    if isinstance(piece, Words):
        return {"msgtype": "stream", "stream": {"id": stream, "finish": True, "content": piece.said}}
    return body(piece)


def welcome(piece: Words | Card, plain: str) -> dict[str, Any]:
    """The same to somebody who opened the chat, where words are plain text."""
    return {"msgtype": "text", "text": {"content": plain}} if isinstance(piece, Words) else body(piece)


def chunks(content: bytes) -> list[str]:
    """A file's content as it is handed over."""
    return [base64.b64encode(content[at : at + CHUNK]).decode() for at in range(0, len(content), CHUNK)]


def announced(media: Media, number: int) -> dict[str, Any]:
    """What is told of a file before its chunks."""
    digest = md5(media.file.content, usedforsecurity=False).hexdigest()
    return {
        "type": media.kind,
        "filename": media.file.name,
        "total_size": len(media.file.content),
        "total_chunks": number,
        "md5": digest,
    }
