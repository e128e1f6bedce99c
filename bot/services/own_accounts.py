"""A person's accounts: which there are, by platform and never by their ids, and letting one of them go."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import choices
from bot.messages import ChatKind, Outgoing
from bot.permissions import Actor, Permission, Subject, require
from bot.services import consents, deployment, finals, offered, posting
from bot.texts import Text
from storage.accounts import Account
from storage.keys import AccountKey, ChatKey
from storage.unit_of_work import UnitOfWork

__all__ = ["Account", "called", "is_meant", "key_of", "mine", "title", "told", "unbind"]

_BROWSER = "browser"
_LINE = Text("{number} {account}", "{number} {account}")
_TITLE = Text("{where}（{day}绑的{more}）", "{where} (bound {day}{more})")
_HERE = Text("，您正在用", ", you are using it")
_OFFICIAL = Text("{where}（官方机器人）", "{where} (its official way)")
_GROUP_ONLY = Text("，只在一个群里", ", in one group only")
_DAY = Text("{month}月{day}日", "{day}/{month}")
WHICH = Text(
    "没看出是哪个账号。发“我的账号”看编号，再发“解绑 2”。", "Which account is that? “accounts” shows the numbers; then “unbind 2”."
)
SEVERAL_THERE = Text("您在{where}上绑了几个，请用编号：解绑 2。", "You have several on {where}; please say its number: unbind 2.")
LAST = Text(
    "您只剩这一个账号，解绑了我就找不到您了。换手机请找书记；先绑一个新的，发“绑定新账号”。",
    "It is the only account you have; without it I could not reach you. With a new phone ask the secretary; to bind another: “newaccount”.",
)
GONE = Text("这个账号已经不是您的了。", "That account is no longer yours.")
TOLD_THERE = Text(
    "这个账号刚刚从您的别的账号解绑了，我不再往这里发。不是您做的，请马上跟书记说。",
    "This account was just unbound from another of yours; nothing comes here any more. If that was not you, tell the secretary at once.",
)


def key_of(data: Mapping[str, Any]) -> AccountKey:
    """The account that a question is about."""
    return AccountKey(*data["account"])


def is_meant(words: str) -> bool:
    """Whether what follows 解绑 is an account: a number or a platform."""
    return not words or choices.choice(words, 99) is not None or bool(offered.called(words))


async def mine(work: UnitOfWork, actor: Actor) -> list[Account]:
    """The actor's accounts, the one bound first first."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, actor.member))
    found = await work.accounts.of(actor.member) if actor.member is not None else []
    return sorted(found, key=lambda each: (each.bound_at, each.key))


def title(account: Account, speaking: AccountKey) -> Text:
    """An account by its platform, the day it was bound on, and whether it speaks now."""
    day = beijing_day(account.bound_at)
    only = _GROUP_ONLY if account.key.platform in deployment.APART and account.private_chat is None else Text("", "")
    more = only + (_HERE if account.key == speaking else Text("", ""))
    return _TITLE(where=_where(account.key.platform), day=_DAY(month=day.month, day=day.day), more=more)


def _where(platform: str) -> Text:
    """What a platform is called where a person may have two of the same name: QQ by a number, and QQ's official way."""
    named = offered.named(platform)
    return _OFFICIAL(where=named) if platform in deployment.APART else named


def told(found: Sequence[Account], speaking: AccountKey) -> list[Text]:
    """The accounts with their numbers."""
    return [_LINE(number=number, account=title(each, speaking)) for number, each in enumerate(found, 1)]


def called(found: Sequence[Account], words: str) -> Account:
    """The account that a number or a platform names. Raises `UserError`."""
    there = [each for each in found if each.key.platform in offered.called(words)]
    if len(there) > 1:
        raise UserError(SEVERAL_THERE(where=offered.named(there[0].key.platform)))
    if there:
        return there[0]
    place = choices.choice(words, len(found))
    if place is None:
        raise UserError(WHICH)
    return found[place]


async def unbind(work: UnitOfWork, actor: Actor, key: AccountKey) -> None:
    """Let one of the actor's accounts go; what waited for it goes to another of theirs. It is told. Raises `UserError`."""
    found = await mine(work, actor)
    account = next((each for each in found if each.key == key), None)
    if account is None or actor.member is None:
        raise UserError(GONE)
    if len(found) < 2:
        raise UserError(LAST)
    work.accounts.unbind(key)
    if key.platform == _BROWSER:
        await work.links.revoke(actor.member)
    if account.chat is not None:
        await _leave(work, account, account.chat)
    finals.note(work, actor, finals.ACCOUNT_UNBOUND)


async def _leave(work: UnitOfWork, account: Account, chat: ChatKey) -> None:
    await work.outbox.leave(account.member_id, chat)
    other, member = await posting.reached(work, account.member_id), await work.members.get(account.member_id)
    if other is not None and member is not None:
        await posting.introduce(work, member, other)
        await posting.forward_waiting(work, member, other)
    if await consents.may_go_abroad(work, account.member_id, chat.platform):
        await posting.to_chat(work, chat, Outgoing(TOLD_THERE), kind=ChatKind.PRIVATE)
