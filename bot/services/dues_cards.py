"""Cards about dues to those who keep them, and what concerns a member told to them: everybody named only where they may be."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import Permission, holders
from bot.services import asking, posting, privacy
from bot.services.asking import Ask, Choice
from bot.services.dues_standing import OPEN, ClaimKind, ClaimState
from bot.services.dues_words import FLAG_NAMES, Flag, money, told
from bot.texts import Text
from storage.accounts import Account
from storage.dues_claims import Claim
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

KIND = "dues_card"
LIVES = timedelta(days=14)
CONFIRM = Choice(Text("到账了", "received"))
CORRECT = Choice(Text("更正", "correct"))
DECLINE = Choice(Text("没收到", "not received"))
_CARD = Text(
    "党费 C{number}：{who}报 {what}{flags}。请核对到账。", "Dues C{number}: {who} says {what}{flags}. Please check whether it came."
)
_PERSON = Text(
    "党费 C{number}：{who}报 {what}{flags}。要您看看：点“更正”，或发“更正 C{number} 金额 月份”。",
    "Dues C{number}: {who} says {what}{flags}. It needs you: press “correct”, or send “correct C{number} AMOUNT MONTHS”.",
)
PAYERS = {"relative": (Text("家人代交", "paid by family"),), "member": (Text("别的党员代交", "paid by another member"),)}
GONE = Text("这位同志已经不在名单上了，没有记。", "They are no longer on the list; nothing was noted.")
_UNKNOWN = Text("金额待定", "amount to be found")
_EXTRA = Text("自愿多交", "voluntary extra")
_LARGE = Text("大额党费（另记）", "large dues (kept apart)")


async def keepers(work: UnitOfWork, without: Collection[MemberId] = ()) -> list[Member]:
    """Who keeps the dues and may decide what does not concern themselves: the dues keepers, else whoever else may."""
    for role in holders(Permission.KEEP_DUES):
        found = [each for each in await work.members.holding(role.value) if each.id not in without]
        if found:
            return found
    return []


async def still_here(work: UnitOfWork, member_id: MemberId) -> Member:
    """A member who is present. Raises `UserError` for one who has been removed meanwhile."""
    member = await work.members.get(member_id)
    if member is None or member.removed_at is not None:
        raise UserError(GONE)
    return member


def what(claim: Claim, work: UnitOfWork) -> Text:
    """What a claim says was paid, in words."""
    amount = money(claim.fen) if claim.fen else _UNKNOWN
    if claim.kind == ClaimKind.LARGE:
        return _LARGE + Text.plain(" ") + amount
    if claim.kind == ClaimKind.EXTRA:
        return _EXTRA + Text.plain(" ") + amount
    return Text.join([part for part in (told(claim.named, beijing_day(work.now)), amount) if part], " ")


def flags(claim: Claim) -> Text:
    """What is remarkable about a claim, in brackets."""
    said = [*PAYERS.get(claim.payer, ()), *(FLAG_NAMES[Flag(each)] for each in claim.flags)]
    return Text("（", " (") + Text.join(said, "，", ", ") + Text("）", ")") if said else Text("", "")


async def raise_card(work: UnitOfWork, claim: Claim) -> None:
    """Lay a claim before the keepers, each by a card of their own."""
    member = await work.members.get(claim.member_id)
    if member is None:
        return
    accounts = await posting.reached_of_branch(work)
    for keeper in await keepers(work, {claim.member_id}):
        account = accounts.get(keeper.id)
        who = await privacy.named(work, posting.platform_of(account), member)
        card = await asking.prepare(work, keeper.id, card_of(work, claim, who))
        await posting.to_member(work, keeper.id, card, priority=Priority.NOTICE, account=account)


def card_of(work: UnitOfWork, claim: Claim, who: Text) -> Ask:
    """The card of a claim; one that a person has to sort out cannot be confirmed as it is."""
    sorted_out = claim.state == ClaimState.WAITING
    text = (_CARD if sorted_out else _PERSON)(number=claim.number, who=who, what=what(claim, work), flags=flags(claim))
    offered = {"confirm": CONFIRM, "correct": CORRECT, "decline": DECLINE}
    if not sorted_out:
        del offered["confirm"]
    data = {"number": claim.number, "deeds": list(offered)}
    return Ask(KIND, text, tuple(offered.values()), LIVES, data, card=True, columns=3)


def corrects(kind: str, data: Mapping[str, Any], choice: int) -> bool:
    """Whether a choice of a question is to correct a claim, which takes the amount and the months that came."""
    return kind == KIND and data["deeds"][choice] == "correct"


async def close_cards(work: UnitOfWork, numbers: Collection[int]) -> None:
    """The cards of claims that were decided are spent, whoever has them."""
    await asking.close_cards(work, KIND, "number", numbers)


async def tell(work: UnitOfWork, member_id: MemberId, text: Text, account: Account | None = None) -> None:
    """Something about their own dues to a member, unasked; who was removed hears nothing."""
    await posting.to_member(work, member_id, Outgoing(text), priority=Priority.NOTICE, account=account)


async def named_to(work: UnitOfWork, reader: MemberId, about: MemberId) -> Text:
    """How a member is named in a message to another."""
    member = await work.members.get(about)
    if member is None:
        return Text("这位同志", "this person")
    return await privacy.named(work, await posting.read_on(work, reader), member)


async def waiting(work: UnitOfWork) -> list[Claim]:
    """The claims that can still be decided, the oldest first."""
    return await work.dues_claims.of_state(OPEN)
