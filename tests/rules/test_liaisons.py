"""Who fits whom, and what is due."""

from datetime import date

import pytest

from bot.rules.liaisons import Reason, Somebody, is_due, suggest


def test_most_in_common_goes_first_then_whoever_has_fewest() -> None:
    liaisons = [Somebody(1, city=440300), Somebody(2, city=230100, group=7), Somebody(3)]
    people = [Somebody(11, city=440300), Somebody(12, group=7, city=230100), Somebody(13)]
    found = {each.member: (each.liaison, each.reasons) for each in suggest(people, liaisons, {1: 0, 2: 2, 3: 1}, 3)}
    assert found == {11: (1, (Reason.CITY,)), 12: (2, (Reason.GROUP, Reason.CITY)), 13: (1, (Reason.FEWEST,))}


def test_nobody_is_put_over_the_cap_to_themselves_or_to_whom_they_declined() -> None:
    assert suggest([Somebody(1), Somebody(11)], [Somebody(1)], {1: 0}, 3, {(11, 1)}) == []
    assert len(suggest([Somebody(each) for each in range(10, 20)], [Somebody(1), Somebody(2)], {1: 2}, 3)) == 4


def test_five_hundred_get_the_same_answer_each_time() -> None:
    people = [Somebody(each, city=each % 7, hometown=440000 + each % 900, group=each % 11) for each in range(1000, 1500)]
    liaisons = [Somebody(each, city=each % 7, hometown=440000 + each % 900, group=each % 11) for each in range(170)]
    found = suggest(people, liaisons, {}, 3)
    assert len(found) == 500
    assert found == suggest(people, liaisons, {}, 3)


@pytest.mark.parametrize(
    ("last", "since", "today", "a_year", "due"),
    [
        (None, date(2026, 3, 1), date(2026, 3, 20), 1, False),
        (None, date(2026, 3, 1), date(2026, 3, 31), 1, True),
        (date(2026, 3, 1), date(2025, 1, 1), date(2026, 12, 31), 1, False),
        (date(2025, 12, 20), date(2025, 1, 1), date(2026, 11, 1), 1, True),
        (date(2026, 1, 5), date(2025, 1, 1), date(2026, 6, 10), 2, True),
        (None, date(2020, 1, 1), date(2026, 3, 1), 0, False),
    ],
)
def test_what_is_due(last: date | None, since: date, today: date, a_year: int, due: bool) -> None:
    assert is_due(last, since, today, a_year) is due
