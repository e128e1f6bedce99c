"""Names: who says they are called otherwise is asked about – the secretary decides by a card –, and who keeps the register may rename."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.language.names import latin
from bot.language.normalise import clean
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules.register import How
from bot.services import asking, people, posting, privacy, register_values, trail, whom
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KIND, DEED = "register_name", "renamed"
"""The kind of the question to the secretary; and of the deed that somebody was given another name."""
LIVES = timedelta(days=7)
CHOICES = (
    Choice(Text("改名", "rename"), ("改", "好", "对", "是", "可以", "同意", "ok", "yes")),
    Choice(Text("不改", "keep"), ("不", "不行", "不对", "no")),
)
SENT = Text("姓名要由{who}改，我已经转过去了，改好告诉您。", "A name is changed by {who}; I passed it on and will tell you.")
SAME = Text("登记的就是这个名字。", "That is the name that is registered.")
CARD = Text("{who}说自己的姓名应该是“{name}”。改吗？", "{who} says their name should be “{name}”. Rename?")
CARD_ABROAD = Text(
    "有同志说自己的姓名登记错了，请在网页版里处理。", "A member says their name is registered wrongly; please see to it in the web chat."
)
RENAMED = Text("好，姓名改成{name}了。不对就发“撤销”。", "Renamed to {name}. “undo” if that is wrong.")
TOLD = Text("您的姓名改成{name}了。", "You are registered as {name} now.")
NOT_TOLD = Text("姓名没有改，有疑问请找{who}。", "Your name was not changed; please talk with {who}.")
KEPT = Text("好，没有改。", "All right, nothing was changed.")
TAKEN = Text(
    "支部里已经有一位“{name}”。同名的请加个区别，比如“{name}（东）”。没有改。",
    "There is a “{name}” already; please add something to tell them apart. Nothing was changed.",
)
LENGTH = Text("姓名要 2 到 40 个字，不带数字。没有改。", "A name has 2 to 40 characters and no digits. Nothing was changed.")
CHANGED_SINCE = Text("后来又改过，没有动。", "It was changed again since, so it stays.")
UNDONE = Text("好，姓名和原来一样。", "The name is as it was.")
_SHORTEST, _LONGEST = 2, 40


def _checked(words: str) -> str:
    name = clean(words).strip()
    if register_values.holds_identity(words):
        raise UserError(register_values.IDENTITY)
    if not _SHORTEST <= len(name) <= _LONGEST or any(each.isdigit() for each in name):
        raise UserError(LENGTH)
    return name


async def ask(work: UnitOfWork, actor: Actor, words: str) -> Text:
    """Lay another name before the secretary."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    if actor.member is None:
        raise LookupError("a name is a member's")
    member, name = await people.present(work, actor.member), _checked(words)
    if name.casefold() in {member.name.casefold(), member.latin.casefold()}:
        return SAME
    if Role.SECRETARY in actor.roles:
        return await rename(work, actor, member, name)
    await _free(work, member, name)
    await asking.close_cards(work, KIND, "member", [member.id])
    accounts = await posting.reached_of_branch(work)
    for secretary in await work.members.holding(Role.SECRETARY.value):
        account = accounts.get(secretary.id)
        named, _ = await privacy.shown(work, posting.platform_of(account), [member])
        text = CARD(who=people.person(member), name=name) if named else CARD_ABROAD
        card = Ask(KIND, text, CHOICES, LIVES, {"member": member.id, "name": name}, card=True)
        letter = await asking.prepare(work, secretary.id, card) if named else Outgoing(text)
        await posting.to_member(work, secretary.id, letter, priority=Priority.NOTICE, account=account)
    return SENT(who=await whom.secretary(work, member.id, posting.platform_of(accounts.get(member.id))))


async def _free(work: UnitOfWork, member: Member, name: str) -> None:
    if any(each.id != member.id and each.name == name for each in await work.members.named(name)):
        raise UserError(TAKEN(name=name))


async def decide(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], *, renamed: bool) -> Text:
    """The secretary's answer to the card; the member hears of it."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id, data["member"]))
    await asking.close_cards(work, KIND, "member", [data["member"]])
    member = await work.members.get(MemberId(data["member"]))
    if member is None or member.removed_at is not None:
        return KEPT
    if not renamed:
        who = await whom.secretary(work, member.id, posting.platform_of((await posting.reached_of_branch(work)).get(member.id)))
        await posting.to_member(work, member.id, Outgoing(NOT_TOLD(who=who)), priority=Priority.NOTICE)
        return KEPT
    answer = await rename(work, actor, member, data["name"])
    await posting.to_member(work, member.id, Outgoing(TOLD(name=data["name"])), priority=Priority.NOTICE)
    return answer


async def rename(work: UnitOfWork, actor: Actor, member: Member, words: str) -> Text:
    """Give a member another name. Raises `UserError` where somebody present has it."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id, member.id))
    name = _checked(words)
    await _free(work, member, name)
    if name == member.name:
        return SAME
    await _write(work, actor, member, (name, latin(name)), How.ENTERED)
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"member": member.id, "name": member.name, "latin": member.latin, "after": name})
    return RENAMED(name=name)


async def _write(work: UnitOfWork, actor: Actor, member: Member, names: tuple[str, str], how: How) -> None:
    name, spelled = names
    work.register.note(member.id, "name", member.name, name, by=actor.member, how=how.value, batch=work.new_id())
    await work.members.change(member.id, name=name, latin=spelled)
    await trail.changed(work, actor, [member.id], trail.Kind.REGISTER)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Text:
    """Give the former name back, unless it was changed again."""
    require(actor, Permission.KEEP_REGISTER, Subject(work.branch_id, data["member"]))
    member = await people.present(work, MemberId(data["member"]))
    if member.name != data["after"]:
        return CHANGED_SINCE
    await _free(work, member, data["name"])
    await _write(work, actor, member, (data["name"], data["latin"]), How.UNDONE)
    return UNDONE
