"""Months and amounts in what is said of dues, as the slots carry them: YYYY-MM, yuan."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.language import money, months
from bot.language.dates import BEIJING
from bot.language.month_words import ImpossibleMonth
from bot.language.said import Said, Setting
from bot.patterns import Pattern

_WHOLE = Pattern("(?<!今年)(?<!去年)(?<!明年)(?<!前年)(?<!年)(?:全年|整年|一年|一整年)")
_COUNTED = Pattern(
    "(?:前|上|这|头|后|最近|近|过去)?(?:[0-9]{1,2}|[一二两三四五六七八九十几半好]{1,3})(?:个月|个?季度)(?!份)|半年|[正冬腊]月"
)
_VAGUE = Pattern("前段时间|上次|之前(?=欠|的)|以前(?=欠|的)|欠的")
_YEAR = Pattern("(去年|前年|今年|明年|20[0-9]{2}年)(?!.{0,4}(?:[0-9一二三四五六七八九十]+月|季|半年|年))")
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
_EARLIER = Pattern("补|欠|拖")
_TOTAL = Pattern("(?:一共|总共|共计|合计|总计|共)(?:是|交了?|转了?|付了?)?")
_DAY_DOT = Pattern("(?<![0-9.])(?:1[0-2]|[1-9])\\.(?:[12][0-9]|3[01])(?=(?:日|号)?(?:交|转|付|缴|打|微信|支付))")
_SIDE = Pattern(
    "尾号 ?[0-9]{4}|[0-9]{1,2}[:点时][0-9]{0,2}分?(?!钱)|第[0-9一二三四五]{1,3}次|(?:工号|编号|电话"
    "|手机)[:是]?[0-9]{2,12}|1[3-9][0-9]{9}|[c-d]-?[0-9-]{1,12}"
)


_RUN_ON = Pattern("(?<=[块元])([一二三四五六七八九])([一二三四五六七八九]|十[一二]?)(?=月)")
_ONES = "一二三四五六七八九十"


def _apart(match: re.Match[str]) -> str:
    """二十块五三月 is 20.5 for March: the space between Han characters is gone, and five and three are no row of months."""
    follows = _ONES.index(match[2][0]) == _ONES.index(match[1]) + 1
    return match[0] if follows else f"{match[1]} {match[2]}"


_TOGETHER = Pattern("一起|一并|一块儿|一次性|一道|一下子?")
"""No number, right behind an amount: 四十块钱一起转了."""
_PAID_TO = Pattern("(?<=月)份?(?:起|开始)?(?:一直)?(?:的党费)?[交缴补]到(?=今年|去年|明年|本|这|[0-9一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text says of months and money. `text` are months that cannot be told, as they were said (三个月, 腊月)."""

    months: tuple[str, ...] = ()
    text: str = ""
    amounts: tuple[Decimal, ...] = ()
    total: Decimal | None = None
    """What was paid, where one amount alone, or one that is said to be all, was named."""


@lru_cache(maxsize=64)
def figures(said: str, today: date) -> Figures:
    """Months and amounts of a sentence; months that do not exist are left in words."""
    said = _PAID_TO.sub("到", _TOGETHER.sub("都", said.replace("廿", "二十").replace("卅", "三十")))
    said = _RUN_ON.sub(_apart, said)
    said = _SIDE.sub(" ; ", _DAY_DOT.sub(" ; ", said))
    whole = _WHOLE.search(said)
    left = _WHOLE.sub(" ; ", said)
    try:
        read = months.read(left, today)
    except ImpossibleMonth:
        return _money((), _impossible(left), left)
    found = read.months or _of_year(left, today)
    if found and _EARLIER.search(said) and not whole:
        found = _not_to_come(found, said, today)
    if found:
        return _money(found, "", read.rest)
    counted = whole or _COUNTED.search(said) or _VAGUE.search(said)
    return _money((), counted[0] if counted else "", read.rest)


def _money(found: tuple[str, ...], text: str, rest: str) -> Figures:
    amounts = [each for each in amounts_of(rest) if each.named or each.end - each.start > 1 or not _WORDED.match(rest, each.start)]
    yuan = tuple(each.yuan for each in amounts)
    total: Decimal | None = yuan[0] if len(yuan) == 1 else None
    if len(yuan) > 1:
        named = [each for each in amounts if each.named]
        after_total = [each for each in amounts if _TOTAL.search(rest[max(0, each.start - 6) : each.start])]
        if after_total:
            total = after_total[-1].yuan
        elif len(set(yuan)) == 1:
            total = yuan[0] * (len(found) if len(found) == len(yuan) else 1)
        elif len(named) == 1:
            total = named[0].yuan
        elif len(found) == len(yuan):
            total = sum(yuan, Decimal(0))
    return Figures(found, text, yuan, total)


_WORDED = Pattern("[二两三四五六七八九](?![交缴转付已元块]|$|[,;。 !?])")
"""A single numeral within a word (二维码) is no amount."""


_LATIN = Pattern("(?<![0-9a-z])(?!(?:rmb|cny|yuan|kuai|minus)(?![a-z]))[a-z]+")


def amounts_of(said: str) -> list[money.Amount]:
    """The amounts in a sentence, an English one included: a word right behind a number (20 for March) takes nothing from it."""
    return money.amounts(_LATIN.sub(lambda match: ";" * len(match[0]), said))


def _impossible(said: str) -> str:
    match = _IMPOSSIBLE.search(said)
    return match[0] if match else ""


_IMPOSSIBLE = Pattern("[0-9零一二三四五六七八九十]{1,4}(?:[-到至~][0-9零一二三四五六七八九十]{1,4})?月份?")


def _of_year(said: str, today: date) -> tuple[str, ...]:
    """The twelve months of a year that is named alone (去年的党费)."""
    match = _YEAR.search(said)
    if match is None:
        return ()
    year = today.year + _YEARS[match[1]] if match[1] in _YEARS else int(match[1][:4])
    return tuple(f"{year:04}-{month:02}" for month in range(1, 13))


def _not_to_come(found: tuple[str, ...], said: str, today: date) -> tuple[str, ...]:
    """What is paid up lies behind: 补8月的 in March is last year's."""
    this = f"{today.year:04}-{today.month:02}"
    if all(each > this for each in found) and not _YEAR_SAID.search(said):
        return tuple(f"{int(each[:4]) - 1:04}{each[4:]}" for each in found)
    return found


_YEAR_SAID = Pattern("年")


def to_the_bot(said: Said, confidence: float = 0.92) -> float:
    """How sure a question is: what is asked in a group may be asked of anybody there."""
    return min(confidence, 0.85) if said.setting.in_group else confidence


def number(yuan: Decimal) -> int | float:
    """An amount as a slot carries it: 20, 20.5."""
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def today(setting: Setting) -> date:
    """The day in Beijing on which something is said."""
    return setting.at.astimezone(BEIJING).date()
