"""Where dues stand: for every member and month what is due, paid, claimed – from assessments, the ledger and waiting claims.

Two or three statements answer for the whole branch. Whoever asks for somebody checks beforehand who may know it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.permissions import Actor, Permission, Subject, require
from bot.rules.months import span
from bot.services import trail
from bot.services.ledgers import Book
from bot.services.trail import Kind as Trailed
from storage.dues_assessments import Assessment
from storage.dues_claims import Claim
from storage.keys import MemberId
from storage.unit_of_work import UnitOfWork

DUES, LARGE, CUSTODY = "dues", "large", "custody"
"""Accounts of the dues ledger: months (and voluntary extra without a month), large dues apart, and what the keepers hold."""


class State(StrEnum):
    """What a month is for a member. `REDUCED` is due, too, at less than the usual."""

    PAID = "paid"
    CLAIMED = "claimed"
    DUE = "due"
    EXEMPT = "exempt"
    REDUCED = "reduced"
    ELSEWHERE = "elsewhere"
    """Paid to the branch where the member is (art. 9)."""
    NOT_ASSESSED = "not_assessed"


class ClaimState(StrEnum):
    """What a claim is. `WITH_A_PERSON`: the keeper has to find the months or the amount. The last three are final."""

    WAITING = "waiting"
    WITH_A_PERSON = "with_a_person"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class ClaimKind(StrEnum):
    """What was paid: months; something more of one's own will; or a thousand yuan and more at once, which goes its own way (art. 11)."""

    MONTHS = "months"
    EXTRA = "extra"
    LARGE = "large"


OPEN = frozenset({ClaimState.WAITING.value, ClaimState.WITH_A_PERSON.value})
"""The states in which a claim can still be decided."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A member's month, in fen. `due` is None where nothing is assessed."""

    month: str
    state: State
    due: int | None
    paid: int = 0
    claimed: int = 0

    @property
    def open(self) -> int:
        """What is still to be paid."""
        return (self.due or 0) if self.state in {State.DUE, State.REDUCED} else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's months, the oldest first, and the assessment that holds in the last of them."""

    member_id: MemberId
    cells: Mapping[str, Cell]
    assessment: Assessment | None
    assessments: Sequence[Assessment] = field(default=())

    @property
    def open(self) -> list[Cell]:
        """The months with something to pay, the oldest first."""
        return [cell for cell in self.cells.values() if cell.open]

    @property
    def short(self) -> list[Cell]:
        """The months of which less is confirmed than is due by what was assessed, perhaps later; the oldest first."""
        return [cell for cell in self.cells.values() if cell.state is State.PAID and cell.due is not None and cell.paid < cell.due]


def in_force(assessments: Sequence[Assessment], month: str) -> Assessment | None:
    """The usual assessment for a month, the newest that covers it; None if nothing is assessed."""
    found = [each for each in assessments if each.state == "normal" and _covers(each, month)]
    return found[-1] if found and found[-1].monthly_fen is not None else None


def reduction(assessments: Sequence[Assessment], month: str) -> Assessment | None:
    """The reduction that lies over it in a month, if there is one."""
    found = [each for each in assessments if each.state != "normal" and _covers(each, month)]
    return found[-1] if found and found[-1].monthly_fen is not None else None


def due(assessments: Sequence[Assessment], month: str) -> int | None:
    """What is due for a month, in fen; None where nothing is assessed."""
    usual, less = in_force(assessments, month), reduction(assessments, month)
    if usual is None or usual.monthly_fen is None:
        return None
    return usual.monthly_fen if less is None or less.monthly_fen is None else min(usual.monthly_fen, less.monthly_fen)


def _covers(each: Assessment, month: str) -> bool:
    return each.effective_from <= month and (each.until is None or month <= each.until)


async def of_branch(work: UnitOfWork, first: str, last: str, members: Sequence[MemberId] | None = None) -> dict[MemberId, Standing]:
    """The months from `first` to `last` of several members, or of everybody present."""
    wanted = [each.id for each in await work.members.present()] if members is None else list(members)
    assessments = await work.dues_assessments.of_all(members)
    keys = {"member_id": wanted[0]} if len(wanted) == 1 else {}
    paid = await work.ledger.sums(Book.DUES.value, DUES, ["member_id", "month"], **keys)
    elsewhere = await work.dues_elsewhere.of_all(members)
    claimed = _claimed(await work.dues_claims.of_state([ClaimState.WAITING.value], members))
    months = span(first, last)
    return {
        each: Standing(
            each,
            {
                month: _cell(
                    month,
                    assessments.get(each, ()),
                    -paid.get((each, month), 0),
                    claimed.get((each, month), 0),
                    elsewhere=any(noted.covers(month) for noted in elsewhere.get(each, ())),
                )
                for month in months
            },
            in_force(assessments.get(each, ()), last),
            assessments.get(each, ()),
        )
        for each in wanted
    }


async def seen(work: UnitOfWork, actor: Actor, first: str, last: str) -> dict[MemberId, Standing]:
    """The same of everybody present, for who keeps the dues."""
    require(actor, Permission.KEEP_DUES, Subject(work.branch_id))
    found = await of_branch(work, first, last)
    await trail.saw(work, actor, found, Trailed.DUES)
    return found


async def of_member(work: UnitOfWork, member_id: MemberId, first: str, last: str) -> Standing:
    """The months from `first` to `last` of one member."""
    return (await of_branch(work, first, last, [member_id]))[member_id]


async def since_assessed(work: UnitOfWork, member_id: MemberId, last: str) -> Standing:
    """A member's months from the first that was ever assessed; only the last where none was."""
    assessments = await work.dues_assessments.of(member_id)
    first = min((each.effective_from for each in assessments if each.effective_from <= last), default=last)
    return await of_member(work, member_id, first, last)


def _claimed(claims: Sequence[Claim]) -> dict[tuple[MemberId, str], int]:
    found: dict[tuple[MemberId, str], int] = {}
    for each in claims:
        for month, fen in each.months:
            found[each.member_id, month] = found.get((each.member_id, month), 0) + fen
    return found


def _cell(month: str, assessments: Sequence[Assessment], paid: int, claimed: int, *, elsewhere: bool) -> Cell:
    owed = due(assessments, month)
    if paid > 0:
        state = State.PAID
    elif claimed > 0:
        state = State.CLAIMED
    elif elsewhere:
        state = State.ELSEWHERE
    elif owed is None:
        state = State.NOT_ASSESSED
    elif owed == 0:
        state = State.EXEMPT
    else:
        state = State.REDUCED if reduction(assessments, month) is not None else State.DUE
    return Cell(month, state, owed, paid, claimed)
