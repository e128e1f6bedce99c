"""`zhibu audit verify`: the log of who saw or changed what about whom, recomputed for every branch, entry by entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.clock import Clock
from bot.config import Settings
from bot.operations import opening
from bot.operations.trouble import Trouble
from storage import invariants, looking
from storage.chain import Fault
from storage.database import Database

FAULTS = {
    "gap": "an entry before it is missing",
    "altered": "it, or the order of the entries before it, was changed after it was written",
    "broken": "it does not follow the entry before it",
    "end": "the newest entry is not the one that was written last",
    "beginning": "the oldest entries are missing, and not because their three years were over",
}


@dataclass(frozen=True, slots=True)
class Chain:
    """The log of a branch: how many entries, the newest's seal, and what is wrong."""

    branch: str
    entries: int
    seal: str
    faults: Sequence[Fault]


def verify(settings: Settings, clock: Clock) -> list[Chain]:
    """The chains of all branches, as they are at one moment, beside a running program or without one. Raises `Trouble`."""
    opening.usable(settings, clock)
    if not opening.is_current(settings, clock):
        raise Trouble("the database is not of this version of the program; “zhibu migrate” or the next “zhibu run” mends that")
    with looking.snapshot(Database(settings.database.url, clock).url, clock()) as look:
        return [Chain(name, *look(partial(invariants.trail_faults, of=branch))) for branch, name in look(invariants.trails)]


def told(chains: Sequence[Chain]) -> Iterator[str]:
    """The chains in words, a line each and one for each fault."""
    if not chains:
        yield "good  nothing was seen or changed yet"
    for each in chains:
        if not each.faults:
            yield f"good  {each.branch}: {each.entries} entries, check code {each.seal[:8]}"
        yield from (f"WRONG {each.branch}: entry {fault.number}: {FAULTS[fault.kind]}" for fault in each.faults)
