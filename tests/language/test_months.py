"""Months as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.month_words import ImpossibleMonth
from bot.language.months import read

TODAY = date(2026, 3, 10)


def _months(first: str, last: str) -> list[str]:
    start, end = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (first, last))
    return [f"{each // 12}-{each % 12 + 1:02}" for each in range(start, end + 1)]


Q1 = ["2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("已交 60 一月到三月", Q1),
        ("去年 已交 3月", ["2025-03"]),
        ("2025年入党，3月党费20", ["2026-03"]),
        ("一二三月一起交了60", Q1),
        ("1-3月", Q1),
        ("1～3月", Q1),
        ("一至三月份", Q1),
        ("1、2、3月 60", Q1),
        ("1,2,3月 60", Q1),
        ("1月2月3月", Q1),
        ("1.2.3月", Q1),
        ("1 2 3月 60", Q1),
        ("1月--3月", Q1),
        ("年初到3月", Q1),
        ("元月", ["2026-01"]),
        ("202603", ["2026-03"]),
        ("11,12,1月", ["2025-11", "2025-12", "2026-01"]),
        ("1月、2月和3月", Q1),
        ("1月+2月+3月", Q1),
        ("一季度", Q1),
        ("第1季度", Q1),
        ("本季度", Q1),
        ("Q1", Q1),
        ("jan-mar 60", Q1),
        ("January to March 2026", Q1),
        ("paid 60 for jan, feb and mar", Q1),
        ("2026-01到2026-03", Q1),
        ("１月到３月", Q1),
        ("今年一月到现在", Q1),
        ("1月至今", Q1),
        ("3月党费20已转", ["2026-03"]),
        ("三月份党费二十块转过去了", ["2026-03"]),
        ("已交20，3月", ["2026-03"]),
        ("已交20 3月", ["2026-03"]),
        ("已交60,1-3月", Q1),
        ("已交 5，3月", ["2026-03"]),
        ("本月", ["2026-03"]),
        ("这个月的20", ["2026-03"]),
        ("上个月20", ["2026-02"]),
        ("上上个月", ["2026-01"]),
        ("下个月", ["2026-04"]),
        ("last month", ["2026-02"]),
        ("去年12月", ["2025-12"]),
        ("前年12月", ["2024-12"]),
        ("明年1月", ["2027-01"]),
        ("26年1月", ["2026-01"]),
        ("二〇二六年一月", ["2026-01"]),
        ("2026年1月", ["2026-01"]),
        ("2026-03", ["2026-03"]),
        ("2026/3", ["2026-03"]),
        ("2025年11月到今年2月", _months("2025-11", "2026-02")),
        ("十一月到二月", _months("2025-11", "2026-02")),
        ("11月到2026年2月", _months("2025-11", "2026-02")),
        ("11月到2026-02", _months("2025-11", "2026-02")),
        ("去年10月到12月", _months("2025-10", "2025-12")),
        ("十一十二月", ["2025-11", "2025-12"]),
        ("去年11月、12月", ["2025-11", "2025-12"]),
        ("补去年6月到现在的党费", _months("2025-06", "2026-03")),
        ("上季度", _months("2025-10", "2025-12")),
        ("去年四季度", _months("2025-10", "2025-12")),
        ("上半年120", _months("2026-01", "2026-06")),
        ("下半年", _months("2026-07", "2026-12")),
        ("全年", _months("2026-01", "2026-12")),
        ("一年的党费240", _months("2026-01", "2026-12")),
        ("去年全年", _months("2025-01", "2025-12")),
        ("1-3月，5月", [*Q1, "2026-05"]),
        ("已交 20 元 1 2月", Q1[:2]),
        ("已交 20元1 2月", Q1[:2]),
        ("已交 60 1 2 3月", Q1),
        ("已交 20 1到3月", Q1),
        ("已交 2 3月", ["2026-03"]),
        ("已交 20 元 5 3月", ["2026-03"]),
        ("12月 1月 2月", _months("2025-12", "2026-02")),
        ("4月", ["2026-04"]),
        ("9月", ["2025-09"]),
        ("Feb. 2026", ["2026-02"]),
        ("老婆替我交的党费，25", []),
        ("3月10号交了20", []),
        ("三月十二日转的", []),
        ("2026-03-10 交了20", []),
        ("今年的党费", []),
        ("去年 那时候", []),
        ("去年那次 3月交的", ["2026-03"]),
        ("现在交了20", []),
        ("月底交", []),
        ("两年没交", []),
        ("零个月", []),
        ("一到二", []),
        ("12到20", []),
    ],
)
def test_months(text: str, months: list[str]) -> None:
    found = read(text, TODAY)
    assert (list(found.months), found.twice) == (months, ())


@pytest.mark.parametrize("text", ["已交 15 12月 1月 2月", "12月、1月、2月", "15 12月到2月", "已交 15 元 12 1 2月"])
def test_in_december_the_months_that_follow_are_next_years(text: str) -> None:
    assert list(read(text, date(2026, 12, 10)).months) == _months("2026-12", "2027-02")


@pytest.mark.parametrize(
    "text",
    [
        "9999年1月",
        "300年",
        "13月",
        "0月",
        "零月",
        "二十三月",
        "2026年13月",
        "2026-13",
        "五季度",
        "q5",
        "2026年3月到2025年1月",
        "20-3月",
        "2000年1月到现在",
    ],
)
def test_a_month_that_does_not_exist_is_said(text: str) -> None:
    with pytest.raises(ImpossibleMonth):
        read(text, TODAY)


def test_a_month_said_twice_is_told_and_not_merged_in_silence() -> None:
    assert read("3月、3月", TODAY).twice == ("2026-03",)
    assert read("1-3月，2月", TODAY).twice == ("2026-02",)


@pytest.mark.parametrize(("text", "count"), [("交了三个月60", 3), ("3个月的", 3), ("半年", 6), ("3个月 4月", None), ("一起交了", None)])
def test_a_number_of_months_is_not_which_months(text: str, count: int | None) -> None:
    assert read(text, TODAY).count == count


def test_until_a_month_begins_where_one_left_off() -> None:
    found = read("交到6月", TODAY)
    assert (found.months, found.up_to) == (("2026-06",), True)
    assert read("交到现在", TODAY).months == ("2026-03",)
    assert not read("1月到6月", TODAY).up_to


def test_the_rest_is_without_the_months() -> None:
    assert "3" not in read("1-3月 60", TODAY).rest
    assert "60" in read("1-3月 60", TODAY).rest
    assert read("今天天气好", TODAY).rest == "今天天气好"


def test_a_month_without_a_year_is_this_years_once_it_has_begun() -> None:
    december = date(2026, 12, 20)
    assert read("1月到12月", december).months == tuple(_months("2026-01", "2026-12"))
    assert read("12月", date(2026, 1, 5)).months == ("2025-12",)
    assert read("2月", date(2026, 1, 5)).months == ("2026-02",)


@given(st.text(alphabet="0123456789一二三十零月年到至-、,和个季度全今去上下半本现在q. janfebmar", max_size=24))
def test_any_text_gives_real_months_or_says_that_there_is_none(text: str) -> None:
    try:
        found = read(text, TODAY)
    except ImpossibleMonth:
        return
    assert list(found.months) == sorted(set(found.months))
    assert all(1 <= int(each[5:]) <= 12 for each in found.months)


def test_letters_that_only_look_like_those_of_a_month_are_read_like_them() -> None:
    assert read("ſept", TODAY) == read("Sept", TODAY)
