"""Asking to join (报到): a card to every secretary, one open request for each account, and what comes of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.names import is_name, latin
from bot.language.normalise import clean
from bot.messages import ChatKind, Incoming, Outgoing, Priority, ReplyTo
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import asking, deployment, finals, finding, invitations, place_words, posting, register, sought, strangers, trail
from bot.services.asking import Ask, Choice
from bot.services.register import Field
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.keys import AccountKey, ChatKey
from storage.members import Member
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

KIND = "join"
LIVES = timedelta(days=7)
REST = timedelta(days=1)
"""How long somebody who was declined cannot ask again."""
ACCEPT = Choice(Text("接收", "accept"))
DECLINE = Choice(Text("不接收", "decline"))

CARD = Text(
    "{name}发来报到，想登记到支部{nick}。请先确认是本人，再答复。七天内有效。",
    "{name} asks to be registered in the branch{nick}. Please make sure it is really them before you accept. Good for seven days.",
)
_NICK = Text("（账号昵称：{nick}）", " (the account calls itself {nick})")
_BY_POSTER = Text("（寻找海报来的）", " (by the poster of the search)")
_SOMEBODY = Text("一位同志（姓名请在网页看）", "Somebody (their name is on the web page)")
GIVE_NAME = Text("请带上姓名再发一次：报到 您的姓名。", "Please send it with your name: join YOUR NAME.")
PASSED_ON = Text("好，已转告书记，确认后告诉您。", "Passed on to the secretary; you will hear from me.")
AGAIN = Text("已经转告书记了，请等一等。", "The secretary knows already; please wait a little.")
WHICH_GROUP = Text(
    "请在您支部的群里发“报到 您的姓名”；有邀请码的，在这里发“绑定 邀请码”。",
    "Please send “join YOUR NAME” in your branch's group; with a code, send “bind CODE” here.",
)
SEE_SECRETARY = Text("书记看到您的报到了，请直接和书记联系一下。", "The secretary has seen your request; please get in touch with them.")
BOUND_THERE = Text(
    "“{name}”已经绑定了账号。确是本人换了手机，发“换号 {name}”；不是，就点不接收。",
    "“{name}” has a bound account. If it is really them with a new phone, send “rebind {name}”; if not, press decline.",
)
SEVERAL = Text(
    "叫“{name}”的不止一位：{names}。请不接收，再发“邀请 汉字姓名”，把码私下给本人。",
    "Several people are called “{name}”: {names}. Please decline, then send “invite NAME IN CHARACTERS” and hand them the code.",
)
BOUND_SINCE = Text("这个账号已经登记好了，不用再接收。", "This account is registered already.")


def is_meant(words: str) -> bool:
    """Whether what follows 报到 makes it a report rather than talk: nothing, a name, or a place."""
    return not words or _name(words, "") is not None or bool(place_words.meant(words))


async def ask_to_join(work: UnitOfWork, actor: Actor, incoming: Incoming, words: str) -> Text | None:
    """Pass a stranger's wish to join on to the secretaries; answers what to say, None for nothing."""
    require(actor, Permission.REPORT_IN)
    account = await work.accounts.get(incoming.sender.key)
    if account is not None and not account.removed:
        return None
    campaign, words = await sought.by_poster(work, incoming.sender.key, words)
    if work.entered is None and not await _enter_only_branch(work):
        return WHICH_GROUP if await strangers.once_today(work, incoming.sender.key, "group") else None
    if await _was_declined(work, incoming.sender.key):
        return None
    pending = [each for each in await work.questions.of_kind(KIND) if each.data["account"] == list(incoming.sender.key)]
    if pending:
        return _again(work, pending)
    name = _name(words, incoming.sender.name)
    if name is None:
        return GIVE_NAME if await strangers.once_today(work, incoming.sender.key, "name") else None
    await pass_on(work, incoming, name, _BY_POSTER if campaign is not None else None)
    return PASSED_ON


async def pass_on(work: UnitOfWork, incoming: Incoming, name: str, origin: Text | None = None) -> None:
    """Ask every secretary whether an account is who it says; `origin` tells by which way they came."""
    data = {
        "account": list(incoming.sender.key),
        "chat": list(incoming.chat.key),
        "kind": incoming.chat.kind.value,
        "message": incoming.message_id,
        "name": name,
    }
    for secretary in await work.members.holding(Role.SECRETARY.value):
        await _send_card(work, secretary, incoming, data, origin)


async def accept(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], platform: str) -> Member:
    """Register who asked: as the member of that name who is not bound yet, or as a new one. They are told. Raises `finding.Several`."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    key = AccountKey(*data["account"])
    account = await work.accounts.get(key)
    if account is not None and not account.removed:
        raise UserError(BOUND_SINCE)
    known = await finding.the_one(work, await work.members.named(data["name"]), data["name"], platform, SEVERAL)
    if known is not None and await work.accounts.of(known.id):
        raise UserError(BOUND_THERE(name=data["name"]))
    member = known or work.members.add(data["name"], latin(data["name"]), [Role.MEMBER.value])
    was = await sought.came(work, member.id)
    await _close(work, data)
    private = data["kind"] == ChatKind.PRIVATE
    await invitations.admit(work, member, key, data["chat"][2] if private else None)
    await trail.changed(work, actor, [member.id], Trailed.MEMBERSHIP)
    text = await invitations.welcome(work, member)
    if private:
        await posting.to_member(work, member.id, Outgoing(text))
    else:
        await _say_in_group(work, data, text)
    if actor.member is not None:
        work.deeds.add(actor.member, "accepted", {"member": member.id, "made": known is None, "sought": was})
    return member


async def decline(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Turn a request down; the person is told politely, and nobody else why. For a day they are not listened to again."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    await _close(work, data)
    await work.visitors.change(AccountKey(*data["account"]), declined_by=work.branch_id, declined_at=work.now)
    if data["kind"] == ChatKind.PRIVATE:
        await posting.to_chat(work, ChatKey(*data["chat"]), Outgoing(SEE_SECRETARY), kind=ChatKind.PRIVATE)
    else:
        await _say_in_group(work, data, SEE_SECRETARY)
    finals.note(work, actor, finals.JOIN_DECLINED)


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take an acceptance back: the account is a stranger's again, with every code and link it got; who was made for it is no member."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    await work.accounts.unbind_all(data["member"])
    await trail.changed(work, actor, [data["member"]], Trailed.MEMBERSHIP)
    await work.links.revoke(data["member"])
    await work.invites.revoke(data["member"])
    await work.outbox.drop_for(data["member"])
    await work.questions.drop_for(data["member"])
    await asking.forget_pages(work)
    await sought.put_back(work, data["member"], data.get("sought"))
    await register.put_out(work, actor, [data["member"]], Field.FOUND_ON)
    if data["made"]:
        await work.members.change(data["member"], removed_at=work.now)


async def _was_declined(work: UnitOfWork, key: AccountKey) -> bool:
    visitor = await work.visitors.get(key)
    return visitor.declined_by == work.branch_id and visitor.declined_at is not None and visitor.declined_at > work.now - REST


async def _enter_only_branch(work: UnitOfWork) -> bool:
    branches = await work.branches.all()
    if len(branches) == 1:
        work.enter(branches[0].id)
    return len(branches) == 1


def _name(words: str, shown: str) -> str | None:
    """The name that was given or, where none was, the one the platform shows."""
    said = clean(words).removeprefix("我是").removeprefix("我叫").strip(" ,，:：。.!！")
    name = said or clean(shown)
    return name if is_name(name) else None


def _again(work: UnitOfWork, pending: Sequence[OpenQuestion]) -> Text | None:
    """The same request once more: told once a day that the secretary knows."""
    today = beijing_day(work.now).isoformat()
    if any(each.data.get("told") == today for each in pending):
        return None
    for each in pending:
        work.questions.learn(each, {**each.data, "told": today})
    return AGAIN


async def _send_card(work: UnitOfWork, secretary: Member, incoming: Incoming, data: Mapping[str, Any], origin: Text | None) -> None:
    account = await posting.reached(work, secretary.id)
    platform = account.key.platform if account else incoming.sender.key.platform
    hidden = platform != incoming.sender.key.platform and await deployment.asks_consent(work, platform)
    nick = clean(incoming.sender.name)[:30]
    told = Text("", "") if hidden or nick in {"", data["name"]} else _NICK(nick=nick)
    text = CARD(name=_SOMEBODY if hidden else data["name"], nick=told + origin if origin else told)
    card = await asking.prepare(work, secretary.id, Ask(KIND, text, (ACCEPT, DECLINE), LIVES, data, card=True))
    await posting.to_member(work, secretary.id, card, priority=Priority.NOTICE, account=account)


async def _close(work: UnitOfWork, data: Mapping[str, Any]) -> None:
    """The other secretaries' cards of the same request are spent, too."""
    for other in await work.questions.of_kind(KIND):
        if other.data["account"] == data["account"]:
            work.questions.spend(other)


async def _say_in_group(work: UnitOfWork, data: Mapping[str, Any], text: Text) -> None:
    chat = ChatKey(*data["chat"])
    group = await work.chats.get(chat)
    if group is not None and group.branch_id == work.branch_id:
        answered = ReplyTo(data["message"]) if data["message"] else None
        await posting.to_chat(work, chat, Outgoing(text, reply_to=answered))
