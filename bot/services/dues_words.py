"""How dues are put into words: months in a row, amounts, categories."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bot.language.money import yuan
from bot.rules.dues import Category, Dues, DuesPolicy
from bot.rules.months import after
from bot.texts import Text

CATEGORY_NAMES = {
    Category.SALARIED: Text("在职", "salaried"),
    Category.RETIRED: Text("离退休", "retired"),
    Category.SELF_EMPLOYED: Text("没有固定月收入（个体等）", "self-employed, without monthly pay"),
    Category.ANNUAL_SALARY: Text("年薪制", "on an annual salary"),
    Category.FARMER: Text("农民", "farmer"),
    Category.STUDENT: Text("学生", "student"),
    Category.LAID_OFF: Text("下岗失业", "laid off"),
    Category.RELIEF: Text("领抚恤或救济金", "on relief"),
    Category.DIBAO: Text("领最低生活保障", "on minimum living allowance"),
}


class Flag(StrEnum):
    """What is remarkable about a claim."""

    WHOLE_YEAR = "whole_year"
    BACK_PAY = "back_pay"
    FUTURE = "future"
    MEANT = "meant"
    UNASSESSED = "unassessed"
    UNFIT = "unfit"
    ENTERED = "entered"
    CORRECTED = "corrected"


FLAG_NAMES = {
    Flag.WHOLE_YEAR: Text("一次交全年", "a whole year at once"),
    Flag.BACK_PAY: Text("补交六个月以前的", "back-pay beyond six months"),
    Flag.FUTURE: Text("含还没到的月份", "with months to come"),
    Flag.MEANT: Text("还没交，先说一声", "not paid yet, only announced"),
    Flag.UNASSESSED: Text("还没核定", "not assessed yet"),
    Flag.UNFIT: Text("和登记的对不上", "does not fit the assessment"),
    Flag.ENTERED: Text("补录", "entered"),
    Flag.CORRECTED: Text("更正过", "corrected"),
}


def money(fen: int) -> Text:
    """Fen as yuan: 20 元, 0.20 元."""
    words = yuan(fen).removesuffix(".00")
    return Text(f"{words} 元", f"{words} yuan")


def told(months: Sequence[str], today: date) -> Text:
    """Months in words, neighbours put together: 1–3月, 5月; the year is said where it is not this one."""
    rows: list[list[str]] = []
    for month in sorted(set(months)):
        if rows and after(rows[-1][-1]) == month and rows[-1][-1][:4] == month[:4]:
            rows[-1].append(month)
        else:
            rows.append([month])
    return Text.join([_row(row, today) for row in rows], "、", ", ")


def _row(row: Sequence[str], today: date) -> Text:
    year, first, last = row[0][:4], int(row[0][5:]), int(row[-1][5:])
    head = f"{year}年" if int(year) != today.year else ""
    if first == last:
        return Text(f"{head}{first}月", row[0])
    return Text(f"{head}{first}–{last}月", f"{row[0]} to {row[-1]}")


_BY_RATE = Text(
    "依据{source}{article}：{span}的，按全部基数的 {rate}% 交{cap}。",
    "By {source}, {article}: {span} pays {rate}% of the whole base{cap}. ",
)
_BY_OWN = Text("支部另有规定（{source}{article}）。", "The branch has its own measure ({source}, {article}). ")
_BY_AMOUNT = Text("依据{source}{article}。", "By {source}, {article}. ")
_CAP = Text("，最多 {cap}", ", at most {cap}")
_UP_TO, _BETWEEN, _ABOVE = (
    Text("{high} 元以下（含）", "up to and including {high} yuan"),
    Text("{low} 元以上至 {high} 元（含）", "above {low} up to and including {high} yuan"),
    Text("{low} 元以上", "above {low} yuan"),
)


def explained(dues: Dues, rule: DuesPolicy) -> Text:
    """Which article an amount rests on. The tier is told, never the income."""
    source, article = Text(*dues.source), Text(*dues.article)
    if dues.overridden:
        return _BY_OWN(source=source, article=article)
    if dues.rate is None:
        return _BY_AMOUNT(source=source, article=article)
    cap = _CAP(cap=money(rule.cap)) if rule.cap is not None and dues.capped else Text("", "")
    rate = f"{(dues.rate * 100).normalize():f}"
    return _BY_RATE(source=source, article=article, span=_span(dues, rule), rate=rate, cap=cap)


def _span(dues: Dues, rule: DuesPolicy) -> Text:
    tiers = rule.measures[dues.category].tiers
    at = next(number for number, tier in enumerate(tiers) if tier.rate == dues.rate)
    low, high = tiers[at - 1].up_to if at else None, tiers[at].up_to
    if low is None:
        return _UP_TO(high=f"{high:f}")
    return _BETWEEN(low=f"{low:f}", high=f"{high:f}") if high is not None else _ABOVE(low=f"{low:f}")


def excluded(rule: DuesPolicy) -> Text:
    """What is not part of the base, in words."""
    return Text("、".join(rule.excluded[0]), ", ".join(rule.excluded[1]))
