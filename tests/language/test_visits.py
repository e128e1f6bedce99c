"""What helpers type about the household they look after."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import visits
from bot.language.visits import ImpossibleDay, Kind

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("words", "day", "kind", "rest"),
    [
        ("送米一袋", TODAY, Kind.GIFT, "送米一袋"),
        ("昨天 陪诊", date(2026, 3, 9), Kind.CLINIC, "陪诊"),
        ("3月5日，帮工", date(2026, 3, 5), Kind.WORK, "帮工"),
        ("12月5日 辅导", date(2025, 12, 5), Kind.SCHOOL, "辅导"),
        ("2024年2月29日 串门", date(2024, 2, 29), Kind.VISIT, "串门"),
        ("2026-03-01 别的", date(2026, 3, 1), Kind.OTHER, "别的"),
        ("yesterday visit", date(2026, 3, 9), Kind.VISIT, "visit"),
        ("", TODAY, Kind.VISIT, ""),
    ],
)
def test_day_kind_and_words(words: str, day: date, kind: Kind, rest: str) -> None:
    assert visits.read(words, TODAY) == (day, kind, rest)


@pytest.mark.parametrize("words", ["2月30日 送米", "13月1日 送米", "2026-02-30", "2026-03-11 送米", "2027年1月1日 送米"])
def test_a_day_that_is_none_or_has_not_come(words: str) -> None:
    with pytest.raises(ImpossibleDay):
        visits.read(words, TODAY)


@pytest.mark.parametrize(
    ("text", "wishes", "asks"),
    [
        ("我想结对帮扶一户", True, False),
        ("我也愿意结对子", True, False),
        ("结对的事回头再说", False, False),
        ("我的结对对象是谁", False, True),
        ("我结对了哪户", False, True),
        ("谁想结对", False, False),
    ],
)
def test_sentences(text: str, wishes: bool, asks: bool) -> None:
    assert (visits.wishes(text) is not None, visits.asks_whom(text) is not None) == (wishes, asks)


@pytest.mark.parametrize(
    ("words", "rest"), [("走访 送米", "送米"), ("走访送米", "送米"), ("走访过", None), ("走访", None), ("联系过", None)]
)
def test_what_is_entered(words: str, rest: str | None) -> None:
    assert visits.entered(words) == rest


@pytest.mark.parametrize(
    ("words", "label"), [("村东李家", True), ("", False), ("41150019900101", False), ("村东头第三户姓李的那一家人家", False)]
)
def test_labels(words: str, label: bool) -> None:
    assert visits.is_label(words) is label


@given(st.text(max_size=60))
def test_any_text_is_only_text(text: str) -> None:
    try:
        day, _, _ = visits.read(text, TODAY)
    except ImpossibleDay:
        return
    assert day <= TODAY
