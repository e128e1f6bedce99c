"""Reminding members of dues: in private alone, gently, once a month at most, and not at all whoever does not wish it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import BEIJING, beijing_day
from bot.errors import UserError
from bot.messages import Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import dues_days
from bot.rules.months import after, month_of
from bot.rules.working_days import is_working_day
from bot.services import asking, consents, dues_policies, dues_standing, posting, privacy, trail
from bot.services.asking import Ask, Choice
from bot.services.dues_standing import OPEN, Standing, State
from bot.services.dues_table import seen_as
from bot.services.dues_words import money, told
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.accounts import Account
from storage.keys import BranchId, MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KIND, CHASE = "dues_reminder", "dues_chase"
"""Kinds of questions: under a reminder; whether reminders are sent now."""
JOB = "dues_reminder:month"
SLOT = "dues_reminder"
"""Under it, by month, the reminders in private chats."""
LIVES = timedelta(days=31)
BACK = 12
"""Months that are looked at, this one included."""
REMINDER = Text(
    "党费提一句：{months}，共 {amount}。交过了就发“已交”，组织委员核对；有难处跟组织委员说一声，也可以申请减免。"
    "我不收钱，不在群里说。不想再收到，发“党费别再提醒”。",
    "A word about dues: {months}, {amount} together. If you have paid, send “paid” and the dues keeper checks; if it is hard, tell them, "
    "one can ask for less. I take no money and say nothing in the group. For no more reminders, send “no dues reminders”.",
)
PAID = Choice(Text("已交", "paid"))
STOP = Choice(Text("不再提醒", "no reminders"))
TOO_EARLY = Text(
    "提醒只在北京时间 9 点到 20 点之间发，请到时再发“催缴”。",
    "Reminders go out between 9:00 and 20:00 Beijing time only. Please come back then.",
)


@dataclass(frozen=True, slots=True)
class Owing:
    """A member with open months, and where they would be reminded, if anywhere."""

    member: Member
    months: tuple[str, ...]
    fen: int
    account: Account | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would be reminded in a month, and who would not and why."""

    month: str
    remind: tuple[Owing, ...]
    no_chat: tuple[Member, ...]
    not_agreed: tuple[Member, ...]
    stopped: tuple[Member, ...]
    reminded: tuple[Member, ...]
    claimed: tuple[Member, ...]
    not_assessed: tuple[Member, ...]


async def preview(work: UnitOfWork, actor: Actor) -> Plan:
    """Who would be reminded now. Raises `NotAllowed`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    return await _seen(work, actor, await _plan(work))


async def _seen(work: UnitOfWork, actor: Actor, plan: Plan) -> Plan:
    groups = (plan.no_chat, plan.not_agreed, plan.stopped, plan.reminded, plan.claimed, plan.not_assessed)
    listed = [*(each.member.id for each in plan.remind), *(each.id for group in groups for each in group)]
    await trail.saw(work, actor, listed, Trailed.DUES)
    return plan


def in_daytime(work: UnitOfWork) -> bool:
    """Whether it is a time at which reminders are sent."""
    return dues_days.HOURS[0] <= work.now.astimezone(BEIJING).hour < dues_days.HOURS[1]


async def chase(work: UnitOfWork, actor: Actor) -> Plan:
    """Remind, as things are now, whoever has not been reminded this month. Raises `UserError` at night, `NotAllowed`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    if not in_daytime(work):
        raise UserError(TOO_EARLY)
    return await _send(work, await _seen(work, actor, await _plan(work)))


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches whose day it is, that keep dues and have not reminded this month."""
    local, today = work.now.astimezone(BEIJING), beijing_day(work.now)
    if not in_daytime(work) or not is_working_day(today):
        return set()
    days = await dues_policies.reminder_days(work)
    on_time = {each for each in await work.agenda.with_assessments() if dues_days.is_time(local, days.get(each, dues_days.USUAL_DAY))}
    ran = await work.job_runs.ran((JOB, _occurrence(each, today)) for each in on_time)
    return on_time - {each for each in on_time if (JOB, _occurrence(each, today)) in ran}


def _occurrence(branch: BranchId, day: date) -> str:
    return f"{branch}:{month_of(day)}"


async def remind_due(work: UnitOfWork, actor: Actor) -> Plan | None:
    """On the branch's day, once a month: remind. None at any other time."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    today = beijing_day(work.now)
    if not dues_days.is_time(work.now.astimezone(BEIJING), await dues_policies.reminder_day(work)):
        return None
    if not await work.dues_assessments.of_all(None):
        return None  # a branch that does not keep its dues here is left in peace
    if not await work.job_runs.begin(JOB, _occurrence(work.branch_id, today)):
        return None
    return await _send(work, await _plan(work))


async def _plan(work: UnitOfWork) -> Plan:
    this = month_of(beijing_day(work.now))
    members = await work.members.present()
    standings = await dues_standing.of_branch(work, after(this, 1 - BACK), this)
    known = await work.dues_reminding.all()
    claimed = {each.member_id for each in await work.dues_claims.of_state(OPEN)}
    accounts = await posting.reached_of_branch(work)
    agreed = await _agreed(work, members, accounts)
    groups: dict[str, list[Member]] = {}
    remind: list[Owing] = []
    for member in members:
        owing = _owing(member, standings[member.id], accounts.get(member.id))
        noted = known.get(member.id)
        if not owing.months:
            group = "not_assessed" if seen_as(member, standings[member.id].cells[this]) is State.NOT_ASSESSED else "settled"
        elif member.id in claimed:
            group = "claimed"
        elif noted and noted.reminded_in == this:
            group = "reminded"
        elif noted and noted.stopped_at is not None:
            group = "stopped"
        elif owing.account is None:
            group = "no_chat"
        elif member.id not in agreed:
            group = "not_agreed"
        else:
            remind.append(owing)
            continue
        groups.setdefault(group, []).append(member)
    groups.pop("settled", None)
    names = ("no_chat", "not_agreed", "stopped", "reminded", "claimed", "not_assessed")
    return Plan(this, tuple(remind), **{name: tuple(groups.get(name, ())) for name in names})


def _owing(member: Member, standing: Standing, account: Account | None) -> Owing:
    return Owing(member, tuple(cell.month for cell in standing.open), sum(cell.open for cell in standing.open), account)


async def _agreed(work: UnitOfWork, members: Sequence[Member], accounts: dict[MemberId, Account]) -> set[MemberId]:
    """Who may be written to about themselves where they are reached."""
    found: set[MemberId] = set()
    for platform in dict.fromkeys(account.key.platform for account in accounts.values()):
        here = [each for each in members if each.id in accounts and accounts[each.id].key.platform == platform]
        found |= {each.id for each in (await privacy.shown(work, platform, here))[0]}
    return found


async def _send(work: UnitOfWork, plan: Plan) -> Plan:
    """First all questions, then all letters: each kind is written by one statement, however many they are."""
    slot = f"{SLOT}:{plan.month}"
    await consents.prefetch_abroad(work, [each.member.id for each in plan.remind])
    await work.outbox.prefetch_slots([(work.branch_id, slot)])
    letters = [(each, await asking.prepare(work, each.member.id, _ask(work, each))) for each in plan.remind]
    for owing, letter in letters:
        await posting.to_member(work, owing.member.id, letter, priority=Priority.REMINDER, account=owing.account, slot=slot)
    for owing, _ in letters:
        work.dues_reminding.put(owing.member.id, reminded_in=plan.month)
    return plan


def _ask(work: UnitOfWork, owing: Owing) -> Ask:
    text = REMINDER(months=told(owing.months, beijing_day(work.now)), amount=money(owing.fen))
    return Ask(KIND, text, (PAID, STOP), LIVES, {"months": list(owing.months)}, card=True)


STOPPED = "dues_reminders"
"""The kind of a deed: no more reminders, or reminders again."""


async def stop(work: UnitOfWork, actor: Actor) -> bool:
    """No more reminders to the one who says so; False if it was so already. What is due stays due."""
    return await _switch(work, actor, on=False)


async def resume(work: UnitOfWork, actor: Actor) -> bool:
    """Reminders again; False if there were."""
    return await _switch(work, actor, on=True)


async def needless(work: UnitOfWork, member_id: MemberId) -> None:
    """A reminder that has not been sent yet is not sent any more: the member has answered, or wishes for none."""
    await work.outbox.drop_unsent(SLOT, member_id)


async def _switch(work: UnitOfWork, actor: Actor, *, on: bool) -> bool:
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("reminders are a member's")
    known = await work.dues_reminding.of(actor.member)
    if (known.stopped_at is None) == on:
        return False
    work.dues_reminding.put(actor.member, stopped_at=None if on else work.now)
    if not on:
        await needless(work, actor.member)
    work.deeds.add(actor.member, STOPPED, {"on": on})
    return True


async def undo_switch(work: UnitOfWork, actor: Actor, *, was_on: bool) -> None:
    """Take back the actor's last wish about reminders."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    if actor.member is not None:
        work.dues_reminding.put(actor.member, stopped_at=None if was_on else work.now)
