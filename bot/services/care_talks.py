"""Noting that somebody was talked with, visited or called (谈过 李小山): the day and the kind, never what was said."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import care_talks as language
from bot.language.care_talks import ImpossibleDay, Kind, NotMet
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.register import Field
from bot.services import finding, people, privacy, register, trail
from bot.services.people import NOBODY, NobodyOfThatName
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

DEED = "care_contact"
KIND_NAMES: Mapping[Kind, Text] = {
    Kind.TALK: Text("谈过", "talked with"),
    Kind.VISIT: Text("走访过", "visited"),
    Kind.CALL: Text("打过电话", "called"),
}
NOT_THEIRS = Text(
    "{who}不是您联系的人，没有记。要记，请书记来记。", "{who} is not one of yours, so nothing was noted; the secretary may note it."
)
NOT_ONESELF = Text("这里记的是跟别的同志谈过，没有记。", "This is for talks with others; nothing was noted.")
WHOM = Text("请写上姓名，比如：谈过 李小山。多位就一起写。", "Please add the name: talked Li Xiaoshan. Several at once will do.")
BAD_DAY = Text(
    "哪一天没看懂（要是已经过了的一天，一年以内），没有记。", "Which day? It has to be a past one, within a year; nothing was noted."
)


NOT_MET = Text(
    "没谈成、没接通的不用记；别人谈的，请他自己来记。您谈过了，发“谈过 姓名”。没有记。",
    "What did not come about is not noted, and what others did they note themselves. “talked NAME” once you did; nothing was noted.",
)


@dataclass(frozen=True, slots=True)
class Noted:
    """Who was met, how and when; `more`: other words followed, of which nothing was kept."""

    members: Sequence[Member]
    kind: Kind
    day: date
    more: bool


async def read(work: UnitOfWork, actor: Actor, words: str, platform: str) -> tuple[list[Member], date, bool]:
    """Whom words name, on which day, and whether there were other words. Raises `UserError`."""
    require(actor, Permission.LIAISE, Subject(work.branch_id))
    members = await work.members.present()
    try:
        told = language.read(words, work.now, [name for each in members for name in (each.name, each.latin)])
    except ImpossibleDay as error:
        raise UserError(BAD_DAY) from error
    except NotMet as error:
        raise UserError(NOT_MET) from error
    if not told.names:
        raise UserError(WHOM)
    return await named(work, told.names, platform), told.day, told.more


async def named(work: UnitOfWork, names: Sequence[str], platform: str) -> list[Member]:
    """The members of names, each once; a latin name that several have raises `finding.Several`, one nobody has `NobodyOfThatName`."""
    return list({member.id: member for member in [await _one(work, name, platform) for name in names]}.values())


async def _one(work: UnitOfWork, name: str, platform: str) -> Member:
    found = await work.members.named(name)
    if not found:
        raise NobodyOfThatName(NOBODY(name=name[:20]))
    exact = [each for each in found if each.name == name]
    if len(exact) > 1 or (len(found) > 1 and not exact):
        raise await finding.several(work, found, name, platform)
    return (exact or found)[0]


async def talked(
    work: UnitOfWork, actor: Actor, members: Sequence[MemberId], kind: Kind, day: date, *, platform: str, more: bool = False
) -> Noted:
    """Note that members were met on a day: a liaison for their own, the secretary for all. Counts as heard of. Raises `UserError`."""
    require(actor, Permission.LIAISE, Subject(work.branch_id))
    if actor.member is None:
        raise LookupError("a talk is noted by a member")
    wanted = [await people.present(work, each) for each in dict.fromkeys(members)]
    theirs = {each.member_id for each in await work.liaisons.by(actor.member) if each.until is None}
    for each in wanted:
        if each.id == actor.member:
            raise UserError(NOT_ONESELF)
        if each.id not in theirs and not actor.may(Permission.ENTER_FOR_OTHERS):
            raise UserError(NOT_THEIRS(who=await privacy.named(work, platform, each)))
    made = [work.care_contacts.add(each.id, kind.value, day, actor.member) for each in wanted]
    recent = (beijing_day(work.now) - day).days <= 1
    lit = await register.lit(work, actor, [each.id for each in wanted], Field.FOUND_ON)
    heard = [[each.id, await people.spoken_with(work, each.id) if recent else []] for each in wanted]
    await trail.changed(work, actor, [each.id for each in wanted], trail.Kind.LIAISON)
    work.deeds.add(actor.member, DEED, {"made": [each.id for each in made], "heard": heard, "lit": lit})
    return Noted(wanted, kind, day, more)


async def in_touch(work: UnitOfWork, members: Collection[MemberId]) -> set[MemberId]:
    """Who of some members is in touch by anything that is kept: an account, or a contact that was noted."""
    bound = {each.member_id for each in await work.accounts.of_branch() if each.member_id in members}
    return bound | {member_id for member_id, _ in await work.care_contacts.counts(date.min, members)}


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take such a note back."""
    require(actor, Permission.LIAISE, Subject(work.branch_id))
    for each in data["made"]:
        work.care_contacts.remove(each)
    if data.get("lit") is not None:
        met = [MemberId(member_id) for member_id, _ in data["heard"]]
        await register.unlit(work, actor, data["lit"], but=await in_touch(work, met))
    for member_id, heard in data["heard"]:
        await people.not_spoken_with(work, member_id, heard)
    await trail.changed(work, actor, [member_id for member_id, _ in data["heard"]], trail.Kind.LIAISON)
