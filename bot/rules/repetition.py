"""When a question comes back (spaced repetition), and spreading what is due so that it is never a heap.

The intervals are those of FSRS (the package fsrs) without chance and without steps of minutes: a question is answered once a day at most.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from fsrs import Card, Rating, Scheduler

Key = TypeVar("Key", bound=Hashable)

DAILY = 3
"""How many questions come back on one day at most."""
LONGEST = 180
"""Days after which a question comes back at the latest."""
SOON, LATER = 2, 3
"""Days: a wrong answer comes back within so many, a right one not before so many, so that being right always means less work."""
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question that was answered: what is remembered of it, as plain data, and after how many days it comes back."""

    state: dict[str, Any]
    days: int


def review(state: Mapping[str, Any] | None, at: datetime, *, right: bool) -> Reviewed:
    """Take an answer given at a moment (UTC) into account; `state` is None for a question that was never answered."""
    card = Card.from_dict(dict(state)) if state is not None else Card(card_id=1, due=at)  # type: ignore[arg-type]
    card, _ = _SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, at)
    days = (card.due - at).days
    return Reviewed(dict(card.to_dict()), max(LATER, days) if right else min(SOON, max(1, days)))


def spread(due: Mapping[Key, date], today: date, *, done: int = 0, limit: int = DAILY) -> dict[Key, date]:
    """The day on which each question comes back: not before it is due, at most `limit` a day, in the order in which they are due.

    What was due before today is forgiven: it takes its turn from today on. `done` of today's have been answered already.
    """
    days: dict[Key, date] = {}
    room = {today: max(0, limit - done)}
    day = today
    for key, wanted in sorted(due.items(), key=lambda each: each[1]):
        day = max(day, wanted)
        while room.setdefault(day, limit) == 0:
            day += timedelta(days=1)
        room[day] -= 1
        days[key] = day
    return days


def sound(question: Mapping[str, Any]) -> bool:
    """Whether a question can be asked: it has words, two options or more, and one of them is the answer."""
    options, answer = question.get("options"), question.get("answer")
    if not isinstance(options, list | tuple) or len(options) < 2 or not question.get("ask"):
        return False
    return isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < len(options)


def pick(due: Iterable[Key], new: Iterable[Key], wanted: int) -> Sequence[Key]:
    """Which questions are asked now: those that are due, then new ones, `wanted` at most and each once."""
    return list(dict.fromkeys([*due, *new]))[:wanted]
