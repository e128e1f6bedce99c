"""Where people say they are (位置): by their own word, to the district at most, after their consent, without a trail."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import places as gazetteer
from bot.language.places import Place
from bot.permissions import Actor, Permission, Subject, require
from bot.services import consents, people, place_questions, place_words, trail
from bot.services.asking import Ask
from bot.services.consents import Purpose
from bot.services.place_words import full
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.deeds import Deed
from storage.keys import MemberId
from storage.places import CurrentPlace
from storage.unit_of_work import UnitOfWork

DEED = "place"
UNDOABLE = timedelta(minutes=10)
CORRECTABLE = timedelta(days=1)

KEPT = Text(
    "好，记为{place}。不对就说“不对，是…”，十分钟内也能“撤销”。",
    "Noted: {place}. If that is wrong, say “no, it's …”, or “undo” within ten minutes.",
)
CHANGED = Text("已改为{place}。", "Changed to {place}.")
STILL = Text("好，还在{place}，日期更新了。", "Good: still {place}; the date is up to date.")
ENTERED = Text("好，已补录：{place}，注明是补录。", "Entered: {place}, marked as entered for them.")
NOW = Text(
    "现在记的是{place}，{day}确认的{how}。换了地方，说一句“我在…”。",
    "Noted: {place}, confirmed on {day}{how}. If you moved, say “I'm in …”.",
)
NONE_YET = Text(
    "还没有记您的位置。说一句“我在哈尔滨”就行，到市即可。", "I have no place of yours. Just say “I'm in Harbin”; the city is enough."
)
UNKNOWN = Text("没认出这个地方。说到市就行，比如“我在哈尔滨”。", "I do not know that place. The city is enough, as in “I'm in Harbin”.")
NOWHERE_NEAR = Text("那附近没有我认得的城市，直接说城市名吧。", "I know no city near there; please just name it.")
NOT_KEPT = Text(
    "好，这次没有记。想记时说“我在哈尔滨”这样一句。", "All right, nothing was kept. When you want it kept, say “I'm in Harbin”."
)
REFUSED = Text(
    "您说过不记位置，所以没有记。想记了，发“同意记位置”。",
    "You asked me not to keep your place, so I did not. To allow it: “keep my place”.",
)
THEY_REFUSED = Text("这位同志说过不记位置，不能补录。", "This member asked that their place not be kept; it cannot be entered.")
UNDONE = Text("好，位置撤销了，{now}。", "Taken back; {now}.")
_BACK_TO, _BACK_TO_NONE = Text("记的还是{place}", "it is {place} again"), Text("没有记您的位置", "I have no place")
_ENTERED = Text("，补录", ", entered by the secretary")

Told = Text | Ask | tuple[()] | None
"""What to say; nothing to say though something was done; or that it was not meant for the bot."""


async def tell(
    work: UnitOfWork, actor: Actor, member_id: MemberId, words: str, *, overheard: bool = False, in_group: bool = False, sure: bool = False
) -> Told:
    """Take a member's word for where they are. What is only overheard in a group is asked about in private, if it is plain and welcome."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, member_id))
    found = place_words.meant(words)
    if not await _welcome(work, member_id, overheard=overheard, understood=bool(found)):
        return None
    asked = await place_questions.open_now(work, member_id, place_questions.CONSENT)
    if overheard and in_group and asked is not None:
        place_questions.unsaid(work, asked)
        return ()
    place = await _in_context(work, member_id, found)
    return _told(await settle(work, actor, member_id, place, sure=sure or not overheard), in_group=in_group)


def _told(told: Told, *, in_group: bool) -> Told:
    """Before the consent a place said in a group is not kept in the question either; after a yes it is asked for."""
    if in_group and isinstance(told, Ask) and told.kind == place_questions.CONSENT:
        return replace(told, data={**told.data, "codes": []})
    return told


async def name(work: UnitOfWork, actor: Actor, member_id: MemberId, words: str, *, in_group: bool = False) -> Told:
    """Take a bare name of a place: the answer to an open question about places, else a proposal to be confirmed."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, member_id))
    found = place_words.meant(words)
    asked = await place_questions.open_now(work, member_id)
    about = MemberId(asked.data["member"]) if asked else member_id
    await _welcome(work, about, overheard=False, understood=bool(found))
    found = place_words.narrowed(found, asked.data["codes"]) if asked else found
    return _told(await settle(work, actor, about, found, sure=asked is not None), in_group=in_group)


async def correct(
    work: UnitOfWork, actor: Actor, member_id: MemberId, words: str, *, overheard: bool = False, in_group: bool = False
) -> Told:
    """Put another place in the place of the last one, or of the one that is being asked about.

    In a group the sentence may be about something else: it is asked about after ten minutes and left alone after a day.
    """
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, member_id))
    found = place_words.meant(words)
    asked = await place_questions.open_now(work, member_id)
    about = MemberId(asked.data["member"]) if asked else member_id
    kept = await work.places.get(member_id)
    age = CORRECTABLE if kept is None else work.now - kept.confirmed_at
    if overheard and asked is None and age >= CORRECTABLE:
        return None
    if not await _welcome(work, about, overheard=overheard, understood=bool(found)):
        return None
    if asked is not None:
        found = place_words.narrowed(found, asked.data["codes"])
        return _told(await settle(work, actor, about, found, corrects=asked.data["corrects"]), in_group=in_group)
    deed = await _deed_about(work, member_id)
    found = place_words.narrowed(found, deed.data["others"] if deed else ())
    sure = not overheard and age < CORRECTABLE
    return _told(await settle(work, actor, member_id, found, sure=sure, corrects=True), in_group=in_group)


async def propose(
    work: UnitOfWork, actor: Actor, member_id: MemberId, position: tuple[float, float], *, overheard: bool, in_group: bool
) -> Told:
    """Ask which of the cities near a position it is. The position itself is never kept."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, member_id))
    found = gazetteer.nearest(*position, 3)
    if not found and not overheard:
        raise UserError(NOWHERE_NEAR)
    if not await _welcome(work, member_id, overheard=overheard, understood=bool(found)):
        return None
    return _told(await settle(work, actor, member_id, found, sure=False), in_group=in_group)


async def choose(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Told:
    """Take the answer to which of several places was meant."""
    if choice >= len(data["codes"]):
        return NOT_KEPT
    chosen, others = gazetteer.place(data["codes"][choice]), data["codes"]
    return await settle(work, actor, MemberId(data["member"]), [chosen], corrects=data["corrects"], others=others)


async def leave_at_province(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], choice: int) -> Told:
    """Take the answer to which city it is: that the province is enough, or that nothing be kept."""
    if choice > 0:
        return NOT_KEPT
    return await _keep(work, actor, MemberId(data["member"]), gazetteer.place(data["codes"][0]), corrects=data["corrects"], others=())


async def settle(
    work: UnitOfWork,
    actor: Actor,
    about: MemberId,
    found: Sequence[Place],
    *,
    sure: bool = True,
    corrects: bool = False,
    others: Sequence[int] = (),
) -> Told:
    """Keep the one place meant, or ask what has to be asked first: for consent, which one, which city."""
    if about == actor.member and await consents.given(work, about, Purpose.LOCATION) is not True:
        return place_questions.consent(about, found, corrects=corrects)
    last = await work.places.get(about)
    found = place_words.ordered(found, place_words.of(last) if last else None)
    data = place_questions.known(about, found, corrects=corrects)
    if len(found) > 1 or not sure:
        return place_questions.which(found, data)
    if place_words.is_province(found[0]):
        return place_questions.city(found[0], data)
    return await _keep(work, actor, about, found[0], corrects=corrects, others=others)


async def confirm(work: UnitOfWork, actor: Actor, member_id: MemberId, *, overheard: bool) -> Told:
    """Note that the place kept of a member is still right."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, member_id))
    kept = await work.places.get(member_id)
    if not await _welcome(work, member_id, overheard=overheard, understood=True):
        return None
    if kept is None:
        return None if overheard else NONE_YET
    return await _keep(work, actor, member_id, place_words.of(kept), corrects=False, others=())


async def current(work: UnitOfWork, actor: Actor, member_id: MemberId) -> Text:
    """What is kept of a member's place now."""
    require(actor, Permission.SET_PLACE, Subject(work.branch_id, member_id))
    kept = await work.places.get(member_id)
    if kept is not None:
        return NOW(place=full(place_words.of(kept)), day=beijing_day(kept.confirmed_at).isoformat(), how=how(kept))
    refused = await consents.given(work, member_id, Purpose.LOCATION) is False
    return REFUSED if refused else NONE_YET


def how(kept: CurrentPlace) -> Text:
    """Whether somebody else entered a place."""
    return _ENTERED if kept.entered_by else Text("", "")


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Bring back what was kept before the last change. There is only ever one to go back to."""
    require(actor, Permission.UNDO, Subject(work.branch_id))
    about = MemberId(data["member"])
    await forget_previous(work, about)
    await people.not_spoken_with(work, about, data["heard"])
    if data["before"] is None:
        work.places.remove(about)
        return UNDONE(now=_BACK_TO_NONE)
    code, confirmed_at, entered_by, *_ = data["before"]
    moved = _has_moved(await work.places.get(about), data["before"], gazetteer.place(code))
    work.places.put(about, code, datetime.fromisoformat(confirmed_at), entered_by, moved=moved)
    return UNDONE(now=_BACK_TO(place=full(gazetteer.place(code))))


async def forget_previous(work: UnitOfWork, about: MemberId) -> None:
    """Drop what could be gone back to, whoever's deed it was."""
    for deed in await work.deeds.of_kind(DEED):
        if deed.data["member"] == about:
            work.deeds.remove(deed)


async def _keep(work: UnitOfWork, actor: Actor, about: MemberId, place: Place, *, corrects: bool, others: Sequence[int]) -> Text:
    own = about == actor.member
    require(actor, Permission.SET_PLACE if own else Permission.ENTER_FOR_OTHERS, Subject(work.branch_id, about))
    if await consents.given(work, about, Purpose.LOCATION) is not True:
        raise UserError(REFUSED if own else THEY_REFUSED)
    before, replaced = await work.places.get(about), await _deed_about(work, about)
    former = replaced.data["before"] if corrects and replaced else _packed(before)
    data = {
        "member": about,
        "before": former,
        "others": list(others),
        "heard": [] if own else await people.spoken_with(work, about),
    }
    await forget_previous(work, about)
    await _close_question(work, actor, about)
    work.places.put(about, place.code, work.now, None if own else actor.member, moved=_has_moved(before, former, place))
    work.deeds.add(actor.member or about, DEED, data)
    if not own:
        await trail.changed(work, actor, [about], Trailed.PLACE)
        return ENTERED(place=full(place))
    if before is not None and before.code == place.code:
        return STILL(place=full(place))
    return (CHANGED if corrects else KEPT)(place=full(place))


async def _close_question(work: UnitOfWork, actor: Actor, about: MemberId) -> None:
    """A place said in other words than the question's answers it all the same."""
    asked = await place_questions.open_now(work, actor.member) if actor.member is not None else None
    if asked is not None and asked.data["member"] == about:
        work.questions.spend(asked)


def _packed(before: CurrentPlace | None) -> list[Any] | None:
    return None if before is None else [before.code, before.confirmed_at.isoformat(), before.entered_by, before.moved]


def _has_moved(kept: CurrentPlace | None, before: list[Any] | None, place: Place) -> bool:
    """Whether the secretary knows of another city; who only confirms a place, or corrects a slip at once, has not moved.

    `kept` is what stands now, `before` what stood before the last change, which may be taken back.
    """
    if kept is not None and not kept.moved:
        return place_words.of(kept).city_code != place.city_code
    return before is None or any(before[3:]) or gazetteer.place(before[0]).city_code != place.city_code


async def _deed_about(work: UnitOfWork, about: MemberId) -> Deed | None:
    since = work.now - UNDOABLE
    return next((each for each in await work.deeds.of_kind(DEED) if each.data["member"] == about and each.at >= since), None)


async def _in_context(work: UnitOfWork, member_id: MemberId, found: Sequence[Place]) -> list[Place]:
    asked = await place_questions.open_now(work, member_id, place_questions.WHICH, place_questions.CITY)
    about_them = asked is not None and asked.data["member"] == member_id
    return place_words.narrowed(found, asked.data["codes"]) if asked and about_them else list(found)


async def _welcome(work: UnitOfWork, member_id: MemberId, *, overheard: bool, understood: bool) -> bool:
    """Whether to go on. What is only overheard is let go in silence; to whom it was said to, it is told why not."""
    refused = await consents.given(work, member_id, Purpose.LOCATION) is False
    if overheard:
        return understood and not refused
    if refused:
        raise UserError(REFUSED)
    if not understood:
        raise UserError(UNKNOWN)
    return True
