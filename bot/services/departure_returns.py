"""Coming back (我回来了): the report of going away ends, and one 撤销 takes that back."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.clock import BEIJING, beijing_day, beijing_midnight
from bot.permissions import Actor, Permission, Subject, require
from bot.services import departure_letters, low_signal, register, trail
from bot.services.departures import own
from bot.services.register import Field, How
from storage.departures import Departure
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

BACK = "departure_back"


async def ended(work: UnitOfWork, actor: Actor) -> tuple[Departure, dict[str, Any]] | None:
    """The actor is back: the report ends, reason and day leave the register. Answers it and what takes that back; None for none."""
    return await _end(work, actor, own(work, actor), How.OWN)


async def entered(work: UnitOfWork, actor: Actor, member_id: MemberId) -> bool:
    """A secretary enters that somebody is back; False where nothing says that they were away."""
    require(actor, Permission.ENTER_FOR_OTHERS, Subject(work.branch_id, member_id))
    found = await _end(work, actor, member_id, How.ENTERED)
    if found is None or actor.member is None:
        return False
    await trail.changed(work, actor, [member_id], trail.Kind.REGISTER)
    work.deeds.add(actor.member, BACK, {**found[1], "low_signal": None})
    return True


async def _end(work: UnitOfWork, actor: Actor, member_id: MemberId, how: How) -> tuple[Departure, dict[str, Any]] | None:
    for each in await work.departures.of(member_id, "draft"):
        work.departures.remove(each.id)
    kept = await work.departures.of(member_id, "kept")
    if not kept:
        return None
    batch = work.new_id()
    await register.change(work, actor, member_id, {Field.REASON: None, Field.LEFT_ON: None}, how=how, batch=batch)
    for each in kept:
        work.departures.change(each, state="ended", back_on=beijing_day(work.now), ask_on=None)
    await departure_letters.back(work, actor, kept[-1])
    asks = {str(each.id): each.ask_on.isoformat() for each in kept if each.ask_on is not None}
    return kept[-1], {"batch": batch, "ended": [each.id for each in kept], "asks": asks}


async def came_back(work: UnitOfWork, actor: Actor) -> datetime | None:
    """The actor says that they are back: one deed, with that of the low signal if that ended, too. Answers since when they were away."""
    found = await ended(work, actor)
    if found is None or actor.member is None:
        return None
    last = await work.deeds.last(actor.member, work.now)
    signal = dict(last.data) if last is not None and last.kind == low_signal.DEED else None
    if last is not None and signal is not None:
        work.deeds.remove(last)
    work.deeds.add(actor.member, BACK, {**found[1], "low_signal": signal})
    over = found[0]
    return beijing_midnight(datetime.combine(over.leave_on, time(12), BEIJING)) if over.leave_on else over.at


async def undo_end(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """They are not back after all."""
    await register.revert(work, actor, data["batch"])
    for each in data["ended"]:
        if (found := await work.departures.get(each)) is not None and found.state == "ended":
            ask_on = data.get("asks", {}).get(str(each))
            work.departures.change(found, state="kept", back_on=None, ask_on=date.fromisoformat(ask_on) if ask_on else None)
    await departure_letters.recall_back(work, data["ended"][-1])
