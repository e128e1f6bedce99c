"""Months as people write them: 一月到三月, 1-3月, 一二三月, 上个月, 去年12月, 一季度, 全年, 2026-03, Jan-Mar. Today is passed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.language.month_words import ImpossibleMonth, Token
from bot.language.month_words import tokens as read_tokens
from bot.language.normalise import clean
from bot.patterns import Pattern

_MOST = 120
"""Months in one breath; ten years is more than anybody pays."""


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
class _Item:
    year: int | None
    numbers: tuple[int, ...]
    bare: bool
    absolute: int | None
    start: int
    end: int


_AMOUNT_BEFORE = Pattern("[0-9一二两三四五六七八九十百千](?: ?(?:元整?|块钱?|圆|[角毛分]) ?| )$")
"""A number before a bare one (40 1 2月): that is the amount then, and the bare one a month."""
_LED = Pattern("(?:交|缴|补|付|转)(?:了|到)?$")


def read(text: str, today: date) -> Months:
    """The months that a text speaks of. Raises `ImpossibleMonth`."""
    said = _joined(clean(text).lower())
    tokens = list(_spaced(list(read_tokens(said, today)), said))
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    up_to = False
    at = 0
    while at < len(tokens):
        items, seps, after = _series(tokens, at, said)
        led = at > 0 and tokens[at - 1].kind == "to" and bool(_LED.search(said[: tokens[at - 1].start]))
        kept = _kept(items, seps, said, ends_open=led or not items)
        if kept:
            up_to = up_to or led
            found += _resolved(kept[0], kept[1], today)
            spans.append((kept[0][0].start, kept[0][-1].end))
        at = max(after, at + 1)
    counts = [each for each in tokens if each.kind == "count"]
    spans += [(each.start, each.end) for each in counts]
    twice = tuple(dict.fromkeys(month for month in found if found.count(month) > 1))
    return Months(tuple(sorted(set(found))), twice, counts[0].value if counts and not found else None, up_to, _without(said, spans))


_DOTTED = Pattern(r"(?<![0-9.])(?:1[0-2]|[1-9])(?:\.(?:1[0-2]|[1-9])){1,11}(?= ?月)")
_ROW = Pattern(r"(?<![0-9.])[0-9]{1,2}(?: [0-9]{1,2}){2,11}(?= ?月)")
_SOLID = Pattern("(?<![0-9.])(20[12][0-9])(0[1-9]|1[0-2])(?![0-9.]| ?[元块圆])")
_DASHES = Pattern("[-–—]{2,}")


def _joined(said: str) -> str:
    """The text with rows of months parted in one way: 1.2.3月, 1 2 3月, 1月--3月."""
    said = _SOLID.sub(r"\1-\2", said)
    said = _DASHES.sub("-", _DOTTED.sub(lambda match: match[0].replace(".", "、"), said))
    return _ROW.sub(lambda match: match[0].replace(" ", "、") if _one_by_one(match[0]) else match[0], said)


def _one_by_one(row: str) -> bool:
    numbers = [int(each) for each in row.split()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[-1] <= 12


def _without(said: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        said = f"{said[:start]} ; {said[end:]}"
    return said


def _spaced(tokens: list[Token], said: str) -> Iterator[Token]:
    """The tokens, with one for the space between months that nothing else parts (12月 1月 2月, 20元 1 2月)."""
    for index, token in enumerate(tokens):
        yield token
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is None or said[token.end : after.start] != " ":
            continue
        if (token.kind == "numbers" and after.kind == "numbers") or (token.kind == "bare" and after.kind in {"bare", "numbers"}):
            yield Token("gap", 0, token.end, after.start)


def _series(tokens: list[Token], at: int, said: str) -> tuple[list[_Item], list[str], int]:
    """The items from a place on that are joined to each other, what joins them, and where that ends."""
    items: list[_Item] = []
    seps: list[str] = []
    while True:
        item, after = _item(tokens, at, said)
        if item is None:
            return items, seps[: max(0, len(items) - 1)], at
        items.append(item)
        at = after
        if (
            at >= len(tokens)
            or tokens[at].kind not in {"to", "and", "comma", "gap"}
            or not _touch(said, tokens[at - 1].end, tokens[at].start)
        ):
            return items, seps, at
        if at + 1 >= len(tokens) or not _touch(said, tokens[at].end, tokens[at + 1].start):
            return items, seps, at
        seps.append(tokens[at].kind)
        at += 1


_YEAR_GAP = Pattern("[ 的,、，]*(?:已?[交缴]了?|党费)?[ 的,、，]*")
"""What may stand between a year and its month: 去年 已交 3月."""


def _touch(said: str, end: int, start: int) -> bool:
    return said[end:start].strip(" 的") == ""


def _item(tokens: list[Token], at: int, said: str) -> tuple[_Item | None, int]:
    year, start = None, at
    if at < len(tokens) and tokens[at].kind == "year":
        year, at = tokens[at].value, at + 1
        if at < len(tokens) and not _YEAR_GAP.fullmatch(said[tokens[at - 1].end : tokens[at].start]):
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


def _kept(items: list[_Item], seps: list[str], said: str, *, ends_open: bool) -> tuple[list[_Item], list[str]] | None:
    """The items without numbers that are no months: those after the last 月, and amounts before it (20,3月). 至今 only ends a row."""
    while items and items[-1].bare and not (items[-1].absolute is not None and ((seps and seps[-1] == "to") or ends_open)):
        items, seps = items[:-1], seps[:-1]
    for index in range(len(seps) - 1, -1, -1):
        left, right = items[index], items[index + 1]
        if left.bare and (
            (seps[index] == "comma" and not _ascends(left, right) and not _follows(left, right))
            or (seps[index] == "gap" and not (_follows(left, right) and _AMOUNT_BEFORE.search(said[: left.start])))
        ):
            items, seps = items[index + 1 :], seps[index + 1 :]
            break
    return (items, seps) if items else None


def _ascends(left: _Item, right: _Item) -> bool:
    return bool(left.numbers and right.numbers) and left.numbers[-1] < right.numbers[0] and left.numbers[-1] <= 12


def _follows(left: _Item, right: _Item) -> bool:
    """Whether one month comes right after another, over the turn of the year, too."""
    return bool(left.numbers and right.numbers) and 1 <= left.numbers[-1] <= 12 and right.numbers[0] == left.numbers[-1] % 12 + 1


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
    if before is not None and item.numbers[0] == (before + 1) % 12 + 1:
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
