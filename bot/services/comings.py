"""People and the bot coming to a group and leaving it. Quiet: the group hears nothing, the secretaries one line a day."""

from bot.clock import beijing_day
from bot.messages import Incoming, Outgoing, Priority
from bot.permissions import Role
from bot.services import accounts, posting
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

NEWCOMERS = Text(
    "今天有 {count} 位新进群的还没登记。可以请他们发“报到 姓名”，或发“邀请 姓名”给个邀请码。",
    "{count} newcomers in the group today are not registered. Ask them to send “join NAME”, or make a code with “invite NAME”.",
)
OUT = Text(
    "我已经不在{group}里了，群里的消息发不出去。要我回来，请把我再拉进群。",
    "I am no longer in {group} and cannot post there. To have me back, please add me again.",
)
_GROUP = Text("支部群", "the branch's group")


async def newcomer(work: UnitOfWork, incoming: Incoming) -> bool:
    """Somebody joined a group of the branch. If nobody knows them, the secretaries hear a number, in one message a day."""
    if await work.accounts.get(incoming.sender.key) is not None:
        return False
    today = beijing_day(work.now)
    visitor = await work.visitors.get(incoming.sender.key)
    if (visitor.came_to, visitor.came_on) == (work.branch_id, today):
        return False
    await work.visitors.change(incoming.sender.key, came_to=work.branch_id, came_on=today)
    text = NEWCOMERS(count=await work.visitors.newcomers(today))
    await posting.to_role(work, Role.SECRETARY.value, Outgoing(text), priority=Priority.REMINDER, slot=f"newcomers:{today}")
    return True


async def turned_out(work: UnitOfWork, incoming: Incoming) -> None:
    """The bot was taken out of a group of the branch: the secretaries are told."""
    group = await work.chats.get(incoming.chat.key)
    title = Text.plain(f"“{group.title[:60]}”") if group is not None and group.title else _GROUP
    await posting.to_role(work, Role.SECRETARY.value, Outgoing(OUT(group=title)), priority=Priority.NOTICE)


async def stopped(work: UnitOfWork, incoming: Incoming) -> None:
    """A person stopped the bot in private: what is for them waits, or goes elsewhere."""
    await accounts.blocked(work, incoming.sender.key)
