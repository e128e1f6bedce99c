"""The invented branch of the tour: 56 people in some thirty cities, with some months of history. A real deployment never has it.

`load` makes it in one transaction that walks through the days: it sets the moment of its own unit of work.
"""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files

from bot.clock import BEIJING, beijing_day
from bot.language.names import latin
from bot.operations.opening import Trouble
from bot.services import browser_chat, deployment
from bot.services.consents import Purpose
from storage import maintenance
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

BRANCH = ("青石岭流动党员支部", "Qingshiling Migrant Members’ Branch")
HISTORY = 80
"""Days of check-ins."""
JOINED = timedelta(days=200)
PAST_NOTICES = (
    (71, "清明回村祭扫的同志，请提前告诉支部，村里统一备车。"),
    (54, "村卫生室体检，在家的老党员本周六上午空腹来。"),
    (38, "“七一”前走访困难党员，线索请私信书记。"),
    (27, "村里修路，回来的车请走东口。"),
)
"""Days ago, and what was announced."""


@dataclass(frozen=True, slots=True)
class _Person:
    account: str
    name: str
    roles: tuple[str, ...]
    code: int | None
    habit: float
    """How likely a check-in is on a day."""
    confirmed: int | None
    """Days since the place was confirmed."""
    silent: int
    """Days since anything was heard."""


@dataclass(frozen=True, slots=True)
class _Resident:
    person: _Person
    member: Member


def _people() -> list[_Person]:
    with files("bot.operations").joinpath("data", "sample.tsv").open(encoding="utf-8") as lines:
        return [
            _Person(
                account="" if row["id"] == "-" else row["id"],
                name=row["name"],
                roles=tuple(row["roles"].split()),
                code=None if row["code"] == "-" else int(row["code"]),
                habit=float(row["habit"]),
                confirmed=None if row["confirmed"] == "-" else int(row["confirmed"]),
                silent=int(row["silent"]),
            )
            for row in csv.DictReader(lines, delimiter="\t")
        ]


async def state(work: UnitOfWork) -> str:
    """What the database holds: `empty`, `sample` or `real`."""
    if await deployment.is_sample(work):
        return "sample"
    return "real" if await work.branches.all() else "empty"


async def load(work: UnitOfWork, *, reset: bool = False) -> bool:
    """Make the sample branch; False if it is there. With `reset` everything is deleted first. Raises `Trouble` on a real deployment."""
    found = await state(work)
    if found == "real":
        raise Trouble("this database holds a real branch, where the sample has no place; choose another file with [database] url")
    if found == "sample" and not reset:
        return False
    await maintenance.wipe(work)
    await _make(UnitOfWork(work._connection, work.now, work.new_id))
    return True
