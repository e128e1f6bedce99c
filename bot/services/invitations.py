"""One-time codes: inviting people, binding the account that shows a code, a further account, a lost one.

A code is spent once, lives seven days and is kept only as its hash; a new one ends the old. Somebody who is bound already is never told
whether a code is good, and everybody else hears one and the same sentence for a used, an expired and a guessed one.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.errors import UserError
from bot.language import names as naming
from bot.messages import ChatKind, Incoming, Outgoing
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.rules import codes
from bot.rules.register import Field
from bot.services import deployment, finding, offered, people, posting, privacy, register, sought, strangers, trail
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.accounts import Account
from storage.invites import Invite
from storage.keys import AccountKey, MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork
from storage.visitors import Visitor

LIVES = timedelta(days=7)
TRIES = 5
LOCKED_FOR = timedelta(hours=1)
MOST = 60
"""Names in one list."""

_PART = 150
"""Characters of a message that hold names."""

DOUBTFUL = Text("这几条不像姓名，先不动：{names}", "These do not look like names and are left out: {names}")
BOUND = Text("您已经登记过了，不用再绑定。发“帮助”看我能做什么。", "You are bound already. Send “help” to see what I can do.")
WRONG = Text(
    "这个邀请码不对，或者用过、过期了。请核对一下，或向书记再要一个。",
    "This code is not right, or it was used or has expired. Please check it, or ask the secretary for another.",
)
LOCKED = Text("邀请码试错太多次了，请过一小时再试。", "Too many wrong codes. Please try again in an hour.")
NO_CODE = Text(
    "请带上邀请码：绑定 邀请码。没有的话，发“报到 您的姓名”。", "Please add the code: bind CODE. Without one, send “join YOUR NAME”."
)
ADDED = Text(
    "绑好了，这也是您的账号了。在哪边做的都算，只算一次；私下的话我发到您最近用的那个。",
    "Bound: this account is yours, too. What you do on either counts, and once; in private I write to the one you used last.",
)
ADDED_IN_GROUP = Text(
    "绑好了，在这个群里@我说话就行。私下的话，我发到您别的账号。",
    "Bound: in this group just mention me. In private I write to another account of yours.",
)
ONLY_IN_GROUP = Text(
    "绑好了，在这个群里@我说话就行。想和我私聊，请向书记再要个邀请码，私聊我发“绑定 邀请码”。",
    "Bound: in this group just mention me. To talk in private, ask the secretary for another code and send me “bind CODE” there.",
)
TOLD = Text(
    "您刚刚在{where}上绑了一个新账号。是您自己绑的就不用管；不是，马上发“解绑”把它去掉，再跟书记说一声。",
    "A new account of yours was just bound on {where}. If that was you, all is well; if not, send “unbind” at once and tell the secretary.",
)
SHOWN = Text(
    "您的码在群里露出来了，已经作废，谁也用不了。要绑新账号，私聊我发“绑定新账号”，再到那边私聊我发码。",
    "Your code was shown in the group and has ended; nobody can use it. To bind a further account, send me “newaccount” in private.",
)
WELCOME = Text(
    "登记好了，欢迎您！私聊里发“帮助”，看我能做什么。", "You are registered. Welcome! Send “help” in private to see what I can do."
)
NEXT = Text(
    "登记好了，书记您好。下一步：把我拉进支部群，在群里发“绑定本群”；然后私聊我“邀请 姓名”，请同志们进来。",
    "You are registered as secretary. Next: take me into the branch's group and send “bindgroup” there; then “invite NAME” here, for each.",
)
TAP = Text("\n用 Telegram 的，点开就行：\n{link}", "\nOn Telegram, opening this is enough:\n{link}")
TAP_EACH = Text(
    "\n用 Telegram 的，点开这个地址加上邀请码就行：{link}", "\nOn Telegram, opening this address with the code after it is enough: {link}"
)
TOO_MANY = Text("一次最多 {most} 个姓名，请分几次发。", "At most {most} names at a time; please send them in parts.")
LEFT = Text("这位同志已经不在名单上了。", "They are no longer on the list.")
CANNOT = Text("换号撤不回来，请让本人用新的邀请码绑定。", "That cannot be taken back; let them bind with the new code.")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a pasted list holds: names, and what does not look like one."""

    names: list[str]
    doubtful: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What came of inviting: a code for each who is not bound yet, and who is."""

    codes: list[tuple[Member, str]]
    bound: list[Member]


def read(words: str) -> Listed:
    """The names in what was typed. Raises `UserError` for more than 60."""
    found = list(dict.fromkeys(each.removesuffix("同志") or each for each in naming.names(words)))
    if len(found) > MOST:
        raise UserError(TOO_MANY(most=MOST))
    return Listed([each for each in found if naming.is_name(each)], [each for each in found if not naming.is_name(each)])


async def invite(work: UnitOfWork, actor: Actor, listed: Sequence[str], platform: str) -> Sheet:
    """Make members of those who are not there yet, and a code for each who is not bound. Raises `finding.Several`."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    known: dict[str, list[Member]] = {}
    for each in await work.members.present():
        for word in {each.name, each.latin.casefold()}:
            known.setdefault(word, []).append(each)
    made: dict[str, Member] = {}
    wanted: dict[MemberId, Member] = {}
    for name in listed:
        found = known.get(name) or known.get(name.casefold()) or []
        member = await finding.the_one(work, found, name, platform) or made.get(name)
        if member is None:
            member = made[name] = work.members.add(name, naming.latin(name), [Role.MEMBER.value])
        wanted[member.id] = member
    await sought.leave_alone(work, list(wanted.values()), platform)
    # Who is known in one group only, where their id is another than in private, needs a code for that still.
    there = await work.accounts.of_branch()
    bound = {each.member_id for each in there if each.private_chat is not None or each.key.platform not in deployment.APART}
    sheet = Sheet(
        [(member, _new_code()) for member in wanted.values() if member.id not in bound],
        [member for member in wanted.values() if member.id in bound],
    )
    await trail.changed(work, actor, [member.id for member, _ in sheet.codes], Trailed.MEMBERSHIP)
    await work.invites.issue_many({member.id: _hash(code) for member, code in sheet.codes}, work.now + LIVES)
    if sheet.codes and actor.member is not None:
        ids = [member.id for member, _ in sheet.codes]
        work.deeds.add(actor.member, "invited", {"members": ids, "made": [member.id for member in made.values()]})
    return sheet


async def take_back(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Undo an invitation: its codes and links end, and who was made for it and has not come is no member."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    bound = {account.member_id for account in await work.accounts.of_branch()}
    await work.invites.revoke_many([MemberId(each) for each in data["members"]])
    await trail.changed(work, actor, [MemberId(each) for each in data["members"]], Trailed.MEMBERSHIP)
    not_come = [MemberId(each) for each in data["made"] if each not in bound]
    await work.links.revoke_many(not_come)
    for member_id in not_come:
        await work.members.change(member_id, removed_at=work.now)


async def shown_back(work: UnitOfWork, platform: str, listed: Listed) -> list[Text]:
    """What was understood of a list, in messages of a page; no names where they may not go, since these people agreed to nothing yet."""
    told = [] if await deployment.asks_consent(work, platform) else _in_parts(listed.names)
    return [*told, *(DOUBTFUL(names=part) for part in _in_parts([each[:20] for each in listed.doubtful]))]


def _in_parts(words: Sequence[str]) -> list[Text]:
    parts: list[str] = []
    for word in words:
        if parts and len(parts[-1]) + len(word) < _PART:
            parts[-1] += f"、{word}"
        else:
            parts.append(word)
    return [Text.plain(part) for part in parts]


async def lines(work: UnitOfWork, platform: str, sheet: Sheet) -> list[Text]:
    """The codes, each with its name, or with its number in the order of the list where the name must not be shown."""
    shown, _ = await privacy.shown(work, platform, [member for member, _ in sheet.codes])
    names = {member.id: people.person(member) for member in shown}
    return [
        Text.plain(f"{number}. ") + (names[member.id] + Text.plain(" ") if member.id in names else Text("", "")) + Text.plain(code)
        for number, (member, code) in enumerate(sheet.codes, 1)
    ]


async def to_tap(work: UnitOfWork, code: str | None = None) -> Text:
    """What follows a code, or a sheet of codes: the address that takes it on Telegram; nothing while that is not known."""
    link = await deployment.deep_link(work, code or "")
    if link is None:
        return Text("", "")
    return (TAP if code else TAP_EACH)(link=link)


async def issue(work: UnitOfWork, member_id: MemberId) -> str:
    """A new code for a member of this branch; an earlier one ends."""
    code = _new_code()
    await work.invites.issue(_hash(code), member_id, work.now + LIVES)
    return code


async def own_code(work: UnitOfWork, actor: Actor, member_id: MemberId) -> str:
    """A code by which a member binds a further account of theirs."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, member_id))
    return await issue(work, member_id)


async def to_replace(work: UnitOfWork, actor: Actor, name: str, platform: str) -> Member:
    """The member of a name whose accounts shall end."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    return await finding.by_name(work, name, platform)


async def replace_accounts(work: UnitOfWork, actor: Actor, member_id: MemberId, speaking: AccountKey) -> tuple[Member, str]:
    """A phone was lost: every account and session of a person ends (but the one that says so), and a new code is made."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    member = await work.members.get(member_id)
    if member is None or member.removed_at is not None:
        raise UserError(LEFT)
    kept = await work.accounts.get(speaking) if member.id == actor.member else None
    await trail.changed(work, actor, [member.id], Trailed.ACCOUNT)
    await work.accounts.unbind_all(member.id, speaking if kept else None)
    await work.links.revoke(member.id)
    await work.outbox.readdress(member.id, kept.chat if kept else None)
    if kept is not None:
        await posting.forward_waiting(work, member, kept)
    if actor.member is not None:
        work.deeds.add(actor.member, "accounts_replaced", {})
    return member, await issue(work, member.id)


def holds_code(words: str) -> bool:
    """Whether something is spelt like a code, so that it is not just talk."""
    return codes.is_code(codes.typed(words))


async def bind(work: UnitOfWork, actor: Actor, incoming: Incoming, words: str) -> Text | None:
    """Bind the account that speaks to whom a code stands for; answers what to say, None for nothing.

    Five wrong codes lock it for an hour, which is said once.
    """
    require(actor, Permission.BIND)
    key = incoming.sender.key
    account = await work.accounts.get(key)
    code = codes.typed(words)
    if account is not None and not account.removed:
        return SHOWN if incoming.chat.kind is ChatKind.GROUP and await _was_own(work, account, code) else BOUND
    if not code:
        return NO_CODE if await strangers.once_today(work, key, "code") else None
    visitor = await work.visitors.get(key)
    if visitor.locked_until is not None and visitor.locked_until > work.now:
        return None
    member = await _meant(work, code)
    if member is None:
        return await count_wrong(work, key, visitor)
    work.invites.spend(_hash(code))
    if visitor.wrong_codes:
        await work.visitors.change(key, wrong_codes=0, locked_until=None)
    before = await work.accounts.of(member.id)
    reached = await posting.reached(work, member.id)
    if not before:
        await sought.came(work, member.id)
    await admit(work, member, key, incoming.chat.key.chat_id if incoming.chat.kind is ChatKind.PRIVATE else None)
    await people.heard(work, member.id)
    if reached is not None:
        await posting.to_member(work, member.id, Outgoing(TOLD(where=offered.named(key.platform))), account=reached)
    if incoming.chat.kind is ChatKind.GROUP and key.platform in deployment.APART:
        return ADDED_IN_GROUP if reached is not None else ONLY_IN_GROUP
    return ADDED if before else await welcome(work, member)


async def _was_own(work: UnitOfWork, account: Account, code: str) -> bool:
    """Whether a code shown to everybody was a good one of whom it was shown by; it ends."""
    found = await work.invites.get(_hash(code)) if code and codes.is_code(code) else None
    if found is None or found.member_id != account.member_id or found.used_at is not None or found.expires_at <= work.now:
        return False
    work.invites.spend(_hash(code))
    return True


async def admit(work: UnitOfWork, member: Member, key: AccountKey, private_chat: str | None) -> None:
    """Bind an account to a member; in private they are introduced to the bot and get what waited for them."""
    account = work.accounts.bind(key, member.id, private_chat)
    await register.lit(work, people.actor_of(member), [member.id], Field.FOUND_ON)
    await posting.introduce(work, member, account)
    await posting.forward_waiting(work, member, account)


async def welcome(work: UnitOfWork, member: Member) -> Text:
    """What somebody hears who has just been bound."""
    founding = Role.SECRETARY in people.roles_of(member) and not await work.chats.of_branch()
    return NEXT if founding else WELCOME


async def _meant(work: UnitOfWork, code: str) -> Member | None:
    """The present member a good code stands for; its branch is entered."""
    found: Invite | None = await work.invites.get(_hash(code)) if codes.is_code(code) else None
    if found is None or found.used_at is not None or found.expires_at <= work.now or work.entered not in {None, found.branch_id}:
        return None
    work.enter(found.branch_id)
    member = await work.members.get(found.member_id)
    return None if member is None or member.removed_at is not None else member


async def count_wrong(work: UnitOfWork, key: AccountKey, visitor: Visitor) -> Text:
    """Note that an account showed a code that is good for nothing; answers what it hears."""
    wrong = 1 if visitor.locked_until is not None else visitor.wrong_codes + 1
    locked_until = work.now + LOCKED_FOR if wrong >= TRIES else None
    await work.visitors.change(key, wrong_codes=wrong, locked_until=locked_until)
    return LOCKED if locked_until else WRONG


def _new_code() -> str:
    return "".join(secrets.choice(codes.ALPHABET) for _ in range(codes.LENGTH))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
