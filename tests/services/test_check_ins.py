"""Check-ins as they may be named on a platform abroad."""

from datetime import timedelta

import pytest

from bot.permissions import Actor, ActorKind, NotAllowed, Role
from bot.services import check_ins
from bot.services.people import actor_of
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


async def _abroad(work: UnitOfWork, secretary: MemberId, agreed: MemberId) -> tuple[list[str], list[str]]:
    work.consents.put(agreed, "abroad", given=True)
    member = await work.members.get(secretary)
    assert member
    actor = actor_of(member)
    seen = await check_ins.overview(work, actor, "telegram")
    unheard = await check_ins.unheard(work, actor, "telegram")
    return [line.zh for line in seen], [line.zh for line in unheard]


async def test_only_those_who_agreed_are_named_and_the_others_are_counted(chat: Dialogue) -> None:
    await chat.private("李小山", "签到")
    await chat.private("周海", "签到")

    async def silence(work: UnitOfWork) -> None:
        for person in ("李小山", "周海"):
            await work.members.change(chat.members[person], heard_at=work.now - timedelta(days=40))

    await chat.in_branch(silence)
    seen, unheard = await chat.in_branch(_abroad, chat.members["王秀英"], chat.members["李小山"])
    assert seen[:3] == ["今天报平安的 2 人：", "09:00 李小山", "另有 1 人，请在网页看。"]
    assert unheard == ["30 到 90 天没有消息的 1 人：", "李小山，最近一次 2026-01-29", "另有 1 人，请在网页看。"]


async def test_another_branchs_secretary_sees_nothing_here(chat: Dialogue) -> None:
    other = Actor(ActorKind.PERSON, BranchId(1), MemberId(1), frozenset({Role.SECRETARY}))
    for service in (check_ins.overview, check_ins.unheard):
        with pytest.raises(NotAllowed):
            await chat.in_branch(service, other, "browser")
