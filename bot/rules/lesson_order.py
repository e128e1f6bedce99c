"""Which lesson comes when: what the curator asked for, what is dated, then what was not sent yet; nothing twice before everything else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to choose from. `order` holds all ids in their usual order, `dated` the days of those that are for one."""

    order: Sequence[str]
    dated: Mapping[str, date] = field(default_factory=dict)
    sent: Mapping[str, datetime] = field(default_factory=dict)
    queue: Sequence[str] = ()
    left_out: Sequence[str] = ()
    wanted: Mapping[date, str] = field(default_factory=dict)
    """What the curator wants on one day."""


def arranged(stock: Stock, days: Sequence[date]) -> list[tuple[date, str]]:
    """A lesson for each day, as long as there are some: for the wanted one, then the queue, then the day's own, then the next unsent.

    A lesson for a day still to come waits for it. When all were sent, the one that was sent longest ago is next.
    """
    known, out = set(stock.order), set(stock.left_out)
    queue = [each for each in dict.fromkeys(stock.queue) if each in known]
    unsent = [each for each in stock.order if each not in stock.sent and each not in out]
    again = sorted((each for each in stock.order if each in stock.sent and each not in out), key=lambda each: stock.sent[each])
    rest = unsent + again
    made: list[tuple[date, str]] = []
    for day in days:
        chosen = _chosen(stock, day, queue, rest)
        if chosen is None:
            continue
        made.append((day, chosen))
        queue = [each for each in queue if each != chosen]
        rest = [each for each in rest if each != chosen] + ([chosen] if chosen not in out else [])
    return made


def _chosen(stock: Stock, day: date, queue: Sequence[str], rest: Sequence[str]) -> str | None:
    wanted = stock.wanted.get(day)
    if wanted is not None and wanted in stock.order:
        return wanted
    if queue:
        return queue[0]
    own = [each for each in rest if stock.dated.get(each) == day and each not in stock.sent]
    return next(iter([*own, *(each for each in rest if stock.dated.get(each, day) <= day)]), None)


def moved(ids: Sequence[str], place: int, to: int) -> list[str]:
    """The ids with the one at a place (from 0) put at another."""
    left = [each for number, each in enumerate(ids) if number != place]
    return [*left[:to], ids[place], *left[to:]]
