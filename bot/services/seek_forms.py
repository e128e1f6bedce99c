"""The search for the lost as a page shows and leads it: how it stands, who is still sought, the poster, and taking a deed back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.clock import beijing_day
from bot.errors import UserError
from bot.messages import Drawing
from bot.permissions import Actor, Permission, Subject, require
from bot.services import browser_chat, seek_campaigns, seeking, undo
from bot.texts import Text
from storage.deeds import Deed
from storage.unit_of_work import UnitOfWork

POSTERS = ("a4", "phone")
"""The poster for printing, and the one for phones."""
TOO_LATE = Text("已经过了十分钟，没有动。", "It is more than ten minutes ago, so it stays.")


@dataclass(frozen=True, slots=True)
class Shown:
    """Since when a search runs (None for none) and how it stands; who is sought; whether the actor leads it; a deed to take back."""

    since: date | None
    status: Sequence[Text]
    heading: Text
    lost: Sequence[Text]
    leads: bool
    undo: int


async def shown(work: UnitOfWork, actor: Actor) -> Shown:
    """Everything for the page of the search."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    running = await work.seeking.running()
    status = await seek_campaigns.status(work, actor, browser_chat.PLATFORM, in_group=False) if running is not None else []
    heading, lost = await seeking.lost(work, actor, browser_chat.PLATFORM)
    leads, last = actor.may(Permission.INVITE), await _last(work, actor)
    since = beijing_day(running.started_at) if running is not None else None
    return Shown(since, status, heading, lost, leads, last.id if leads and last is not None else 0)


async def poster(work: UnitOfWork, actor: Actor, name: str) -> Drawing:
    """The poster of the running search in one of the two sizes. Raises `LookupError` for another, `UserError` where none runs."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    if name not in POSTERS:
        raise LookupError(f"no poster {name}")
    paper, picture = await seek_campaigns.posters(work, actor)
    return paper if name == "a4" else picture


async def end(work: UnitOfWork, actor: Actor) -> None:
    """End the search."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    await seek_campaigns.end(work, actor, browser_chat.PLATFORM)


async def take_back(work: UnitOfWork, actor: Actor, number: int) -> None:
    """Take the beginning or the end of the search back, within ten minutes. Raises `UserError` where it is too late."""
    require(actor, Permission.SEEK, Subject(work.branch_id))
    last = await _last(work, actor)
    if last is None or last.id != number:
        raise UserError(TOO_LATE)
    await (seek_campaigns.undo_start if last.kind == seek_campaigns.STARTED else seek_campaigns.undo_end)(work, actor, last.data)
    work.deeds.remove(last)


async def _last(work: UnitOfWork, actor: Actor) -> Deed | None:
    return await undo.last_of(work, actor, seek_campaigns.STARTED, seek_campaigns.ENDED)
