"""Pushing a lesson into the branch's groups (三分钟党课): at the branch's time, once, caught up once after a stop, or by the curator.

A lesson's message stands in the slot `lesson:<post>`, so an answer to it is known to be about that lesson.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.clock import BEIJING, beijing_day
from bot.errors import UserError
from bot.messages import Outgoing, Priority
from bot.permissions import Actor, Permission, Subject, require
from bot.rules import quiet_hours
from bot.rules.study_schedule import LATEST
from bot.services import asking, attention, lesson_plan, library, posting, studies
from bot.services.asking import Ask, Choice
from bot.services.destinations import Matter
from bot.services.notice_messages import EDIT_GAP
from bot.texts import Text
from storage.keys import BranchId, ChatKey
from storage.lessons import Lesson
from storage.studies import Post
from storage.unit_of_work import UnitOfWork

OPEN = "lesson_open"
"""The kind of the question under 看全文; its data holds `lesson`."""
DEED = "lesson_post"
LIVES = timedelta(days=30)
WHOLE = Choice(Text("看全文", "read it all"))
RECALLED = Text("【这一课撤回了】", "[This lesson was taken back]")
NO_GROUP = Text(
    "支部还没有绑定群，发不了。请先在群里发“绑定本群”。", "The branch has no group yet. Send “bind this group” in the group first."
)
GONE = Text("这一课已经不在群里了。", "That lesson is no longer in the group.")
MISSED = Text(
    "停机期间有 {count} 天的党课没发（{days}），时候过了，不补了，课还在后面等着。“排课”看接下来发什么。",
    "On {count} days ({days}) no lesson was pushed because the program stood still. Their time is over, so they are not "
    "caught up; the lessons still come. “plan” shows what is next.",
)


def slot(post: Post) -> str:
    """The slot of a lesson's message."""
    return f"lesson:{post.id}"


async def answered(work: UnitOfWork, chat: ChatKey, message_id: str) -> Post | None:
    """The push that a message of a chat shows."""
    kind, _, rest = (await work.outbox.slot_of(chat, message_id) or "").partition(":")
    return await work.studies.posted(int(rest)) if kind == "lesson" and rest.isdigit() else None


async def put_up(work: UnitOfWork, lesson: Lesson, day: date) -> Post:
    """Post a lesson in every group of the branch: its first page, with 看全文 and 学完了."""
    pages = library.pages(lesson)
    data = {"lesson": lesson.id}
    asked = Ask(studies.DONE, pages[0], (studies.DONE_CHOICE,), LIVES, data, card=True)
    question = await asking.opened(work, None, asked)
    buttons = await asking.buttons(work, question.id, asked)
    if len(pages) > 1:
        opens = Ask(OPEN, pages[0], (WHOLE,), LIVES, data, card=True)
        buttons = ((await asking.buttons(work, (await asking.opened(work, None, opens)).id, opens))[0] + buttons[0],)
    name = lesson.content["picture"]
    picture = await work.lessons.file(name) if name else None
    post = work.studies.post(lesson.id, day, question.id)
    outgoing = Outgoing(pages[0], buttons, picture=picture)
    await posting.to_groups(work, outgoing, priority=Priority.NOTICE, slot=slot(post), good_for=LATEST, matter=Matter.LESSON)
    plan = await work.studies.plan()
    await work.studies.change_plan(queue=[each for each in plan.queue if each != lesson.id])
    return post


async def require_group(work: UnitOfWork) -> None:
    """Raise `UserError` if there is nowhere to post."""
    if not await work.chats.of_branch():
        raise UserError(NO_GROUP)


async def post_now(work: UnitOfWork, actor: Actor, lesson_id: str) -> Post:
    """Post a lesson as today's, now."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    await require_group(work)
    post = await put_up(work, await studies.lesson_of(work, lesson_id), beijing_day(work.now))
    if actor.member is not None:
        work.deeds.add(actor.member, DEED, {"post": post.id})
    return post


async def undo_post(work: UnitOfWork, actor: Actor, data: Mapping[str, Any]) -> None:
    """Take a lesson that was just posted back; it counts as not sent. Raises `UserError`."""
    require(actor, Permission.CURATE, Subject(work.branch_id))
    post = await work.studies.posted(data["post"])
    if post is None:
        raise UserError(GONE)
    work.studies.recall(post)
    await work.outbox.drop_unsent(slot(post))
    await posting.change_in_groups(work, Outgoing(RECALLED), slot=slot(post), gap=EDIT_GAP)
    for kind in (OPEN, studies.DONE):
        for question in await work.questions.of_kind(kind):
            of_this = question.data["lesson"] == post.lesson_id and question.opened_at == post.posted_at
            if question.member_id is None and of_this:
                work.questions.spend(question)


async def where_due(work: UnitOfWork) -> set[BranchId]:
    """The branches whose push is due and not handled, or that never had one, or handled one by a clock that was ahead."""
    schedules, handled, today = await lesson_plan.schedules(work), await work.agenda.handled_through(), beijing_day(work.now)
    quiet = quiet_hours.is_quiet(work.now, *quiet_hours.DEFAULT, BEIJING)
    latest = {schedule: schedule.latest(work.now).date() for schedule in set(schedules.values())}
    named: set[BranchId] = set()
    for branch, schedule in schedules.items():
        known = handled.get(branch)
        if known is None or known > today or (latest[schedule] > known and not quiet):
            named.add(branch)
    return named


async def push_due(work: UnitOfWork, actor: Actor) -> None:
    """Push the lesson that is due, once; what is late by more than a day, or on the day of the next, is passed over."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    schedule, plan = await lesson_plan.schedule(work), await work.studies.plan()
    due = schedule.latest(work.now)
    day = due.date()
    today = beijing_day(work.now)
    if plan.handled_through is None or plan.handled_through > today:  # the latter by a clock that was ahead
        await work.studies.change_plan(handled_through=day)
        return
    if day <= plan.handled_through or quiet_hours.is_quiet(work.now, *quiet_hours.DEFAULT, BEIJING):
        return
    await work.studies.change_plan(handled_through=day)
    missed = schedule.between(plan.handled_through, day)
    if work.now - due > LATEST or (day < today and schedule.holds(today)):
        missed.append(day)
    elif not _paused(plan.paused_until, day):
        await _push(work, day)
    await _tell_missed(work, [each for each in missed if not _paused(plan.paused_until, each)])


def _paused(until: date | None, day: date) -> bool:
    return until is not None and day <= until


async def _push(work: UnitOfWork, day: date) -> None:
    """The day's lesson, unless one was posted by hand, the news digest takes its place, or the group hears enough today."""
    digest = await work.news.of(day)
    if (digest is not None and digest.state in {"approved", "posted"}) or await work.studies.posted_on(day):
        return
    if not await attention.groups_have_room(work, Matter.LESSON):
        return  # what people have to say goes first; the lesson keeps its place in the queue
    chosen = await lesson_plan.coming(work, [day])
    if chosen and await work.chats.of_branch():
        await put_up(work, await studies.lesson_of(work, chosen[0].lesson.id), day)


async def _tell_missed(work: UnitOfWork, days: Sequence[date]) -> None:
    if not days or not await work.lessons.headings():
        return
    told = Text.join([lesson_plan.day_told(each, work.now) for each in days[:4]], "、", ", ")
    await library.to_curators(work, Outgoing(MISSED(count=len(days), days=told)))


async def newest(work: UnitOfWork) -> Lesson | None:
    """The lesson to read now: today's or the latest pushed, else the one that comes next."""
    since = beijing_day(work.now - timedelta(days=30))
    posted = await work.studies.recent(since)
    if posted:
        return await work.lessons.get(posted[0].lesson_id)
    coming = await lesson_plan.coming(work, await lesson_plan.next_days(work, 1))
    return await work.lessons.get(coming[0].lesson.id) if coming else None


async def unread(work: UnitOfWork, actor: Actor) -> list[Lesson]:
    """What was pushed and who asks has not read, the newest first."""
    member = studies.reader(work, actor)
    read = {each.lesson_id for each in await work.studies.seen_by(member)}
    since = beijing_day(work.now - timedelta(days=366))
    ids = dict.fromkeys(each.lesson_id for each in await work.studies.recent(since) if each.lesson_id not in read)
    known = await work.lessons.many(list(ids))
    return [known[each] for each in ids if each in known]
