from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import BEIJING, ImpossibleMoment, hours, moment

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=BEIJING)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "at", "rest"),
    [
        ("明天9点 开会", "2026-03-11 09:00", "开会"),
        ("今晚八点半 学习", "2026-03-10 20:30", "学习"),
        ("下周三上午10点 主题党日", "2026-03-18 10:00", "主题党日"),
        ("下下周一 交材料", "2026-03-23 09:00", "交材料"),
        ("本周一 交材料", "2026-03-09 09:00", "交材料"),
        ("周五 学习", "2026-03-13 09:00", "学习"),
        ("周一 学习", "2026-03-16 09:00", "学习"),
        ("这个周日晚上 学习", "2026-03-15 20:00", "学习"),
        ("3月8日 14:00 慰问", "2026-03-08 14:00", "慰问"),
        ("3/20 14:00 慰问", "2026-03-20 14:00", "慰问"),
        ("明年1月5日 慰问", "2027-01-05 09:00", "慰问"),
        ("2027年1月5日 慰问", "2027-01-05 09:00", "慰问"),
        ("十二月二十五日晚上七点 x", "2026-12-25 19:00", "x"),
        ("2026-03-08 14:00", "2026-03-08 14:00", ""),
        ("2026/3/8 14:00 x", "2026-03-08 14:00", "x"),
        ("2026.3.8 x", "2026-03-08 09:00", "x"),
        ("3月8日(周日)14:00 x", "2026-03-08 14:00", "x"),
        ("后天早上 集合", "2026-03-12 09:00", "集合"),
        ("大后天中午 集合", "2026-03-13 12:00", "集合"),
        ("明天下午 集合", "2026-03-11 15:00", "集合"),
        ("明天中午1点 吃饭", "2026-03-11 13:00", "吃饭"),
        ("明天中午12点半 吃饭", "2026-03-11 12:30", "吃饭"),
        ("今晚12点 x", "2026-03-11 00:00", "x"),
        ("明天24点 x", "2026-03-12 00:00", "x"),
        ("明天凌晨2点 x", "2026-03-11 02:00", "x"),
        ("明天凌晨12点 x", "2026-03-11 00:00", "x"),
        ("明天下午三点一刻 x", "2026-03-11 15:15", "x"),
        ("明天下午14点20分 x", "2026-03-11 14:20", "x"),
        ("明天晚上19点 x", "2026-03-11 19:00", "x"),
        ("明早7点 x", "2026-03-11 07:00", "x"),
        ("15号上午9点 x", "2026-03-15 09:00", "x"),
        ("下个月3号上午9点 x", "2026-04-03 09:00", "x"),
        ("半小时后 x", "2026-03-10 09:30", "x"),
        ("10分钟后x", "2026-03-10 09:10", "x"),
        ("一个半小时后 x", "2026-03-10 10:30", "x"),
        ("两小时以后 x", "2026-03-10 11:00", "x"),
        ("1.5小时后 x", "2026-03-10 10:30", "x"),
        ("3天后上午10点 x", "2026-03-13 10:00", "x"),
        ("3天后,x", "2026-03-13 09:00", "x"),
        ("tomorrow 9:00 meeting", "2026-03-11 09:00", "meeting"),
        ("Tomorrow at 9pm x", "2026-03-11 21:00", "x"),
        ("tomorrow at 12am x", "2026-03-11 00:00", "x"),
        ("tomorrow at noon x", "2026-03-11 12:00", "x"),
        ("tonight 8:30 x", "2026-03-10 20:30", "x"),
        ("tonight x", "2026-03-10 20:00", "x"),
        ("next monday 9:00 x", "2026-03-16 09:00", "x"),
        ("on friday at 3 pm x", "2026-03-13 15:00", "x"),
        ("in 10 minutes go", "2026-03-10 09:10", "go"),
        ("in half an hour go", "2026-03-10 09:30", "go"),
        ("in an hour go", "2026-03-10 10:00", "go"),
        ("9点 开会", "2026-03-10 09:00", "开会"),
        ("9点半开会", "2026-03-10 09:30", "开会"),
        ("14:00开会", "2026-03-10 14:00", "开会"),
        ("下午三点开会", "2026-03-10 15:00", "开会"),
        ("上午 开会", "2026-03-10 09:00", "开会"),
        ("　明天　９：００　全角", "2026-03-11 09:00", "全角"),
        ("明天\u200b9点\n第一行\n第二行", "2026-03-11 09:00", "第一行\n第二行"),
        ("明天9点到村委会开会", "2026-03-11 09:00", "到村委会开会"),
        ("明天 前往井冈山", "2026-03-11 09:00", "前往井冈山"),
    ],
)
def test_a_leading_time_is_split_from_the_text(typed: str, at: str, rest: str) -> None:
    found = moment(typed, NOW)
    assert found is not None
    assert (found[0].strftime("%Y-%m-%d %H:%M"), found[1]) == (at, rest)
    assert found[0].utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "typed",
    ["", "开会", "通知：明天9点开会", "一点建议", "3点意见", "3号楼停水", "早上好 大家", "上午好", "早", "三月份党费", "3月8日前交材料",
        "明天起放假",
     "明天9点到11点停水", "明天9点-11点停水", "明天之前交", "ﷺ明天", "时间9点"],
)  # fmt: skip
def test_a_text_without_a_leading_moment_has_none(typed: str) -> None:
    assert moment(typed, NOW) is None


@pytest.mark.parametrize(
    "typed",
    ["2月30日 x", "13月1日 x", "2026-02-30 9:00 x", "明天25点 x", "明天9:75 x", "明天24点30分 x", "32号上午9点 x", "999999999天后 x",
        "9999999999999天后 x",
     "五五月八日 x", "9999年12月31日24点 x", "明天999999999999点 x", "0000-01-01 x"],
)  # fmt: skip
def test_an_impossible_moment_is_never_taken_for_none(typed: str) -> None:
    with pytest.raises(ImpossibleMoment):
        moment(typed, NOW)


def test_a_day_without_a_year_belongs_to_the_next_one_only_when_long_past() -> None:
    december = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)
    assert moment("1月5日 x", december) == (datetime(2027, 1, 5, 9, tzinfo=BEIJING), "x")
    assert moment("10月5日 x", december) == (datetime(2026, 10, 5, 9, tzinfo=BEIJING), "x")
    assert moment("2月29日 x", datetime(2027, 12, 1, tzinfo=UTC)) == (datetime(2028, 2, 29, 9, tzinfo=BEIJING), "x")


def test_today_is_beijings() -> None:
    late = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
    assert moment("明天9点 x", late) == (datetime(2026, 3, 12, 9, tzinfo=BEIJING), "x")


@pytest.mark.parametrize(
    "typed",
    [
        "22-7",
        "22:00-7:00",
        "晚10点到早7点",
        "晚上十点到早上七点",
        "22 7",
        "从晚上10点到早上7点",
        "22点至7点",
        "２２－７",
        "10pm-7am",
        "22 to 7",
    ],
)
def test_a_span_of_hours_is_read(typed: str) -> None:
    assert hours(typed) == (22, 7)


@pytest.mark.parametrize(
    ("typed", "span"), [("24-7", (0, 7)), ("0-6", (0, 6)), ("25-3", None), ("22", None), ("", None), ("五五-七", None), ("22:30-7", None)]
)
def test_a_span_keeps_to_the_hours_of_a_day(typed: str, span: tuple[int, int] | None) -> None:
    assert hours(typed) == span


@given(st.integers(1, 23), st.integers(0, 59), st.sampled_from(["明天{}:{:02}", "明天 {}点{:02}分 ", "tomorrow at {}:{:02}"]))
def test_every_minute_of_a_day_can_be_named(hour: int, minute: int, form: str) -> None:
    found = moment(form.format(hour, minute) + " x", NOW)
    assert found is not None
    assert (found[0].hour, found[0].minute, found[1]) == (hour, minute, "x")


@given(st.text() | st.text("明后天今下周一二三月日号点分半:-/0123456789早上午晚 年后小时前到", max_size=30))
def test_any_text_is_survived(typed: str) -> None:
    try:
        found = moment(typed, NOW)
    except ImpossibleMoment:
        found = None
    assert found is None or typed.endswith(found[1])
    span = hours(typed)
    assert span is None or all(0 <= hour <= 23 for hour in span)
