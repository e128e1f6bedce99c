"""Going away (外出报备) and coming back: reported by the member, one question at a time; the secretary hears of it once.

What is reported goes into the register (五清); where to, only of who agreed that their city is kept. Sources: RULES.md §2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import departure_talk as talk
from bot.language import place_dates
from bot.language import places as gazetteer
from bot.language.normalise import bare
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import away
from bot.services import departure_letters, location_consent, places, register, trail
from bot.services.asking import Ask
from bot.services.departure_answers import Unfit, asked, elsewhere, filled, with_steps, written
from bot.services.departure_questions import SKIP, following
from bot.services.register import Field, How
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.departures import Departure
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

DEED = "departure"
OWN_WORDS = -1
NO_SUCH_DAY = Text("没有这一天，请看看日期。没有记。", "There is no such day; please look at it again. Nothing was noted.")
WHY = Text(
    "支部要和在外的党员保持联系，所以问一句。不想说就跳过。",
    "The branch keeps in touch with members who are away, so it asks. You may skip it. ",
)
NONE = Text("没有在写的外出报备。要报，发“外出报备”。", "There is no report under way. To begin: “leaving”.")
CHANGED_SINCE = Text("后来又报过，撤不回来了。要改，发“外出报备”重报。", "It was reported anew since; to change it send “leaving”.")


async def begin(work: UnitOfWork, actor: Actor, words: str, slots: Mapping[str, Any]) -> Ask:
    """Begin a report, or go on with the one under way; what the words tell is not asked any more. Answers the next question."""
    member_id = own(work, actor)
    draft = await of_draft(work, member_id) or work.departures.add(member_id)
    try:
        draft, between = await filled(work, draft, words, slots)
    except Unfit as error:
        return await following(work, draft, before=error.text)
    return between or await following(work, draft)


def own(work: UnitOfWork, actor: Actor) -> MemberId:
    """The actor as a member. Raises `LookupError` for who is none."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("only a member goes away")
    return actor.member


async def of_draft(work: UnitOfWork, member_id: MemberId) -> Departure | None:
    """The report that somebody is writing."""
    return next(iter(await work.departures.of(member_id, "draft")), None)


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that was made; `long`: the membership should move."""

    which: int
    long: bool


async def answered(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int, said: str) -> Ask | None:
    """Take an answer; the next question, or None where the report was given up. Raises `UserError` where there is none any more."""
    draft = await _draft(work, actor, data)
    step, values = data["step"], data["values"]
    if choice == OWN_WORDS:
        choice = len(values) if talk.stops(said) else values.index(SKIP) if talk.passes(said) else OWN_WORDS
    if choice == len(values):
        work.departures.remove(draft.id)
        return None
    if step == "consent":
        return await _consented(work, actor, draft, data["code"], yes=choice == 0)
    if choice != OWN_WORDS and values[choice] == SKIP:
        return await following(work, work.departures.change(draft, settled=with_steps(draft, asked(step)), step_at=work.now))
    if choice == OWN_WORDS and talk.asks_why(said):
        return await following(work, draft, before=WHY)
    try:
        draft, between = await written(work, draft, step, said if choice == OWN_WORDS else values[choice], chosen=choice != OWN_WORDS)
    except Unfit as error:
        return await following(work, draft, before=error.text)
    return between or await following(work, draft)


async def dropped(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """A question of a report was called off: the report that it belongs to goes, so that nothing of it comes up in a later one."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    found = await work.departures.get(data["departure"]) if "departure" in data else None
    if found is not None and found.member_id == actor.member and found.state == "draft":
        work.departures.remove(found.id)


async def mended(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], said: str) -> Ask | None:
    """What the person says is wrong about the whole: another place, and the whole once more; None where the report was given up."""
    draft = await _draft(work, actor, data)
    place = talk.elsewhere(said)
    if place is None:
        work.departures.remove(draft.id)
        return None
    draft, between = await elsewhere(work, draft, place)
    return between or await following(work, draft)


async def _draft(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Departure:
    member_id = own(work, actor)
    found = await work.departures.get(data["departure"])
    if found is None or found.member_id != member_id or found.state != "draft":
        raise UserError(NONE)
    return found


async def _consented(work: UnitOfWork, actor: Actor, draft: Departure, code: int, *, yes: bool) -> Ask:
    """The city is kept after a yes; after a no only how far it is, and nobody asks for it again."""
    await location_consent.answered(work, actor, None, agreed=yes)
    if yes:
        draft = work.departures.change(draft, place=code, scope="", settled=with_steps(draft, "place"), step_at=work.now)
    return await following(work, draft)


async def decided(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Kept | Ask | None:
    """What the person says of the whole: it is reported, the questions come anew, or None for an end."""
    draft = await _draft(work, actor, data)
    if choice == 2:
        work.departures.remove(draft.id)
        return None
    if choice == 1:
        fresh = {"reason": "", "leave_on": None, "place": None, "scope": "", "employer": "", "phone": "", "until": None, "lasting": False}
        return await following(work, work.departures.change(draft, **fresh, settled=(), step_at=work.now))
    kept = await keep(work, actor, draft)
    return Kept(kept.id, await away_so_long(work, kept))


async def keep(work: UnitOfWork, actor: Actor, draft: Departure) -> Departure:
    """A report is made: it goes into the register, the place is kept on the day, the secretary hears of it; one 撤销 takes it all back."""
    today, batch = beijing_day(work.now), work.new_id()
    wanted: dict[Field, Any] = {Field.REASON: draft.reason, Field.LEFT_ON: draft.leave_on or today}
    wanted |= {Field.EMPLOYER: draft.employer} if draft.employer else {}
    wanted |= {Field.PHONE: draft.phone} if draft.phone else {}
    how = How.OWN if actor.member == draft.member_id else How.ENTERED
    await register.change(work, actor, draft.member_id, wanted, how=how, batch=batch)
    older = [work.departures.change(each, state="ended", back_on=today).id for each in await work.departures.of(draft.member_id, "kept")]
    kept = work.departures.change(
        draft, state="kept", leave_on=draft.leave_on or today, kept_at=work.now, employer="", phone="", step_at=work.now
    )
    data = {"departure": kept.id, "batch": batch, "older": older, "place": None}
    if kept.place and kept.leave_on is not None and kept.leave_on <= today and actor.member == kept.member_id:
        data["place"] = await _arrived(work, actor, kept)
    work.deeds.add(actor.member or kept.member_id, DEED, data)
    await departure_letters.to_secretaries(work, actor, kept, draft)
    return kept


async def _arrived(work: UnitOfWork, actor: Actor, kept: Departure) -> dict[str, Any] | None:
    """Keep where somebody is who left already; what takes it back belongs to the report."""
    await places.settle(work, actor, kept.member_id, [gazetteer.place(kept.place or 0)], sure=True)
    found = await work.deeds.last(kept.member_id, work.now)
    if found is None or found.kind != places.DEED:
        return None
    work.deeds.remove(found)
    return dict(found.data)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a report back, and everything that came of it. Raises `UserError` where another was made since."""
    found = await work.departures.get(data["departure"])
    if found is None or found.state != "kept":
        raise UserError(CHANGED_SINCE)
    own = found.member_id == actor.member
    require(actor, Permission.OWN_DATA if own else Permission.ENTER_FOR_OTHERS, Subject(work.branch_id, found.member_id))
    await register.revert(work, actor, data["batch"])
    if data["place"] is not None:
        await places.undo(work, actor, data["place"])
    work.departures.remove(found.id)
    for each in data["older"]:
        if (older := await work.departures.get(each)) is not None:
            work.departures.change(older, state="kept", back_on=None)
    await departure_letters.recall(work, found.id)


async def enter(work: UnitOfWork, actor: Actor, member_id: MemberId, words: str, slots: Mapping[str, Any]) -> Departure:
    """A secretary enters that somebody went away, in one sentence; where to, only of who agreed that it be kept. Raises `UserError`."""
    require(actor, Permission.ENTER_FOR_OTHERS, Subject(work.branch_id, member_id))
    if place_dates.impossible(bare(words), beijing_day(work.now)):
        raise UserError(NO_SUCH_DAY)
    draft = work.departures.add(member_id, entered_by=actor.member)
    try:
        draft, between = await filled(work, draft, words, slots)
    except Unfit as error:
        work.departures.remove(draft.id)
        raise UserError(error.text) from error
    del between  # of a city that may mean several, or that was not agreed to, nothing is kept
    await trail.changed(work, actor, [member_id], Trailed.REGISTER)
    return await keep(work, actor, draft)


async def away_so_long(work: UnitOfWork, kept: Departure) -> bool:
    """Whether somebody is away for so long at a fixed place that the membership should move."""
    today = beijing_day(work.now)
    if kept.scope == away.Scope.ABROAD:
        return False
    return away.is_long(kept.leave_on or today, kept.until, lasting=kept.lasting, today=today) is True


async def ask_later(work: UnitOfWork, actor: Actor, which: int) -> date:
    """The actor does not want to move their membership now: they are asked once more. Answers the day. Raises `UserError`."""
    member_id = own(work, actor)
    found = await work.departures.get(which)
    if found is None or found.member_id != member_id or found.state != "kept":
        raise UserError(NONE)
    today = beijing_day(work.now)
    day = away.later(today, away.policy(today).again)
    work.departures.change(found, ask_on=day)
    return day
