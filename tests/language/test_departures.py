"""What people answer when they go away."""

from datetime import date

import pytest

from bot.language import departures
from bot.rules.away import later

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", TODAY),
        ("明天走", date(2026, 3, 11)),
        ("下周", date(2026, 3, 16)),
        ("上周", date(2026, 3, 2)),
        ("下周三", date(2026, 3, 18)),
        ("下个月", date(2026, 4, 1)),
        ("上个月", date(2026, 2, 1)),
        ("3月15号", date(2026, 3, 15)),
        ("4月", date(2026, 4, 1)),
        ("去年5月", date(2025, 5, 1)),
        ("2016年3月", date(2016, 3, 1)),
        ("去年", date(2025, 1, 1)),
        ("过几天", TODAY),
        ("不知道", None),
        ("13月", None),
        ("今年2月30号", None),
        ("11月31日", None),
        ("2月三十号", None),
        ("下个月31号", None),
        ("13800001234号", None),
    ],
)
def test_the_day_somebody_leaves(words: str, day: date | None) -> None:
    assert departures.leaves_on(words, TODAY) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("大概一年", date(2027, 3, 10)),
        ("半年", date(2026, 9, 10)),
        ("三个月", date(2026, 6, 10)),
        ("10天", date(2026, 3, 20)),
        ("到明年6月", date(2027, 6, 30)),
        ("8月", date(2026, 8, 31)),
        ("年底", date(2026, 12, 31)),
        ("过年回来", date(2027, 2, 10)),
        ("说不准", None),
    ],
)
def test_the_day_somebody_thinks_to_be_back(words: str, day: date | None) -> None:
    assert departures.back_by(words, TODAY, later) == day


@pytest.mark.parametrize(
    ("words", "lasts"), [("长期", True), ("就在那边定居", True), ("不回来了", True), ("一年", False), ("回来过年", False)]
)
def test_who_goes_for_good(words: str, *, lasts: bool) -> None:
    assert departures.lasts(words) is lasts


def test_who_cannot_say() -> None:
    assert departures.unsure("说不准")
    assert not departures.unsure("一年")


@pytest.mark.parametrize(
    ("words", "firm", "phone"),
    [
        ("单位叫红星电子厂", "红星电子厂", ""),
        ("138 0013 8000", "", "13800138000"),
        ("+86 13800138000", "", "13800138000"),
        ("红星电子厂,13800138000", "红星电子厂", "13800138000"),
        ("打我电话13800138000", "", "13800138000"),
        ("红星电子厂", "红星电子厂", ""),
    ],
)
def test_how_somebody_is_reached(words: str, firm: str, phone: str) -> None:
    assert departures.reached(words) == (firm, phone)


@pytest.mark.parametrize("words", ["去成都打工", "下周去成都打工，大概一年", "要去深圳上班", "外出务工", "3月1日去上海工作"])
def test_what_is_entered_of_somebody_who_goes_away(words: str) -> None:
    assert departures.entered(words) is not None


@pytest.mark.parametrize("words", ["在哈尔滨", "联系过", "到哈尔滨了", "走访 送米一袋", "已交 20 三月", ""])
def test_what_is_entered_of_anything_else(words: str) -> None:
    assert departures.entered(words) is None
