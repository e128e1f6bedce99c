from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.language import contexts, proxies
from bot.language.checkin_words import day
from bot.language.said import Setting
from bot.language.understanding import understand

AT = clock.parsed("2026-03-10T09:00")
HERE, GROUP = Setting(AT), Setting(AT, in_group=True)
TODAY = date(2026, 3, 10)
NAMES = st.sampled_from(["李小山", "周海", "陈立夏", "吴芳", "欧阳明月", "阿依古丽·买买提"])
SIGNS = st.sampled_from(["签到", "打卡", "报平安", "签个到", "打个卡", "報平安", "簽到"])
DOINGS = st.sampled_from(["签到", "签个到", "打个卡", "报个平安", "打卡"])


@pytest.mark.parametrize(
    "said",
    [
        "报平安，我很好",
        "今天平安",
        "平安，刚下夜班",
        "一切都好，签到",
        "签到！早上好",
        "簽到",
        "一切平安。",
        "平安 佛山这边下雨",
        "我没事，一切都好",
        "all good",
    ],
)
def test_who_says_that_they_are_fine_checks_in(said: str) -> None:
    assert understand(said, HERE).intent == "checkin"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "！！",
        "你签到了吗",
        "今天没签到",
        "必须签到",
        "平安夜快乐",
        "祝大家平安",
        "谁还没报平安",
        "签到表发我一下",
        "平安，" + "长" * 100,
    ],
)
def test_talk_about_it_is_none(said: str) -> None:
    assert understand(said, HERE).intent != "checkin"


@given(
    st.sampled_from(["", "我来", "俺来", "书记好，", "早上好，", "今天", "现在", "先", "嗯，"]),
    SIGNS,
    st.sampled_from(["", "了", "啦", "哈", "一下", "！！", "😊", "，谢谢", "，大家辛苦"]),
    st.booleans(),
)
def test_a_check_in_stays_one_in_any_spacing(before: str, sign: str, after: str, apart: bool) -> None:
    said = before + (" ".join(sign) if apart else sign) + after
    found = understand(said, HERE)
    assert (found.intent, found.slots) == ("checkin", {})


@given(st.lists(NAMES, min_size=1, max_size=3, unique=True), st.sampled_from("、,， "), st.sampled_from(["", "也到了", "都到了", "，谢谢"]))
def test_those_for_whom_it_is_are_named(names: list[str], comma: str, after: str) -> None:
    found = understand(f"代签到：{comma.join(names)}{after}", HERE)
    assert (found.intent, found.slots) == ("checkin", {"for": names})


@given(NAMES, DOINGS, st.sampled_from(["帮{}{}", "替{}{}", "给{}{}", "{}让我帮他{}", "{}没信号，我替他{}", "我和{}{}"]))
def test_somebody_is_checked_in_in_many_wordings(name: str, doing: str, wording: str) -> None:
    found = understand(wording.format(name, doing), HERE)
    assert (found.intent, found.slots) == ("checkin", {"for": [name]})


def test_who_is_only_he_is_asked_back() -> None:
    assert understand("帮他签个到", HERE).slots == {"needs_clarify": True}


@given(st.integers(1, 20), st.sampled_from(["补签{}的", "{}忘了签到，补一下", "补{}的签到", "{}忘打卡了"]))
def test_a_day_that_was_missed_is_its_date(ago: int, wording: str) -> None:
    missed = TODAY - timedelta(days=ago)
    found = understand(wording.format(f"{missed.month}月{missed.day}日"), HERE)
    assert found.intent == "checkin"
    assert found.slots == {"date": missed.isoformat(), "late": True}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("昨天", date(2026, 3, 9)), ("前天", date(2026, 3, 8)), ("大前天", date(2026, 3, 7)), ("周一", date(2026, 3, 9)),
        ("上周五", date(2026, 3, 6)), ("上周一", date(2026, 3, 2)), ("3.8", date(2026, 3, 8)), ("8号", date(2026, 3, 8)),
        ("十二月三十日", date(2025, 12, 30)), ("今天", None), ("3月10日", None), ("3月12日", None), ("2月30日", None), ("", None),
    ],
)  # fmt: skip
def test_only_a_day_that_has_passed_is_one(words: str, meant: date | None) -> None:
    assert day(words, TODAY) == meant


@pytest.mark.parametrize("said", ["到", "到了", "在的", "1", "+1", "来了", "here", "到！", "Ｄ"])
def test_a_bare_word_answers_a_roll_call_and_nothing_else(said: str) -> None:
    assert understand(said, Setting(AT, in_group=True, context=contexts.ROLL_CALL)).intent == "checkin"
    assert understand(said, GROUP).intent != "checkin"


@pytest.mark.parametrize(
    "words", ["替我签到", "帮大家签到", "帮忙签到", "代签到：今天天气真好啊大家", "李小山签到", "替你签到" * 30, "周海替我签到了"]
)
def test_who_is_nobody_is_not_named(words: str) -> None:
    assert not proxies.names(words)


@given(st.text("签到打卡替帮给我他、, 和了李小山周海补昨天报平安", max_size=90))
def test_no_mixture_breaks_it(said: str) -> None:
    assert understand(said, HERE) == understand(said, HERE)
