"""A message in parts that each fit a platform: cut at lines and sentences, never through a link or a sign, and nothing left out."""

import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.messages import Counted, Outgoing, Parcel
from bot.platforms.bounded import Bounded
from bot.texts import Language, Text

_HALF_SENT = 1000
_STOPS, _LATIN_STOPS = frozenset("。！？；…"), frozenset(".!?;…")
_CLOSERS = frozenset("”’」』）)]】》\"'")
_PAUSES = frozenset("，、：")
_JOINER = "\u200d"
_CLINGING = frozenset(
    {_JOINER, "\u200c", "\ufe0e", "\ufe0f", "\u20e3", *map(chr, range(0x1F3FB, 0x1F400)), *map(chr, range(0xE0020, 0xE0080))}
)
"""Signs that belong to the one before them: joiners, variation selectors, colours of skin, tags of flags."""


def measure(words: str, counted: Counted = Counted.CHARACTERS) -> int:
    """How long words are, as a platform counts."""
    match counted:
        case Counted.CHARACTERS:
            return len(words)
        case Counted.UTF16:
            return len(words) + sum(sign > "\uffff" for sign in words)
        case Counted.BYTES:
            return len(words.encode("utf-8", "surrogatepass"))


def split(words: str, room: int, counted: Counted = Counted.CHARACTERS) -> list[str]:
    """Words in parts of at most `room`, in their order; at the seams white space is left out and nothing else.

    A part ends with a line, else a sentence, else a clause or a word; a link, number or sign is only cut where it alone is too long.
    """
    if measure(words, counted) <= room:
        return [words] if words else []
    parts: list[str] = []
    rest = words.strip()
    while measure(rest, counted) > room:
        place = _seam(rest, _fitting(rest, room, counted))
        parts.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return [part for part in (*parts, rest) if part]


def portions(
    content: Outgoing,
    language: Language,
    room: int,
    *,
    counted: Counted = Counted.CHARACTERS,
    under_picture: int = 0,
    under_file: int = 0,
) -> list[Outgoing]:
    """The messages that a message becomes: picture and file first, each with its words where they fit under it, then the other words.

    `under_picture`, `under_file`: the room for words there; where it is `room` itself, the first of several parts stands there, too.
    What is answered is named by the first, buttons stand under the last words, the board is for the first words.
    """
    words = split(content.text.to(language), room, counted)
    if len(words) <= 1 and not content.picture and not content.file:
        return [content]
    made: list[Outgoing] = []
    for carrier, under in (({"picture": content.picture}, under_picture), ({"file": content.file}, under_file)):
        if not any(carrier.values()):
            continue
        holds = bool(words) and measure(words[0], counted) <= under and (len(words) == 1 or under >= room)
        made.append(_portion(content, words.pop(0) if holds else "", **carrier))
    made += [_portion(content, each) for each in words]
    last = max((place for place, each in enumerate(made) if each.text), default=len(made) - 1)
    said = min((place for place, each in enumerate(made) if each.text), default=0)
    made[0] = replace(made[0], reply_to=content.reply_to)
    made[said] = replace(made[said], announcement=content.announcement)
    made[last] = replace(made[last], buttons=content.buttons)
    return made


class Halves:
    """Of parcels that failed half-way, what went out of them: no picture is shown twice because the words after it were refused."""

    def __init__(self) -> None:
        self._gone: Bounded[tuple[str, int], list[str]] = Bounded(_HALF_SENT)

    async def send(self, parcel: Parcel, messages: Sequence[Outgoing], one: Callable[[Outgoing], Awaitable[str]]) -> str:
        """Send one after another what an earlier try has not sent yet. Raises what `one` raises.

        Answers the id of the message with the last words, or of the first where there are none.
        """
        this = (parcel.key, hash(tuple((each.text, each.picture, each.file) for each in messages)))
        gone = self._gone.pop(this) or []
        try:
            for message in messages[len(gone) :]:
                gone.append(await one(message))
        except BaseException:
            if gone and parcel.key:
                self._gone.keep(this, gone)
            raise
        return gone[max((place for place, each in enumerate(messages) if each.text), default=0)]


def _portion(content: Outgoing, words: str, **carrier: object) -> Outgoing:
    bare = {"picture": None, "file": None, "buttons": (), "reply_to": None, "announcement": False}
    return replace(content, text=Text.plain(words), **{**bare, **carrier})  # type: ignore[arg-type]


def _fitting(words: str, room: int, counted: Counted) -> int:
    """How many signs of the words fit; at least one."""
    if counted is Counted.CHARACTERS:
        return max(1, room)
    taken = 0
    for place, sign in enumerate(words):
        taken += measure(sign, counted)
        if taken > room:
            return max(1, place)
    return len(words)


def _seam(words: str, end: int) -> int:
    """Where to cut, at `end` at the latest; a line or a sentence ends too early if it leaves two thirds of the room empty."""
    for good in (_line, _sentence, _clause):
        for place in range(end, end // 3, -1):
            if good(words, place) and _whole(words, place):
                return place
    for good in (_word, _whole):
        for place in range(end, 0, -1):
            if good(words, place) and _whole(words, place):
                return place
    return end


def _line(words: str, place: int) -> bool:
    return words[place - 1] == "\n" or words[place] == "\n"


def _sentence(words: str, place: int) -> bool:
    following = words[place]
    if following in _CLOSERS or following in _STOPS or following in _LATIN_STOPS:
        return False
    before = place - 1
    while before > 0 and words[before] in _CLOSERS:
        before -= 1
    return words[before] in _STOPS or (words[before] in _LATIN_STOPS and following.isspace())


def _clause(words: str, place: int) -> bool:
    return words[place - 1] in _PAUSES or words[place].isspace() or words[place - 1].isspace()


def _word(words: str, place: int) -> bool:
    """Not between two signs of one link, number or latin word."""
    return not (words[place - 1].isascii() and words[place].isascii())


def _whole(words: str, place: int) -> bool:
    """Not within what is shown as one sign."""
    before, after = words[place - 1], words[place]
    if after in _CLINGING or before == _JOINER or unicodedata.combining(after):
        return False
    if "\udc00" <= after <= "\udfff" and "\ud800" <= before <= "\udbff":
        return False
    if not (_is_flag(before) and _is_flag(after)):
        return True
    first = place
    while first > 0 and _is_flag(words[first - 1]):
        first -= 1
    return (place - first) % 2 == 0


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"
