"""Somebody who is not bound: one sentence a day on how to report in, each hint once a day, and no data."""

from bot.clock import beijing_day
from bot.messages import Incoming, Outgoing
from bot.services import posting
from bot.texts import Text
from storage.keys import AccountKey
from storage.unit_of_work import UnitOfWork

TURNED_AWAY = Text(
    "我还不认识您。是本支部的同志，请发“报到 您的姓名”，书记会确认；有邀请码的，发“绑定 邀请码”。",
    "I do not know you yet. If you belong to this branch, send “join YOUR NAME” and the secretary will confirm; with a code, “bind CODE”.",
)


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
    today = beijing_day(work.now)
    if (await work.visitors.get(incoming.sender.key)).answered_on == today:
        return False
    await work.visitors.change(incoming.sender.key, answered_on=today)
    await posting.to_chat(work, incoming.chat.key, Outgoing(TURNED_AWAY), kind=incoming.chat.kind)
    return True
