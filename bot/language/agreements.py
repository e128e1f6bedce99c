"""Agreements with the organisations where members are, as a secretary writes them: with whom, how long, which of the six mutuals."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.language import days, names, persons, travel_words
from bot.language.normalise import HAN, clean
from bot.patterns import Pattern

_CONTACT = Pattern(r"[ ,，;；(（]*(?:联系方式|联系电话|联系|电话|contact|phone)[ :：]*(?P<contact>[^,，;；]+?)[)） ]*$")
_UNTIL = Pattern(r"(?:到|至|截至|截止|until|till|to|-|—|~)\s*$")
_EDGE = " ,，:：;；、。.-—~()（）"
_AROUND = Pattern(
    r"^(?:我们|支部)?(?:和|跟|与|同|给|with|向)\s*|(?:\s*(?:从|自|由|有效期|期限|签到|签|到|至|截止|截至|from|until|till|to|为|是))+\s*$"
)
_SPAN = Pattern(r"(?:签|为期|共|for)?\s*(?:半|[0-9一二两三四五六七八九十]+)\s*(?:个月|年|months?|years?)(?:半)?")
_LEFT = Pattern(r"[0-9]+\s*[-/.年月日号]|月\s*[0-9]")
_TO = Pattern(
    rf"(?P<names>[{HAN}·A-Za-z ,，、和]+?)\s*(?:的(?:资料|材料|信息|情况))?\s*(?:提供给|交给|报给|告诉|给|到|to|->|→)\s*(?P<host>.+)"
)
_PLEASE, _DATA = "(?:请|我要|要|帮我)?", "(?:(?:同志)?的?(?:资料|材料|情况|信息))"
_SAID = (
    Pattern(rf"{_PLEASE}(?:向|给)(?P<host>[^,，。;；]{{2,40}}?)(?:提供|报送|出具)(?P<names>[{HAN}·、,， 和]{{2,60}}?){_DATA}?[。.]?"),
    Pattern(rf"{_PLEASE}把(?P<names>[{HAN}·、,， 和]{{2,60}}?){_DATA}(?:提供给|报给|报送给?|交给)(?P<host>[^,，。;；]{{2,40}})[。.]?"),
    Pattern(r"(?i)(?:please )?share (?P<names>[a-z ,]+?)(?:'s (?:data|details))? with (?P<host>.{2,40}?)[.]?"),
)
MUTUALS = ("inform", "educate", "rights", "duties", "help", "models")
"""信息互通、教育管理互抓、党员权利互保、党员义务互促、困难党员互帮、先进典型互培."""
_MUTUALS = dict(
    zip(
        MUTUALS,
        (
            Pattern(r"(?i)信息\s*互通|互通\s*信息|互通|信息|inform\w*"),
            Pattern(r"(?i)(?:党员)?教育\s*(?:管理)?\s*互抓|互抓|教育管理|教育|educat\w*"),
            Pattern(r"(?i)(?:党员)?权利\s*互保|互保|权利|rights?"),
            Pattern(r"(?i)(?:党员)?义务\s*互促|互促|义务|duties|duty"),
            Pattern(r"(?i)困难(?:党员)?\s*互帮|互帮|困难党员|困难|help\w*"),
            Pattern(r"(?i)(?:先进)?典型\s*互培|先进\s*互培|互培|先进典型|典型|先进|models?"),
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What words say of an agreement; None where they do not. `odd` is what looks like a day and is none."""

    host: str
    contact: str = ""
    since: date | None = None
    until: date | None = None
    months: int | None = None
    odd: str = ""


def terms(words: str, now: datetime) -> Terms:
    """With whom, from which day until which or for how many months, and how they are reached."""
    said = clean(words)
    reached = _CONTACT.search(said)
    contact = reached["contact"].strip() if reached else ""
    if reached:
        said = said[: reached.start()]
    lowered = said.casefold() if len(said.casefold()) == len(said) else said
    found = [each for each in days.find(lowered, now) if each.day is not None]
    span = _SPAN.search(days.without(lowered, tuple(found))) if len(found) < 2 else None
    months = travel_words.duration(span[0]).get("duration_months") if span else None
    since, until = _two([(each.day, bool(_UNTIL.search(lowered[: each.start]))) for each in found if each.day], months)
    rest = days.without(said, tuple(found), " | ")
    if span and (again := _SPAN.search(rest)):
        rest = f"{rest[: again.start()]} | {rest[again.end() :]}"
    parts = [_AROUND.sub("", each.strip(_EDGE)).strip(_EDGE) for each in rest.split("|")]
    host = max((each for each in parts if each), key=len, default="")
    odd = _LEFT.search(host)
    impossible = _ODD_DAY.search(rest) or _ODD_YEAR.search(rest)
    return Terms(host, contact, since, until, months, host[odd.start() :] if odd else impossible[0] if impossible else "")


def _two(found: list[tuple[date, bool]], months: int | None) -> tuple[date | None, date | None]:
    """The first and the last day out of those named: one alone is the last, unless a span is said."""
    if len(found) > 1:
        return found[0][0], found[1][0]
    if not found:
        return None, None
    day, ends = found[0]
    return (day, None) if months is not None and not ends else (None, day)


@dataclass(frozen=True, slots=True)
class Logged:
    """Which of the six was done, with whom, when, and what it was; `day` None where none is said."""

    kind: str
    host: str
    day: date | None
    words: str


def logged(words: str, now: datetime) -> Logged | None:
    """What was done under an agreement: 佛山 困难党员互帮 3月5日 慰问两户; None where none of the six is named."""
    said = clean(words)
    named = [(match.start(), match.end(), kind) for kind, pattern in _MUTUALS.items() if (match := pattern.search(said))]
    if not named:
        return None
    full = [each for each in named if "互" in said[each[0] : each[1]]]
    start, end, kind = min(full or named, key=lambda each: (each[0], each[0] - each[1]))
    host, rest = said[:start].strip(_EDGE), said[end:]
    lowered = rest.casefold() if len(rest.casefold()) == len(rest) else rest
    found = tuple(each for each in days.past(lowered, now) if each.day is not None)
    before = tuple(each for each in days.past(host.casefold(), now) if each.day is not None) if not found else ()
    day = next((each.day for each in (*found, *before)), None)
    return Logged(kind, days.without(host, before, " ").strip(_EDGE), day, days.without(rest, found).strip(_EDGE))


_ODD_DAY = Pattern(r"[0-9一二三四五六七八九十]{1,3} ?月 ?[0-9一二三四五六七八九十]{1,3} ?[日号]")


_ODD_YEAR = Pattern(r"20[0-9]{2} ?[年/.-] ?[0-9]{1,2} ?[月/.-] ?[0-9]{1,2} ?[日号]?")


def odd_day(words: str) -> str:
    """What looks like a day in words that name none: 2月30日; empty for nothing."""
    found = _ODD_DAY.search(clean(words))
    return found[0] if found else ""


def shared(words: str) -> tuple[list[str], str] | None:
    """The names and the host in “李小山、周海 给 佛山”; the host is empty where none is named. None where there are no names."""
    said = clean(words)
    found = _TO.fullmatch(said)
    listed = _people(found["names"] if found else said)
    return (listed, found["host"].strip(_EDGE) if found else "") if listed else None


def sharing(text: str) -> str | None:
    """`NAMES 给 HOST` if a sentence asks to give somebody's data to a host; None for any other."""
    said = clean(text)
    for pattern in _SAID:
        found = pattern.fullmatch(said)
        listed = _people(found["names"]) if found else []
        if found and listed and all(each.isascii() or persons.is_person(each) for each in listed):
            return f"{'、'.join(listed)} 给 {found['host'].strip(_EDGE)}"
    return None


def _people(words: str) -> list[str]:
    listed = list(dict.fromkeys(each.removesuffix("同志") or each for each in names.names(words.replace("和", "、"))))
    return listed if all(names.is_name(each) for each in listed) else []
