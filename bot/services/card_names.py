"""What a card is called, where several are open that the same words answer: its number (C3), whom and how much it is about."""

from bot.clock import BEIJING
from bot.services import (
    aid_matches,
    aid_verify,
    bulletins,
    dues_cards,
    dues_reductions,
    join_requests,
    notice_messages,
    payout_approvals,
    payouts,
    pledge_receipts,
    pledge_refunds,
    privacy,
)
from bot.services.asking import Choice
from bot.texts import Text
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

_NUMBERS = {
    dues_cards.KIND: ("C", "number"),
    dues_reductions.KIND: ("J", "number"),
    payout_approvals.CARD: ("B", "number"),
    payouts.ARRIVED: ("B", "number"),
    pledge_receipts.CARD: ("P", "number"),
    pledge_refunds.REFUND: ("P", "number"),
    bulletins.CARD: ("T", "number"),
    bulletins.SEE: ("T", "number"),
    aid_verify.KIND: ("A", "number"),
    aid_matches.HINT: ("A", "number"),
    notice_messages.KIND: ("N", "notice"),
}
"""The letter before a number as a kind of card shows it, and where its question keeps the number."""
_BY_APPEAL = frozenset({"appeal"})
_DUES = Text("C{number} {who} {what}", "C{number} {who} {what}")
_CAME = Text("{month}月{day}日 {time} 来的", "the one of {day}/{month}, {time}")
_UNDER = Text("，{words}", ", {words}")


def tag(card: OpenQuestion) -> str | None:
    """The number that stands on a card, as people write it (`C3`); None where its kind has none."""
    if card.kind not in _NUMBERS:
        return None
    letter, name = _NUMBERS[card.kind]
    return f"{letter}{card.data[name]}" if name in card.data else None


async def told(work: UnitOfWork, card: OpenQuestion, platform: str) -> Choice:
    """A card as it is offered beside others, with its number as a word for it. Nobody is named who may not be on that platform."""
    if card.kind == join_requests.KIND:
        who = join_requests.who(card)
        return Choice(who, (str(card.data["number"]),))
    number = tag(card)
    if card.kind == dues_cards.KIND and (label := await _dues(work, card, platform)) is not None:
        return Choice(label, (number or "",))
    if number is None and _BY_APPEAL & card.data.keys() and (appeal := await work.appeals.get(card.data["appeal"])) is not None:
        number = f"A{appeal.number}"
    return Choice(Text.plain(number)) if number is not None else Choice(_moment(card))


async def _dues(work: UnitOfWork, card: OpenQuestion, platform: str) -> Text | None:
    """The number, the person and the sum of a claim."""
    claim = await work.dues_claims.numbered(card.data["number"])
    member = await work.members.get(claim.member_id) if claim is not None else None
    if claim is None or member is None:
        return None
    who = await privacy.named(work, platform, member)
    return _DUES(number=claim.number, who=who, what=dues_cards.what(claim, work))


def _moment(card: OpenQuestion) -> Text:
    """What has neither number nor person: when it came, to the minute, and its first answer."""
    local = card.opened_at.astimezone(BEIJING)
    came = _CAME(month=local.month, day=local.day, time=f"{local:%H:%M}")
    first = card.choices[0] if card.choices else None
    return came + _UNDER(words=Text(first[0], first[1])) if first else came
