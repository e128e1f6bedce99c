"""Chats into which a platform lets nothing until somebody writes there (`bot.platforms.base.NotNow`): what waits, goes, or is over.

As soon as somebody writes, what waits goes in the order of delivery, the most urgent first, and as much together as fits. What the
platform does not let through then waits for the next word.
"""

from datetime import datetime

from bot.clock import beijing_day
from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage.keys import ChatKey
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

OVER = Text(
    "有 {count} 条消息等了七天，那边一直没人跟我说话，平台不让发，只好作罢。请在群里@我说一句话，后面的就能发了。",
    "{count} messages waited seven days and were given up: nobody spoke to me there, and the platform lets nothing in before. "
    "Please say a word to me in the group, so that the next ones get through.",
)
SLOT = "undelivered-over"


async def not_now(work: UnitOfWork, letter: Letter) -> None:
    """Nothing gets in: this letter and all that is due there wait for a word. A mark is not worth the waiting."""
    if letter.mark and not (letter.content or {}).get("remove"):
        await work.dispatch.mark_sent(letter, "")
        return
    await work.dispatch.close(letter)


async def opened(work: UnitOfWork, chat: ChatKey) -> None:
    """Something was said in a chat: what waits for that may go, but for what is stale by now."""
    if await work.dispatch.awaits(chat):
        await work.dispatch.open(chat)


async def tell_over(work: UnitOfWork, before: datetime) -> None:
    """The secretary hears how many letters older than a moment are about to be dropped because nobody let them in."""
    count = await work.outbox.count_awaiting(before, beside=SLOT)
    if count:
        slot = f"{SLOT}:{beijing_day(work.now)}"
        await posting.to_role(work, "secretary", Outgoing(OVER(count=count), repeatable=True), priority=Priority.REMINDER, slot=slot)
