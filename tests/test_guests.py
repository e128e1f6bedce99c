"""Guests (流入党员) take part in everything and have no vote: theirs is in the branch they belong to."""

from datetime import timedelta

import pytest

from bot.permissions import GRANTS, VOTES, Actor, ActorKind, NotAllowed, Permission, Role, Subject, require
from storage.keys import BranchId, MemberId
from storage.unit_of_work import UnitOfWork
from tests.care_fund import KEEPER, SECRETARY, appeal, give, press, say
from tests.dialogue import Dialogue
from tests.dues_books import assess, said

GUEST, COMMITTEE = "沈国栋", "何春梅"


async def with_guest(chat: Dialogue, *offices: str) -> None:
    """A guest who held offices before they were one, and somebody of the committee."""
    await chat.join(GUEST, "guest", *offices)
    await chat.join(COMMITTEE, "member", "committee")


@pytest.mark.parametrize("office", [role for role in Role if VOTES & GRANTS[role]])
@pytest.mark.parametrize("vote", sorted(VOTES))
def test_whatever_office_a_guest_has_no_vote_goes_with_it(office: Role, vote: Permission) -> None:
    branch = BranchId(1)
    guest = Actor(ActorKind.PERSON, branch, MemberId(2), frozenset({Role.GUEST, office}))
    assert not guest.may(vote)
    with pytest.raises(NotAllowed) as refused:
        require(guest, vote, Subject(branch))
    assert "您的表决权在原来的支部" in refused.value.text.zh
    member = Actor(ActorKind.PERSON, branch, MemberId(2), frozenset({Role.MEMBER, office}))
    assert all(guest.may(each) for each in Permission if member.may(each) and each not in VOTES)


async def test_a_guest_is_not_asked_about_a_payment_and_their_word_does_not_count(chat: Dialogue) -> None:
    await with_guest(chat, "committee")
    await appeal(chat, "周海")
    await give(chat, "李小山", "A1", 500)
    before = len(chat.shown)
    await say(chat, SECRETARY, "付 300 A1 路费")
    asked = [each for each in chat.shown[before:] if "付款 B1" in each["text"]["zh"] and each["buttons"]]
    assert asked
    assert not any(each["chat"].endswith(GUEST) for each in asked)
    assert "您的表决权在原来的支部" in await say(chat, GUEST, "批准 B1")
    assert "您的表决权在原来的支部" in await say(chat, GUEST, "不批准 B1")
    assert "0/2 位同意" in await say(chat, KEEPER, "付款情况")


async def test_an_approval_counts_no_more_when_its_giver_becomes_a_guest(chat: Dialogue) -> None:
    await with_guest(chat)
    await appeal(chat, "周海")
    await give(chat, "李小山", "A1", 500)
    await say(chat, SECRETARY, "付 300 A1 路费")
    await press(chat, COMMITTEE, "同意")
    assert "1/2 位同意" in await say(chat, KEEPER, "付款情况")

    async def change(work: UnitOfWork) -> None:
        await work.members.appoint(chat.members[COMMITTEE], "guest")

    await chat.in_branch(change)
    assert "0/2 位同意" in await say(chat, KEEPER, "付款情况")


async def test_a_guest_does_not_see_or_decide_on_less_dues(chat: Dialogue) -> None:
    await with_guest(chat, "committee")
    await assess(chat, "李小山")
    seen = await chat.private("李小山", "申请减免 家里有人住院")
    assert any("减免申请 J1" in each for each in chat.to(COMMITTEE, seen))
    assert chat.to(GUEST, seen) == []
    for words in ("减免申请", "减免同意 J1 3月5日 减到5元 3月到8月", "减免不批 J1"):
        assert "您的表决权在原来的支部" in await said(chat, GUEST, words)
    assert "J1" in await said(chat, COMMITTEE, "减免申请")


async def test_a_guest_is_not_given_an_elected_office(chat: Dialogue) -> None:
    await with_guest(chat)
    for office in ("书记", "副书记", "支部委员"):
        assert "流入党员的组织关系在原支部" in await said(chat, SECRETARY, f"任命 {GUEST} {office}")
    assert "流入党员的组织关系在原支部" in await said(chat, SECRETARY, f"任命 {COMMITTEE} 流入党员")
    assert "流入党员的组织关系在原支部" in await said(chat, SECRETARY, f"移交书记 {GUEST}")
    assert "流入党员、联络员" in await said(chat, SECRETARY, f"任命 {GUEST} 联络员")
    chat.now += timedelta(minutes=1)
    await said(chat, SECRETARY, f"任命 {GUEST} 党员")
    assert "支部委员" in await said(chat, SECRETARY, f"任命 {GUEST} 支部委员")


async def test_a_guest_takes_part_in_the_rest(chat: Dialogue) -> None:
    await with_guest(chat)
    await chat.group(SECRETARY, "公告 村部门口的路在修。")
    assert "需要" not in await said(chat, GUEST, "收到")
    for words in ("签到", "三分钟党课", "党费", "求助", "爱心基金", "共享记录", "我的", "权限"):
        told = await said(chat, GUEST, words)
        assert told
        assert "表决权" not in told
        assert "来做" not in told or words == "权限"
