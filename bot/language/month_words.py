"""The words for months, quarters and years in a text, in their order; what they mean together is `bot.language.months`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.language.numerals import number
from bot.patterns import Pattern


class ImpossibleMonth(ValueError):
    """A month that does not exist, such as 13月, or a row of months that runs backwards."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its kind, what it counts or where it stands in time, its place in the text, and the months it names."""

    kind: str
    value: int
    start: int
    end: int
    values: tuple[int, ...] = ()


_HAN = "零〇一二两三四五六七八九十"
_NUMBER = rf"(?:(?<![0-9.])[0-9]{{1,3}}|[{_HAN}]{{1,12}})"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_TOKEN = Pattern(
    rf"(?P<iso>(?P<iso_year>(?:19|20)[0-9]{{2}})[-/.](?P<iso_month>[0-9]{{1,2}})(?:月份?)?(?![0-9]|[-/.][0-9]))"
    rf"|(?P<date>{_NUMBER}月 ?(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}}) ?[日号]|(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}})"
    r"|(?P<no_year>(?<![0-9.])(?!(?:19|20)[0-9]{2} ?年)[0-9]{3,15} ?年)"
    r"|(?P<year>去年|前年|今年|本年|当年|明年|(?:19|20)?[0-9]{2} ?年|二[零〇][零〇一二三四五六七八九]{2}年)(?:度?的?)"
    rf"|(?<=年)(?:的)?(?:前|头)(?P<head>{_NUMBER}) ?个月"
    rf"|(?P<count>半|{_NUMBER}) ?(?P<count_unit>个月|年)"
    rf"|第?(?P<quarter>上个?|本|这个?|{_NUMBER}) ?季度|q(?P<q>[0-9])(?![0-9a-z])"
    r"|(?P<half>[上下])半年|(?P<whole>全年|整年)(?:度)?"
    r"|(?P<relative>上上个?月|上个?月|本月|这个?月|当月|下下个?月|下个?月|last month|this month|next month)份?"
    r"|(?P<now>现在|(?<=至)今|目前|今天|now|today)"
    rf"|(?P<month>{_NUMBER}|(?<![0-9{_HAN}百千万])元(?=月(?![底初末]))) ?月份?"
    r"|(?P<first>年初)(?=[到至起])|(?<=[到至])(?P<last>年[底末])"
    rf"|\b(?P<english>{_ENGLISH})\b\.?(?: ?(?P<english_year>20[0-9]{{2}})(?![0-9]))?"
    rf"|(?P<bare>{_NUMBER})(?![0-9.]|,[0-9]{{3}}| ?[元块圆角毛分万千百])"
    r"|(?P<to>到|至|~|-|–|—|through|to\b)|(?P<and>、|和|及|跟|与|/|\+|&|and\b)|(?P<comma>,)",
    re.IGNORECASE,
)
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1}
_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_ONE = Pattern("十[一二]?|[一二三四五六七八九]")


def tokens(said: str, today: date) -> Iterator[Token]:
    """What a cleaned, lower-case text says of months. Raises `ImpossibleMonth`."""
    for match in _TOKEN.finditer(said):
        for group, reads in _READERS.items():
            if match[group]:
                yield from reads(match, today)
                break


def _this(today: date) -> int:
    return today.year * 12 + today.month - 1


def _index(year: int, month: int, words: str) -> int:
    if not 1 <= month <= 12:
        raise ImpossibleMonth(words)
    return year * 12 + month - 1


def _year(words: str, today: date) -> int:
    if words in _YEARS:
        return today.year + _YEARS[words]
    if words[0] == "二":
        return int("".join(str(_DIGITS[each]) for each in words[:4]))
    year = int(words.rstrip("年 "))
    return year if year >= 100 else 2000 + year


def _iso(match: re.Match[str], _: date) -> Iterator[Token]:
    yield Token("absolute", _index(int(match["iso_year"]), int(match["iso_month"]), match[0]), *match.span())


def _no_year(match: re.Match[str], _: date) -> Iterator[Token]:
    raise ImpossibleMonth(match[0])


def _a_year(match: re.Match[str], today: date) -> Iterator[Token]:
    yield Token("year", _year(match["year"], today), *match.span())


def _counted(match: re.Match[str], _: date) -> Iterator[Token]:
    """So many months; 一年 is a whole one, 半年 six months, other years are nothing that is said of dues."""
    value = number(match["count"])
    if match["count_unit"] == "个月":
        if value:
            yield Token("count", value, *match.span())
    elif match["count"] == "半":
        yield Token("count", 6, *match.span())
    elif value == 1:
        yield Token("numbers", 0, *match.span(), tuple(range(1, 13)))


def _head(match: re.Match[str], _: date) -> Iterator[Token]:
    """今年前三个月: the first months of a year that was named."""
    value = number(match["head"]) or 0
    if not 1 <= value <= 12:
        raise ImpossibleMonth(match[0])
    yield Token("numbers", 0, *match.span(), tuple(range(1, value + 1)))


def _quarter(match: re.Match[str], today: date) -> Iterator[Token]:
    words = match["quarter"] or match["q"]
    this = _this(today) // 3 * 3
    if words[0] in "上本这":
        yield Token("run", this - 3 if words[0] == "上" else this, *match.span())
        return
    which = number(words)
    if which is None or not 1 <= which <= 4:
        raise ImpossibleMonth(words)
    yield Token("numbers", 0, *match.span(), tuple(range(which * 3 - 2, which * 3 + 1)))


def _half(match: re.Match[str], _: date) -> Iterator[Token]:
    yield Token("numbers", 0, *match.span(), tuple(range(1, 7)) if match["half"] == "上" else tuple(range(7, 13)))


def _whole(match: re.Match[str], _: date) -> Iterator[Token]:
    yield Token("numbers", 0, *match.span(), tuple(range(1, 13)))


def _relative(match: re.Match[str], today: date) -> Iterator[Token]:
    yield Token("absolute", _this(today) + _ahead(match["relative"]), *match.span())


def _now(match: re.Match[str], today: date) -> Iterator[Token]:
    yield Token("now", _this(today), *match.span())


def _month(match: re.Match[str], _: date) -> Iterator[Token]:
    yield Token("numbers", 1, *match.span(), (1,) if match["month"] == "元" else _numbers(match["month"], match[0]))


def _turn(match: re.Match[str], _: date) -> Iterator[Token]:
    """The first or the last month of a year, as an end of a row."""
    yield Token("numbers", 0, *match.span(), (1,) if match["first"] else (12,))


def _bare(match: re.Match[str], _: date) -> Iterator[Token]:
    yield Token("bare", 0, *match.span(), _some(match["bare"]))


def _joint(match: re.Match[str], _: date) -> Iterator[Token]:
    yield Token(match.lastgroup or "", 0, *match.span())


def _ahead(words: str) -> int:
    if words.isascii():
        return {"last": -1, "this": 0, "next": 1}[words.split(maxsplit=1)[0]]
    return words.count("下") - words.count("上")


def _english(match: re.Match[str], _: date) -> Iterator[Token]:
    month = _NAMES.index(match["english"].casefold()[:3]) + 1
    if match["english_year"]:
        yield Token("absolute", int(match["english_year"]) * 12 + month - 1, *match.span())
    else:
        yield Token("numbers", 1, *match.span(), (month,))


_READERS: Mapping[str, Callable[[re.Match[str], date], Iterator[Token]]] = {
    "iso": _iso,
    "no_year": _no_year,
    "year": _a_year,
    "head": _head,
    "count": _counted,
    "quarter": _quarter,
    "q": _quarter,
    "half": _half,
    "whole": _whole,
    "relative": _relative,
    "now": _now,
    "month": _month,
    "first": _turn,
    "last": _turn,
    "english": _english,
    "bare": _bare,
    "to": _joint,
    "and": _joint,
    "comma": _joint,
}
"""What reads each kind of words; a date (3月10日) is no month and has none."""


def _numbers(words: str, said: str) -> tuple[int, ...]:
    """The months of 三, 十一 or 一二三. Raises `ImpossibleMonth`."""
    found = _some(words)
    if not found or not all(1 <= each <= 12 for each in found):
        raise ImpossibleMonth(said)
    return found


def _some(words: str) -> tuple[int, ...]:
    one = number(words)
    if one is not None:
        return (one,)
    parts = _ONE.findall(words)
    return tuple(number(each) or 0 for each in parts) if "".join(parts) == words else ()
