"""Who is what in the branch: appointing, dismissing, handing over, and telling a person what they may do.

A branch always keeps a secretary who can be reached: the last one with an account cannot be dismissed, removed or leave.
"""

from collections.abc import Mapping
from typing import Any

from bot.errors import UserError
from bot.language.normalise import HAN, clean
from bot.messages import Outgoing, Priority
from bot.patterns import Pattern
from bot.permissions import GRANTS, PERMISSION_NAMES, ROLE_NAMES, Actor, Permission, Role, Subject, holders, require
from bot.services import finding, liaison_cards, people, posting, trail, web_entry
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

STATUS = frozenset({Role.MEMBER, Role.PROBATIONARY, Role.GUEST})
"""What a person is; of these exactly one. Everything else is an office."""
_OTHER_WORDS = {
    "支部书记": Role.SECRETARY,
    "支部副书记": Role.DEPUTY,
    "deputy": Role.DEPUTY,
    "委员": Role.COMMITTEE,
    "正式党员": Role.MEMBER,
}
ROLE_WORDS: dict[str, Role | None] = {
    **{word.casefold(): role for role, name in ROLE_NAMES.items() for word in (name.zh, name.en, role.value)},
    **_OTHER_WORDS,
    **dict.fromkeys(("普通成员", "普通党员", "ordinary member", "ordinary"), None),
}
"""Roles by the words for them; None is a member without an office."""
_AS = Pattern(r"\s*(?:担任|为|当|做|as)$")

HOW = Text(
    "请写明姓名和角色，例如：任命 李小山 联络员。角色有：书记、副书记、支部委员、组织委员、学习委员、联络员、党员、预备党员、流入党员。",
    "Please give a name and a role: appoint NAME liaison. Roles: secretary, deputy secretary, committee member, dues keeper, curator, "
    "liaison, member, probationary member, guest.",
)
NOT_BY_CHAT = Text("这个角色不能在聊天里任命。", "This role cannot be given in a chat.")
LAST = Text(
    "支部不能没有书记。请先发“移交书记 姓名”，或再任命一位绑定了账号的书记。",
    "A branch needs a secretary. First send “handover NAME”, or appoint another who has bound an account.",
)
NOT_HELD = Text("{who}本来就不是{role}。", "{who} is not {role} anyway.")
HELD = Text("{who}已经是{role}了。", "{who} is {role} already.")
STATUS_STAYS = Text("这不是职务，改身份请用“任命”，请人离开支部请用“移除”。", "That is no office: use “appoint” to change it, or “remove”.")
UNBOUND = Text("{who}还没有绑定账号，请先邀请绑定，再移交。", "{who} has no bound account yet; please invite them first.")
ONESELF = Text("书记就是您自己，不用移交。", "That is yourself; there is nothing to hand over.")
NOT_SECRETARY = Text("只有书记能移交书记。", "Only a secretary can hand that over.")
CHANGED_SINCE = Text("后来又有变化，撤不回来了，请重新任命。", "It has changed since and cannot be taken back; please appoint anew.")
TOLD = Text(
    "您现在在支部的角色是：{roles}。发“权限”看能做什么。", "Your role in the branch is now: {roles}. Send “rights” to see what you may do."
)


_ODD = Pattern(f" [{HAN}]{{1,2}}$")
"""What is left between a name and a role that there is not: 李小山 代理|书记."""


def read(words: str) -> tuple[str, Role | None]:
    """The name and the role in “李小山 联络员”, “联络员 李小山” or “李小山为联络员”; None is no office. Raises `UserError`."""
    said = clean(words)
    for word in sorted(ROLE_WORDS, key=len, reverse=True):
        folded = said.casefold()
        if folded.endswith(word):
            name = said[: -len(word)]
            if _ODD.search(name):
                break
        elif folded.startswith(word):
            name = said[len(word) :]
        else:
            continue
        if name.strip(" ,，:："):
            return name.strip(" ,，:："), ROLE_WORDS[word]
    raise UserError(HOW)


async def appoint(work: UnitOfWork, actor: Actor, name: str, role: Role | None, platform: str) -> Member:
    """Give a role; of what a person is (member, probationary, guest) the new one replaces the old. None takes every office."""
    require(actor, Permission.APPOINT, Subject(work.branch_id))
    if role in {Role.OPERATOR, Role.STRANGER, Role.ORGANISER}:
        raise UserError(NOT_BY_CHAT)
    member = await _named(work, name, platform)
    before = people.roles_of(member)
    after = _with(before, role)
    if after == before:
        raise UserError(HELD(who=name, role=ROLE_NAMES[role or Role.MEMBER]))
    return await _change(work, actor, member, before, after)


def _with(before: frozenset[Role], role: Role | None) -> frozenset[Role]:
    if role is None:
        return before & STATUS or frozenset({Role.MEMBER})
    return (before - STATUS if role in STATUS else before) | {role}


async def make_liaison(work: UnitOfWork, actor: Actor, member_id: MemberId) -> None:
    """Make a member a liaison, besides what they are."""
    require(actor, Permission.APPOINT, Subject(work.branch_id))
    member = await people.present(work, member_id)
    before = people.roles_of(member)
    if Role.LIAISON not in before:
        await _change(work, actor, member, before, before | {Role.LIAISON})


async def dismiss(work: UnitOfWork, actor: Actor, name: str, role: Role | None, platform: str) -> Member:
    """Take an office."""
    require(actor, Permission.APPOINT, Subject(work.branch_id))
    if role is None or role in STATUS:
        raise UserError(STATUS_STAYS)
    member = await _named(work, name, platform)
    before = people.roles_of(member)
    if role not in before:
        raise UserError(NOT_HELD(who=name, role=ROLE_NAMES[role]))
    return await _change(work, actor, member, before, before - {role} or frozenset({Role.MEMBER}))


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take an appointment or a dismissal back."""
    require(actor, Permission.APPOINT, Subject(work.branch_id))
    member = await work.members.get(data["member"])
    if member is None or member.removed_at is not None:
        raise UserError(CHANGED_SINCE)
    now = people.roles_of(member)
    await trail.changed(work, actor, [member.id], Trailed.ROLE)
    await _put(work, member, now, (now - {Role(each) for each in data["given"]}) | {Role(each) for each in data["taken"]})
    if Permission.LIAISE not in _allowed(now):
        await liaison_cards.back(work, member.id)


async def successor(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Member:
    """Whom a secretary may hand over to: another member who can be reached."""
    require(actor, Permission.APPOINT, Subject(work.branch_id))
    if Role.SECRETARY not in actor.roles:
        raise UserError(NOT_SECRETARY)
    member = await finding.by_name(work, name, platform)
    await _may_succeed(work, actor, member, name)
    return member


async def _may_succeed(work: UnitOfWork, actor: Actor, member: Member, name: str) -> None:
    if member.id == actor.member:
        raise UserError(ONESELF)
    if not await work.accounts.of(member.id):
        raise UserError(UNBOUND(who=name[:20]))


async def hand_over(work: UnitOfWork, actor: Actor, member_id: MemberId) -> Member:
    """Make another the secretary instead of oneself."""
    member = await work.members.get(member_id)
    if member is None or member.removed_at is not None or actor.member is None:
        raise UserError(CHANGED_SINCE)
    require(actor, Permission.APPOINT, Subject(work.branch_id))
    if Role.SECRETARY not in actor.roles:
        raise UserError(NOT_SECRETARY)
    await _may_succeed(work, actor, member, member.name)
    await trail.changed(work, actor, [member.id, actor.member], Trailed.ROLE)
    gained = Role.SECRETARY not in people.roles_of(member)
    await work.members.appoint(member.id, Role.SECRETARY.value)
    await work.members.dismiss(actor.member, Role.SECRETARY.value)
    await web_entry.office_changed(work, actor.member, actor.roles, actor.roles - {Role.SECRETARY})
    work.deeds.add(actor.member, "handed_over", {"member": member.id, "gained": gained})
    await _tell(work, actor, member.id)
    return member


async def take_office_back(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Undo a handing over, while the other still is secretary."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    member = await work.members.get(data["member"])
    if actor.member is None or member is None or Role.SECRETARY not in people.roles_of(member):
        raise UserError(CHANGED_SINCE)
    await trail.changed(work, actor, [member.id, actor.member], Trailed.ROLE)
    await work.members.appoint(actor.member, Role.SECRETARY.value)
    if data["gained"]:
        await work.members.dismiss(member.id, Role.SECRETARY.value)
        before = people.roles_of(member)
        await web_entry.office_changed(work, member.id, before, before - {Role.SECRETARY})
    await _tell(work, actor, member.id)


async def keep_a_secretary(work: UnitOfWork, member_id: MemberId) -> None:
    """Raise `UserError` if without this member no secretary who can be reached would be left."""
    secretaries = await work.members.holding(Role.SECRETARY.value)
    bound = {account.member_id for account in await work.accounts.of_branch()}
    others = [each for each in secretaries if each.id != member_id and each.id in bound]
    if not others and any(each.id == member_id for each in secretaries):
        raise UserError(LAST)


def explained(actor: Actor) -> list[Text]:
    """What an actor's roles allow, and for what whom to ask."""
    own = [permission for permission in Permission if actor.may(permission)]
    other = [permission for permission in Permission if permission not in own and holders(permission)]
    allowed = [Text("您可以：", "You may: ") + Text.join([PERMISSION_NAMES[each] for each in own], "、", ", ")]
    if not other:
        return allowed
    asked = [
        PERMISSION_NAMES[each] + Text("（", " (") + Text.join([ROLE_NAMES[role] for role in holders(each)], "、", ", ") + Text("）", ")")
        for each in other
    ]
    return [*allowed, Text("下面这些由括号里的同志来做，需要时找他们：", "These are done by those in brackets; ask them:"), *asked]


async def _named(work: UnitOfWork, name: str, platform: str) -> Member:
    try:
        return await finding.by_name(work, name, platform)
    except people.NobodyOfThatName:
        if _AS.sub("", name) == name:
            raise
        return await finding.by_name(work, _AS.sub("", name), platform)


async def _change(work: UnitOfWork, actor: Actor, member: Member, before: frozenset[Role], after: frozenset[Role]) -> Member:
    await trail.changed(work, actor, [member.id], Trailed.ROLE)
    await _put(work, member, before, after)
    if actor.member is not None:
        given, taken = ([role.value for role in each] for each in (after - before, before - after))
        work.deeds.add(actor.member, "roles", {"member": member.id, "given": given, "taken": taken})
    await _tell(work, actor, member.id)
    return member


async def _put(work: UnitOfWork, member: Member, before: frozenset[Role], after: frozenset[Role]) -> None:
    if Role.SECRETARY in before - after:
        await keep_a_secretary(work, member.id)
    for role in sorted(after - before):
        await work.members.appoint(member.id, role.value)
    for role in sorted(before - after):
        await work.members.dismiss(member.id, role.value)
    await web_entry.office_changed(work, member.id, before, after)
    if Permission.LIAISE in _allowed(before) - _allowed(after):
        await liaison_cards.gone(work, member)


def _allowed(held: frozenset[Role]) -> frozenset[Permission]:
    return frozenset().union(*(GRANTS[role] for role in held))


async def _tell(work: UnitOfWork, actor: Actor, member_id: MemberId) -> None:
    """Let the person know what they are now."""
    member = await work.members.get(member_id)
    if member is not None and member.id != actor.member:
        await posting.to_member(work, member.id, Outgoing(TOLD(roles=people.titles(member))), priority=Priority.NOTICE)
