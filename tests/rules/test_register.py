"""What makes an entry of the register complete, and when it is to be looked at again."""

from datetime import date

import pytest

from bot.rules.register import OVERDUE_DAYS, Clear, Field, How, confirms, is_overdue, missing

TODAY = date(2026, 3, 10)


def test_the_five_are_clear_by_four_fields_and_the_place() -> None:
    assert missing([], place=False) == list(Clear)
    assert missing([Field.PHONE, Field.EMPLOYER, Field.NOTE], place=True) == [Clear.REASON, Clear.TIME]
    assert missing([Field.REASON, Field.LEFT_ON, Field.EMPLOYER, Field.PHONE], place=True) == []


@pytest.mark.parametrize(("confirmed", "overdue"), [(None, True), (date(2025, 12, 10), True), (date(2025, 12, 11), False), (TODAY, False)])
def test_ninety_days_after_it_was_confirmed_an_entry_is_overdue(confirmed: date | None, overdue: bool) -> None:
    assert OVERDUE_DAYS == 90
    assert is_overdue(confirmed, TODAY) is overdue


@pytest.mark.parametrize(
    ("how", "field", "fresh"),
    [
        (How.OWN, Field.PHONE, True),
        (How.ENTERED, Field.EMPLOYER, True),
        (How.REPORTED, Field.REASON, True),
        (How.ENTERED, Field.NOTE, False),
        (How.ENTERED, Field.BOOKS_ON, False),
        (How.IMPORTED, Field.PHONE, False),
        (How.UNDONE, Field.PHONE, False),
    ],
)
def test_only_news_of_the_person_makes_an_entry_fresh(how: How, field: Field, fresh: bool) -> None:
    assert confirms(how, [field]) is fresh
