"""`zhibu verify`: what has to be true of a database, looked at one by one, beside a running program or without one."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.clock import Clock
from bot.config import Settings
from bot.operations import opening
from bot.operations.trouble import Trouble
from storage import invariants, looking, maintenance
from storage.database import Database
from storage.keys import BranchId
from storage.looking import Look

_BACK_UP = "stop the bot, keep this file, and go back to the newest back-up: “zhibu restore FILE”"
_KEEPER = "enter nothing, keep this file, and compare the entry with the paper; a back-up of before shows what it was"
_KEEPER_OF_TRAIL = "keep this file: somebody wrote into the database beside the program; a back-up of before shows what it was"
_START = "the next “zhibu run” puts that right: it sends them again and says how many may arrive twice"
_KEYS = "put the key file back where “zhibu keys list” looks for it; what was altered is in a back-up of before"
_TELL = "nothing is lost by it; tell whoever looks after the program, with this table"
_OTHER_VERSION = "{} is not of this version of the program; “zhibu migrate” or the next “zhibu run” mends that"
CHECKS = {
    "file": ("SQLite finds every page and index sound", _BACK_UP),
    "references": ("every row that points to another finds it", _BACK_UP),
    "ledgers": ("every entry of the ledgers balances and follows the one before", _KEEPER),
    "trail": ("the log of who saw or changed what about whom is whole and in its order", _KEEPER_OF_TRAIL),
    "letters": ("every letter's state is known and fits what it holds; what was sent is erased", _TELL),
    "slots": ("no chat has two letters in one slot", _TELL),
    "leases": ("nothing is on its way while nothing runs", _START),
    "events": ("every event's state is known", _TELL),
    "sealed": ("every sealed value can be opened", _KEYS),
    "questions": ("open questions are put to people who are there", _TELL),
    "register": ("every entry of the register says what can be, in its member's branch", _TELL),
}
"""Every check: what is true when it is good, and what to do when it is not."""
GRAVE = frozenset({"file", "references", "ledgers"})
"""Without these a back-up is not restored."""


@dataclass(frozen=True, slots=True)
class Found:
    """One check: its name among `CHECKS`, and what is wrong, a line each."""

    check: str
    wrong: Sequence[str]


def examine(look: Look, *, sqlite: bool, running: bool) -> list[Found]:
    """Every check of a database that can be looked at. `running`: a program may have letters on their way."""
    checks = {**(invariants.SQLITE if sqlite else {}), **invariants.EVERYWHERE, **({} if running else {"leases": invariants.leases})}
    found = []
    for name, check in checks.items():
        found.append(Found(name, look(check)))
        if name == "file" and found[0].wrong:
            return found  # what a damaged file says about the rest is worth nothing
    wrong: list[str] = []
    for branch, whose, book in look(invariants.books):
        wrong += look(partial(invariants.book, of=branch, whose=whose, name=book))
    found.append(Found("trail", [line for branch, whose in look(invariants.trails) for line in _trail(look, branch, whose)]))
    return sorted([*found, Found("ledgers", wrong)], key=lambda each: list(CHECKS).index(each.check))


def _trail(look: Look, branch: BranchId, whose: str) -> list[str]:
    _, _, faults = look(partial(invariants.trail_faults, of=branch))
    return [f"{whose}, entry {each.number}: {each.kind}" for each in faults[: invariants.SHOWN]]


def verify(settings: Settings, clock: Clock) -> list[Found]:
    """Every check of the configured database, as it is at one moment. Raises `Trouble`."""
    url = Database(settings.database.url, clock).url
    path = opening.file_of(settings, clock)
    if path is None:
        opening.usable(settings, clock)
    elif not path.is_file():
        raise Trouble(f"there is no database {path}; see [database] url")
    elif not maintenance.healthy(path):
        return [Found("file", ["SQLite cannot read it, or finds it damaged"])]
    if not opening.is_current(settings, clock):
        raise Trouble(_OTHER_VERSION.format(path or "the database"))
    running = opening.running_at(settings, clock) is not None
    with looking.snapshot(url, clock(), settings.keys.file) as look:
        return examine(look, sqlite=path is not None, running=running)


def told(found: Sequence[Found]) -> Iterator[str]:
    """The checks as a table; under each that is not good what is wrong and what to do."""
    for each in found:
        means, what_next = CHECKS[each.check]
        yield f"{'WRONG' if each.wrong else 'good':<6}{each.check:<12}{means}"
        yield from (f"{'':<18}- {line}" for line in each.wrong)
        if each.wrong:
            yield f"{'':<18}What to do: {what_next}"


def as_json(found: Sequence[Found]) -> str:
    """The same for a machine."""
    checks = [{"check": each.check, "good": not each.wrong, "wrong": list(each.wrong)} for each in found]
    return json.dumps({"good": not any(each.wrong for each in found), "checks": checks}, ensure_ascii=False)
