"""Places in words, both ways: what an expression may mean, and how a place is written for people."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.language import places
from bot.language.normalise import bare, clean
from bot.language.places import Level, Place
from bot.patterns import Pattern
from bot.texts import Text
from storage.places import CurrentPlace

_SHORTEST_LATIN, _LONGEST = 4, 12
_REPORTED = Pattern(r"我?[在到来]?(.{2,12}?)报到[了啦]?")
_STOP = Pattern(
    "(?:以后|今后|从现在起)?[,，]?(?:请|你)?(?:就)?(?:别|不要|不用|停止|不同意|不许)再?(?:记录?|存|保存|采集|收集)我的?(?:位置|定位|地方|城市)(?:信息)?[了吧啦]?"
)
_DELETE = Pattern(
    "(?:请|帮我)?(?:删除?|删掉|清除|清空)我的?(?:位置|定位)(?:信息|记录)?[了吧]?|(?:请|帮我)?把我的?(?:位置|定位)(?:信息|记录)?(?:删除|删掉|删|清除)[了吧掉]?"
)


_NOT_THERE = Pattern("不在|没在|没去|不去|没到|没有去|没回|离开|走了")
"""补录 李小山 不在哈尔滨: where somebody is not says not where they are."""


def full(place: Place) -> Text:
    """A place so that nobody can mistake it: 广东省深圳市南山区; Nanshan, Shenzhen, Guangdong."""
    chain = (place.code, place.city_code, place.province_code)
    return Text(place.full, ", ".join(dict.fromkeys(places.place(code).latin for code in chain)))


def listed(place: Place) -> Text:
    """A place in a list: 深圳; Shenzhen."""
    return Text(place.short, place.latin)


def of(current: CurrentPlace) -> Place:
    """The place that is kept of somebody."""
    return places.place(current.code)


def stated(text: str) -> str | None:
    """Pure: the words for the place that a whole sentence says its speaker is in, unless that is a check-in as well (`reported`)."""
    return None if reported(text) else _said(text)


def _said(text: str) -> str | None:
    found = places.said(text)
    return found.words if found else None


def reported(text: str) -> str | None:
    """Pure: the place in “武汉报到”, “我到武汉报到了”."""
    said = _REPORTED.fullmatch(bare(text))
    return said[1] if said and places.find(said[1]) else None


def corrected(text: str) -> str | None:
    """Pure: the words for the place that a sentence puts in the place of the last one."""
    found = places.corrected(text)
    return found.words if found else None


def named(text: str) -> str | None:
    """Pure: a text that is nothing but a place's name."""
    words = clean(text)
    short = len(words) <= _LONGEST and not (words.isascii() and len(words) < _SHORTEST_LATIN)
    return words if short and places.find(words) and places.said(f"我在{words}") else None


def entered(text: str) -> str | None:
    """Pure: what a secretary says of somebody else, the name taken away: 在哈尔滨, 到哈尔滨了, in Harbin."""
    words = clean(text)
    if denied(text):
        return None
    return _said(f"我{words}") or _said(f"i'm {words.removeprefix('is ')}") or _said(words)


def denied(text: str) -> bool:
    """Whether words say where somebody is not."""
    return _NOT_THERE.search(clean(text)) is not None


def stopped(text: str) -> str | None:
    """Pure: an empty string if the speaker wants their place not to be kept."""
    return "" if _STOP.fullmatch(bare(text)) else None


def deleted(text: str) -> str | None:
    """Pure: an empty string if the speaker wants their place erased."""
    return "" if _DELETE.fullmatch(bare(text)) else None


def meant(words: str) -> list[Place]:
    """All places that an expression may mean, with or without what people add behind a place."""
    if found := places.find(words):
        return found
    said = places.said(words) or places.said(f"我在{words}")
    return said.candidates if said else []


def narrowed(found: Sequence[Place], remembered: Iterable[int]) -> list[Place]:
    """The places meant, in the light of those spoken of before: 鹤岗 after two 南山 is that of 鹤岗."""
    before = [places.place(code) for code in remembered]
    inside = [place for place in before if any(place.within(each) for each in found)]
    if inside and len(inside) < len(before):
        return inside
    return [place for place in found if any(place.within(each) for each in before)] or list(found)


def ordered(found: Sequence[Place], last: Place | None) -> list[Place]:
    """Candidates with those near a person's last place first."""
    if last is None:
        return list(found)
    return sorted(found, key=lambda each: (each.city_code != last.city_code, each.province_code != last.province_code))


def telling(candidates: Sequence[Place]) -> list[tuple[str, ...]]:
    """For each candidate the words that mean it and no other."""
    words = [_called(each) for each in candidates]
    counts = Counter(word for each in words for word in each)
    return [tuple(sorted(word for word in each if counts[word] == 1)) for each in words]


def _called(place: Place) -> set[str]:
    chain = {place, places.place(place.city_code), places.place(place.province_code)}
    return {words for each in chain for words in (each.name, each.short, each.latin)} | {place.full}


def is_province(place: Place) -> bool:
    """Whether only the province is known."""
    return place.level is Level.PROVINCE
