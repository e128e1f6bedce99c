"""The board of liaisons as forms of the branch's pages change it: assign, take away, and take that back."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UserError
from bot.permissions import Actor, Permission, Subject, require
from bot.services import browser_chat, liaison_assigning, liaison_board, undo
from bot.services.liaison_board import Board, Proposed
from bot.texts import Text
from storage.deeds import Deed
from storage.keys import MemberId
from storage.members import Member
from storage.unit_of_work import UnitOfWork

NOBODY = Text("没有勾选谁，没有安排。", "Nobody was ticked, so nothing was changed.")
TOO_LATE = Text("已经过了十分钟，没有动。请重新安排。", "It is more than ten minutes ago, so it stays. Please assign anew.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A liaison and those who are suggested for them, each with the reasons."""

    liaison: Member
    people: Sequence[Proposed]


@dataclass(frozen=True, slots=True)
class Shown:
    """The board, its suggestions by liaison, and the actor's last deed on it while that can be taken back; 0 for none."""

    board: Board
    offers: Sequence[Offer]
    undo: int


async def shown(work: UnitOfWork, actor: Actor) -> Shown:
    """Everything for the page of liaisons."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    board = await liaison_board.board(work, actor)
    by_liaison: dict[MemberId, list[Proposed]] = {}
    for each in board.suggestions:
        by_liaison.setdefault(each.liaison.id, []).append(each)
    last = await _last(work, actor)
    return Shown(board, [Offer(each[0].liaison, each) for each in by_liaison.values()], last.id if last is not None else 0)


async def assign(work: UnitOfWork, actor: Actor, liaison_id: MemberId, members: Sequence[MemberId]) -> None:
    """Let somebody look after members. All of it or nothing: raises `UserError`, and `LookupError` for who is not of the branch."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    if not members:
        raise UserError(NOBODY)
    await liaison_assigning.assign(work, actor, liaison_id, members, browser_chat.PLATFORM)


async def unassign(work: UnitOfWork, actor: Actor, member_id: MemberId) -> None:
    """Let nobody look after somebody for now. Raises as `assign`."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    await liaison_assigning.unassign(work, actor, [member_id], browser_chat.PLATFORM)


async def take_back(work: UnitOfWork, actor: Actor, number: int) -> None:
    """Take the actor's last deed on the board back, within ten minutes. Raises `UserError` where it is too late."""
    require(actor, Permission.ASSIGN_LIAISON, Subject(work.branch_id))
    last = await _last(work, actor)
    if last is None or last.id != number:
        raise UserError(TOO_LATE)
    await liaison_assigning.undo(work, actor, last.data)
    work.deeds.remove(last)


async def _last(work: UnitOfWork, actor: Actor) -> Deed | None:
    return await undo.last_of(work, actor, liaison_assigning.DEED, liaison_assigning.TAKEN)
