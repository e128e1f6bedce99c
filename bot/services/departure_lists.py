"""流出, 流入 and one's own reports; what is due of departures each day, and how long they are kept."""

from dataclasses import replace
from datetime import timedelta

from bot.clock import beijing_day
from bot.language import places as gazetteer
from bot.messages import Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules import away
from bot.services import asking, departure_questions, departures, people, place_words, places, posting, privacy, register, trail
from bot.services.asking import Ask, Choice
from bot.services.consents import Purpose
from bot.texts import Text
from storage.departures import Departure
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

TRANSFER = "departure_transfer"
DRAFTS = timedelta(days=7)
CAUGHT_UP = timedelta(days=14)
"""So long after the day of leaving the place is still kept, where the program did not run on the day."""
ENDED_KEPT = timedelta(days=366)
LIVES = timedelta(days=14)
TOLD = Text(
    "没报完的外出报备 7 天后删；回来一年后，那次外出的记录删掉。",
    "A report of going away that was not finished is erased after 7 days, one that is over a year after the return.",
)
OFFER = Text(
    "外出半年以上、地方又固定的，按规定要把组织关系转过去（工作条例）。要看怎么转吗？",
    "Who is away for half a year or more at a fixed place should move their membership there. Shall I say how?",
)
CHOICES = (
    Choice(Text("怎么转", "how"), ("看", "要", "好", "怎么转")),
    Choice(Text("先不转", "not now"), ("不转", "以后", "先不")),
)
HOW = Text(
    "跟书记说一声就行：支部在全国党员系统里发起，流入地接收，不用您跑。接收以前还归本支部管；没有正当理由，哪边都不能不办。"
    "介绍信一般 {days} 天有效。",
    "Tell the secretary: the branch starts it in the national system and the host accepts; you need not travel. Until then you belong "
    "here; nobody may refuse without good reason. A letter is usually good for {days} days.",
)
NOT_NOW = Text("好，先不转，照样在本支部。{day} 我再问一次。", "All right, not now; you stay with us. I ask once more on {day}.")
OUT = Text("流出在外 {count} 位（只您看得到）：", "Away, {count} (only you see this):")
NOBODY_OUT = Text("现在没有报备外出的。", "Nobody has reported going away.")
IN = Text("流入 {count} 位（参加活动，不表决）：", "Guests, {count} (they take part without a vote):")
NOBODY_IN = Text("现在没有流入党员。", "There are no guests now.")
HIDDEN = Text("另有 {count} 位不能在这里显示姓名，请在网页看。", "{count} more cannot be named here; please look on the web page.")
_LINE = Text("{who}：{what}", "{who}: {what}")
_FROM = Text("来自{branch}", "from {branch}")
_UNKNOWN = Text("没填原支部", "home branch not noted")
_STATES = {
    "draft": Text("没报完：{what}", "not finished: {what}"),
    "kept": Text("在外：{what}", "away: {what}"),
    "ended": Text("回来了：{what}", "over: {what}"),
}


async def mine(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is held of the actor's departures."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    held: list[Departure] = await work.departures.of(actor.member, *_STATES) if actor.member is not None else []
    today = beijing_day(work.now)
    return [_STATES[each.state](what=departure_questions.in_words(each, today)) for each in held]


async def out(work: UnitOfWork, actor: Actor, platform: str) -> tuple[Text, list[Text]]:
    """Who is away, since when and until when; where, only for who may see places, of who still agrees."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    members = {each.id: each for each in await work.members.present()}
    found = await work.departures.of_many(list(members), "kept")
    shown, hidden = await privacy.shown(work, platform, [members[each] for each in found])
    await trail.saw(work, actor, [each.id for each in shown], trail.Kind.REGISTER)
    agreed = await work.consents.given([each.id for each in shown], Purpose.LOCATION.value)
    today, lines = beijing_day(work.now), []
    if actor.may(Permission.SEE_PLACES):
        await trail.saw(work, actor, [each.id for each in shown if found[each.id].place and each.id in agreed], trail.Kind.PLACE)
    for each in shown:
        seen = found[each.id]
        if not (actor.may(Permission.SEE_PLACES) and each.id in agreed):
            seen = without_place(seen)
        lines.append(_LINE(who=await privacy.named(work, platform, each), what=departure_questions.in_words(seen, today)))
    return (OUT(count=len(found)) if found else NOBODY_OUT), [*lines, *([HIDDEN(count=hidden)] if hidden else [])]


def without_place(kept: Departure) -> Departure:
    """A report without where it went."""
    return replace(kept, place=None)


async def guests(work: UnitOfWork, actor: Actor, platform: str) -> tuple[Text, list[Text]]:
    """Who belongs to another branch and takes part here, and to which."""
    require(actor, Permission.SEE_REGISTER, Subject(work.branch_id))
    found = await work.members.holding(Role.GUEST.value)
    shown, hidden = await privacy.shown(work, platform, found)
    await trail.saw(work, actor, [each.id for each in shown], trail.Kind.REGISTER)
    entries = await register.of_many(work, [each.id for each in shown])
    lines = []
    for each in shown:
        home = entries[each.id].home_branch
        lines.append(_LINE(who=people.person(each), what=_FROM(branch=home) if home else _UNKNOWN))
    return (IN(count=len(found)) if found else NOBODY_IN), [*lines, *([HIDDEN(count=hidden)] if hidden else [])]


def offer(which: int) -> Ask:
    """Whether somebody who is away for long would like to know how the membership moves."""
    return Ask(TRANSFER, OFFER, CHOICES, LIVES, {"departure": which}, stays=True)


def how(work: UnitOfWork) -> Text:
    """How the membership moves."""
    return HOW(days=away.policy(beijing_day(work.now)).letter)


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches in which somebody leaves today, or is to be asked once more."""
    today = beijing_day(work.now)
    return await work.agenda.departures_due(today - CAUGHT_UP, today)


async def due(work: UnitOfWork, actor: Actor) -> None:
    """On the day somebody leaves their new city is kept, if they still agree; who did not want to move the membership is asked again."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    today = beijing_day(work.now)
    here = {each.id for each in await work.members.present()}
    moving = await work.departures.moving(today - CAUGHT_UP, today)
    leaving = [each for each in moving if each.state == "kept" and each.leave_on is not None and each.leave_on <= today and each.place]
    agreed = await work.consents.given([each.member_id for each in leaving], Purpose.LOCATION.value)
    for each in leaving:
        if each.member_id in here and each.member_id in agreed:
            await _arrives(work, each)
    for each in await work.departures.to_ask(today):
        work.departures.change(each, ask_on=None)
        if each.member_id in here and await departures.away_so_long(work, each):
            letter = await asking.prepare(work, each.member_id, offer(each.id))
            await posting.to_member(work, each.member_id, letter, priority=Priority.REMINDER)


async def _arrives(work: UnitOfWork, kept: Departure) -> None:
    """Note where somebody is by their own report, unless they have said since the day of leaving where they are."""
    known, code = await work.places.get(kept.member_id), kept.place or 0
    said_since = known is not None and kept.leave_on is not None and beijing_day(known.confirmed_at) >= kept.leave_on
    if known is None or not (said_since or place_words.of(known).city_code == code):
        await places.arrived(work, kept.member_id, gazetteer.place(code))


async def forget(work: UnitOfWork) -> None:
    """Erase drafts that were left, and what is long over."""
    await work.departures.forget(work.now - DRAFTS, beijing_day(work.now - ENDED_KEPT))
