"""Announcements (公告): posted, scheduled, corrected, recalled. What the groups show is `notice_messages`, who read it `notice_reading`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.errors import UserError
from bot.language.normalise import is_blank, tidy
from bot.language.notice_numbers import leading
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules.fund import carries_code
from bot.services import asking, notice_messages, notice_nudges, posting
from bot.services.fund_words import NO_CODES
from bot.services.notice_messages import KEPT, KIND, when
from bot.texts import Text
from storage.keys import BranchId, MemberId
from storage.notices import Notice
from storage.questions import OpenQuestion
from storage.unit_of_work import UnitOfWork

LATEST = timedelta(days=1)
"""How late a scheduled announcement is still posted, should the program have been stopped."""
NO_GROUP = Text(
    "支部还没有绑定群，公告没有发。请先在群里发“绑定本群”。",
    "The branch has no group yet, so nothing was posted. Please send “bind this group” in the group first.",
)
WHICH = Text(
    "请写上编号，比如“{example}”。发“最近公告”能看到编号。", "Please give its number, like “{example}”; “notices” shows the numbers."
)
NONE = Text("没有公告 N{number}，或者已经撤回、过期了。", "There is no notice N{number}, or it was recalled or is over.")
ALREADY = Text(
    "这条已经发过了（N{number}）。要另发一条，请重新写。", "This was posted already (N{number}). To post another, please write it anew."
)
ALREADY_SET = Text(
    "这条已经定好了（N{number}）。要另发一条，请重新写。", "This was scheduled already (N{number}). To post another, please write it anew."
)
TAKEN_BACK = Text(
    "这条后来撤回了（N{number}）。要发，请重新写。", "This was recalled since (N{number}). To post it after all, please write it anew."
)
NEVER_POSTED = Text(
    "这条到点没有发成（N{number}）。要发，请重新写。", "This could not be posted when due (N{number}). Please write it anew."
)
MISSED = Text(
    "公告 N{number} 定在{when}，那时我没在运行，现在晚了一天以上，就没有发。原文在下面，要发请再发一次。",
    "Notice N{number} was due at {when} while I was not running. That is more than a day ago, so it was not posted. Its words are below.",
)
UNPOSTED = Text(
    "公告 N{number} 到点了，可支部没有绑定的群，没有发。原文在下面。",
    "Notice N{number} was due, but the branch has no group, so it was not posted. Its words are below.",
)
_LINE = Text("N{number}，{when}发：", "N{number}, due {when}: ")


class State(StrEnum):
    """What an announcement is: scheduled, then open or missed; recalled at any time, and for ten minutes restored."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    RECALLED = "recalled"
    MISSED = "missed"


_BECAME = {State.OPEN: ALREADY, State.SCHEDULED: ALREADY_SET, State.RECALLED: TAKEN_BACK, State.MISSED: NEVER_POSTED}


def decided(work: UnitOfWork, preview: OpenQuestion | None, notice: Notice) -> None:
    """A preview's buttons stay on the screen: who presses one again is told what `became` of it, and does not post twice."""
    if preview is not None:
        asking.conclude(work, preview, notice.number)


async def became(work: UnitOfWork, number: int) -> Text | None:
    """What is told to who presses the button again that posted or scheduled an announcement; None if it is gone."""
    notice = await work.notices.numbered(number)
    return _BECAME[State(notice.state)](number=number) if notice is not None else None


async def require_group(work: UnitOfWork) -> None:
    """Raise `UserError` if there is nowhere to post."""
    if not await work.chats.of_branch():
        raise UserError(NO_GROUP)


async def announce(work: UnitOfWork, actor: Actor, words: str) -> Notice:
    """Post an announcement in every group of the branch, now."""
    return await _make(work, actor, words, State.OPEN, work.now)


async def schedule(work: UnitOfWork, actor: Actor, words: str, at: datetime) -> Notice:
    """Keep an announcement until its time; should that have come meanwhile, it is posted."""
    return await _make(work, actor, words, State.SCHEDULED if at > work.now else State.OPEN, max(at, work.now))


async def _make(work: UnitOfWork, actor: Actor, words: str, state: State, at: datetime) -> Notice:
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    await require_group(work)
    no_codes(words)
    if actor.member is None:
        raise LookupError("an announcement has an author")
    made = await work.notices.add(actor.member, tidy(words), state.value, at)
    work.deeds.add(actor.member, "notice_post", {"number": made.number})
    return made if state is State.SCHEDULED else await _put_up(work, made)


async def _put_up(work: UnitOfWork, notice: Notice) -> Notice:
    raised = work.notices.change(notice, state=State.OPEN.value, post_at=work.now)
    asked = await notice_messages.open_question(work, raised)
    await notice_messages.show(work, asked)
    return asked


def live(work: UnitOfWork, notice: Notice | None) -> bool:
    """Whether an announcement is up and not over."""
    return notice is not None and notice.state == State.OPEN and notice.post_at > work.now - KEPT


async def changeable(work: UnitOfWork, number: int) -> Notice:
    """An announcement that is up or will be. Raises `UserError`."""
    notice = await work.notices.numbered(number)
    if notice is None or not (live(work, notice) or notice.state == State.SCHEDULED):
        raise UserError(NONE(number=number))
    return notice


async def edit(work: UnitOfWork, actor: Actor, words: str) -> Notice:
    """Give the announcement whose number the words begin with the new text that follows; in the groups it is marked as corrected."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    said = leading(words)
    if said is None or is_blank(said[1]):
        raise UserError(WHICH(example=Text("改公告 N3 新的内容", "edit notice N3 the new text")))
    notice = await changeable(work, said[0])
    if actor.member is not None:
        work.deeds.add(actor.member, "notice_edit", {"number": notice.number, "text": notice.text, "corrected": notice.corrected})
    return await _reword(work, notice, tidy(said[1]), corrected=notice.state == State.OPEN)


async def just_posted(work: UnitOfWork, actor: Actor) -> Notice | None:
    """What somebody announced last, within a day; None for nothing."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    latest = next(iter(await work.notices.of_author(actor.member)), None) if actor.member is not None else None
    return latest if latest is not None and live(work, latest) and latest.post_at > work.now - _JUST else None


_JUST = timedelta(days=1)


async def undo_edit(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Give an announcement its old words back."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    await _reword(work, await changeable(work, data["number"]), data["text"], corrected=data["corrected"])


def no_codes(words: str) -> None:
    """Raise `UserError` for a payment code or a public appeal's link (Charity Law, art. 26, 27)."""
    if carries_code(words):
        raise UserError(NO_CODES)


async def _reword(work: UnitOfWork, notice: Notice, words: str, *, corrected: bool) -> Notice:
    no_codes(words)
    new = work.notices.change(notice, text=words, corrected=corrected)
    if new.state == State.OPEN:
        await notice_messages.correct(work, notice, new)
        await notice_nudges.refresh(work, new)
    return new


async def recall(work: UnitOfWork, actor: Actor, words: str) -> Notice:
    """Take an announcement down, or cancel one that is still to come; answers what it was. Without a number: the only one there is."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    said = leading(words)
    if said is None:
        there = await work.notices.of_state(State.OPEN.value, after=work.now - KEPT) + await work.notices.of_state(State.SCHEDULED.value)
        if len(there) != 1 or not is_blank(words):
            raise UserError(WHICH(example=Text("撤回公告 N3", "recall N3")))
        notice = there[0]
    else:
        notice = await changeable(work, said[0])
    if actor.member is not None:
        work.deeds.add(actor.member, "notice_recall", {"number": notice.number, "state": notice.state})
    await _take_down(work, notice)
    return notice


async def undo_post(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take down what has just been posted or scheduled."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    await _take_down(work, await changeable(work, data["number"]))


async def _take_down(work: UnitOfWork, notice: Notice) -> None:
    work.notices.change(notice, state=State.RECALLED.value, question_id=None)
    await notice_messages.withdraw(work, notice, notice_messages.slot(notice))
    await notice_messages.withdraw(work, notice, notice_nudges.slot(notice))
    for question in await work.questions.of_kind(KIND):
        if question.data["notice"] == notice.number:
            work.questions.spend(question)


async def undo_recall(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Put an announcement up again, or back on the list of those to come."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    notice = await work.notices.numbered(data["number"])
    if notice is None or notice.state != State.RECALLED:
        raise UserError(NONE(number=data["number"]))
    restored = work.notices.change(notice, state=data["state"])
    if restored.state == State.OPEN:
        await notice_messages.show(work, await notice_messages.open_question(work, restored))
        await notice_nudges.refresh(work, restored)


async def scheduled(work: UnitOfWork, actor: Actor) -> list[Text]:
    """What is still to be posted, the next first."""
    require(actor, Permission.ANNOUNCE, Subject(work.branch_id))
    coming = reversed(await work.notices.of_state(State.SCHEDULED.value))
    return [_LINE(number=each.number, when=when(each.post_at)) + Text.plain(each.text) for each in coming]


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches in which an announcement's time has come."""
    return await work.agenda.notices_to_post(State.SCHEDULED.value, work.now)


async def post_due(work: UnitOfWork, actor: Actor) -> None:
    """Post what is due. The state changes in the transaction that queues the messages, so nothing goes out twice."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    due = await work.notices.of_state(State.SCHEDULED.value, before=work.now)
    grouped = bool(due) and bool(await work.chats.of_branch())
    for notice in reversed(due):
        if not grouped:
            await _miss(work, notice, UNPOSTED(number=notice.number))
        elif notice.post_at < work.now - LATEST:
            await _miss(work, notice, MISSED(number=notice.number, when=when(notice.post_at)))
        else:
            await _put_up(work, notice)


async def _miss(work: UnitOfWork, notice: Notice, why: Text) -> None:
    """It is not posted: its author hears why, or the secretaries if there is no author any more."""
    work.notices.change(notice, state=State.MISSED.value)
    author = await work.members.get(MemberId(notice.author_id)) if notice.author_id else None
    for text in (why, *notice_messages.parts(notice)):
        if author is None or author.removed_at is not None:
            await posting.to_role(work, "secretary", Outgoing(text), priority=Priority.NOTICE)
        else:
            await posting.to_member(work, author.id, Outgoing(text), priority=Priority.NOTICE)
