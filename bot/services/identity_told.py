"""Somebody pasted an identity-card or bank-card number: they hear in private that it was not kept, and how it goes from the group."""

from datetime import timedelta

from bot.messages import ChatKind, Incoming, Outgoing, Priority
from bot.permissions import Actor
from bot.services import aid_drafts, asking, posting
from bot.services.asking import Ask
from bot.texts import Text
from storage.unit_of_work import UnitOfWork

TOLD = Text(
    "您刚才的话里有身份证号或银行卡号，我没有存，也用不着。请把那条消息撤回或删掉。",
    "There was an identity-card or bank-card number in what you sent. I did not keep it and need none; please take the message back.",
)
IN_GROUP = Text(
    "您在群里发的话里有身份证号或银行卡号，我没有存。群里的人都看得到，要我把那条删掉吗？",
    "There was an identity-card or bank-card number in your message to the group. I kept nothing, but all can see it: delete it there?",
)


async def tell(work: UnitOfWork, actor: Actor, incoming: Incoming) -> bool:
    """Tell a member so in private; in a group with the offer to delete the message. False for a stranger, who is told nothing more."""
    if actor.member is None:
        return False
    if incoming.chat.kind is ChatKind.GROUP and incoming.message_id:
        data = {"chat": list(incoming.chat.key), "message": incoming.message_id}
        ask = Ask(aid_drafts.REMOVE, IN_GROUP, (aid_drafts.DELETE, aid_drafts.LEAVE), timedelta(days=2), data, card=True)
        letter = await asking.prepare(work, actor.member, ask)
    else:
        letter = Outgoing(TOLD)
    await posting.to_member(work, actor.member, letter, priority=Priority.NOTICE)
    return True
