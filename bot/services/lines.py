"""How long each platform has been out of reach, and telling the secretaries: once a day while it is, and once when it is back.

Every process of the deployment notes now and then which platforms it reaches (`bot.operations.reaching`); one that nobody has reached for
half an hour is down. What was to go there waits in the outbox meanwhile.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import beijing_day
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import consents, deployment, offered, posting
from bot.texts import Text
from storage.accounts import Account
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork

Key = tuple[str, str]
"""A platform and an instance of it."""
LONG = timedelta(minutes=30)
REMEMBERED = timedelta(days=1)
"""How long after a line was found again those are told who had heard that it was lost."""
_FACT = "lines"
_JOB_DOWN, _JOB_UP = "line_down", "line_up"

DOWN = Text(
    "{where}那边连不上了，已经 {minutes} 分钟。要发的都留着，一通就发。请让装机器人的人看看：zhibu doctor 会说怎么办。",
    "{where} cannot be reached, for {minutes} minutes now. What is to go there is kept. Please ask whoever runs the bot: "
    "zhibu doctor says what to do.",
)
DOWN_LONG = Text(
    "{where}那边还是连不上，已经 {hours} 个多小时。要发的都留着，一通就发。请催一催装机器人的人：zhibu doctor 会说怎么办。",
    "{where} still cannot be reached, for over {hours} hours. What is to go there is kept. Please remind whoever runs the bot: "
    "zhibu doctor says what to do.",
)
BACK = Text("{where}那边又通了，留着的正在发。", "{where} can be reached again; what was kept is going out.")


@dataclass(frozen=True, slots=True)
class Line:
    """The way to a platform: when it was reached last, and when it was found again after a long time."""

    seen: datetime
    back: datetime | None = None
    lost: bool = False
    """It was not reached for a long time and has not been found since."""


async def reached(work: UnitOfWork, served: Collection[Key], there: Collection[Key], *, begins: bool = False) -> None:
    """Note which of the platforms that are served can be reached now. A program that begins has still to find them: that takes its time."""
    known = await of_deployment(work)
    lines = {each: _looked(work, known.get(each, Line(work.now)), there=each in there, begins=begins) for each in served}
    if lines != known:
        rows = [[*key, each.seen.isoformat(), each.back.isoformat() if each.back else "", each.lost] for key, each in sorted(lines.items())]
        work.settings.put(_FACT, json.dumps(rows))


def _looked(work: UnitOfWork, was: Line, *, there: bool, begins: bool) -> Line:
    if there:
        return Line(work.now, work.now if was.lost else was.back)
    lost = was.lost or (not begins and work.now - was.seen > LONG)
    return Line(work.now if begins and not was.lost else was.seen, was.back, lost)


async def of_deployment(work: UnitOfWork) -> dict[Key, Line]:
    """Every line that was noted."""
    rows = json.loads(await work.settings.get(_FACT) or "[]")
    return {
        (platform, instance): Line(datetime.fromisoformat(seen), datetime.fromisoformat(back) if back else None, lost)
        for platform, instance, seen, back, lost in rows
    }


async def where_any(work: UnitOfWork, branches: Collection[BranchId]) -> Collection[BranchId]:
    """The branches that may have something to hear: all of them while a line is down or was found again lately."""
    lines = (await of_deployment(work)).values()
    return branches if any(each.lost or _is_back(work, each) for each in lines) else ()


def _is_back(work: UnitOfWork, line: Line) -> bool:
    return line.back is not None and work.now - line.back < REMEMBERED


async def tell(work: UnitOfWork, actor: Actor) -> None:
    """Tell the secretaries of this branch what concerns it: a line that is down, once a day, and that it is back, once."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    lines = await of_deployment(work)
    down = {key for key, line in lines.items() if line.lost}
    used = await _used(work)
    for key, line in lines.items():
        if key in down and key in used and await _once(work, _JOB_DOWN, key, beijing_day(work.now).isoformat()):
            await _say(work, _lost(work, key, line, lines), down, f"{_slot(key)}:{beijing_day(work.now)}")
        elif key not in down and await _is_news(work, key, line):
            await _tell_back(work, key, lines, down)


async def _tell_back(work: UnitOfWork, key: Key, lines: Mapping[Key, Line], down: Collection[Key]) -> None:
    """What still waits for the morning is not true any more; where nobody has heard of it there is nothing to say."""
    await work.outbox.drop_unsent(_slot(key))
    if await work.outbox.in_slots(_slot(key)):
        await _say(work, BACK(where=_named(key, lines)), down)


def _slot(key: Key) -> str:
    return f"line:{':'.join(key)}"[:49]


def _lost(work: UnitOfWork, key: Key, line: Line, lines: Mapping[Key, Line]) -> Text:
    minutes = int((work.now - line.seen).total_seconds() // 60)
    where = _named(key, lines)
    return DOWN(where=where, minutes=minutes) if minutes < 120 else DOWN_LONG(where=where, hours=minutes // 60)


def _named(key: Key, lines: Mapping[Key, Line]) -> Text:
    """What a platform is called; with its account where several bear the same name."""
    name = offered.named(key[0])
    alike = [each for each in lines if offered.named(each[0]) == name]
    return name if len(alike) == 1 else name + Text("（{which}）", " ({which})")(which=key[1][:20])


async def _used(work: UnitOfWork) -> set[Key]:
    """The platforms on which this branch has a group or people."""
    groups, accounts = await work.chats.of_branch(), await work.accounts.of_branch()
    return {each.key[:2] for each in groups} | {each.key[:2] for each in accounts}


async def _once(work: UnitOfWork, job: str, key: Key, occasion: str) -> bool:
    return await work.job_runs.begin(job, _occasion(work, key, occasion))


def _occasion(work: UnitOfWork, key: Key, occasion: str) -> str:
    return f"{work.branch_id}:{':'.join(key)}"[: 59 - len(occasion)] + f":{occasion}"


async def _is_news(work: UnitOfWork, key: Key, line: Line) -> bool:
    """Whether a line was found again and this branch, which had heard on that day or the one before that it was lost, has not heard it."""
    if line.back is None or not _is_back(work, line):
        return False
    days = (beijing_day(line.back), beijing_day(line.back - timedelta(days=1)))
    heard = await work.job_runs.ran([(_JOB_DOWN, _occasion(work, key, day.isoformat())) for day in days])
    return bool(heard) and await _once(work, _JOB_UP, key, line.back.strftime("%m-%dT%H:%M"))


async def _say(work: UnitOfWork, text: Text, down: Collection[Key], slot: str | None = None) -> None:
    """To every secretary, through an account of theirs that works."""
    accounts: dict[MemberId, list[Account]] = {}
    for each in await work.accounts.of_branch():
        if each.private_chat and (each.key.platform, each.key.instance) not in down:
            accounts.setdefault(each.member_id, []).append(each)
    for secretary in await work.members.holding(Role.SECRETARY.value):
        chosen = await _working(work, accounts.get(secretary.id, []))
        said = Outgoing(text, repeatable=True)
        await posting.to_member(work, secretary.id, said, priority=Priority.NOTICE, account=chosen, slot=slot)


async def _working(work: UnitOfWork, accounts: Collection[Account]) -> Account | None:
    """The account used last among those where something gets through unasked; else the one used last."""
    open_to = [each for each in accounts if await consents.may_go_abroad(work, each.member_id, each.key.platform)]
    first = [each for each in open_to if each.key.platform not in deployment.PASSIVE] or open_to
    return first[0] if first else None
