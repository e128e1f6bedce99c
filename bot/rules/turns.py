"""Whose turn it is: what is most urgent first, and among equals one branch after the other, so that a large one holds up no small one."""

from collections.abc import Hashable, Iterable
from operator import itemgetter
from typing import NamedTuple


class Waiting(NamedTuple):
    """A letter that is due. One that is not `ready` (its chat rests, or it waits for its next try) holds up those behind it."""

    id: int
    priority: int
    branch: Hashable
    chat: Hashable
    ready: bool = True
    free: bool = False
    """It uses up no budget, as a mark does not."""


_AGE = itemgetter(1, 0)
"""Urgency and number of what waits."""


class Turns:
    """Remembers which branch was served longest ago."""

    def __init__(self) -> None:
        self._served: dict[Hashable, int] = {}
        self._count = 0

    def take(self, heads: Iterable[Waiting], limit: int, *, room: int, unasked_from: int, most_unasked: int) -> list[Waiting]:
        """At most `limit` of the letters that may go now (see `heads`), in their order; the budget has `room` for so many.

        Letters of priority `unasked_from` or less urgent are those that nobody asked for: at most so many of them.
        """
        chosen: list[Waiting] = []
        used = unasked = 0
        for each in self._in_order(heads):
            if len(chosen) >= limit:
                break
            if not each.free:
                if used >= room or (each.priority >= unasked_from and unasked >= most_unasked):
                    continue
                used += 1
                unasked += each.priority >= unasked_from
            chosen.append(each)
        for each in chosen:
            self._count += 1
            self._served[each.branch] = self._count
        return chosen

    def _in_order(self, heads: Iterable[Waiting]) -> list[Waiting]:
        """By urgency; then each branch's first, its second and so on; then by how long ago the branch was served, and by age."""
        served = self._served
        turns: dict[tuple[int, Hashable], int] = {}
        placed: list[tuple[int, int, int, int, Waiting]] = []
        for each in heads:
            number, priority, branch = each[:3]
            turn = turns[priority, branch] = turns.get((priority, branch), 0) + 1
            placed.append((priority, turn, served.get(branch, 0), number, each))
        placed.sort()
        return [each for *_, each in placed]


def heads(waiting: Iterable[Waiting]) -> list[Waiting]:
    """The first letter of each chat, by urgency and age, where that one is ready; and what is free, since marks need no order."""
    seen: set[Hashable] = set()
    first = []
    for each in sorted(waiting, key=_AGE):
        if each.free:
            if each.ready:
                first.append(each)
        elif each.chat not in seen:
            seen.add(each.chat)
            if each.ready:
                first.append(each)
    return first
