"""Spaced repetition: intervals grow, wrong ones come back soon, and nothing is ever a heap."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.repetition import DAILY, LONGEST, pick, review, sound, spread

AT = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DUE = st.dictionaries(st.text(max_size=5), st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days)), max_size=60)


def test_right_answers_space_out_and_a_wrong_one_brings_it_back_soon() -> None:
    state, at, days = None, AT, []
    for right in (True, True, True, False, True):
        reviewed = review(state, at, right=right)
        state, at = reviewed.state, at + timedelta(days=reviewed.days)
        days.append(reviewed.days)
    assert days[0] < days[1] < days[2]
    assert days[3] < days[1]
    assert review(None, AT, right=False).days == 1


@given(st.lists(st.booleans(), max_size=12))
def test_a_right_answer_is_farther_away_than_a_wrong_one_whatever_was_before(before: list[bool]) -> None:
    state, at = None, AT
    for right in before:
        reviewed = review(state, at, right=right)
        state, at = reviewed.state, at + timedelta(days=reviewed.days)
    assert review(state, at, right=True).days > review(state, at, right=False).days


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.integers(0, 500))
def test_the_same_answers_give_the_same_days_and_none_is_lost_for_good(answers: list[bool], late: int) -> None:
    def days() -> list[int]:
        state, at, all_days = None, AT, []
        for right in answers:
            reviewed = review(state, at, right=right)
            state, at = reviewed.state, at + timedelta(days=reviewed.days + late)
            all_days.append(reviewed.days)
        return all_days

    assert days() == days()
    assert all(1 <= each <= LONGEST for each in days())


@given(DUE, st.integers(0, 5), st.integers(1, 5))
def test_spreading_loses_none_and_never_passes_the_limit_or_the_order(due: dict[str, date], done: int, limit: int) -> None:
    days = spread(due, TODAY, done=done, limit=limit)
    assert days.keys() == due.keys()
    counts = Counter(days.values())
    assert all(count <= limit for count in counts.values())
    assert counts[TODAY] <= max(0, limit - done)
    assert all(days[key] >= max(due[key], TODAY) for key in due)
    in_order = [days[key] for key in sorted(due, key=lambda key: due[key])]
    assert in_order == sorted(in_order)


@given(DUE)
def test_spreading_again_changes_nothing(due: dict[str, date]) -> None:
    once = spread(due, TODAY)
    assert spread(once, TODAY) == once


def test_sixty_days_away_with_forty_due_is_three_today_and_three_on_each_day_after() -> None:
    due = {number: TODAY - timedelta(days=60 - number) for number in range(40)}
    days = spread(due, TODAY)
    assert [number for number, day in days.items() if day == TODAY] == [0, 1, 2]
    assert Counter(days.values())[TODAY + timedelta(days=12)] == DAILY
    assert max(days.values()) == TODAY + timedelta(days=13)


GOOD = {"ask": "一年交几次？", "options": ["1", "12"], "answer": 1}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (GOOD, True),
        ({**GOOD, "answer": None}, False),
        ({**GOOD, "answer": 2}, False),
        ({**GOOD, "answer": -1}, False),
        ({**GOOD, "answer": True}, False),
        ({**GOOD, "answer": "B"}, False),
        ({**GOOD, "options": ["1"]}, False),
        ({**GOOD, "options": None}, False),
        ({**GOOD, "ask": ""}, False),
        ({}, False),
    ],
)
def test_a_question_without_a_right_answer_is_none(question: dict[str, object], asked: bool) -> None:
    assert sound(question) is asked


def test_what_is_due_goes_before_what_is_new() -> None:
    assert pick(["a", "b"], ["b", "c", "d"], 3) == ["a", "b", "c"]
