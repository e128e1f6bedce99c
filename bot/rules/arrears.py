"""How many months in a row somebody has not paid, and what that is reason for: never more than people talking to each other.

Six months in a row without good reason count as leaving by oneself (Party Constitution, art. 9; 2008 rule, art. 13). That is not for
a program to find: the branch meeting decides and the next-higher committee approves, on the facts and with the member heard. What is
counted here is only when somebody should look. It is counted in the member's favour:

- only months that are over count, since dues are paid by the month (art. 12);
- a month without dues by decision (art. 7) has a good reason; it ends the row and what is counted begins anew after it;
- so does a month for which nothing was assessed, which is the branch's omission, one that is said to be paid and not yet looked at, and
  one that is paid where the member is (art. 9);
- a month at less than the usual is owed like any.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from bot.rules.months import after

OWED = frozenset({"due", "reduced"})
"""The states of a month that count (values of `bot.services.dues_standing.State`)."""


class Step(IntEnum):
    """What a row of months is reason for. The ladder is a design, not law (RULES.md 1.21)."""

    NONE = 0
    GENTLE = 1
    """A gentle word in private, to the member alone."""
    SECRETARY = 3
    """The secretary is told, in private."""
    TALK = 4
    """A talk (谈话) is suggested to the secretary."""
    PEOPLE = 6
    """Committee and secretary are shown it in private, with what the rule says and does not say."""


@dataclass(frozen=True, slots=True)
class Row:
    """Months in a row that are owed, the last of them the newest that is over. `since` is YYYY-MM, empty for none."""

    months: tuple[str, ...]

    @property
    def since(self) -> str:
        """The first of them."""
        return self.months[0] if self.months else ""

    @property
    def step(self) -> Step:
        """What it is reason for."""
        return max(step for step in Step if step <= len(self.months))


def in_a_row(states: Mapping[str, str], this_month: str) -> Row:
    """The months owed in a row up to the last one before `this_month`, from the state of each month (YYYY-MM)."""
    found: list[str] = []
    month = after(this_month, -1)
    while states.get(month) in OWED:
        found.append(month)
        month = after(month, -1)
    return Row(tuple(reversed(found)))
