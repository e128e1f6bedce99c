"""Months as people write them: 一月到三月, 1-3月, 一二三月, 上个月, 去年12月, 一季度, 全年, 2026-03, Jan-Mar. Today is passed in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.language.normalise import clean
from bot.language.numerals import number

_MOST = 120
"""Months in one breath; ten years is more than anybody pays."""


class ImpossibleMonth(ValueError):
    """A month that does not exist, such as 13月, or a row of months that runs backwards."""


@dataclass(frozen=True, slots=True)
class Months:
    """What a text says of months, as YYYY-MM in order.

    `twice` were said more than once; `count` is a number of months without saying which (三个月); with `up_to` the months begin wherever
    the person left off (交到6月). `rest` is the text without them.
    """

    months: tuple[str, ...]
    twice: tuple[str, ...]
    count: int | None
    up_to: bool
    rest: str


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: int
    start: int
    end: int
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    year: int | None
    numbers: tuple[int, ...]
    bare: bool
    absolute: int | None
    start: int
    end: int


_HAN = "零〇一二两三四五六七八九十"
_NUMBER = rf"(?:(?<![0-9.])[0-9]{{1,3}}|[{_HAN}]{{1,12}})"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_TOKEN = re.compile(
    rf"(?P<iso>(?P<iso_year>(?:19|20)[0-9]{{2}})[-/.](?P<iso_month>[0-9]{{1,2}})(?:月份?)?(?![0-9]|[-/.][0-9]))"
    rf"|(?P<date>{_NUMBER}月 ?(?:[0-9]{{1,2}}|[{_HAN}]{{1,3}}) ?[日号]|(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}})"
    r"|(?P<year>去年|前年|今年|本年|当年|明年|(?:19|20)?[0-9]{2} ?年|二[零〇][零〇一二三四五六七八九]{2}年)(?:度?的?)"
    rf"|(?P<count>半|{_NUMBER}) ?(?P<count_unit>个月|年)"
    rf"|第?(?P<quarter>上个?|本|这个?|{_NUMBER}) ?季度|q(?P<q>[0-9])(?![0-9a-z])"
    r"|(?P<half>[上下])半年|(?P<whole>全年|整年)(?:度)?"
    r"|(?P<relative>上上个?月|上个?月|本月|这个?月|当月|下下个?月|下个?月|last month|this month|next month)份?"
    r"|(?P<now>现在|(?<=至)今|目前|今天|now|today)"
    rf"|(?P<month>{_NUMBER}) ?月份?"
    rf"|\b(?P<english>{_ENGLISH})\b\.?(?: ?(?P<english_year>20[0-9]{{2}})(?![0-9]))?"
    rf"|(?P<bare>{_NUMBER})(?![0-9.]|,[0-9]{{3}}| ?[元块圆角毛分万千百])"
    r"|(?P<to>到|至|~|-|–|—|through|to\b)|(?P<and>、|和|及|跟|与|/|\+|&|and\b)|(?P<comma>,)",
    re.IGNORECASE,
)
_LED = re.compile("(?:交|缴|补|付|转)(?:了|到)?$")
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1}
_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_ONE = re.compile("十[一二]?|[一二三四五六七八九]")


def read(text: str, today: date) -> Months:
    """The months that a text speaks of. Raises `ImpossibleMonth`."""
    said = clean(text).lower()
    tokens = list(_tokens(said, today))
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    up_to = False
    at = 0
    while at < len(tokens):
        items, seps, after = _series(tokens, at, said)
        led = at > 0 and tokens[at - 1].kind == "to" and bool(_LED.search(said[: tokens[at - 1].start]))
        kept = _kept(items, seps, ends_open=led or not items)
        if kept:
            up_to = up_to or led
            found += _resolved(kept[0], kept[1], today)
            spans.append((kept[0][0].start, kept[0][-1].end))
        at = max(after, at + 1)
    counts = [each for each in tokens if each.kind == "count"]
    spans += [(each.start, each.end) for each in counts]
    twice = tuple(dict.fromkeys(month for month in found if found.count(month) > 1))
    return Months(tuple(sorted(set(found))), twice, counts[0].value if counts and not found else None, up_to, _without(said, spans))


def _without(said: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        said = f"{said[:start]} ; {said[end:]}"
    return said


def _tokens(said: str, today: date) -> Iterator[_Token]:
    for match in _TOKEN.finditer(said):
        for group, tokens in _READERS.items():
            if match[group]:
                yield from tokens(match, today)
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


def _iso(match: re.Match[str], _: date) -> Iterator[_Token]:
    yield _Token("absolute", _index(int(match["iso_year"]), int(match["iso_month"]), match[0]), *match.span())


def _a_year(match: re.Match[str], today: date) -> Iterator[_Token]:
    yield _Token("year", _year(match["year"], today), *match.span())


def _counted(match: re.Match[str], _: date) -> Iterator[_Token]:
    """So many months; 一年 is a whole one, 半年 six months, other years are nothing that is said of dues."""
    value = number(match["count"])
    if match["count_unit"] == "个月":
        if value:
            yield _Token("count", value, *match.span())
    elif match["count"] == "半":
        yield _Token("count", 6, *match.span())
    elif value == 1:
        yield _Token("numbers", 0, *match.span(), tuple(range(1, 13)))


def _quarter(match: re.Match[str], today: date) -> Iterator[_Token]:
    words = match["quarter"] or match["q"]
    this = _this(today) // 3 * 3
    if words[0] in "上本这":
        yield _Token("run", this - 3 if words[0] == "上" else this, *match.span())
        return
    which = number(words)
    if which is None or not 1 <= which <= 4:
        raise ImpossibleMonth(words)
    yield _Token("numbers", 0, *match.span(), tuple(range(which * 3 - 2, which * 3 + 1)))


def _half(match: re.Match[str], _: date) -> Iterator[_Token]:
    yield _Token("numbers", 0, *match.span(), tuple(range(1, 7)) if match["half"] == "上" else tuple(range(7, 13)))


def _whole(match: re.Match[str], _: date) -> Iterator[_Token]:
    yield _Token("numbers", 0, *match.span(), tuple(range(1, 13)))


def _relative(match: re.Match[str], today: date) -> Iterator[_Token]:
    yield _Token("absolute", _this(today) + _ahead(match["relative"]), *match.span())


def _now(match: re.Match[str], today: date) -> Iterator[_Token]:
    yield _Token("now", _this(today), *match.span())


def _month(match: re.Match[str], _: date) -> Iterator[_Token]:
    yield _Token("numbers", 1, *match.span(), _numbers(match["month"], match[0]))


def _bare(match: re.Match[str], _: date) -> Iterator[_Token]:
    yield _Token("bare", 0, *match.span(), _some(match["bare"]))


def _joint(match: re.Match[str], _: date) -> Iterator[_Token]:
    yield _Token(match.lastgroup or "", 0, *match.span())


def _ahead(words: str) -> int:
    if words.isascii():
        return {"last": -1, "this": 0, "next": 1}[words.split(maxsplit=1)[0]]
    return words.count("下") - words.count("上")


def _english(match: re.Match[str], _: date) -> Iterator[_Token]:
    month = _NAMES.index(match["english"][:3]) + 1
    if match["english_year"]:
        yield _Token("absolute", int(match["english_year"]) * 12 + month - 1, *match.span())
    else:
        yield _Token("numbers", 1, *match.span(), (month,))


_READERS: Mapping[str, Callable[[re.Match[str], date], Iterator[_Token]]] = {
    "iso": _iso,
    "year": _a_year,
    "count": _counted,
    "quarter": _quarter,
    "q": _quarter,
    "half": _half,
    "whole": _whole,
    "relative": _relative,
    "now": _now,
    "month": _month,
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


def _series(tokens: list[_Token], at: int, said: str) -> tuple[list[_Item], list[str], int]:
    """The items from a place on that are joined to each other, what joins them, and where that ends."""
    items: list[_Item] = []
    seps: list[str] = []
    while True:
        item, after = _item(tokens, at, said)
        if item is None:
            return items, seps[: max(0, len(items) - 1)], at
        items.append(item)
        at = after
        if at >= len(tokens) or tokens[at].kind not in {"to", "and", "comma"} or not _touch(said, tokens[at - 1].end, tokens[at].start):
            return items, seps, at
        if at + 1 >= len(tokens) or not _touch(said, tokens[at].end, tokens[at + 1].start):
            return items, seps, at
        seps.append(tokens[at].kind)
        at += 1


def _touch(said: str, end: int, start: int) -> bool:
    return said[end:start].strip(" 的") == ""


def _item(tokens: list[_Token], at: int, said: str) -> tuple[_Item | None, int]:
    year, start = None, at
    if at < len(tokens) and tokens[at].kind == "year":
        year, at = tokens[at].value, at + 1
        if at < len(tokens) and not _touch(said, tokens[at - 1].end, tokens[at].start):
            return None, start
    if at >= len(tokens) or tokens[at].kind not in {"numbers", "bare", "absolute", "run", "now"}:
        return None, start
    token = tokens[at]
    first = tokens[start].start
    if token.kind in {"absolute", "now"}:
        return _Item(None, (), token.kind == "now", token.value, first, token.end), at + 1
    if token.kind == "run":
        return _Item(
            token.value // 12, tuple(token.value % 12 + n for n in (1, 2, 3)), bare=False, absolute=None, start=first, end=token.end
        ), at + 1
    if token.kind == "numbers" and token.value == 0 and year is None:
        year = 0
    return _Item(year, token.values, token.kind == "bare", None, first, token.end), at + 1


def _kept(items: list[_Item], seps: list[str], *, ends_open: bool) -> tuple[list[_Item], list[str]] | None:
    """The items without numbers that are no months: those after the last 月, and amounts before it (20,3月). 至今 only ends a row."""
    while items and items[-1].bare and not (items[-1].absolute is not None and ((seps and seps[-1] == "to") or ends_open)):
        items, seps = items[:-1], seps[:-1]
    for index in range(len(seps) - 1, -1, -1):
        left, right = items[index], items[index + 1]
        if left.bare and seps[index] == "comma" and not _ascends(left, right):
            items, seps = items[index + 1 :], seps[index + 1 :]
            break
    return (items, seps) if items else None


def _ascends(left: _Item, right: _Item) -> bool:
    return bool(left.numbers and right.numbers) and left.numbers[-1] < right.numbers[0] and left.numbers[-1] <= 12


def _resolved(items: list[_Item], seps: list[str], today: date) -> list[str]:
    """The months of a row of items, in order of what was said."""
    rows: list[list[int]] = []
    for index, item in enumerate(items):
        if item.absolute is None and not (item.numbers and all(1 <= each <= 12 for each in item.numbers)):
            raise ImpossibleMonth(str(item.numbers))
        before = rows[-1][-1] if rows else None
        rows.append(_placed(item, before, ranged=index > 0 and seps[index - 1] == "to", year=_said_year(items[:index]), today=today))
    _lead(items, seps, rows)
    found: list[int] = []
    for index, row in enumerate(rows):
        if index > 0 and seps[index - 1] == "to":
            start = rows[index - 1][-1]
            if row[0] < start or row[0] - start > _MOST:
                raise ImpossibleMonth("a row of months that runs backwards, or for ever")
            found += range(start + 1, row[0])
            found += row if row[0] > start else row[1:]
        else:
            found += row
    return [f"{each // 12:04}-{each % 12 + 1:02}" for each in found]


def _said_year(items: list[_Item]) -> int | None:
    return next((each.year for each in reversed(items) if each.year), None)


def _placed(item: _Item, before: int | None, *, ranged: bool, year: int | None, today: date) -> list[int]:
    if item.absolute is not None:
        return [item.absolute]
    own = item.year or (today.year if item.year == 0 else None)
    if own is not None:
        return [own * 12 + each - 1 for each in item.numbers]
    if before is not None and (ranged or year is not None):
        return _from(item.numbers, before)
    first = _nearest(item.numbers[0], today)
    return [first, *_from(item.numbers[1:], first)]


def _from(numbers: tuple[int, ...], before: int) -> list[int]:
    """The months of these numbers that come next after another, each after the one before."""
    found: list[int] = []
    for each in numbers:
        before += (each - 1 - before) % 12
        found.append(before)
    return found


def _nearest(month: int, today: date) -> int:
    """A month without a year: this year's if it has begun, else whichever of last year's and this year's is nearer."""
    this_years = today.year * 12 + month - 1
    ahead = month - today.month
    return this_years if ahead <= 0 or ahead < 12 - ahead else this_years - 12


def _lead(items: list[_Item], seps: list[str], rows: list[list[int]]) -> None:
    """A row that begins without a year and ends with one (11月到2026年2月) begins in the last such month before its end."""
    for index, sep in enumerate(seps):
        begins = items[index].absolute is None and items[index].year is None and _said_year(items[:index]) is None
        ends = items[index + 1].absolute is not None or items[index + 1].year
        if sep == "to" and begins and ends and rows[index]:
            last = rows[index][-1]
            moved = rows[index + 1][0] - (rows[index + 1][0] - last) % 12 - last
            rows[index] = [each + moved for each in rows[index]]
