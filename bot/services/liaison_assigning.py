"""Assigning who looks after whom (联系人), taking it away, and saying no to it. Both are told in private; over the cap nothing changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import liaison_policies, people, posting, privacy, trail
from bot.services.fund_people import named_to
from bot.texts import Text
from storage.keys import MemberId
from storage.liaisons import Assignment
from storage.members import Member
from storage.unit_of_work import UnitOfWork

DEED, TAKEN, WISH = "liaison", "liaison_taken", "care_wish"
"""Kinds of deeds: somebody was assigned; an assignment was ended; somebody said what they want."""
REFUSED_FOR = timedelta(days=365)
"""So long nobody is given again to a liaison to whom they said no."""
KEPT = timedelta(days=3 * 366)
"""How long it is remembered who looked after whom, once it is over."""
THEMSELVES = Text("{who}不能联系自己，请换一位联系人。没有安排。", "{who} cannot look after themselves; please name somebody else.")
NOT_A_LIAISON = Text(
    "{who}还不是联络员，没有安排。请书记先发“任命 姓名 联络员”。",
    "{who} is no liaison, so nothing was changed. The secretary may send “appoint NAME liaison” first.",
)
FULL = Text(
    "{who}已经联系 {has} 位，上限是 {cap} 位，再加 {more} 位就超了，没有安排。{others}",
    "{who} looks after {has} already and {cap} are the most; {more} more are too many, so nothing was changed. {others}",
)
OTHERS = Text("还有空的：{names}。", "With room: {names}.")
NOBODY_FREE = Text("现在没有谁还有空：可以再任命联络员，或改“联系人上限”。", "Nobody has room: appoint another, or change “liaisoncap”.")
_HAS = Text("{who}（{count} 位）", "{who} ({count})")
SAID_NO = Text(
    "{who}说过想换一位联系人，这回请安排别人。没有安排。",
    "{who} asked for another liaison, so please choose somebody else. Nothing was changed.",
)
WANTS_NONE = Text("{who}说过先不要联系人，没有安排。", "{who} asked to have no liaison, so nothing was changed.")
ALREADY = Text("本来就是这样安排的，没有改。", "It is so already; nothing was changed.")
NONE = Text("{who}现在没有联系人。", "{who} has no liaison now.")
CHANGED_SINCE = Text("后来又有变化，撤不回来了，请重新安排。", "It has changed since and cannot be taken back; please assign anew.")
TO_MEMBER = Text(
    "{who}同志以后是您的联系人，会常问候您，有事也可以找{who}。不合适就发“换联系人”，不用说理由。",
    "{who} looks after you from now on: they will ask how you are, and you may turn to them. If that does not suit you, send “another "
    "liaison”; no reason is needed.",
)
TO_LIAISON = Text(
    "请您联系：{names}。谈过发“谈过 姓名”，走访过发“走访过 姓名”，只记日子。名单发“我联系的人”。谢谢您。",
    "Please look after: {names}. After a talk send “talked NAME”, after a visit “visited NAME”; only the day is kept. List: “mypeople”.",
)
NO_LONGER = Text("{names}改由别的同志联系，谢谢您一直惦记着。", "{names}: somebody else looks after them now. Thank you for your care.")
TAKEN_BACK = Text("刚才说的联系人安排撤回了，还和原来一样。", "What I just said about a liaison is taken back; it is as before.")


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who looks after whom now, and whom somebody else looked after before."""

    liaison: Member
    members: Sequence[Member]
    moved: Sequence[Member]
    made: Sequence[int] = ()
    ended: Sequence[int] = ()


async def may_liaise(work: UnitOfWork) -> list[Member]:
    """Present members who can look after others, in the order of the alphabet."""
    return [each for each in await work.members.present() if people.actor_of(each).may(Permission.LIAISE)]


def loads(current: Sequence[Assignment]) -> dict[MemberId, int]:
    """How many each liaison looks after."""
    counted: dict[MemberId, int] = {}
    for each in current:
        if each.liaison_id is not None:
            counted[each.liaison_id] = counted.get(each.liaison_id, 0) + 1
    return counted


async def assign(
    work: UnitOfWork, actor: Actor, liaison_id: MemberId, members: Collection[MemberId], platform: str, *, noted: bool = True
) -> Assigned:
    """Let somebody look after members, who may have had another before. All of it or nothing: raises `UserError`.

    Not `noted`: whoever calls notes the deed, of several assignments one.
    """
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    liaison = await people.present(work, liaison_id)
    wanted = [await people.present(work, each) for each in dict.fromkeys(members)]
    current = {each.member_id: each for each in await work.liaisons.current()}
    await _possible(work, liaison, wanted, platform)
    fresh = [each for each in wanted if each.id not in current or current[each.id].liaison_id != liaison_id]
    if not fresh:
        raise UserError(ALREADY)
    await _room(work, liaison, fresh, list(current.values()), platform)
    ended = [work.liaisons.end(current[each.id], "moved") for each in fresh if each.id in current]
    made = [work.liaisons.assign(each.id, liaison_id, actor.member) for each in fresh]
    if noted:
        note(work, actor, [each.id for each in made], [each.id for each in ended])
    await trail.changed(work, actor, [each.id for each in fresh], trail.Kind.LIAISON)
    await _tell(work, liaison, made)
    await _tell_former(work, ended, slot=_slot(made[0]))
    moved = {each.member_id for each in ended}
    ids = [each.id for each in made], [each.id for each in ended]
    return Assigned(liaison, fresh, [each for each in fresh if each.id in moved], *ids)


def note(work: UnitOfWork, actor: Actor, made: Sequence[int], ended: Sequence[int]) -> None:
    """One deed for what was assigned and what ended by it."""
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"made": list(made), "ended": list(ended)})


async def _possible(work: UnitOfWork, liaison: Member, wanted: Sequence[Member], platform: str) -> None:
    name = await privacy.named(work, platform, liaison)
    if any(each.id == liaison.id for each in wanted):
        raise UserError(THEMSELVES(who=name))
    if not people.actor_of(liaison).may(Permission.LIAISE):
        raise UserError(NOT_A_LIAISON(who=name))
    wishes, refused = await work.liaisons.wishes(), await work.liaisons.declined(work.now - REFUSED_FOR)
    for each in wanted:
        if each.id in wishes and not wishes[each.id].liaison:
            raise UserError(WANTS_NONE(who=await privacy.named(work, platform, each)))
        if (each.id, liaison.id) in refused:
            raise UserError(SAID_NO(who=await privacy.named(work, platform, each)))


async def _room(work: UnitOfWork, liaison: Member, fresh: Sequence[Member], current: Sequence[Assignment], platform: str) -> None:
    cap, has = (await liaison_policies.measure(work)).cap, loads(current)
    if has.get(liaison.id, 0) + len(fresh) <= cap:
        return
    free = [each for each in await may_liaise(work) if has.get(each.id, 0) + len(fresh) <= cap and each not in {*fresh, liaison}]
    free = sorted(free, key=lambda each: has.get(each.id, 0))[:3]
    listed = [_HAS(who=await privacy.named(work, platform, each), count=has.get(each.id, 0)) for each in free]
    others = OTHERS(names=Text.join(listed, "、", ", ")) if listed else NOBODY_FREE
    who = await privacy.named(work, platform, liaison)
    raise UserError(FULL(who=who, has=has.get(liaison.id, 0), cap=cap, more=len(fresh), others=others))


def _slot(made: Assignment) -> str:
    return f"liaison:{made.id}"


async def _tell(work: UnitOfWork, liaison: Member, made: Sequence[Assignment]) -> None:
    """The members hear who it is and that they may say no; the liaison whom, in one letter."""
    accounts = await posting.reached_of_branch(work)
    for each in made:
        account = accounts.get(each.member_id)
        text = TO_MEMBER(who=await privacy.named(work, posting.platform_of(account), liaison))
        await posting.to_member(work, each.member_id, Outgoing(text), priority=Priority.NOTICE, slot=_slot(each), account=account)
    account = accounts.get(liaison.id)
    members = [await people.present(work, each.member_id) for each in made]
    text = TO_LIAISON(names=await privacy.listed(work, posting.platform_of(account), members))
    await posting.to_member(work, liaison.id, Outgoing(text), priority=Priority.NOTICE, slot=_slot(made[0]), account=account)


async def _tell_former(work: UnitOfWork, ended: Sequence[Assignment], slot: str) -> None:
    """Who looked after them until now hears that it is over, each in one letter."""
    former: dict[MemberId, list[Member]] = {}
    for each in ended:
        member = await work.members.get(each.member_id)
        if each.liaison_id is not None and member is not None:
            former.setdefault(each.liaison_id, []).append(member)
    for liaison_id, members in former.items():
        account = await posting.reached(work, liaison_id)
        text = NO_LONGER(names=await privacy.listed(work, posting.platform_of(account), members))
        await posting.to_member(work, liaison_id, Outgoing(text), priority=Priority.NOTICE, slot=slot, account=account)


async def unassign(work: UnitOfWork, actor: Actor, members: Collection[MemberId], platform: str) -> list[Member]:
    """Let nobody look after some members for now. Raises `UserError` where one of them has no liaison."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    current = {each.member_id: each for each in await work.liaisons.current()}
    wanted = [await people.present(work, each) for each in dict.fromkeys(members)]
    for each in wanted:
        if each.id not in current:
            raise UserError(NONE(who=await privacy.named(work, platform, each)))
    ended = [work.liaisons.end(current[each.id], "taken") for each in wanted]
    await trail.changed(work, actor, [each.id for each in wanted], trail.Kind.LIAISON)
    if actor.member is not None and ended:
        work.deeds.add(actor.member, TAKEN, {"ended": [each.id for each in ended]})
        await _tell_former(work, ended, slot=f"liaison_over:{ended[0].id}")
    return wanted


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take an assignment, or the end of one, back; what was said of it is taken back, too."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    made = await work.liaisons.get_many(data.get("made", ()))
    ended = await work.liaisons.get_many(data["ended"])
    again = {each.member_id for each in await work.liaisons.current()} - {each.member_id for each in made}
    if any(each.until is not None for each in made) or any(each.member_id in again for each in ended):
        raise UserError(CHANGED_SINCE)
    for each in made:
        work.liaisons.remove(each.id)
    for each in ended:
        work.liaisons.reopen(each.id)
    await trail.changed(work, actor, {each.member_id for each in (*made, *ended)}, trail.Kind.LIAISON)
    for slot in [*(_slot(each) for each in made), *(f"liaison_over:{each.id}" for each in ended)]:
        await work.outbox.drop_unsent(slot)
        for letter in await work.outbox.in_slots(slot):
            await work.outbox.replace(letter, posting.pack(Outgoing(TAKEN_BACK)), letter.not_before)


async def current_of(work: UnitOfWork, member_id: MemberId) -> Assignment | None:
    """Who looks after a member now."""
    return next((each for each in reversed(await work.liaisons.of(member_id)) if each.until is None), None)


async def liaison_of(work: UnitOfWork, member_id: MemberId) -> MemberId | None:
    """The liaison of a member who is present and can still look after them; None for nobody."""
    found = await current_of(work, member_id)
    liaison = await work.members.get(found.liaison_id) if found is not None and found.liaison_id is not None else None
    return liaison.id if liaison is not None and liaison.removed_at is None else None


WANTS_A_WORD = Text(
    "{who}想请您联系一下（没说原因，只告诉了您）。", "{who} would like to hear from you (no reason given; only you are told)."
)
WANTS_SOMEBODY = Text(
    "{who}想有人联系一下（没说原因），还没有联系人。", "{who} would like to hear from somebody (no reason given), and has no liaison."
)
TOLD = Text("告诉{who}了。急事别等，直接打电话。", "I told {who}. If it is urgent do not wait: call.")
NOBODY_THERE = Text("您就是书记，直接联系就好。", "You are the secretary: just get in touch.")


async def call(work: UnitOfWork, actor: Actor) -> Text:
    """The actor would like to hear from their liaison, else from the secretary; why is not asked. Answers who is told, in words."""
    require(actor, Permission.OWN_SETTINGS, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("only a member has a liaison")
    liaison = await liaison_of(work, actor.member)
    secretaries = [each.id for each in await work.members.holding(Role.SECRETARY.value) if each.id != actor.member]
    readers = [liaison] if liaison is not None else secretaries
    if not readers:
        raise UserError(NOBODY_THERE)
    await trail.told(work, {each: [actor.member] for each in readers}, trail.Kind.LIAISON)
    accounts, member = await posting.reached_of_branch(work), await people.present(work, actor.member)
    for each in readers:
        account = accounts.get(each)
        who = await privacy.named(work, posting.platform_of(account), member)
        text = (WANTS_A_WORD if liaison is not None else WANTS_SOMEBODY)(who=who)
        await posting.to_member(work, each, Outgoing(text), priority=Priority.NOTICE, account=account)
    return TOLD(who=await named_to(work, actor.member, readers[0]))


_SINCE = Text("{who}，{since} 起", "{who}, since {since}")
_FROM_TO = Text("{who}，{since} 至 {until}", "{who}, {since} to {until}")


async def history(work: UnitOfWork, actor: Actor, member_id: MemberId) -> list[Text]:
    """Who has looked after a member, from when to when: their own, or for who assigns."""
    own = actor.member == member_id
    require(actor, Permission.OWN_DATA if own else Permission.ASSIGN_LIAISON, Subject(work.branch_id, member_id))
    await trail.saw(work, actor, [member_id], trail.Kind.LIAISON)
    lines = []
    for each in await work.liaisons.of(member_id):
        who = await named_to(work, actor.member or member_id, each.liaison_id or MemberId(0))
        since = beijing_day(each.since).isoformat()
        over = beijing_day(each.until).isoformat() if each.until is not None else None
        lines.append(_SINCE(who=who, since=since) if over is None else _FROM_TO(who=who, since=since, until=over))
    return lines


async def want(work: UnitOfWork, actor: Actor, **values: Any) -> None:
    """Note what the actor wants of being looked after; taken back by its opposite and by 撤销."""
    require(actor, Permission.OWN_SETTINGS, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a wish is a member's")
    before = await work.liaisons.wish(actor.member)
    work.liaisons.want(replace(before, **values))
    work.deeds.add(actor.member, WISH, {name: getattr(before, name) for name in values})


async def unwant(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Make it what it was."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    if actor.member is not None:
        work.liaisons.want(replace(await work.liaisons.wish(actor.member), **data))
