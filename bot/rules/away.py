"""How long away is long, and what follows from it. Dated, with the source of each number (RULES.md §2)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scope(StrEnum):
    """Beyond what somebody goes, seen from their home town."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class AwayPolicy:
    """What holds from a day on. `months` at a fixed place: the membership moves; `letter` is its validity in days."""

    effective_from: date
    months: int
    letter: int
    again: int
    """Months after which somebody who did not want to move it is asked once more: ours, not a rule."""


POLICIES = (AwayPolicy(date(2019, 5, 6), months=6, letter=90, again=3),)
"""The oldest first. 条例 (2019) art. 25; the letter's days differ from source to source, so the branch may set its own."""


def policy(day: date) -> AwayPolicy:
    """What holds on a day; before the first, the first."""
    return next((each for each in reversed(POLICIES) if each.effective_from <= day), POLICIES[0])


def later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_long(leave_on: date, until: date | None, *, lasting: bool, today: date) -> bool | None:
    """Whether somebody is away so long that the membership should move; None where they did not say for how long."""
    least = later(leave_on, policy(today).months)
    if lasting or today >= least:
        return True
    return None if until is None else until >= least
