"""批准, 不批准, 收回批准, 补录上级批准: who agrees to a payment and who may not."""

import pytest

from bot.services import payouts
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.care_fund import KEEPER, SECRETARY, appeal, give, press, say
from tests.dialogue import Dialogue

COMMITTEE, OTHER = "何春梅", "罗建民"


async def proposed(chat: Dialogue, asker: str = "周海", committee: tuple[str, ...] = (COMMITTEE, OTHER), **values: object) -> str:
    for person in committee:
        await chat.join(person, "member", "committee")
    await appeal(chat, asker, **values)
    await give(chat, "李小山", "A1", 500)
    return await say(chat, SECRETARY, "付 300 A1 路费")


async def words(chat: Dialogue) -> list[tuple[str | None, str, str]]:
    """What stands on record about the first payment: whose word, which, the reference."""
    names = {member: name for name, member in chat.members.items()}

    async def look(work: UnitOfWork) -> list[tuple[str | None, str, str]]:
        found = await work.payouts.numbered(1)
        assert found
        said = await work.payouts.said(found)
        return [(names.get(each.member_id) if each.member_id else None, each.verdict, each.reference) for each in said]

    return list(await chat.in_branch(look))


async def test_who_recorded_it_may_not_approve_and_the_attempt_stays_on_record(chat: Dialogue) -> None:
    await proposed(chat)
    assert "经办人不能批" in await say(chat, SECRETARY, "批准 B1")
    assert await words(chat) == [("王秀英", "barred", "recorded")]
    assert "0/2 位同意" in await say(chat, KEEPER, "付款情况")


async def test_who_asked_and_who_benefits_may_not_approve(chat: Dialogue) -> None:
    await chat.join("沈国栋", "member", "committee")
    await proposed(chat, "沈国栋", beneficiary_id=chat.members[KEEPER])
    assert "求助人不能批" in await say(chat, "沈国栋", "批准 B1")
    assert "受助人不能批" in await say(chat, KEEPER, "批准 B1")
    assert [each[1] for each in await words(chat)] == ["barred", "barred"]
    assert "受助人不能批" in await say(chat, KEEPER, "不批准 B1")


async def test_a_beneficiary_without_an_office_is_told_who_may(chat: Dialogue) -> None:
    await proposed(chat)
    assert "需要组织委员或支部委员或副书记或书记来做" in await say(chat, "周海", "批准 B1")
    assert await words(chat) == []


async def test_one_persons_two_approvals_count_once(chat: Dialogue) -> None:
    await proposed(chat)
    await say(chat, COMMITTEE, "批准 B1")
    assert "已经批过了，还是算一位" in await say(chat, COMMITTEE, "批准 B1")
    assert "已经批过了" in await press(chat, COMMITTEE, "同意")
    assert "1/2 位同意" in await say(chat, KEEPER, "付款情况")


async def test_after_two_a_third_hears_that_it_is_enough(chat: Dialogue) -> None:
    await proposed(chat)
    await say(chat, COMMITTEE, "批准")
    seen = await chat.private(OTHER, "批准 B1")
    assert "B1 批够了" in "".join(chat.to(SECRETARY, seen))
    assert "B1 已批准、待付" in await press(chat, KEEPER, "同意")


async def test_an_approval_is_taken_back_before_it_is_paid(chat: Dialogue) -> None:
    await proposed(chat)
    assert "没有批过" in await say(chat, OTHER, "收回批准 B1")
    await say(chat, COMMITTEE, "批准 B1")
    await say(chat, OTHER, "批准 B1")
    assert "您的批准收回了" in await say(chat, OTHER, "收回批准 B1")
    assert "现在 1 位" in await say(chat, KEEPER, "已付 B1")
    await say(chat, OTHER, "批准 B1")
    assert "记为已付" in await say(chat, KEEPER, "已付 B1")
    assert "B1 已付" in await say(chat, OTHER, "收回批准 B1")


async def test_a_no_with_its_reason_goes_to_who_recorded_it_and_others_may_still_agree(chat: Dialogue) -> None:
    await proposed(chat)
    assert "能说说原因吗" in await press(chat, COMMITTEE, "不同意")
    seen = await chat.private(COMMITTEE, "票据还没看到")
    assert "已告诉经办的同志" in chat.to(COMMITTEE, seen)[0]
    assert chat.to(SECRETARY, seen) == ["B1 有一位不同意：票据还没看到。还可以由别的同志批。"]
    await say(chat, OTHER, "批准 B1")
    assert "够两位了" in await say(chat, KEEPER, "批准 B1")


async def test_when_two_can_no_longer_be_found_it_is_refused(chat: Dialogue) -> None:
    await proposed(chat, committee=(COMMITTEE,))
    await press(chat, COMMITTEE, "不同意")
    seen = await chat.private(COMMITTEE, "不说了")
    assert chat.to(SECRETARY, seen) == ["B1 有一位不同意：没写原因。能批的不够两位了，这笔没有通过。"]
    assert "B1 没通过" in await say(chat, KEEPER, "批准 B1")
    assert "B1 没通过" in await say(chat, SECRETARY, "补录上级批准 B1 组字1号")
    assert "B1 没通过" in await say(chat, SECRETARY, "取消付款 B1")


async def test_with_one_left_the_higher_committee_stands_for_the_other(chat: Dialogue) -> None:
    told = await proposed(chat, KEEPER, (COMMITTEE,))
    assert "能批 B1 的只有 1 位，不够两位。请报上级党委" in told
    assert "请写上文号" in await say(chat, SECRETARY, "补录上级批准 B1")
    assert "支部里还要一位批准" in await say(chat, SECRETARY, "补录 上级批准 B1 组字〔2026〕3号")
    assert "已经录过了" in await say(chat, SECRETARY, "补录上级批准 B1 又一份")
    assert "现在 1 位" in await say(chat, SECRETARY, "已付 B1")
    assert "够两位了" in await say(chat, COMMITTEE, "批准 B1")
    assert "求助人不能批，也不经手" in await say(chat, KEEPER, "已付 B1")
    assert "记为已付" in await say(chat, SECRETARY, "已付 B1")
    assert (None, "approved", "组字〔2026〕3号") in await words(chat)


async def test_with_enough_left_the_higher_committee_is_not_needed(chat: Dialogue) -> None:
    await proposed(chat)
    assert "还有 3 位能批，不用录上级批准" in await say(chat, SECRETARY, "补录上级批准 B1 组字1号")
    assert "这件事" in await say(chat, COMMITTEE, "补录上级批准 B1 组字1号")


async def test_with_nobody_left_who_entered_the_higher_committees_word_does_not_pay(chat: Dialogue) -> None:
    await chat.join("孙国安", "member", "dues_keeper")
    await proposed(chat, "周海", ())
    for person in (KEEPER, "孙国安"):
        await say(chat, SECRETARY, f"免去 {person} 组织委员")
    assert "够了，可以付" in await say(chat, SECRETARY, "补录上级批准 B1 组字1号")
    assert "而且是您录入的" in await say(chat, SECRETARY, "已付 B1")
    await say(chat, SECRETARY, f"任命 {KEEPER} 组织委员")
    assert "现在 1 位" in await say(chat, KEEPER, "已付 B1")
    await say(chat, KEEPER, "批准 B1")
    assert "记为已付" in await say(chat, SECRETARY, "已付 B1")


async def test_without_a_number_it_asks_for_one_and_talk_in_the_group_is_left_alone(chat: Dialogue) -> None:
    await proposed(chat)
    await say(chat, SECRETARY, "付 100 A1 住宿")
    for text in ("批准", "不批准", "收回批准", "批准 77"):
        assert "请写编号" in await say(chat, COMMITTEE, text)
    for text in ("批准", "不批准", "收回批准"):
        assert await chat.group(COMMITTEE, text) == []
    assert "请写编号" in await say(chat, SECRETARY, "补录上级批准")
    assert "没有付款 B9" in await say(chat, COMMITTEE, "批准 B9")
    seen = await chat.group(COMMITTEE, "批准 B2")
    assert chat.in_group(seen) == []


@pytest.mark.parametrize("purpose", ["帮何春梅修房", "慰问何 春梅", "路费 He Chunmei", f"{COMMITTEE}、{OTHER}过冬"])
async def test_whoever_the_purpose_names_anywhere_may_not_approve(chat: Dialogue, purpose: str) -> None:
    await proposed(chat)
    await give(chat, "周海", "爱心基金", 200)
    for words_ in (f"付 100 爱心基金 {purpose}", f"付 100 A1 {purpose}"):
        seen = await chat.private(SECRETARY, words_)
        assert chat.to(COMMITTEE, seen) == []
        number = chat.to(SECRETARY, seen)[0][7:9]
        assert "受助人不能批" in await say(chat, COMMITTEE, f"批准 {number}")
        assert ("受助人不能批" in await say(chat, OTHER, f"批准 {number}")) == (OTHER in purpose)
    assert "用途里写到您" in str(await _told(chat, COMMITTEE))


async def _told(chat: Dialogue, person: str) -> list[str]:
    async def look(work: UnitOfWork) -> list[str]:
        member = await work.members.get(chat.members[person])
        assert member
        return [each.zh for each in await payouts.mine(work, actor_of(member))]

    return list(await chat.in_branch(look))


async def test_an_appeal_for_somebody_unknown_bars_nobody_and_the_card_says_so(chat: Dialogue) -> None:
    await proposed(chat, for_whom="other", beneficiary_id=None, beneficiary_unknown=True)
    seen = await chat.private(SECRETARY, "付 100 A1 住宿")
    assert "没写明受助人，要是帮的就是您，请不要批" in chat.to(COMMITTEE, seen)[0]


async def test_who_has_lost_the_office_since_counts_no_longer(chat: Dialogue) -> None:
    await proposed(chat)
    await say(chat, COMMITTEE, "批准 B1")
    await say(chat, OTHER, "批准 B1")
    await say(chat, SECRETARY, f"移除 {OTHER}")
    await say(chat, SECRETARY, "对")
    told = await say(chat, SECRETARY, "已付 B1")
    assert "现在 1 位" in told
    assert "另有 1 位批过，但已不担任批准的职务，不算" in told
    await chat.join("沈国栋", "member", "committee")
    assert "够两位了" in await say(chat, "沈国栋", "批准 B1")
    assert "记为已付" in await say(chat, KEEPER, "已付 B1")


@pytest.mark.parametrize("pressed", [True, False])
async def test_who_refused_it_for_good_hears_that_only_a_new_one_pays_it(chat: Dialogue, *, pressed: bool) -> None:
    await proposed(chat, committee=(COMMITTEE,))
    await say(chat, COMMITTEE, "签到")
    await chat.pass_time(minutes=1)
    if pressed:
        await press(chat, COMMITTEE, "不同意")
        await say(chat, COMMITTEE, "不说了")
    else:
        await say(chat, COMMITTEE, "不批准 B1")
    told = await say(chat, COMMITTEE, "撤销")
    assert told == "付款 B1 您不同意，没有通过，已经告诉经办的同志，这一步撤不回来。还要付，请经办人重新发“支出 …”。"
    assert "B1 没通过" in await say(chat, COMMITTEE, "批准 B1")


async def test_who_refused_it_while_others_may_agree_may_still_approve(chat: Dialogue) -> None:
    await proposed(chat)
    await say(chat, COMMITTEE, "签到")
    await say(chat, COMMITTEE, "不批准 B1 票据还没看到")
    assert "改主意了，付之前发“批准 B1”" in await say(chat, COMMITTEE, "撤销")
    assert "您批了" in await say(chat, COMMITTEE, "批准 B1")
