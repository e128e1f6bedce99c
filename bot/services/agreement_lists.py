"""双向管理: the agreements, a line each, with what was done under them."""

from collections.abc import Mapping
from datetime import date

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.services.agreements import SOON
from bot.services.mutuals import MUTUAL_NAMES
from bot.texts import Text
from storage.agreements import Agreement
from storage.unit_of_work import UnitOfWork

LINE = Text(
    "{host}：{since} 到 {until}，{state}。{contact}六互：{mutuals}。本人同意共享的 {agreed} 位。",
    "{host}: {since} to {until}, {state}. {contact}Of the six: {mutuals}. {agreed} agree to be named.",
)
_STANDS = Text("有效", "in force")
_SOON = Text("还有 {days} 天到期", "ends in {days} days")
_BEGINS, _PAST, _STOPPED = Text("还没开始", "not begun"), Text("已到期", "over"), Text("{day} 结束了", "ended {day}")
_CONTACT = Text("联系：{contact}。", "Contact: {contact}. ")
_TIMES = Text("{name} {count} 次", "{name} {count}")
_NEVER = Text("还没记过", "none noted")


async def listed(work: UnitOfWork, actor: Actor) -> list[Text]:
    """A line each: with whom, until when, how often each of the six was noted, how many agree to be named."""
    require(actor, Permission.SHARE, Subject(work.branch_id))
    counts, agreed, today = await work.agreements.counts(), await work.agreements.agreed(), beijing_day(work.now)
    return [_line(each, counts, agreed.get(each.id, 0), today) for each in await work.agreements.every()]


def _line(each: Agreement, counts: Mapping[tuple[int, str], int], agreed: int, today: date) -> Text:
    times = [_TIMES(name=name, count=counts[each.id, kind]) for kind, name in MUTUAL_NAMES.items() if (each.id, kind) in counts]
    return LINE(
        host=each.host,
        since=each.since.isoformat(),
        until=each.until.isoformat(),
        state=_state(each, today),
        contact=_CONTACT(contact=each.contact) if each.contact else Text("", ""),
        mutuals=Text.join(times, "、", ", ") if times else _NEVER,
        agreed=agreed,
    )


def _state(each: Agreement, today: date) -> Text:
    if each.ended_on is not None:
        return _STOPPED(day=each.ended_on.isoformat())
    if today < each.since:
        return _BEGINS
    if today > each.until:
        return _PAST
    return _SOON(days=(each.until - today).days) if each.until <= today + SOON else _STANDS
