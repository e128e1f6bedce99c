"""How dues are put into words: months in a row, amounts, categories."""

from collections.abc import Sequence
from datetime import date

from bot.language.money import yuan
from bot.rules.dues import Category
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
_MONTH = Text("{month}月", "{year}-{month:0>2}")
_MONTHS = Text("{first}–{last}月", "{year}-{first:0>2} to {last:0>2}")
_YEAR = Text("{year}年", "")


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
    year, first, last = int(row[0][:4]), int(row[0][5:]), int(row[-1][5:])
    head = _YEAR(year=year) if year != today.year else Text("", "")
    return head + (_MONTH(year=year, month=first) if first == last else _MONTHS(year=year, first=first, last=last))
