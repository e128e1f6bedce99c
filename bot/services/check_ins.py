"""Saying one is fine (报平安): voluntary, once a day, never a measure of anybody."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.language.normalise import bare
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.services import posting
from bot.services.people import person
from bot.texts import Text
from storage.check_ins import CheckIn
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KEPT = timedelta(days=90)
EDIT_GAP = timedelta(seconds=15)
"""How often the day's message in a group changes at most; Telegram counts edits in its 20 a minute."""
TODAY = Text("今日报平安 {count} 人，谢谢大家。", "{count} people have checked in today. Thank you.")


async def check_in(work: UnitOfWork, actor: Actor, member_id: MemberId, entered_by: MemberId | None = None) -> bool:
    """Note that a member is fine today; False if that was known. Changes the day's one message in the groups."""
    permission = Permission.CHECK_IN if entered_by is None else Permission.ENTER_FOR_OTHERS
    require(actor, permission, Subject(work.branch_id, member_id))
    day = beijing_day(work.now)
    if await work.check_ins.on(member_id, day) is not None:
        return False
    work.check_ins.add(member_id, day, entered_by)
    await work.members.change(member_id, last_check_in=day)
    work.deeds.add(actor.member or member_id, "check_in", {"member": member_id, "day": day.isoformat()})
    await show_count(work)
    return True


async def show_count(work: UnitOfWork) -> None:
    """Bring the day's message in the branch's groups up to date: a number, nobody's name."""
    day = beijing_day(work.now)
    text = TODAY(count=await work.check_ins.count(day))
    await posting.to_groups(work, Outgoing(text), priority=Priority.ANSWER, slot=f"check-in:{day}", gap=EDIT_GAP)


async def of_today(work: UnitOfWork, actor: Actor) -> list[tuple[Member, CheckIn]]:
    """Who checked in today, in order."""
    require(actor, Permission.SEE_CHECK_INS, Subject(work.branch_id))
    people = {member.id: member for member in await work.members.present()}
    return [(people[each.member_id], each) for each in await work.check_ins.of_day(beijing_day(work.now)) if each.member_id in people]


async def unheard(work: UnitOfWork, actor: Actor, days: int) -> list[Member]:
    """Who has not been heard of for so many days, by no deed and no contact entered. Not checking in is never by itself a sign."""
    require(actor, Permission.SEE_UNHEARD, Subject(work.branch_id))
    since = work.now - timedelta(days=days)
    return [member for member in await work.members.present() if member.heard_at is None or member.heard_at < since]


def line(member: Member, each: CheckIn) -> Text:
    """One check-in in a list."""
    entered = Text("（补录）", " (entered)") if each.entered_by else Text("", "")
    return Text("{time} {who}", "{time} {who}")(time=f"{each.at.astimezone(BEIJING):%H:%M}", who=person(member)) + entered


def entered(words: str) -> str | None:
    """Whether a secretary enters a check-in: the words after the name."""
    return "" if bare(words) in {"签到", "报平安", "平安", "checkin", "check in"} else None


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a check-in back that the actor made or entered."""
    require(actor, Permission.UNDO, Subject(work.branch_id))
    day = date.fromisoformat(data["day"])
    kept = [each.day for each in await work.check_ins.of(data["member"]) if each.day != day]
    work.check_ins.remove(data["member"], day)
    await work.members.change(data["member"], last_check_in=kept[0] if kept else None)
    await show_count(work)


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is kept of the actor's check-ins: the days, by month."""
    if actor.member is None:
        return []
    months: dict[str, list[str]] = {}
    for each in await work.check_ins.of(actor.member):
        months.setdefault(f"{each.day:%Y-%m}", []).append(f"{each.day:%d}")
    return [Text.plain(f"{month}: {' '.join(reversed(days))}") for month, days in months.items()]
