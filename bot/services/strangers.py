"""Somebody who is not bound: one sentence a day on how to report in, each hint once a day, and no data."""

from bot.clock import beijing_day
from bot.messages import ChatKind, Incoming, Outgoing
from bot.services import deployment, posting
from bot.texts import Text
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork

TURNED_AWAY = Text(
    "我还不认识您。是本支部的同志，请发“报到 您的姓名”，书记会确认；有邀请码的，发“绑定 邀请码”。",
    "I do not know you yet. If you belong to this branch, send “join YOUR NAME” and the secretary will confirm; with a code, “bind CODE”.",
)

APART = Text(
    "我在这个群里还不认识您：QQ 给每个人在每个群里一个不同的号。先私聊我发“绑定新账号”拿个码，再在这里@我发“绑定 码”。"
    "私聊也没登记过的，请向书记要邀请码。",
    "I do not know you in this group yet: QQ gives everybody another id in each group. Send me “newaccount” in private for a code, then "
    "mention me here with “bind CODE”. Not registered in private either? Ask the secretary for a code.",
)
"""The same where a person known in private is unknown in the group."""


BIND_FIRST = Text(
    "我还不认识您。请先私聊我发“绑定 邀请码”，再在这里@我发“绑定本群”。",
    "I do not know you yet. First send me “bind CODE” in private, then mention me here with “bindgroup”.",
)
BIND_FIRST_HERE = Text(
    "我在这个群里还不认识您。请先在这里@我发“绑定 邀请码”，再@我发“绑定本群”。私聊里绑定过的，先私聊我发“绑定新账号”拿个码。",
    "I do not know you in this group yet. First mention me here with “bind CODE”, then with “bindgroup”. Bound in private already? Send me "
    "“newaccount” there for a code.",
)
"""The same on a platform that calls people by another id in each group."""


async def once_today(work: UnitOfWork, key: AccountKey, hint: str) -> bool:
    """Whether an unbound account has not yet had a hint today; from now on it has."""
    today = beijing_day(work.now)
    visitor = await work.visitors.get(key)
    told = visitor.told.split() if visitor.told_on == today else []
    if hint in told:
        return False
    await work.visitors.change(key, told_on=today, told=" ".join([*told, hint]))
    return True


async def turn_away(work: UnitOfWork, incoming: Incoming) -> bool:
    """Answer an unbound account, once a day; False if it was answered today."""
    apart = incoming.chat.kind is ChatKind.GROUP and incoming.chat.key.platform in deployment.APART
    return await _answered(work, incoming, APART if apart else TURNED_AWAY)


async def bind_first(work: UnitOfWork, incoming: Incoming) -> bool:
    """Tell who would bind a group without being bound what comes first, once a day; False if they were answered today."""
    apart = incoming.chat.key.platform in deployment.APART
    return await _answered(work, incoming, BIND_FIRST_HERE if apart else BIND_FIRST)


async def _answered(work: UnitOfWork, incoming: Incoming, told: Text) -> bool:
    today = beijing_day(work.now)
    if (await work.visitors.get(incoming.sender.key)).answered_on == today:
        return False
    await work.visitors.change(incoming.sender.key, answered_on=today)
    await posting.to_chat(work, incoming.chat.key, Outgoing(told), kind=incoming.chat.kind)
    return True
