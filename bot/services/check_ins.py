"""Saying one is fine (报平安): voluntary, once a day, never a measure of anybody."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.language.normalise import bare
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import posting, privacy, trail
from bot.services.asking import forget_pages
from bot.services.destinations import Matter
from bot.services.people import person, sign_of_life
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.check_ins import CheckIn
from storage.keys import BranchId, ChatKey, MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

DEED = "check_in"
KEPT = timedelta(days=90)
EDIT_GAP = timedelta(seconds=15)
"""How often the day's message in a group changes at most; Telegram counts edits in its 20 a minute."""
_WEEK = timedelta(days=7)
_TODAY_IS = Text("今天报平安的 {count} 人：", "{count} checked in today:")
_NOBODY_YET = Text("今天还没有人报平安。", "Nobody has checked in today yet.")
_LAST_DAYS = Text("前几天：", "The days before: ")
_DAY = Text("{day} {count} 人", "{day}: {count}")
_LONG = Text("90 天以上没有消息的 {count} 人：", "{count} not heard of for over 90 days:")
_SHORT = Text("30 到 90 天没有消息的 {count} 人：", "{count} not heard of for 30 to 90 days:")
_LAST = Text("{who}，最近一次 {day}", "{who}, last on {day}")
_NEVER = Text("{who}，还没有过消息", "{who}, never yet")
AGAIN = Text("今天已经报过平安了，谢谢惦记。", "You have already checked in today. Thank you for thinking of us.")
UNDONE = Text("好，今天的报平安撤回了。", "Done; today's check-in is taken back.")
UNDONE_BEFORE = Text("好，昨天的报平安撤回了。", "Done; yesterday's check-in is taken back.")
ANOTHER = Text("那次报平安已经不在了，没有动别的。", "That check-in is gone already; nothing else was changed.")
TAKEN_BACK = Text("刚才的报平安撤回了。", "The check-in was taken back.")
TODAY = Text("今日报平安 {count} 人，谢谢大家。", "Checked in today: {count}. Thank you.")


async def warm(work: UnitOfWork, speakers: Sequence[tuple[BranchId, MemberId]]) -> None:
    """Fetch at once what the check-ins of several people will read."""
    day = beijing_day(work.now)
    branches = list(dict.fromkeys(branch for branch, _ in speakers))
    await work.check_ins.prefetch(((member, day) for _, member in speakers), ((branch, day) for branch in branches))
    await work.chats.prefetch_of(branches)
    await work.outbox.prefetch_planned(branches)
    await work.outbox.prefetch_slots((branch, _slot(day)) for branch in branches)


async def check_in(
    work: UnitOfWork, actor: Actor, member_id: MemberId, entered_by: MemberId | None = None, *, group: ChatKey | None = None
) -> bool:
    """Note that a member is fine today; False if that was known. Changes the day's one message in the groups.

    Said in a `group`, the number answers it there; else it begins the day's message only while the groups have heard little today.
    """
    permission = Permission.CHECK_IN if entered_by is None else Permission.ENTER_FOR_OTHERS
    require(actor, permission, Subject(work.branch_id, member_id))
    day = beijing_day(work.said_at)
    member = await work.members.get(member_id)
    if member is None or await work.check_ins.on(member_id, day) is not None:
        return False
    before = member.last_check_in.isoformat() if member.last_check_in else None
    made = work.check_ins.add(member_id, day, entered_by)
    heard = sign_of_life(work, member) if actor.member == member_id else {}
    await work.members.change(member_id, last_check_in=max(day, member.last_check_in or day), **heard)
    known = {"member": member_id, "day": day.isoformat(), "at": made.at.isoformat(), "entered_by": entered_by, "before": before}
    work.deeds.add(actor.member or member_id, DEED, known)
    if entered_by is not None:
        await trail.changed(work, actor, [member_id], Trailed.CHECK_IN)
    if day == beijing_day(work.now):
        await _tell(work, day, group)
    else:
        await _recount(work, day)
    return True


async def _tell(work: UnitOfWork, day: date, group: ChatKey | None) -> None:
    """Say the day's number in the groups, as an answer where it was asked for by checking in there."""
    count, slot, matter, good = await _count(work, day), _slot(day), Matter.TALLY, _rest_of_today(work)
    if group is not None:
        await posting.to_groups(
            work, count, priority=Priority.ANSWER, slot=slot, gap=EDIT_GAP, matter=matter, heard_in=group, good_for=good
        )
    else:
        await posting.to_groups_with_room(work, count, priority=Priority.NOTICE, slot=slot, gap=EDIT_GAP, matter=matter, good_for=good)


def _rest_of_today(work: UnitOfWork) -> timedelta:
    """How long “today” means today: a number that could not be said by then is not said."""
    midnight = datetime.combine(beijing_day(work.now) + timedelta(days=1), time(0), BEIJING)
    return midnight - work.now


async def _count(work: UnitOfWork, day: date) -> Outgoing:
    """The day's message in the branch's groups: a number, nobody's name."""
    count = await work.check_ins.count(day)
    return Outgoing(TODAY(count=count) if count else TAKEN_BACK, tally=True)


def _slot(day: date) -> str:
    return f"check-in:{day}"


async def _recount(work: UnitOfWork, day: date) -> None:
    """Put a day's message right where there is one: taking something back never says anything new."""
    await posting.change_in_groups(work, await _count(work, day), slot=_slot(day), gap=EDIT_GAP)


async def overview(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Who checked in today and when, as may be shown on a platform, then the numbers of the last days."""
    require(actor, Permission.SEE_CHECK_INS, Subject(work.branch_id))
    today = beijing_day(work.now)
    done = {each.member_id: each for each in await work.check_ins.of_day(today)}
    named, hidden = await privacy.shown(work, platform, [each for each in await work.members.present() if each.id in done])
    await trail.saw(work, actor, [each.id for each in named], Trailed.CHECK_IN)
    lines = [line(member, done[member.id]) for member in sorted(named, key=lambda member: done[member.id].at)]
    counts = await work.check_ins.counts(today - _WEEK)
    before = [today - timedelta(days=ago) for ago in range(1, 8)]
    days = [_DAY(day=Text(f"{day.month}月{day.day}日", f"{day.day} {day:%b}"), count=counts.get(day, 0)) for day in before]
    present = len(named) + hidden
    return [
        _TODAY_IS(count=present) if present else _NOBODY_YET,
        *lines,
        *([privacy.MORE(count=hidden)] if hidden else []),
        _LAST_DAYS + Text.join(days, "，", ", "),
    ]


async def unheard(work: UnitOfWork, actor: Actor, platform: str) -> list[Text]:
    """Who has not been heard of, by no deed and no contact entered, for 90 and for 30 days. Not checking in is never by itself a sign."""
    require(actor, Permission.SEE_UNHEARD, Subject(work.branch_id))
    named, hidden = await privacy.shown(work, platform, [each for each in await work.members.present() if _silent(work, each, 30)])
    await trail.saw(work, actor, [each.id for each in named], Trailed.UNHEARD)
    long = [member for member in named if _silent(work, member, 90)]
    short = [member for member in named if not _silent(work, member, 90)]
    lines = [_LONG(count=len(long)), *map(_last_heard, long)] if long else []
    lines += [_SHORT(count=len(short)), *map(_last_heard, short)] if short else []
    return [*lines, privacy.MORE(count=hidden)] if hidden else lines


def _silent(work: UnitOfWork, member: Member, days: int) -> bool:
    return member.heard_at is None or member.heard_at < work.now - timedelta(days=days)


def _last_heard(member: Member) -> Text:
    if member.heard_at is None:
        return _NEVER(who=person(member))
    return _LAST(who=person(member), day=beijing_day(member.heard_at).isoformat())


async def forget(work: UnitOfWork, actor: Actor) -> int:
    """Delete what is kept of the actor's check-ins, the last date too; answers how many days that were."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return 0
    today = beijing_day(work.now)
    kept = await work.check_ins.of(actor.member)
    await work.check_ins.forget(actor.member)
    await work.deeds.forget_about(actor.member, DEED)
    await forget_pages(work)
    await work.members.change(actor.member, last_check_in=None)
    if any(each.day == today for each in kept):
        await _recount(work, today)
    return len(kept)


def line(member: Member, each: CheckIn) -> Text:
    """One check-in in a list."""
    return Text("{time} {who}", "{time} {who}")(time=f"{each.at.astimezone(BEIJING):%H:%M}", who=person(member)) + _how(each)


def _how(each: CheckIn) -> Text:
    return Text("（补录）", " (entered)") if each.entered_by else Text("", "")


def entered(words: str) -> str | None:
    """Whether a secretary enters a check-in: the words after the name."""
    return "" if bare(words) in {"签到", "报平安", "平安", "checkin", "check in"} else None


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Take a check-in back that the actor made or entered; another one of that day stays."""
    require(actor, Permission.UNDO, Subject(work.branch_id))
    day = date.fromisoformat(data["day"])
    member = await work.members.get(data["member"])
    there = await work.check_ins.on(data["member"], day)
    if there is None or (there.at, there.entered_by) != (datetime.fromisoformat(data["at"]), data["entered_by"]):
        return ANOTHER
    work.check_ins.remove(data["member"], day)
    if member is not None and member.last_check_in == day:
        await work.members.change(member.id, last_check_in=date.fromisoformat(data["before"]) if data["before"] else None)
    await _recount(work, day)
    return UNDONE if day == beijing_day(work.now) else UNDONE_BEFORE


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is kept of the actor's check-ins: the days, by month, and which of them somebody else entered."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return []
    months: dict[str, list[Text]] = {}
    for each in await work.check_ins.of(actor.member):
        months.setdefault(f"{each.day:%Y-%m}", []).append(Text.plain(f"{each.day:%d}") + _how(each))
    return [Text.plain(f"{month}: ") + Text.join(reversed(days), " ", " ") for month, days in months.items()]
