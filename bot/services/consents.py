"""Consent, purpose by purpose, as easily withdrawn as given; refused once is not asked again (PIPL art. 14-15; 2025 data rules art. 24)."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from bot.messages import Outgoing
from bot.services import asking, deployment
from bot.texts import Text
from storage.keys import MemberId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork


class Purpose(StrEnum):
    """What can be agreed to."""

    LOCATION = "location"
    ABROAD = "abroad"
    CONTACT = "contact"
    SHARING = "sharing"
    PICTURES = "pictures"


PURPOSE_NAMES = {
    Purpose.LOCATION: Text("记录所在城市", "keeping your city"),
    Purpose.CONTACT: Text("让同城的同志找到您", "being found by others in your city"),
    Purpose.PICTURES: Text("发有您的照片", "showing pictures with you"),
    Purpose.SHARING: Text("把资料提供给签了协议的流入地党组织", "giving your data to a host organisation with an agreement"),
    Purpose.ABROAD: Text("经 Telegram（服务器在境外）联系", "being reached through Telegram, whose servers are abroad"),
}

ASK_ABROAD = Text(
    "Telegram 的服务器在境外。您同意我在这里发与您有关的消息吗？回“同意”或“不同意”都行，不同意也不影响您的任何权利。",
    "Telegram's servers are abroad. May I send you here what concerns you? Answer “agree” or “disagree”; a no costs you nothing.",
)
AGREE = asking.Choice(Text("同意", "agree"), ("同意", "可以", "好", "是", "yes", "ok"))
DISAGREE = asking.Choice(Text("不同意", "disagree"), ("不同意", "不要", "不", "否", "no"))


async def given(work: UnitOfWork, member_id: MemberId, purpose: Purpose) -> bool | None:
    """The answer a member gave, None while there is none."""
    answer = await work.consents.get(member_id, purpose.value)
    return None if answer is None else answer.given


async def prefetch_abroad(work: UnitOfWork, members: Iterable[MemberId]) -> None:
    """Fetch the answers of several by one statement."""
    await work.consents.given(members, Purpose.ABROAD.value)


async def may_go_abroad(work: UnitOfWork, member_id: MemberId, platform: str) -> bool:
    """Whether what concerns a member may be sent through a platform."""
    return not await deployment.asks_consent(work, platform) or await given(work, member_id, Purpose.ABROAD) is True


async def abroad_is_open(work: UnitOfWork, member_id: MemberId, platform: str) -> bool:
    """Whether a member has still to be asked about a platform abroad."""
    return await deployment.asks_consent(work, platform) and await given(work, member_id, Purpose.ABROAD) is None


async def abroad_is_refused(work: UnitOfWork, member_id: MemberId, platform: str) -> bool:
    """Whether a member does not want what concerns them to go through a platform abroad."""
    return await deployment.asks_consent(work, platform) and await given(work, member_id, Purpose.ABROAD) is False


async def open_abroad(work: UnitOfWork, member_id: MemberId) -> OpenQuestion | None:
    """The question about a platform abroad that waits for a member's answer."""
    return await work.questions.open_of(member_id, "consent_abroad")


async def ask_abroad(work: UnitOfWork, member_id: MemberId) -> Outgoing:
    """The question about a platform abroad, ready to be sent."""
    ask = asking.Ask("consent_abroad", ASK_ABROAD, (AGREE, DISAGREE), expires=timedelta(days=30), card=True)
    return await asking.prepare(work, member_id, ask)
