"""The register of members: its fields, what makes an entry complete, and when it has to be looked at again.

Five clears (五清): reason, time, place, employer or address, and contact (RULES.md §2: Gansu's census of floating members, 光明日报
19 Nov 2024; the 2006 line has a member report the same before leaving). Three lights: 人找到、书发到、过一次组织生活 (D3).
A monthly refresh with one register a branch (一支部一台账, D4 and D5); an entry that nobody confirmed for 90 days is overdue.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

OVERDUE_DAYS = 90
"""Days after which an entry has to be confirmed again; a member tells changes of place, job, home and contact (2006 line)."""


class Field(StrEnum):
    """The columns of the register."""

    REASON = "reason"
    LEFT_ON = "left_on"
    EMPLOYER = "employer"
    PHONE = "phone"
    HOMETOWN = "hometown"
    JOINED_ON = "joined_on"
    PROBATION_UNTIL = "probation_until"
    CARD = "card"
    CARD_UNTIL = "card_until"
    HOME_BRANCH = "home_branch"
    HOST_BRANCH = "host_branch"
    RELATION = "relation"
    NOTE = "note"
    CONFIRMED_ON = "confirmed_on"
    FOUND_ON = "found_on"
    BOOKS_ON = "books_on"
    LIFE_ON = "life_on"


class How(StrEnum):
    """How something came into the register."""

    OWN = "own"
    ENTERED = "entered"
    IMPORTED = "imported"
    REPORTED = "reported"
    UNDONE = "undone"


class Clear(StrEnum):
    """One of the five that have to be clear of whoever is away."""

    REASON = "reason"
    TIME = "time"
    PLACE = "place"
    EMPLOYER = "employer"
    CONTACT = "contact"


CLEARS: Mapping[Field, Clear] = {
    Field.REASON: Clear.REASON,
    Field.LEFT_ON: Clear.TIME,
    Field.EMPLOYER: Clear.EMPLOYER,
    Field.PHONE: Clear.CONTACT,
}
"""What of the register makes which of the five clear; the place is kept elsewhere, by the member's own consent."""
LIGHTS = (Field.FOUND_ON, Field.BOOKS_ON, Field.LIFE_ON)
CONFIRMING = frozenset({*CLEARS, Field.HOST_BRANCH, Field.HOME_BRANCH})
"""Telling one of these is news of the person: the entry counts as confirmed on that day."""


def missing(held: Collection[Field], *, place: bool) -> list[Clear]:
    """Which of the five are not clear, in their order."""
    clear = {CLEARS[field] for field in held if field in CLEARS} | ({Clear.PLACE} if place else set())
    return [each for each in Clear if each not in clear]


def is_overdue(confirmed_on: date | None, today: date, days: int = OVERDUE_DAYS) -> bool:
    """Whether an entry was confirmed so many days ago or longer, or never."""
    return confirmed_on is None or (today - confirmed_on).days >= days


def confirms(how: How, fields: Collection[Field]) -> bool:
    """Whether a change is news of the person. A list that is imported is old news, unless it says when it was confirmed."""
    return how in {How.OWN, How.ENTERED, How.REPORTED} and not CONFIRMING.isdisjoint(fields)
