"""Whose turn it is among letters that wait."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.turns import Turns, Waiting, heads

ANSWER, NOTICE = 1, 2


def _take(waiting: list[Waiting], limit: int = 100, most_unasked: int = 100, turns: Turns | None = None) -> list[int]:
    return [each.id for each in (turns or Turns()).take(heads(waiting), limit, room=limit, unasked_from=NOTICE, most_unasked=most_unasked)]


def test_an_answer_goes_before_a_lesson_that_waits_longer() -> None:
    assert _take([Waiting(1, NOTICE, "a", "c1"), Waiting(2, ANSWER, "a", "c2")]) == [2, 1]


def test_one_letter_of_a_chat_and_of_it_the_most_urgent_and_oldest() -> None:
    assert _take([Waiting(1, NOTICE, "a", "c"), Waiting(3, ANSWER, "a", "c"), Waiting(2, ANSWER, "a", "c")]) == [2]


def test_a_letter_that_is_not_ready_holds_up_its_chat_and_no_other() -> None:
    waiting = [Waiting(1, ANSWER, "a", "c", ready=False), Waiting(2, NOTICE, "a", "c"), Waiting(3, NOTICE, "a", "d")]
    assert _take(waiting) == [3]


def test_fifty_marks_in_one_group_go_together_and_with_its_message() -> None:
    marks = [Waiting(number, ANSWER, "a", "c", free=True) for number in range(50)]
    assert _take([*marks, Waiting(60, ANSWER, "a", "c"), Waiting(61, ANSWER, "a", "c")]) == [*range(50), 60]


def test_a_message_that_has_to_wait_holds_up_no_mark() -> None:
    assert _take([Waiting(1, ANSWER, "a", "c", ready=False), Waiting(2, ANSWER, "a", "c", free=True)]) == [2]


def test_a_branch_with_three_letters_does_not_wait_for_one_with_a_hundred() -> None:
    large = [Waiting(number, NOTICE, "large", f"l{number}") for number in range(100)]
    small = [Waiting(1000 + number, NOTICE, "small", f"s{number}") for number in range(3)]
    assert _take(large + small, limit=6) == [0, 1000, 1, 1001, 2, 1002]


def test_the_branches_take_turns_over_many_rounds_although_the_first_letters_are_always_the_same_branches() -> None:
    waiting = [Waiting(branch * 1000 + number, NOTICE, branch, (branch, number)) for branch in range(10) for number in range(20)]
    turns, served = Turns(), list[int]()
    while waiting:
        taken = set(_take(waiting, limit=3, turns=turns))
        served += [each.branch for each in waiting if each.id in taken]  # type: ignore[misc]
        waiting = [each for each in waiting if each.id not in taken]
    assert all(abs(served[:75].count(one) - served[:75].count(other)) <= 1 for one, other in pairwise(range(10)))


def test_what_nobody_asked_for_takes_no_more_than_its_share() -> None:
    waiting = [Waiting(number, NOTICE, number, number) for number in range(10)] + [Waiting(50, ANSWER, 1, "x")]
    assert _take(waiting, most_unasked=2) == [50, 0, 1]
    assert _take(waiting, most_unasked=0) == [50]


letters = st.lists(
    st.builds(Waiting, st.integers(0, 10_000), st.integers(0, 4), st.integers(0, 3), st.integers(0, 8), st.booleans(), st.just(False)),
    max_size=30,
    unique_by=lambda each: each.id,
)


@settings(max_examples=60)
@given(letters, st.integers(0, 12), st.integers(0, 12))
def test_never_two_of_a_chat_nor_more_than_allowed_nor_less_urgent_first(waiting: list[Waiting], limit: int, most: int) -> None:
    taken = Turns().take(heads(waiting), limit, room=limit, unasked_from=NOTICE, most_unasked=most)
    assert len(taken) <= limit
    assert len({each.chat for each in taken}) == len(taken)
    assert sum(each.priority >= NOTICE for each in taken) <= most
    assert [each.priority for each in taken] == sorted(each.priority for each in taken)
    for each in taken:
        ahead = [other for other in waiting if other.chat == each.chat and (other.priority, other.id) < (each.priority, each.id)]
        assert each.ready
        assert not ahead


def test_no_more_are_taken_than_there_are_places_and_marks_use_up_no_room() -> None:
    letters = [Waiting(id=number, priority=1, branch=number, chat=number) for number in range(3)]
    marks = [Waiting(id=number, priority=1, branch=number, chat=number, free=True) for number in range(3, 6)]
    taken = Turns().take(heads([*letters, *marks]), 2, room=9, unasked_from=NOTICE, most_unasked=9)
    assert [each.id for each in taken] == [0, 1]
    taken = Turns().take(heads([*letters, *marks]), 9, room=1, unasked_from=NOTICE, most_unasked=9)
    assert [each.id for each in taken] == [0, 3, 4, 5]
    assert _take([Waiting(1, ANSWER, "a", "c1", ready=False, free=True), Waiting(2, ANSWER, "a", "c1")]) == [2]
