"""Passing on how somebody can be reached: words about a third person, so they go only where their writer agreed to be read."""

from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.services import aid_cases, posting, trail
from bot.services.aid_words import NONE, tag
from bot.services.deployment import ABROAD
from bot.services.people import person
from bot.services.trail import Kind as Trailed
from bot.texts import Text
from storage.appeals import Appeal
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

CONTACT_OF = Text(
    "{tag}：{who}的联系方式：{words}。只为这件事用，请勿外传。", "{tag}: how to reach {who}: {words}. For this matter only, please."
)
NOT_CARRIED = Text(
    "对方只用 Telegram，您没有同意经它收发您的信息，所以没有转。发“同意”后再写一次，或者等对方来找您。",
    "The other can only be reached through Telegram, which you did not agree to. “agree” and write again, or wait for them.",
)
ON_THE_PAGE = Text("求助 {tag} 有一份联系方式，请发“网页”打开网页看。", "There is a contact for {tag}: send “web” and read it on the page.")


async def hand_over(work: UnitOfWork, appeal: Appeal, writer_id: MemberId, reader: MemberId, words: str) -> None:
    """Only where its writer agreed to be read; else on the page, if the reader has one. Raises `UserError` where there is no way."""
    writer = await work.members.get(writer_id)
    if writer is None:
        raise UserError(NONE)
    told = CONTACT_OF(tag=tag(appeal.number), who=person(writer), words=words)
    await trail.told(work, [reader], [writer.id], Trailed.CONTACT)
    if await aid_cases.may_read(work, reader, writer):
        await aid_cases.tell(work, reader, told)
        return
    accounts = [each for each in await work.accounts.of(reader) if each.private_chat and each.key.platform not in ABROAD]
    if not accounts:
        raise UserError(NOT_CARRIED)
    await posting.to_member(work, reader, Outgoing(told), priority=Priority.NOTICE, account=accounts[0])
    await aid_cases.tell(work, reader, ON_THE_PAGE(tag=tag(appeal.number)))
