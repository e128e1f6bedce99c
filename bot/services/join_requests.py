"""Who asks to be let into the branch's group (进群申请): a card to every secretary, one for each request, and what comes of it.

Whoever asks hears nothing from us, neither yes nor no nor anything about the branch: the platform tells them. What they call themselves and
write is a stranger's and proves nothing; it is shown shortened and kept no longer than the card is open.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.language.normalise import clean
from bot.messages import Incoming, Outgoing, Priority
from bot.permissions import Actor, Permission, Role, Subject, require
from bot.services import asking, deployment, finals, offered, posting, privacy
from bot.services.asking import Ask, Choice
from bot.texts import Text
from storage.keys import ChatKey
from storage.members import Member
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

KIND = "join_request"
LIVES = timedelta(days=3)
MOST = 8
"""Requests to one branch that may be open at once; beyond that the secretary is sent to the platform, so that a flood stays small."""
SHOWN = 60
"""Characters of what a stranger wrote that are shown."""
_NICK, _TITLE, _LONGEST_NUMBER = 20, 16, 12

CARD = Text(
    "有人想进{group}{who}{said}\n请先确认是谁，再回答。三天内有效，过了请在群里处理。",
    "Somebody asks to join {group}{who}{said}\nPlease make sure who it is before you answer. Good for three days; later, do so there.",
)
_WHO = Text("：{who}", ": {who}")
_NICKED = Text("昵称“{nick}”", "they call themselves “{nick}”")
_NUMBER = Text("号码 {user}", "account {user}")
_KNOWN = Text("，账号已登记为{who}", ", the account is {who}'s")
_SAID = Text("，留言“{said}”。", " and write “{said}”.")
_SILENT = Text("，没有留言。", " and write nothing.")
_HIDDEN = Text("（昵称和留言请到那边看）。", " (see there what they call themselves and write).")
MANY = Text(
    "想进群的人很多，多出来的不再一个个问您，请到{group}的申请里看。",
    "Many ask to join; please look at the further requests in {group} itself.",
)
ANSWERED = Text("刚才想进{group}的那位{who}，{by}{how}。", "About who asked to join {group}{who}: {by} {how}.")
_NAMED = Text("（{nick}）", " ({nick})")
_ACCEPTED, _DECLINED = Text("同意了", "agreed"), Text("拒绝了", "declined")
IN_ALREADY = Text(
    "刚才想进{group}的那位{who}已经在群里了，不用再回。", "Who asked to join {group}{who} is in the group; nothing is left to do."
)
_WAITS = Text("{who}想进群，回“{yes}”或“{no}”", "{who} asks to join: “{yes}” or “{no}”")
OVER = Text("这个申请已经处理过了。", "That request was dealt with already.")


async def asked(work: UnitOfWork, incoming: Incoming) -> bool:
    """Somebody asks to join a group of the branch: the secretaries are asked; False if it cannot be answered from here."""
    group = await work.chats.get(incoming.chat.key)
    if group is None or not incoming.request:
        return False
    pending = await work.questions.of_kind(KIND)
    if again := _of(pending, incoming.chat.key, list(incoming.sender.key)):
        for each in again:
            work.questions.learn(each, {**each.data, "request": incoming.request})
        return True
    numbers = {each.data["number"] for each in pending}
    if len(numbers) >= MOST:
        slot = f"join-requests:{beijing_day(work.now)}"
        if await work.outbox.in_slots(slot):
            return True
        outgoing = Outgoing(MANY(group=_where(incoming.chat.key)))
        await posting.to_role(work, Role.SECRETARY.value, outgoing, priority=Priority.NOTICE, slot=slot)
        return True
    number = next(each for each in range(1, MOST + 1) if each not in numbers)
    for secretary in await work.members.holding(Role.SECRETARY.value):
        await _ask(work, secretary, incoming, number, group.title)
    return True


async def _ask(work: UnitOfWork, secretary: Member, incoming: Incoming, number: int, title: str) -> None:
    """The card for one secretary; on a platform abroad nothing of a stranger elsewhere is told.

    It cannot be taken back, so only the words on it answer it, never a bare number that was meant for something else.
    """
    account = await posting.reached(work, secretary.id)
    platform = posting.platform_of(account)
    hidden = platform != incoming.chat.key.platform and await deployment.asks_consent(work, platform)
    nick = "" if hidden else clean(incoming.sender.name)[:_NICK]
    user = incoming.sender.key.user_id
    data = {
        "account": list(incoming.sender.key),
        "chat": list(incoming.chat.key),
        "request": incoming.request,
        "number": number,
        "nick": nick,
        "user": user if not hidden and _readable(user) else "",
    }
    known = Text("", "") if hidden else await _known(work, incoming, platform)
    group = _titled(_where(incoming.chat.key), title)
    text = CARD(group=group, who=_shown(data) + known, said=_HIDDEN if hidden else _said(incoming.text))
    card = await asking.prepare(work, secretary.id, Ask(KIND, text, _choices(number), LIVES, data, card=True))
    await posting.to_member(work, secretary.id, card, priority=Priority.NOTICE, account=account)


def _readable(user: str) -> bool:
    """Whether an account's id is a number that people know each other by, as in QQ, and no internal key."""
    return user.isascii() and user.isdecimal() and len(user) <= _LONGEST_NUMBER


def _shown(data: Mapping[str, Any]) -> Text:
    """What the platform tells of who asks: nickname and number, as far as there are."""
    parts = [_NICKED(nick=data["nick"])] if data["nick"] else []
    parts += [_NUMBER(user=data["user"])] if data.get("user") else []
    return _WHO(who=Text.join(parts, "，", ", ")) if parts else Text("", "")


def who(card: OpenQuestion) -> Text:
    """Who asks, in a few words: 2号 “大山”（666）."""
    parts = [Text(f"“{card.data['nick']}”", f"“{card.data['nick']}”")] if card.data["nick"] else []
    parts += [Text.plain(card.data["user"])] if card.data.get("user") else []
    return Text.join([Text(f"{card.data['number']}号", f"no. {card.data['number']}"), *parts], " ", " ")


def _titled(where: Text, title: str) -> Text:
    """The group with its own name."""
    shown = clean(title)[:_TITLE]
    return where + Text(f"“{shown}”", f" “{shown}”") if shown else where


async def _known(work: UnitOfWork, incoming: Incoming, platform: str) -> Text:
    account = await work.accounts.get(incoming.sender.key)
    member = await work.members.get(account.member_id) if account is not None and account.branch_id == work.branch_id else None
    return _KNOWN(who=await privacy.named(work, platform, member)) if member is not None and member.removed_at is None else Text("", "")


def _said(comment: str) -> Text:
    """What they wrote; where the platform puts the group's question before it, only the answer."""
    said = clean(comment).rpartition("答案:")[2].strip()
    if not said:
        return _SILENT
    return _SAID(said=said if len(said) <= SHOWN else said[: SHOWN - 1] + "…")


def _choices(number: int) -> tuple[Choice, ...]:
    """The two answers; beside other open requests they bear a number, so that words name the right one."""
    which = "" if number == 1 else str(number)
    accept = Choice(Text(f"同意进群{which}", f"let in{which}"), ("同意", f"同意{number}", f"同意进群{number}", f"agree {number}"))
    decline = Choice(Text(f"拒绝进群{which}", f"refuse{which}"), ("拒绝", f"拒绝{number}", f"拒绝进群{number}"))
    return accept, decline


def _where(group: ChatKey) -> Text:
    return Text("{where}群", "the {where} group")(where=offered.named(group.platform))


def _of(pending: Sequence[OpenQuestion], chat: ChatKey, account: Sequence[str]) -> list[OpenQuestion]:
    """The open cards of one request."""
    return [each for each in pending if each.data["chat"] == list(chat) and each.data["account"] == list(account)]


def asker(data: Mapping[str, Any]) -> Text:
    """Whom an answer was about: what the platform told of them, else the number of the request."""
    told = data["nick"] or data.get("user")
    return Text(f"“{told}”", f"“{told}”") if told else Text(f"{data['number']} 号申请", f"request {data['number']}")


async def answer(work: UnitOfWork, actor: Actor, data: Mapping[str, Any], *, accept: bool) -> Text | None:
    """Let somebody in, or do not; the other secretaries hear it. Answers why that is not possible any more, None where it is done."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    chat = ChatKey(*data["chat"])
    group = await work.chats.get(chat)
    if group is None or group.branch_id != work.branch_id or actor.member is None:
        return OVER
    await posting.admit(work, chat, data["request"], accept=accept, decided_by=actor.member)
    finals.note(work, actor, finals.LET_IN if accept else finals.NOT_LET_IN)
    by = await work.members.get(actor.member)
    for each in await _close(work, chat, data["account"]):
        if each.member_id not in {None, actor.member} and by is not None:
            await _tell(work, each, by, _ACCEPTED if accept else _DECLINED)
    return None


async def _tell(work: UnitOfWork, card: OpenQuestion, by: Member, how: Text) -> None:
    """Another secretary, whose card is over, hears who answered."""
    if card.member_id is None:
        return
    named = await privacy.named(work, await posting.read_on(work, card.member_id), by)
    text = ANSWERED(group=_where(ChatKey(*card.data["chat"])), who=_nick(card), by=named, how=how)
    await posting.to_member(work, card.member_id, Outgoing(text), priority=Priority.NOTICE)


def _nick(card: OpenQuestion) -> Text:
    return _NAMED(nick=card.data["nick"]) if card.data["nick"] else Text("", "")


async def waiting(work: UnitOfWork, actor: Actor) -> list[Text]:
    """The actor's open requests, a line for each with the words that answer it."""
    require(actor, Permission.INVITE, Subject(work.branch_id))
    if actor.member is None:
        return []
    cards = [each for each in await work.questions.of(actor.member) if each.kind == KIND]
    return [_WAITS(who=who(each), yes=Text(*each.choices[0][:2]), no=Text(*each.choices[1][:2])) for each in cards]


async def joined(work: UnitOfWork, incoming: Incoming) -> bool:
    """Somebody is in the group whom another let in there: nobody has to answer any more. False if nobody had been asked."""
    over = await _close(work, incoming.chat.key, list(incoming.sender.key))
    for each in over:
        if each.member_id is not None:
            text = IN_ALREADY(group=_where(incoming.chat.key), who=_nick(each))
            await posting.to_member(work, each.member_id, Outgoing(text), priority=Priority.REMINDER)
    return bool(over)


async def _close(work: UnitOfWork, chat: ChatKey, account: Sequence[str]) -> list[OpenQuestion]:
    """Spend every open card of a request; answers them as they were."""
    over = _of(await work.questions.of_kind(KIND), chat, account)
    for each in over:
        work.questions.spend(each)
    return over
