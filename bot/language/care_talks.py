"""谈过李小山, 昨天走访过李小山和陈立夏: that somebody was talked with, visited or called; whom and when. What was said is no part of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.language import days, persons
from bot.language.dates import BEIJING
from bot.language.normalise import bare, clean
from bot.patterns import Pattern


class Kind(StrEnum):
    """How somebody was met."""

    TALK = "talk"
    VISIT = "visit"
    CALL = "call"


KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.TALK: ("谈过", "谈过话", "谈过心", "谈心了", "聊过", "talked", "talked with"),
    Kind.VISIT: ("走访过", "看望过", "上门看过", "visited"),
    Kind.CALL: ("打过电话", "通过电话", "联系过", "called"),
}
NAMES = tuple(word for words in KINDS.values() for word in words)
"""The words that begin such a note."""
_SAID = {
    Kind.VISIT: Pattern("(?:走访|看望|上门看|家访)(?:过|了)"),
    Kind.CALL: Pattern("(?:打|通)(?:过|了)电话|联系过了?|视频过"),
    Kind.TALK: Pattern("(?:谈|聊)(?:过|了)(?:话|心|天)?|谈心了|谈话了"),
}
_FILLER = Pattern(
    "[ ,，、。;；:：和跟与给同向对我俺今天已经都刚才了过吧的是还电话以及、话心天]|同志|and|with|to|今天|今日|today"
    "|谈|聊|走访|看望|上门看|家访|打|通|联系|上|视频"
)
"""What may stand between the names without saying anything."""
_ASKS = Pattern("[?？吗]|谁|没有|还没|没谈|没联系|一直没|怎么|如果|要不要|想|结对")


@dataclass(frozen=True, slots=True)
class Told:
    """Who was met and on which day; `more`: there were other words, of which nothing is kept."""

    names: tuple[str, ...]
    day: date
    more: bool


class ImpossibleDay(ValueError):
    """A day that has not come yet, or lies more than a year back."""


def kind_of(word: str) -> Kind:
    """The kind that a name of the command means."""
    return next((kind for kind, words in KINDS.items() if word.casefold() in words), Kind.TALK)


_DENIES = Pattern(
    "没(?:有)?(?:能|有|跟|和|与|同|给|去|再)?[^,，。]{0,6}?(?:谈|聊|走访|看望|上门|家访|打|通|联系|视频)"
    "|没人接|没接|没打通|打不通|不接|要[^,，。]{0,8}才"
)
"""没跟李小山谈过, 打过电话没人接: that it did not come about."""
_OTHERS = Pattern("[和跟与给同对向、,，找]|我|俺")


class NotMet(ValueError):
    """The words say that nobody was met, or that somebody else met them."""


def heard(text: str) -> str | None:
    """A sentence that says that somebody was met: itself, or None."""
    said = clean(text)
    kind = said_kind(said)
    if len(said) > 60 or _ASKS.search(said) or said.startswith("补录") or kind is None:
        return None
    return said if persons.first(_SAID[kind].sub(" ", said)) else None


def said_kind(words: str) -> Kind | None:
    """How somebody was met, in a sentence."""
    return next((kind for kind, pattern in _SAID.items() if pattern.search(words)), None)


def read(words: str, now: datetime, known: Collection[str]) -> Told:
    """Whom of the `known` names the words name, and when; the names that nobody has come, too. Raises `ImpossibleDay`."""
    said = clean(words)
    if _DENIES.search(said) or _by_another(said):
        raise NotMet(words)
    today = now.astimezone(BEIJING).date()
    whens = [each for each in days.past(said.casefold(), now) if each.day is not None]
    day = whens[0].day if whens and whens[0].day is not None else today
    if _UNREAD_DAY.search(days.without(said.casefold(), tuple(whens))):
        raise ImpossibleDay(words)
    if day > today or (today - day).days > 366:
        raise ImpossibleDay(words)
    for each in reversed(whens):
        said = f"{said[: each.start]} {said[each.end :]}"
    names, rest = _named(said, known)
    for pattern in _SAID.values():
        rest = pattern.sub(" ", rest)  # 谈过 is no family name
    unknown = list(persons.every(rest))
    for name in unknown:
        rest = rest.replace(name, " ", 1)
    return Told((*names, *unknown), day, bool(bare(_FILLER.sub("", rest))))


def _by_another(said: str) -> bool:
    """Whether one name stands before the verb and another behind it: 孙丽谈过李小山."""
    kind = said_kind(said)
    verb = _SAID[kind].search(said) if kind is not None else None
    if verb is None:
        return False
    before, behind = said[: verb.start()], said[verb.end() :]
    return bool(persons.first(before) and persons.first(behind) and not _OTHERS.search(before))


_UNREAD_DAY = Pattern(
    "[0-9一二三四五六七八九十]{1,3} ?月 ?[0-9一二三四五六七八九十]{1,3} ?[日号]"
    "|(?:上个?|这个?|本)月(?![0-9])|上(?:周|星期|礼拜)(?![一二三四五六日天])|去年|前阵子|前些天"
)
"""What looks like a day and names none: 2月30日, 上个月."""


def _named(said: str, known: Collection[str]) -> tuple[list[str], str]:
    """The known names in their order, the longest first where one lies in another, and what is left."""
    found: list[tuple[int, str]] = []
    rest = said
    for name in sorted(known, key=lambda each: (-len(each), each)):
        at = rest.casefold().find(name.casefold()) if name else -1
        if at >= 0 and _whole(rest, at, name):
            found.append((at, name))
            rest = f"{rest[:at]}{' ' * len(name)}{rest[at + len(name) :]}"
    return [name for _, name in sorted(found)], rest


def _whole(words: str, at: int, name: str) -> bool:
    """Whether a latin name is not a part of another word."""
    around = words[at - 1 : at] + words[at + len(name) : at + len(name) + 1]
    return not name.isascii() or not any(each.isascii() and each.isalnum() for each in around)


def named(words: str, known: Sequence[str]) -> tuple[list[str], list[str]]:
    """The known names that words name, in their order, and names in them that nobody has."""
    names, rest = _named(clean(words), known)
    return names, list(persons.every(rest))
