"""How long things are kept (PIPL art. 19: the shortest time that serves the purpose), and dropping what is past it."""

from collections.abc import Collection
from datetime import timedelta

from bot.clock import beijing_day
from bot.permissions import Actor, Permission, Subject, require
from bot.services import (
    aid_kept,
    awaiting,
    check_ins,
    deployment,
    dues_reductions,
    fund,
    message_counts,
    pairing,
    place_questions,
    reflections,
    sought,
    trail,
    training,
    undo,
)
from bot.texts import Text
from storage.keys import BranchId
from storage.unit_of_work import UnitOfWork

EVENTS = timedelta(days=30)
LETTERS = timedelta(days=7)
SLOTS = timedelta(days=37)
"""Where a sent message stands, so that it can be edited; its words are gone already. Longer than any digest waits."""
CODES = timedelta(days=30)
"""After they expired, so that whoever tries one is told why it does not work."""
VISITORS = timedelta(days=30)
REMOVED = timedelta(days=30)
JOB_RUNS = timedelta(days=40)
TRANSCRIPT, SAMPLE_TRANSCRIPT = timedelta(days=7), timedelta(days=90)

TOLD = (
    Text(
        "报平安留 90 天，之后只留最后一天；位置只留现在这一处。",
        "Check-ins are kept 90 days, then only the last date; of places only the present one.",
    ),
    Text(
        "没送到的消息留 7 天，送到的不留字；可撤销的事留 10 分钟。",
        "Undelivered messages are kept 7 days, delivered ones not at all; what can be undone, 10 minutes.",
    ),
    Text(
        "学时留到第二年底，心得留一年；答题进度您不删就留着；讨论里谁参加了，结束就删。",
        "Hours of study are kept until the end of the next year, reflections one year, answers until you delete them; who took part in a "
        "discussion is forgotten when it ends.",
    ),
    Text(
        "看过哪些课一直留着，只有本人看得到，随时能删；早班车的条目发出就删。",
        "Which lessons you read is kept, seen by you alone, until you delete it; notes for the digest go when posted.",
    ),
    Text(
        "党费减免申请里写的情况，定了就删，最多留 180 天；收入从不保存。",
        "What you write when asking for less dues is erased with the decision, after 180 days at the latest; income is never kept.",
    ),
    Text(
        "离开支部的，30 天后全部删除；账本按规定保留，里面只有编号，没有姓名。",
        "Of those who leave the branch everything is erased after 30 days; the ledgers stay, as they must, with numbers and no names.",
    ),
    Text(
        "谁在哪天看过、改过谁的哪类资料，记三年备查，只有编号，没有姓名和内容；发“谁看过我的资料”就能看。",
        "Who saw or changed which kind of whose data is kept three years, by numbers, without names or contents; ask “who saw my data”.",
    ),
    sought.TOLD,
    aid_kept.TOLD,
    pairing.TOLD,
    fund.TOLD,
)
"""The same in words, for the person it concerns."""


async def where_passing(work: UnitOfWork) -> set[BranchId]:
    """The branches with something that lives for minutes and is past them: questions, places said, deeds."""
    return await work.agenda.questions_over(work.now) | await place_questions.where_said(work) | await undo.where_over(work)


async def forget_passing(work: UnitOfWork, actor: Actor) -> None:
    """Drop what lives for minutes: questions past their time, and places said before the consent to them."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    await work.questions.forget_before(work.now)
    await place_questions.forget_said(work)


async def where_old(work: UnitOfWork, branches: Collection[BranchId]) -> set[BranchId]:
    """The branches that hold what is past its time; and always one, which drops what belongs to none."""
    now = work.now
    named = await work.agenda.past(
        check_ins=beijing_day(now - check_ins.KEPT),
        reductions=now - dues_reductions.KEPT,
        removed=now - REMOVED,
        drafts=now - aid_kept.DRAFTS,
        appeals=now - aid_kept.WORDS,
        offers=now - aid_kept.WORDS,
        alarms=now - aid_kept.ALARMS,
        visits=beijing_day(now - pairing.WORDS_KEPT),
        pairings=now - pairing.ENDED_KEPT,
        pledges=now - fund.WORDS_KEPT,
        payouts=now - fund.WORDS_KEPT,
        approvals=now - fund.WORDS_KEPT,
        message_counts=message_counts.first_kept(work),
        invites=now - CODES,
        questions=now,
        links=now,
        study_times=training.first_kept(work),
        reflections=now - reflections.KEPT,
        passings=now - sought.PASSINGS_KEPT,
        letters=now - LETTERS,
        slots=now - SLOTS,
        trail=now - trail.KEPT,
    )
    return named | ({min(branches)} if branches else set())


async def tidy(work: UnitOfWork, actor: Actor) -> None:
    """Drop what is past its time: this branch's, and what belongs to no branch."""
    require(actor, Permission.JOBS, Subject(work.branch_id))
    now = work.now
    await work.check_ins.forget_before(beijing_day(now - check_ins.KEPT))
    await work.dues_reductions.forget_reasons_before(now - dues_reductions.KEPT)
    await trail.erased(work, actor, await work.members.removed_before(now - REMOVED), trail.Kind.MEMBERSHIP)
    await work.members.erase_removed_before(now - REMOVED)
    await work.trail.drop_before(now - trail.KEPT)
    await aid_kept.tidy(work)
    await pairing.tidy(work)
    await fund.tidy(work)
    await message_counts.forget(work)
    await work.invites.forget_before(now - CODES)
    await work.questions.forget_before(now)
    await work.links.forget_before(now)
    await training.forget_old(work, actor)
    await reflections.forget_old(work, actor)
    await work.seeking.forget_before(now - sought.PASSINGS_KEPT)
    await work.inbox.forget_before(now - EVENTS)
    await awaiting.tell_over(work, now - LETTERS)
    await work.outbox.forget_before(now - LETTERS, now - SLOTS)
    await work.visitors.forget_before(now - VISITORS)
    await work.job_runs.forget_before(now - JOB_RUNS)
    await work.transcript.forget_before(now - (SAMPLE_TRANSCRIPT if await deployment.is_sample(work) else TRANSCRIPT))
