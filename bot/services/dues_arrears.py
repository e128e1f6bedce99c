"""欠缴: months in a row that somebody has not paid, told in private to those who can talk with them (RULES.md 1.21, 1.17).

Never in the group, never to anybody else, and the bot does nothing about it: what follows is for people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules.arrears import Row, Step, in_a_row
from bot.rules.months import after, month_of
from bot.services import dues_standing, posting, privacy, trail
from bot.services.dues_standing import OPEN, Standing, State
from bot.services.dues_words import Flag, told
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

BACK = 24
"""Months that are looked at."""
HEADINGS = {
    Step.SECRETARY: Text("三个月没交党费，私下问一句可能就好：", "Three months of dues open; a private word may help:"),
    Step.TALK: Text("四、五个月没交党费，建议找本人谈一次话：", "Four or five months of dues open; a talk with them is suggested:"),
    Step.PEOPLE: Text(
        "连续六个月没交党费，只给支委会和书记看，请不要外传：",
        "Six months of dues in a row open; for committee and secretary alone, please keep it to yourselves:",
    ),
}
RULE = (
    Text(
        "规定说（党章第九条、2008 年规定第十三条）：没有正当理由，连续六个月不交党费，按自行脱党处理；在这之前先要批评教育、限期改正。",
        "The rule says (Party Constitution art. 9, 2008 rule art. 13): six months in a row without good reason count as leaving by "
        "oneself; before that come criticism and a time to mend it.",
    ),
    Text(
        "规定没有说到期自动脱党。要查清是不是连续、有没有正当理由（生病、困难、联系不上、在外地交了），听本人申辩；支部大会讨论决定，报上级党组织批准。",
        "It does not say that this happens by itself. Find out whether it is in a row and without good reason (illness, hardship, out of "
        "reach, paid elsewhere), hear the member; the branch meeting decides and the higher organisation approves.",
    ),
    Text("我不作判断，也不会在群里说。", "I judge nothing and say nothing in the group."),
)
NOBODY = Text("没有连续欠缴要您看的。", "There are no months in a row that you need to see.")
_LINE = Text("{name}：{months}，{count} 个月", "{name}: {months}, {count} months")


@dataclass(frozen=True, slots=True)
class Case:
    """A member and the months in a row."""

    member: Member
    row: Row


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody is to be told in private: the heading and its lines."""

    to: Member
    heading: Text
    lines: tuple[Text, ...]


async def listed(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Who has months in a row, for committee (six and more) and secretary (three and more); never oneself."""
    require(actor, Permission.SEE_ARREARS, Subject(work.branch_id))
    least = Step.SECRETARY if actor.may(Permission.KEEP_DUES) else Step.PEOPLE
    cases = [each for each in await _cases(work) if each.row.step >= least and each.member.id != actor.member]
    await trail.saw(work, actor, [each.member.id for each in cases], Trailed.DUES)
    return await _lines(work, cases, platform)


async def climb(work: UnitOfWork, actor: Actor) -> list[Word]:
    """What has to be told now, once a month: each step once while somebody is in arrears, and not to the one it is about.

    The oldest month may be paid, or slip out of what is looked at: as long as a month that was open a month ago still is, it is the
    same arrears, and what was told of them is not told again.
    """
    require(actor, Permission.JOBS, Subject(work.branch_id))
    known, fresh = await work.dues_reminding.all(), []
    for case in await _cases(work):
        noted = known.get(case.member.id)
        before = noted.run_step if noted is not None and noted.run_since is not None and len(case.row.months) > 1 else 0
        step = int(max(before, case.row.step)) if case.row.step >= Step.SECRETARY or before else 0
        since = case.row.since if step else None
        if noted is not None and (noted.run_since, noted.run_step) == (since, step):
            continue
        if step or (noted is not None and noted.run_since is not None):
            work.dues_reminding.put(case.member.id, run_since=since, run_step=step)
        if step > before:
            fresh.append(case)
    return await _words(work, fresh)


async def _cases(work: UnitOfWork) -> list[Case]:
    """Everybody's months in a row, also where there are none."""
    this = month_of(beijing_day(work.now))
    members = await work.members.present()
    standings = await dues_standing.of_branch(work, after(this, -BACK), this)
    said = await _said(work)
    return [Case(each, in_a_row(_states(standings[each.id], said), this)) for each in members]


async def _said(work: UnitOfWork) -> set[tuple[MemberId, str]]:
    """Months that are said to be paid, also where the keeper has still to sort them out; what was only announced is not paid."""
    claims = [each for each in await work.dues_claims.of_state(OPEN) if Flag.MEANT.value not in each.flags]
    return {(each.member_id, month) for each in claims for month in each.named}


def _states(standing: Standing, said: set[tuple[MemberId, str]]) -> dict[str, str]:
    return {month: (State.CLAIMED if (standing.member_id, month) in said else cell.state).value for month, cell in standing.cells.items()}


async def _words(work: UnitOfWork, cases: Sequence[Case]) -> list[Word]:
    """Three to five months to the secretary, six to committee and secretary."""
    if not cases:
        return []
    secretaries = await work.members.holding(Role.SECRETARY.value)
    committee = await work.members.holding(Role.COMMITTEE.value)
    accounts = await posting.reached_of_branch(work)
    both = {each.id: each for each in (*secretaries, *committee)}
    found: list[Word] = []
    for step, heading in HEADINGS.items():
        for reader in secretaries if step < Step.PEOPLE else both.values():
            theirs = [each for each in cases if each.row.step is step and each.member.id != reader.id]
            if theirs:
                await trail.told(work, [reader.id], [each.member.id for each in theirs], Trailed.DUES)
                names = await _names(work, theirs, posting.platform_of(accounts.get(reader.id)))
                found.append(Word(reader, heading, (*names, *(RULE if step is Step.PEOPLE else ()))))
    return found


async def _lines(work: UnitOfWork, cases: Sequence[Case], platform: str) -> list[Text]:
    found: list[Text] = []
    for step, heading in HEADINGS.items():
        theirs = [each for each in cases if each.row.step is step]
        if theirs:
            found += [heading, *await _names(work, theirs, platform), *(RULE if step is Step.PEOPLE else ())]
    return found


async def _names(work: UnitOfWork, cases: Sequence[Case], platform: str) -> list[Text]:
    named = {each.id for each in (await privacy.shown(work, platform, [case.member for case in cases]))[0]}
    lines = [_line(work, each) for each in cases if each.member.id in named]
    hidden = len(cases) - len(lines)
    return [*lines, privacy.MORE(count=hidden)] if hidden else lines


def _line(work: UnitOfWork, case: Case) -> Text:
    return _LINE(name=person(case.member), months=told(case.row.months, beijing_day(work.now)), count=len(case.row.months))
