"""What a permission guards, and that nobody gets past it: the work of jobs, founding, one's own data."""

from collections.abc import Awaitable, Callable

import pytest

from bot.permissions import GRANTS, OPERATOR, Actor, ActorKind, NotAllowed, Permission, Role, require
from bot.services import (
    aid_watch,
    bulletins,
    check_ins,
    digests,
    discussions,
    dues_arrears,
    dues_closing,
    dues_reminders,
    fund_closing,
    lesson_posts,
    library,
    low_signal,
    membership,
    news,
    notice_nudges,
    notice_reading,
    notices,
    pairing,
    quiz,
    reflections,
    retention,
    training,
    undo,
)
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

Deed = Callable[[UnitOfWork, Actor], Awaitable[object]]
JOBS: list[Deed] = [
    lambda work, actor: digests.gather(work, actor, work.now),
    digests.gather_spared,
    low_signal.overdue,
    quiz.daily,
    discussions.close_due,
    training.forget_old,
    reflections.forget_old,
    undo.forget,
    retention.tidy,
    notice_nudges.nudge_due,
    notices.post_due,
    lambda work, actor: library.reload(work, actor, None),
    lesson_posts.push_due,
    news.offer_due,
    news.post_due,
    fund_closing.close_due,
    pairing.prompt_due,
    bulletins.end_due,
    dues_arrears.climb,
    dues_reminders.remind_due,
    lambda work, actor: dues_closing.nudge(work, actor, work.now),
    aid_watch.watch,
]
EVERYTHING = frozenset(Role)


async def do(chat: Dialogue, deed: Deed, actor: Actor) -> None:
    async def doing(work: UnitOfWork) -> None:
        await deed(work, actor)

    await chat.in_branch(doing)


def test_what_jobs_do_is_in_no_roles_power() -> None:
    assert [role for role in Role if Permission.JOBS in GRANTS[role]] == []
    with pytest.raises(NotAllowed) as refused:
        require(OPERATOR, Permission.JOBS)
    assert refused.value.text.zh == "这件事（定时的事）不在聊天里做。"


@pytest.mark.parametrize("deed", JOBS)
async def test_only_a_job_of_ours_does_what_jobs_do(chat: Dialogue, deed: Deed) -> None:
    with pytest.raises(NotAllowed):
        await do(chat, deed, Actor(ActorKind.PERSON, chat.branch, chat.members["王秀英"], EVERYTHING))
    await do(chat, deed, Actor(ActorKind.JOB, chat.branch, None, frozenset()))


async def test_a_branch_is_founded_at_the_command_line_alone(chat: Dialogue) -> None:
    secretary = Actor(ActorKind.PERSON, chat.branch, chat.members["王秀英"], frozenset({Role.SECRETARY}))
    with pytest.raises(NotAllowed):
        await chat.run(membership.found, secretary, "青山村支部", "郑平")
    with pytest.raises(NotAllowed):
        await chat.in_branch(membership.new_secretary_code, secretary)
    assert await chat.run(membership.found, OPERATOR, "青山村支部", "郑平")


@pytest.mark.parametrize("deed", [check_ins.mine, notice_reading.mine])
async def test_what_is_held_about_oneself_is_for_members(chat: Dialogue, deed: Deed) -> None:
    with pytest.raises(NotAllowed):
        await do(chat, deed, Actor(ActorKind.PERSON, chat.branch, chat.members["李小山"], frozenset({Role.STRANGER})))
