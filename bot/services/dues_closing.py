"""党费结账: a month's totals, written down when the month is over. Later corrections are entries of a later month."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.months import after, month_of
from bot.services import dues_cards, dues_periods, dues_standing, dues_totals, posting
from bot.services.dues_standing import State
from bot.services.dues_table import seen_as
from bot.services.dues_totals import Head, Totals
from bot.services.dues_words import money, told
from bot.services.ledgers import Book
from bot.texts import Text
from storage.dues_claims import Claim
from storage.dues_closings import Closing
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

DEED = "dues_closed"
NOT_OVER = Text("{month}还没过完，{day} 起可以结。", "{month} is not over; it can be closed from {day} on.")
WAITING = Text(
    "{month}还不能结：{claims}还没核对。请先确认、更正或退回，再结账。",
    "{month} cannot be closed yet: {claims} not decided. Please confirm, correct or decline first.",
)
CLOSED_ALREADY = Text("{month}已经结过账了（{day}）。", "{month} was closed already ({day}).")
NUDGE = Text(
    "{month}党费还没有结账。方便时发“党费结账 {month}”，先给您看合计。",
    "The dues of {month} are not closed. When convenient send “close dues {month}”; you see the totals first.",
)
_SHOWN = 6
_NUDGED_FOR = 5
"""Days after its day in which the word about an open month still makes sense."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month as it stands: totals, what is held at its end, the ledger's head then, how many are not assessed, earlier open months."""

    month: str
    totals: Totals
    custody: int
    head: Head
    not_assessed: int
    still_open: int
    closing: Closing | None

    @property
    def carried(self) -> int:
        """What the keepers held when the month began."""
        totals = self.totals
        return self.custody - totals.received - totals.large + totals.handed + totals.handed_large


async def look(work: UnitOfWork, actor: Actor, words: str) -> Sheet:
    """A month as it would be closed, last month for none said. Raises `UserError` while it runs, or while claims of it wait."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    today = dues_periods.today(work)
    month = dues_periods.month(words, today) if words else after(month_of(today), -1)
    return await _sheet(work, month)


async def close(work: UnitOfWork, actor: Actor, month: str) -> Sheet:
    """Close a month. Raises `UserError` as `look`, and where it is closed."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    sheet = await _sheet(work, month)
    if sheet.closing is not None:
        raise UserError(already(work, sheet.closing))
    totals = {**asdict(sheet.totals), "custody": sheet.custody}
    made = work.dues_closings.add(month, totals, (sheet.head.number, sheet.head.hash), actor.member)
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"id": made.id, "month": month})
    return Sheet(month, sheet.totals, sheet.custody, sheet.head, sheet.not_assessed, sheet.still_open, made)


def already(work: UnitOfWork, closing: Closing) -> Text:
    """That a month is closed, and since when."""
    return CLOSED_ALREADY(month=told([closing.month], beijing_day(work.now)), day=beijing_day(closing.at).isoformat())


async def undo(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take back a closing of a moment ago."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    work.dues_closings.remove(data["id"])


async def _sheet(work: UnitOfWork, month: str) -> Sheet:
    today = beijing_day(work.now)
    since, until = dues_totals.bounds(month)
    words = told([month], today)
    if work.now < until:
        raise UserError(NOT_OVER(month=words, day=beijing_day(until).isoformat()))
    closing = await work.dues_closings.of(month)
    waiting = [each for each in await dues_cards.waiting(work) if each.at < until]
    if waiting and closing is None:
        raise UserError(WAITING(month=words, claims=_numbers(waiting)))
    totals = await dues_totals.of_time(work, since, until)
    custody, head = await dues_totals.at(work, until)
    standings = await dues_standing.of_branch(work, month, month)
    cells = [(each, standings[each.id].cells[month]) for each in await work.members.present()]
    not_assessed = sum(seen_as(member, cell) is State.NOT_ASSESSED for member, cell in cells)
    return Sheet(month, totals, custody, head, not_assessed, sum(cell.open for _, cell in cells), closing)


def _numbers(claims: list[Claim]) -> Text:
    shown = Text.join([Text.plain(f"C{each.number}") for each in claims[:_SHOWN]], "、", ", ")
    return shown + (Text(f" 等 {len(claims)} 笔", f" and others, {len(claims)} in all") if len(claims) > _SHOWN else Text("", ""))


def lines(work: UnitOfWork, sheet: Sheet) -> list[Text]:
    """A month's totals in words."""
    totals = sheet.totals
    said = [
        _RECEIVED(month=told([sheet.month], beijing_day(work.now)), amount=money(totals.received), count=totals.payers),
        _PARTS(months=money(totals.months), extra=money(totals.extra), back=money(totals.reversed)),
        _LARGE(amount=money(totals.large)) if totals.large else None,
        _HANDED(amount=money(totals.handed + totals.handed_large)) if totals.handed or totals.handed_large else None,
        _HELD(amount=money(sheet.custody), code=sheet.head.code or "—"),
        _OPEN(amount=money(sheet.still_open)) if sheet.still_open else None,
        _NOT_ASSESSED(count=sheet.not_assessed) if sheet.not_assessed else None,
    ]
    return [each for each in said if each is not None]


_RECEIVED = Text(
    "{month}里记账的党费 {amount}，{count} 人交（含补交、预交别的月份的）。",
    "Booked in {month}: {amount} of dues from {count} people, for whatever months.",
)
_PARTS = Text(
    "其中：按月交的 {months}，自愿多交 {extra}，冲正扣掉 {back}。", "Of it: by the month {months}, voluntary {extra}, less reversed {back}."
)
_LARGE = Text("大额党费另计：{amount}。", "Large dues apart: {amount}.")
_HANDED = Text("上缴：{amount}。", "Handed upward: {amount}.")
_HELD = Text(
    "月末在组织委员手里：{amount}。账本校验码 {code}。", "Held by the dues keeper at its end: {amount}. Check code of the ledger: {code}."
)
_OPEN = Text("这个月还没交的：{amount}（发“党费情况”看）。", "Still open for this month: {amount} (send “duestable”).")
_NOT_ASSESSED = Text(
    "没核定的 {count} 人，不影响结账，请尽快核定。", "{count} not assessed; that does not hinder the closing, but please assess them soon."
)


async def where_open(work: UnitOfWork, due: datetime) -> set[BranchId]:
    """The branches with books of dues, as long as it is not too late."""
    return set() if (work.now - due).days > _NUDGED_FOR else await work.agenda.with_entries(Book.DUES.value)


async def nudge(work: UnitOfWork, actor: Actor, due: datetime) -> None:
    """On the 25th: a gentle word to the keepers if the month before is not closed; none where there are no books yet, or too late."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    month = after(month_of(beijing_day(due)), -1)
    _, until = dues_totals.bounds(month)
    _, head = await dues_totals.at(work, until)
    if (work.now - due).days > _NUDGED_FOR or head.number == 0 or await work.dues_closings.of(month) is not None:
        return
    text = NUDGE(month=told([month], beijing_day(work.now)))
    accounts = await posting.reached_of_branch(work)
    for keeper in await dues_cards.keepers(work):
        await posting.to_member(work, keeper.id, Outgoing(text), priority=Priority.REMINDER, account=accounts.get(keeper.id))
