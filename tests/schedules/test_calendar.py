"""Days on which calendars go wrong: midnight, the month's and the year's end, the leap day, and the working days around New Year."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.clock import BEIJING
from bot.rules import dues_days
from bot.rules.study_schedule import Schedule
from tests.dialogue import Dialogue
from tests.dues_books import assess

HEAD = "【三分钟党课】"


def _at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BEIJING).astimezone(UTC)  # type: ignore[misc,arg-type]


async def test_lessons_keep_the_working_days_that_were_moved_for_spring_festival(study: Dialogue) -> None:
    study.now = _at(2026, 2, 12, 8)
    await study.pass_time(seconds=0)
    days = []
    for day in range(18):
        study.now = _at(2026, 2, 13, 8) + timedelta(days=day)
        seen = await study.pass_time(seconds=0)
        days += [study.now.astimezone(BEIJING).day for text in study.in_group(seen) if HEAD in text]
    assert days == [13, 14, 24, 25, 26, 27, 28, 2]


async def test_after_a_stop_over_spring_festival_only_working_days_were_missed(study: Dialogue) -> None:
    study.now = _at(2026, 2, 13, 8)
    await study.pass_time(seconds=0)
    study.now = _at(2026, 2, 25, 6)
    await study.pass_time(seconds=0)
    study.now = _at(2026, 2, 25, 8)
    seen = await study.pass_time(seconds=0)
    assert len([text for text in study.in_group(seen) if HEAD in text]) == 1
    assert "有 2 天的党课没发" in study.to("王秀英", seen)[0]


async def test_a_check_in_belongs_to_the_day_in_beijing_to_the_second(chat: Dialogue) -> None:
    chat.now = _at(2026, 2, 28, 23, 59, 59)
    assert "今日报平安 1 人" in chat.in_group(await chat.group("李小山", "签到"))[0]
    chat.now = _at(2026, 3, 1, 0, 0, 0)
    assert "今日报平安 1 人" in chat.in_group(await chat.group("李小山", "签到"))[0]


@pytest.mark.parametrize(
    ("year", "month", "day", "due"),
    [
        (2026, 2, 16, date(2026, 2, 24)),  # the festival is over on the 24th
        (2027, 2, 29, date(2027, 2, 26)),
        (2028, 2, 29, date(2028, 2, 29)),
        (2028, 2, 31, date(2028, 2, 29)),
        (2026, 12, 31, date(2026, 12, 31)),
    ],
)
def test_the_day_of_reminding_is_worked_and_within_its_month(year: int, month: int, day: int, due: date) -> None:
    assert dues_days.reminding_day(year, month, day) == due


def test_a_schedule_knows_the_leap_day_and_goes_over_the_years_end() -> None:
    working = Schedule()
    assert working.coming(_at(2028, 2, 28, 8), 2) == [date(2028, 2, 29), date(2028, 3, 1)]
    assert working.latest(_at(2028, 3, 1, 7, 29)).date() == date(2028, 2, 29)
    assert working.between(date(2025, 12, 30), date(2026, 1, 6)) == [date(2025, 12, 31), date(2026, 1, 4), date(2026, 1, 5)]


async def test_over_the_leap_day_dues_are_reminded_once_and_the_month_is_the_right_one(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2028-02")
    told = []
    for day in range(3, 16):
        chat.now = _at(2028, 2, 28, 9) + timedelta(days=day - 1)
        told += [text for text in chat.to("周海", await chat.pass_time(seconds=0)) if "党费" in text]
    assert len(told) == 1
    assert "2–3月，共 40 元" in told[0]
