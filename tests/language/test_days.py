from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import days
from bot.language.dates import BEIJING
from bot.language.said import Said, Setting

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=BEIJING)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("下周三", ["2026-03-18"]),
        ("明晚8点", ["2026-03-11T20:00"]),
        ("3月8日", ["2026-03-08"]),
        ("三月八号晚上七点半", ["2026-03-08T19:30"]),
        ("后天", ["2026-03-12"]),
        ("大后天", ["2026-03-13"]),
        ("大前天", ["2026-03-07"]),
        ("月底", ["2026-03-31"]),
        ("下个月底", ["2026-04-30"]),
        ("上个月初", ["2026-02-01"]),
        ("2月底", ["2026-02-28"]),
        ("今年5月底", ["2026-05-31"]),
        ("年底", ["2026-12-31"]),
        ("周五", ["2026-03-13"]),
        ("星期天下午三点半", ["2026-03-15T15:30"]),
        ("上周五", ["2026-03-06"]),
        ("下下周二", ["2026-03-24"]),
        ("这周末", ["2026-03-14"]),
        ("昨天的通知", ["2026-03-09"]),
        ("明儿个早上", ["2026-03-11"]),
        ("15号", ["2026-03-15"]),
        ("下个月3号上午", ["2026-04-03"]),
        ("明年1月5日", ["2027-01-05"]),
        ("去年10月1日", ["2025-10-01"]),
        ("2026年4月5日", ["2026-04-05"]),
        ("2026-04-05 14:30", ["2026-04-05T14:30"]),
        ("3/20", ["2026-03-20"]),
        ("国庆节回来", ["2026-10-01"]),
        ("三天后", ["2026-03-13"]),
        ("5天前", ["2026-03-05"]),
        ("晚上九点后", ["21:00"]),
        ("20:00", ["20:00"]),
        ("今晚12点", ["2026-03-11T00:00"]),
        ("tonight at 8pm", ["2026-03-10T20:00"]),
        ("next friday", ["2026-03-20"]),
        ("last monday", ["2026-03-02"]),
        ("本周五主题党日改到下周一上午", ["2026-03-13", "2026-03-16"]),
        ("2月30日", []),
        ("13月1日", []),
        ("一点意见", []),
        ("两周三次", []),
        ("第3号", []),
        ("3号楼", []),
        ("明天30点", []),
    ],
)
def test_days_and_times_are_found_anywhere(typed: str, named: list[str]) -> None:
    for words in (typed, f"请问{typed}的事"):
        assert [each.iso() for each in days.find(words, NOW)] == named


def test_the_part_of_the_day_is_told_as_it_is_said() -> None:
    assert [each.part for each in days.find("明早,下周一上午,今晚,周六夜里", NOW)] == ["早上", "上午", "晚上", "晚上"]
    assert [each.iso() for each in days.find("下午", NOW)] == [""]


def test_a_text_can_be_read_without_its_days() -> None:
    words = "周五主题党日改到下周一上午"
    assert days.without(words, days.find(words, NOW), "") == "主题党日改到"


@given(st.integers(1, 28), st.integers(1, 12), st.sampled_from(["{}月{}日", "{} 月 {} 号", "{}月{}号", "2026-{:02}-{:02}"]))
def test_every_day_of_the_year_can_be_named(day: int, month: int, form: str) -> None:
    found = days.find(Said(form.format(month, day), Setting(NOW)).words, NOW)
    assert [(each.day.month, each.day.day) for each in found if each.day] == [(month, day)]


@given(st.integers(-3, 3))
def test_a_day_near_today_is_counted_from_today(ahead: int) -> None:
    word = ("大前天", "前天", "昨天", "今天", "明天", "后天", "大后天")[ahead + 3]
    (found,) = days.find(f"我{word}到", NOW)
    assert found.day == NOW.date() + timedelta(days=ahead)


@given(st.text() | st.text("明后天今下周一二三月日号点分半:-/0123456789早上午晚底初国庆节前", max_size=60))
def test_any_text_is_survived(typed: str) -> None:
    for each in days.find(typed, NOW):
        assert 0 <= each.start < each.end <= len(typed)


@pytest.mark.parametrize(
    ("typed", "past", "ahead"),
    [("3月5日", "2026-03-05", "2027-03-05"), ("1月30日", "2026-01-30", "2027-01-30"), ("11月27日", "2026-11-27", "2026-11-27")],
)
def test_of_what_is_past_a_day_without_a_year_is_the_last_one(typed: str, past: str, ahead: str) -> None:
    november = datetime(2026, 11, 27, 9, 0, tzinfo=BEIJING)
    assert [each.iso() for each in days.past(typed, november)] == [past]
    assert [each.iso() for each in days.find(typed, november)] == [ahead]


def test_a_day_soon_to_come_stays_this_years_also_of_what_is_past() -> None:
    assert [each.iso() for each in days.past("3月12日", NOW)] == ["2026-03-12"]
