"""Months in a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.arrears import OWED, Step, in_a_row
from bot.rules.months import after

STATES = ["paid", "claimed", "due", "reduced", "exempt", "elsewhere", "not_assessed"]


def _states(said: str, last: str = "2026-06") -> dict[str, str]:
    """p c d r x e n, a letter a month, the last of them `last`."""
    letters = dict(zip("pcdrxen", STATES, strict=True))
    return {after(last, at - len(said) + 1): letters[letter] for at, letter in enumerate(said)}


@pytest.mark.parametrize(
    ("said", "count", "step"),
    [
        ("", 0, Step.NONE),
        ("pppppp", 0, Step.NONE),
        ("pppppd", 1, Step.GENTLE),
        ("ppppdd", 2, Step.GENTLE),
        ("pppddd", 3, Step.SECRETARY),
        ("pppdrd", 3, Step.SECRETARY),
        ("ppdddd", 4, Step.TALK),
        ("pddddd", 5, Step.TALK),
        ("dddddd", 6, Step.PEOPLE),
        ("ddddddddd", 9, Step.PEOPLE),
        ("dddddp", 0, Step.NONE),
        ("dddpdd", 2, Step.GENTLE),
        ("dddxdd", 2, Step.GENTLE),
        ("dddedd", 2, Step.GENTLE),
        ("dddndd", 2, Step.GENTLE),
        ("dddcdd", 2, Step.GENTLE),
        ("dddddc", 0, Step.NONE),
    ],
)
def test_only_months_owed_without_a_break_count(said: str, count: int, step: Step) -> None:
    row = in_a_row(_states(said), "2026-07")
    assert (len(row.months), row.step) == (count, step)
    assert row.since == (row.months[0] if count else "")


def test_the_month_that_runs_does_not_count_yet() -> None:
    assert in_a_row(_states("pppddd"), "2026-06").months == ("2026-04", "2026-05")


@given(st.lists(st.sampled_from(STATES), max_size=30))
def test_a_row_is_the_longest_end_of_months_owed(states: list[str]) -> None:
    by_month = {after("2026-06", at - len(states) + 1): state for at, state in enumerate(states)}
    row = in_a_row(by_month, "2026-07")
    assert all(by_month[month] in OWED for month in row.months)
    assert [after(month) for month in row.months[:-1]] == list(row.months[1:])
    if row.months:
        assert row.months[-1] == "2026-06"
    before = after(row.since or "2026-07", -1)
    assert by_month.get(before) not in OWED


@given(st.lists(st.sampled_from(STATES), max_size=20), st.sampled_from(sorted(set(STATES) - OWED)))
def test_any_month_that_is_settled_begins_the_count_anew(states: list[str], settled: str) -> None:
    by_month = {after("2026-06", at - len(states)): state for at, state in enumerate(states)} | {"2026-06": settled}
    assert in_a_row(by_month, "2026-07").step is Step.NONE
