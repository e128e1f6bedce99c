"""The answer about a platform abroad (RULES.md §7: PIPL art. 39): a yes lets go what was held; after a no it goes elsewhere, or nowhere."""

from collections.abc import Collection

from bot.messages import Incoming, Outgoing
from bot.permissions import Actor, Permission, Subject, require
from bot.services import asking, consents, deployment, my_consents, posting
from bot.services.consents import Purpose
from bot.texts import Text
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

AGREED = Text(
    "好，以后与您有关的消息就发在这里。想改，发“不同意”。",
    "Good, what concerns you comes here from now on. To change that, send “disagree”.",
)
DECLINED = Text(
    "好，与您有关的消息不发到这里。要用，请找书记要网页入口，或直接找书记说。您的权利一样不少；改主意了，发“同意”。",
    "All right, what concerns you will not be sent here. Ask the secretary for the web page, or tell the secretary directly. "
    "You lose no right by it; if you change your mind, send “agree”.",
)
NOTHING_ASKED = Text("现在没有等您回答的问题。", "There is no question waiting for your answer.")


async def answered(work: UnitOfWork, actor: Actor, member_id: MemberId, incoming: Incoming, *, agreed: bool) -> Text | None:
    """Note a member's answer, given in private. Answers what to say; None when a no has been confirmed directly, past what is held."""
    require(actor, Permission.OWN_DATA, Subject(work.branch_id, member_id))
    work.consents.put(member_id, Purpose.ABROAD.value, given=agreed)
    if agreed:
        await work.outbox.release(member_id)
        if (member := await work.members.get(member_id)) is not None:
            await posting.hold_if_away(work, member)
        return AGREED
    abroad = [platform for platform in sorted(deployment.ABROAD) if await deployment.asks_consent(work, platform)]
    await _take_elsewhere(work, member_id, abroad)
    await work.outbox.drop_on(member_id, abroad)
    await asking.forget_pages(work)
    await posting.to_chat(work, incoming.chat.key, Outgoing(DECLINED), kind=incoming.chat.kind)
    return None


async def _take_elsewhere(work: UnitOfWork, member_id: MemberId, abroad: Collection[str]) -> None:
    """What was held for somebody who has an account elsewhere, too, goes there."""
    other, member = await posting.reached(work, member_id), await work.members.get(member_id)
    if member is None or other is None or other.key.platform in abroad:
        return
    for each in await work.accounts.of(member_id):
        if each.key.platform in abroad and each.chat is not None:
            await work.outbox.leave(member_id, each.chat)
    await posting.introduce(work, member, other)
    await posting.forward_waiting(work, member, other)


async def said(work: UnitOfWork, actor: Actor, member_id: MemberId, incoming: Incoming, *, agreed: bool) -> Text | None:
    """A bare 同意 or 不同意 in private: the answer to the open question, or a change of mind on a platform abroad."""
    question = await consents.open_abroad(work, member_id)
    if question is None and not await deployment.asks_consent(work, incoming.chat.key.platform):
        return my_consents.WHICH
    if question is not None:
        work.questions.spend(question)
    return await answered(work, actor, member_id, incoming, agreed=agreed)
