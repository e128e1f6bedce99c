"""上缴: dues handed to the next-higher committee, booked. Never more than the keepers hold; large dues apart (art. 11)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import UserError
from bot.language import money as amounts_of
from bot.language.month_words import ImpossibleMonth
from bot.language.months import read
from bot.language.normalise import clean, is_blank
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.months import month_of
from bot.services import dues_fitting, ledgers
from bot.services.dues_periods import TO_COME, today
from bot.services.dues_standing import CUSTODY, LARGE
from bot.services.dues_totals import HANDED, HANDED_LARGE
from bot.services.dues_words import money, told
from bot.services.ledgers import REVERSAL, Book
from bot.texts import Text
from storage.ledger import Entry, Line
from storage.unit_of_work import UnitOfWork

DEED = "dues_handed"
ENTRY = "handed_up"
"""The kind of a ledger entry for what was handed upward."""
HOW = Text(
    "请写月份和金额，比如：上缴 3月 560。大额党费写：上缴 大额 3月 1500。手里现有 {held}。",
    "Please give month and amount: hand up 2026-03 560. Large dues: hand up large 2026-03 1500. Held now: {held}.",
)
TOO_MUCH = Text(
    "手里{what}只有 {held}，不能上缴 {amount}。请核对一下，没有记。",
    "Only {held} of {what} is held, so {amount} cannot be handed up. Please check; nothing was booked.",
)
SURE = Text(
    "记上缴：{month}{what} {amount}，对吗？（钱由您交，我只记账）",
    "Book as handed up: {month}, {what}, {amount}? (You hand over the money; I only keep the books.)",
)
NONE = Text("{month}没有能冲正的上缴。", "There is nothing handed up for {month} that can be reversed.")
REASON = Text("请写上原因，比如：冲正上缴 3月 数目写错了。", "Please add the reason: reverse handing 2026-03 wrong amount.")
HANDED_ALREADY = Text(
    "{receipt} 的 {amount} 已经上缴了：手里{what}只剩 {held}，还不能冲正。请先发“冲正上缴 月份 原因”，再来冲正。",
    "The {amount} of {receipt} are handed up already: only {held} of {what} is held, so it cannot be reversed yet. "
    "First send “reverse handing”, the month and the reason.",
)
ORDINARY, LARGE_DUES = Text("党费", "dues"), Text("大额党费", "large dues")
_LARGE = Pattern("大额(?:党费)?|large", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Handing:
    """What is to be booked, in fen."""

    month: str
    fen: int
    large: bool

    @property
    def what(self) -> Text:
        """Which dues."""
        return LARGE_DUES if self.large else ORDINARY


async def draft(work: UnitOfWork, actor: Actor, words: str) -> Handing:
    """Read what was handed up: a month and an amount. Raises `UserError` for anything unclear, to come, or more than is held."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    said = clean(words)
    large = bool(_LARGE.search(said))
    try:
        months = read(_LARGE.sub(" ", said), today(work))
    except ImpossibleMonth as error:
        raise UserError(HOW(held=money((await held(work))[0]))) from error
    found = amounts_of.amounts(months.rest)
    if len(months.months) != 1 or len(found) != 1:
        raise UserError(HOW(held=money((await held(work))[0])))
    month = months.months[0]
    if month > month_of(today(work)):
        raise UserError(TO_COME(months=told([month], today(work))))
    handing = Handing(month, dues_fitting.fen(found[0]), large)
    await _check(work, handing)
    return handing


async def held(work: UnitOfWork) -> tuple[int, int]:
    """What the keepers hold in fen: ordinary dues, and large ones, which are not to be mixed."""
    large = -(await work.ledger.sum(Book.DUES.value, LARGE)) - await work.ledger.sum(Book.DUES.value, HANDED_LARGE)
    return await work.ledger.sum(Book.DUES.value, CUSTODY) - large, large


async def book(work: UnitOfWork, actor: Actor, handing: Handing) -> Entry:
    """Book it. Raises `UserError` where it is more than is held by now."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    await _check(work, handing)
    account = HANDED_LARGE if handing.large else HANDED
    lines = [Line(account, handing.fen, month=handing.month), Line(CUSTODY, -handing.fen, month=handing.month)]
    made = await work.ledger.append(Book.DUES.value, ENTRY, lines, actor=actor.member, ref=_ref(handing.month))
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"number": made.number, "month": handing.month})
    return made


async def check_held(work: UnitOfWork, entries: Sequence[Entry]) -> None:
    """Raise `UserError` where what came in by these entries is not held any more: what was handed up comes back first."""
    for large, holds in zip((False, True), await held(work), strict=True):
        these = [each for each in entries if any(line.account == LARGE for line in each.lines) is large]
        came = sum(line.fen for each in these for line in each.lines if line.account == CUSTODY)
        if came > holds:
            receipts = Text.join([Text.plain(each.ref) for each in these], "、", ", ")
            what = LARGE_DUES if large else ORDINARY
            raise UserError(HANDED_ALREADY(receipt=receipts, amount=money(came), what=what, held=money(max(holds, 0))))


async def _check(work: UnitOfWork, handing: Handing) -> None:
    holds = (await held(work))[handing.large]
    if handing.fen > holds:
        raise UserError(TOO_MUCH(what=handing.what, held=money(max(holds, 0)), amount=money(handing.fen)))


async def reverse(work: UnitOfWork, actor: Actor, words: str) -> Entry:
    """Take back, by an entry, what was booked last for a month; with a reason. Raises `UserError`."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    try:
        months = read(words, today(work))
    except ImpossibleMonth as error:
        raise UserError(REASON) from error
    reason = clean(months.rest.replace(";", " "))
    if len(months.months) != 1 or is_blank(reason):
        raise UserError(REASON)
    standing = await _standing(work, months.months[0])
    if not standing:
        raise UserError(NONE(month=told(months.months, today(work))))
    return await ledgers.reverse(work, Book.DUES, standing[-1], actor, reason[:80])


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> Entry | None:
    """Take back what the actor booked a moment ago, by the entry that is answered; None if it was taken back meanwhile."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    entry = next((each for each in await _standing(work, data["month"]) if each.number == data["number"]), None)
    return await ledgers.reverse(work, Book.DUES, entry, actor) if entry is not None else None


async def _standing(work: UnitOfWork, month: str) -> list[Entry]:
    """What was booked for a month and not taken back, the oldest first."""
    entries = await work.ledger.of_ref(Book.DUES.value, _ref(month))
    gone = {each.reverses for each in entries if each.kind == REVERSAL}
    return [each for each in entries if each.kind == ENTRY and each.number not in gone]


def _ref(month: str) -> str:
    return f"H-{month}"
