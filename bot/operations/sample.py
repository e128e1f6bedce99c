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
from bot.operations import sample_dues, sample_register
from bot.operations.trouble import Trouble
from bot.services import browser_chat, deployment
from bot.services.consents import Purpose
from storage import maintenance
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

BRANCH = ("青石岭流动党员支部", "Qingshiling Migrant Members’ Branch")
HISTORY = 80
"""Days of check-ins."""
PLAYED = 4
"""Days that `story` plays, so that nobody of the tour checks in on them before."""
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
    today = work.now
    await _make(work, random.Random(1))  # noqa: S311  habits of invented people
    work.now = today
    return True


async def _make(work: UnitOfWork, chance: random.Random) -> None:
    today = work.now
    work.now = today - JOINED
    work.settings.put("sample", "yes")
    branch = work.branches.add(*BRANCH)
    work.enter(branch.id)
    work.chats.bind(browser_chat.chat_key(browser_chat.group_chat(branch.id)), BRANCH[0])
    residents = [_Resident(each, work.members.add(each.name, latin(each.name), each.roles)) for each in _people()]
    for resident in residents:
        await _settle(work, resident, today, chance)
    last = await _check_ins(work, residents, today, chance)
    await _notices(work, residents, today, chance)
    for resident in residents:
        await _heard(work, resident, today, last.get(resident.member.id), chance)
    await sample_dues.make(work, [each.member for each in residents], today)
    await sample_register.make(work, [each.member for each in residents], today)


async def _settle(work: UnitOfWork, resident: _Resident, today: datetime, chance: random.Random) -> None:
    """Give somebody of the tour an account, and those who agreed a place."""
    person, member = resident.person, resident.member
    work.now = today - JOINED + timedelta(hours=chance.uniform(1, 200))
    if person.account:
        key = browser_chat.account_key(person.account)
        work.accounts.bind(key, member.id, browser_chat.private_chat(person.account))
        if "secretary" in person.roles:
            await work.accounts.change(key, introduced_at=work.now)
    if person.code is not None and person.confirmed is not None:
        work.consents.put(member.id, Purpose.LOCATION.value, given=True)
        confirmed = today - timedelta(days=person.confirmed, hours=chance.uniform(0, 12))
        work.places.put(member.id, person.code, confirmed)


async def _check_ins(work: UnitOfWork, residents: Sequence[_Resident], today: datetime, chance: random.Random) -> dict[MemberId, datetime]:
    """Walk through the days up to yesterday; answers when each checked in last."""
    last: dict[MemberId, datetime] = {}
    for ago in range(HISTORY, 0, -1):
        day = beijing_day(today) - timedelta(days=ago)
        for resident in residents:
            person = resident.person
            if chance.random() >= person.habit or ago <= person.silent or (ago <= PLAYED and person.account):
                continue
            work.now = datetime.combine(day, time(chance.randint(7, 21), chance.randint(0, 59)), BEIJING)
            work.check_ins.add(resident.member.id, day)
            last[resident.member.id] = work.now
    return last


async def _notices(work: UnitOfWork, residents: Sequence[_Resident], today: datetime, chance: random.Random) -> None:
    author = next(each.member.id for each in residents if "secretary" in each.person.roles)
    for ago, text in PAST_NOTICES:
        work.now = today - timedelta(days=ago)
        notice = await work.notices.add(author, text, "open", work.now)
        work.notices.change(notice, nudged_at=work.now + timedelta(days=1))
        for resident in residents:
            if ago > resident.person.silent and chance.random() < 0.55 + resident.person.habit / 2:
                work.now = today - timedelta(days=ago) + timedelta(minutes=chance.randint(1, 1400))
                await work.notices.read(notice.id, resident.member.id)


async def _heard(work: UnitOfWork, resident: _Resident, today: datetime, last: datetime | None, chance: random.Random) -> None:
    """Note when each was heard of last: by a check-in, or – the quiet ones – so many days ago; one never was."""
    person = resident.person
    silent = today - timedelta(days=person.silent, hours=chance.uniform(1, 20))
    heard: datetime | None = silent if person.silent else last or today - timedelta(days=chance.randint(3, 25))
    if person.habit == 0:
        heard = None
    checked = last or (silent if person.silent > HISTORY and person.habit else None)
    await work.members.change(resident.member.id, heard_at=heard, last_check_in=beijing_day(checked) if checked else None)


async def readers(work: UnitOfWork) -> None:
    """Let a good part of those without an account here read the newest announcement, as if elsewhere; nobody is nudged about it."""
    work.enter((await work.branches.all())[0].id)
    notice = (await work.notices.of_state("open"))[0]
    chance = random.Random(notice.number)  # noqa: S311  habits of invented people
    here = {account.member_id for account in await work.accounts.of_branch()}
    for member in await work.members.present():
        if member.id not in here and chance.random() < 0.6:
            await work.notices.read(notice.id, member.id)
    work.notices.change(notice, nudged_at=work.now)
