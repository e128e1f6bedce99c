"""Posts that people talk about among themselves: what is answered to a picture or a lesson is said to the group, not to the bot."""

from dataclasses import replace

from bot.messages import ChatKind, Incoming
from storage.unit_of_work import UnitOfWork

TALKED_ABOUT = frozenset({"lesson", "news", "hometown"})
"""Kinds of slots whose messages are such posts."""


async def heard(work: UnitOfWork, incoming: Incoming) -> Incoming:
    """The event as it is meant: an answer to such a post does not speak to the bot."""
    if incoming.chat.kind is not ChatKind.GROUP or not incoming.mentioned or incoming.reply_to is None:
        return incoming
    slot = await work.outbox.slot_of(incoming.chat.key, incoming.reply_to) or ""
    return replace(incoming, mentioned=False) if slot.partition(":")[0] in TALKED_ABOUT else incoming
