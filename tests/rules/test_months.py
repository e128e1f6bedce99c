"""Months counted and put in a row."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.rules import months

MONTHS = st.integers(1900 * 12, 2200 * 12).map(months.of_index)


@given(MONTHS, st.integers(-500, 500))
def test_counting_on_and_back_meets(month: str, count: int) -> None:
    assert months.after(months.after(month, count), -count) == month
    assert months.index(months.after(month, count)) - months.index(month) == count


def test_a_span_holds_both_ends() -> None:
    assert months.span("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months.span("2026-02", "2025-11") == []
    assert months.month_of(date(2026, 3, 31)) == "2026-03"
