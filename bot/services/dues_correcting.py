"""更正缴费: what a dues keeper found to have come instead of what was said. Nothing is spread over months that owe something else."""

from collections.abc import Mapping
from typing import Any

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language import dues as words_of
from bot.permissions import Actor
from bot.rules.dues import policy_on
from bot.services import dues_cards, dues_deciding, dues_fitting, dues_standing, trail
from bot.services.dues_fitting import Said
from bot.services.dues_standing import DUES, Cell, ClaimKind, Standing
from bot.services.dues_words import Flag
from bot.services.ledgers import Book
from bot.texts import Text
from storage.dues_claims import Claim
from storage.unit_of_work import UnitOfWork

HOW = Text("请写到账的金额和月份，比如：40 一月到二月。", "Please write the amount and months that came: 40 January to February.")
CORRECTED = Text(
    "您报的 C{number} 按到账更正为 {what}，已确认，收据 {receipt}。有疑问请找组织委员。",
    "Your C{number} was corrected to what came: {what}. Confirmed, receipt {receipt}. Please ask the dues keeper if in doubt.",
)


async def correct(work: UnitOfWork, actor: Actor, number: int, words: str) -> Claim:
    """Book what really came instead of what was said: an amount and months, which have to come out even. Raises `UserError`."""
    found = await dues_deciding.decidable(work, actor, number)
    said = dues_fitting.understood(words, beijing_day(work.now))
    if said.fen is None:
        raise UserError(HOW)
    kind, parts = await _came(work, found, said, voluntary=words_of.voluntary(words))
    flags = [*found.flags, Flag.CORRECTED.value] if Flag.CORRECTED.value not in found.flags else found.flags
    new = {"fen": said.fen, "months": [list(each) for each in parts], "kind": kind.value, "flags": flags}
    paid = await work.ledger.sums(Book.DUES.value, DUES, ["member_id", "month"], member_id=found.member_id)
    dues_deciding.check(_with(found, new), paid)
    receipt = await work.dues_claims.next_receipt(beijing_day(work.now).year)
    made = await dues_deciding.book(work, actor, work.dues_claims.change(found, **new), receipt)
    await trail.changed(work, actor, [found.member_id], trail.Kind.DUES)
    await dues_deciding.closed(work, actor, [found])
    text = CORRECTED(number=number, what=dues_cards.what(made, work), receipt=receipt)
    await dues_cards.tell(work, made.member_id, text)
    return made


async def _came(work: UnitOfWork, found: Claim, said: Said, *, voluntary: bool) -> tuple[ClaimKind, list[tuple[str, int]]]:
    """What a keeper found to have come: the months they named, else those of the claim; or something extra. Raises `UserError`."""
    fen, today = said.fen or 0, beijing_day(work.now)
    if voluntary or (found.kind != ClaimKind.MONTHS and not said.months.months):
        return (ClaimKind.LARGE if fen >= policy_on(today).large_from else ClaimKind.EXTRA), []
    months = list(said.months.months) or (found.named if said.months.count is None else [])
    if not months:
        raise UserError(HOW)
    if said.months.up_to:
        cells = _up_to(await dues_standing.since_assessed(work, found.member_id, months[-1]), found)
    else:
        standing = await dues_standing.of_member(work, found.member_id, min(months), max(months))
        cells = [standing.cells[month] for month in months]
    if not cells:
        raise UserError(HOW)
    return ClaimKind.MONTHS, dues_fitting.spread(cells, fen, today)


def _up_to(standing: Standing, found: Claim) -> list[Cell]:
    """The months until the last that wait for money: the open ones, and those that this very claim is for."""
    return [cell for cell in standing.cells.values() if cell.open or cell.month in found.named]


def _with(found: Claim, new: Mapping[str, Any]) -> Claim:
    return Claim(**{name: new.get(name, getattr(found, name)) for name in Claim.__dataclass_fields__})
