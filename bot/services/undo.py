"""Taking back what one did last (撤销), within ten minutes."""

from datetime import timedelta

from bot.clock import BEIJING
from bot.permissions import Actor, Permission, Subject, require
from bot.texts import Text
from storage.deeds import Deed
from storage.keys import BranchId
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

WINDOW = timedelta(minutes=10)
JUST_NOW = timedelta(minutes=1)
UNCLEAR = "unclear"
"""The kind of what is asked when a sentence was not understood."""
_KEPT = ("consent_", "page", "help", UNCLEAR, "news_offer", "send_to")
"""Kinds of questions that 撤销 leaves open: they decide nothing that the person began, or have done so already."""
NOT_DONE = Text(
    "刚才那句我没看懂，什么也没做，不用撤。要撤您 {time} 做的那一件，再发一次“撤销”。",
    "I did not understand what you said last and did nothing, so there is nothing to undo. To undo what you did at {time}, send it again.",
)
EARLIER = Text("这是您 {time} 做的那一件。", "That is what you did at {time}. ")
FINAL = "final"
"""The kind of a deed that cannot be taken back: it stands before the older ones, so that 撤销 never means one of those instead."""


def final(work: UnitOfWork, actor: Actor, what: Text, back: Text) -> None:
    """Note what the actor did for good: 撤销 says what it was and what to send instead. Names nobody."""
    if actor.member is not None:
        work.deeds.add(actor.member, FINAL, {"what": [what.zh, what.en], "back": [back.zh, back.en]})


async def close_question(work: UnitOfWork, actor: Actor) -> OpenQuestion | None:
    """Close what the actor was asked last, and answer it, if that is newer than the last deed: it was begun by mistake. None for none."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    if actor.member is None:
        return None
    question = await work.questions.latest(actor.member)
    # A card that came unasked was not begun by mistake, even where a word would answer it.
    if question is None or question.armed or question.kind.startswith(_KEPT):
        return None
    done = await work.deeds.last(actor.member, work.now - WINDOW)
    if done is not None and (done.at > question.opened_at or (done.kind == FINAL and done.at == question.opened_at)):
        return None  # what is asked right after something final is not all that was done
    work.questions.spend(question)
    return question


async def last(work: UnitOfWork, actor: Actor) -> Deed | None:
    """The actor's last deed, be it final, left as it is; None if there is none of the last ten minutes."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    return await work.deeds.last(actor.member, work.now - WINDOW) if actor.member is not None else None


async def last_of(work: UnitOfWork, actor: Actor, *kinds: str) -> Deed | None:
    """The actor's last deed, if it is of one of some kinds: what a page offers to take back. None for another, or none."""
    found = await last(work, actor)
    return found if found is not None and found.kind in kinds else None


async def take_last(work: UnitOfWork, actor: Actor) -> Deed | None:
    """The actor's last deed, given out once if it can still be undone and each time if it is final; None if there is none."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    found = await last(work, actor)
    if found is not None and found.kind != FINAL:
        work.deeds.remove(found)
    return found


def when(work: UnitOfWork, deed: Deed) -> Text:
    """At what time a deed was done, if it is old enough that who takes it back may have meant something else, which came to nothing."""
    earlier = deed.kind != FINAL and work.now - deed.at > JUST_NOW
    return EARLIER(time=f"{deed.at.astimezone(BEIJING):%H:%M}") if earlier else Text("", "")


async def instead(work: UnitOfWork, actor: Actor) -> Text | None:
    """What is said instead of taking the last deed back, where a sentence that was not understood came after it; once."""
    require(actor, Permission.UNDO, Subject(work.branch_id, actor.member))
    done = await last(work, actor)
    if actor.member is None or done is None or done.kind == FINAL:
        return None
    lost = [each for each in await work.questions.of(actor.member) if each.kind == UNCLEAR and "group" not in each.data]
    later = [each for each in lost if each.opened_at > done.at]
    for each in later:
        work.questions.spend(each)
    return NOT_DONE(time=f"{done.at.astimezone(BEIJING):%H:%M}") if later else None


async def where_over(work: UnitOfWork) -> set[BranchId]:
    """The branches with deeds of more than ten minutes ago."""
    return await work.agenda.deeds_before(work.now - WINDOW)


async def forget(work: UnitOfWork, actor: Actor) -> None:
    """Drop what was done more than ten minutes ago, with the data it held."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    await work.deeds.forget_before(work.now - WINDOW)
