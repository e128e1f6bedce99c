"""申请减免, as the member and the committee meet it: only with both decisions it takes effect."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services import browser_chat
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.dues_branch import SECRETARY, assess, said
from tests.elsewhere import Elsewhere

MEMBER, OTHER = "周海", "何春梅"
REASON = "厂里停工半年了，家里有病人"


async def _asked(chat: Dialogue) -> Seen:
    """A request of somebody assessed; answers the secretary's card."""
    await chat.join(OTHER, "member", "committee")
    await assess(chat, MEMBER)
    await chat.private(MEMBER, "申请减免")
    assert await said(chat, MEMBER, REASON) == f"您写的是：“{REASON}”，就这样交给书记和支委吗？"
    seen = await chat.private(MEMBER, "就这样")
    assert "申请 J1，已私下交给书记和支委" in chat.to(MEMBER, seen)[0]
    return next(each for each in seen if "支部同意" in each.buttons and each.chat.endswith(SECRETARY))


async def _row(chat: Dialogue) -> tuple[str, str]:
    found = await chat.in_branch(lambda work: work.dues_reductions.numbered(1))
    return found.state, found.reason


async def test_the_reason_is_asked_for_in_private_and_goes_to_secretary_and_committee_alone(chat: Dialogue) -> None:
    await chat.join(OTHER, "member", "committee")
    assert "只有书记和支委看得到" in await said(chat, MEMBER, "我失业半年了，想少交点党费")
    seen = await chat.private(MEMBER, REASON)
    assert {each.chat.split("-", 1)[1] for each in seen} == {MEMBER}
    seen = await chat.private(MEMBER, "就这样")
    assert {each.chat.split("-", 1)[1] for each in seen if REASON in each.text} == {SECRETARY, OTHER}
    assert chat.in_group(seen) == []


async def test_both_decisions_make_it_effective_and_the_reason_is_erased(chat: Dialogue) -> None:
    card = await _asked(chat)
    await chat.press(SECRETARY, "支部同意", card)
    seen = await chat.private(SECRETARY, "3月5日 减到5元 3月到8月")
    assert "还没有生效" in chat.to(SECRETARY, seen)[0]
    assert "正报上级党委批准" in chat.to(MEMBER, seen)[0]
    assert "没交：1–3月，共 60 元" in await said(chat, MEMBER, "党费")
    seen = await chat.private(SECRETARY, "减免批准 J1 3月9日 乡党委〔2026〕5号")
    assert "两样都记上了，已生效" in chat.to(SECRETARY, seen)[0]
    assert "3月到8月每月交 5 元" in chat.to(MEMBER, seen)[0]
    told = await said(chat, MEMBER, "党费")
    assert "3月到8月减为每月 5 元" in told
    assert "没交：1–3月，共 45 元" in told
    assert await _row(chat) == ("approved", "")
    found = await chat.in_branch(lambda work: work.dues_reductions.numbered(1))
    assert (found.higher_reference, found.higher_on.isoformat(), found.branch_on.isoformat()) == (
        "乡党委〔2026〕5号",
        "2026-03-09",
        "2026-03-05",
    )
    assert "没有 J1 这份申请" in await said(chat, SECRETARY, "减免批准 J1 3月9日 再来")


async def test_nothing_at_all_may_be_due_for_a_month(chat: Dialogue) -> None:
    await _asked(chat)
    await chat.private(SECRETARY, "减免同意 J1 昨天 免交 3月")
    assert "3月每月交 0 元" in "".join(chat.to(MEMBER, await chat.private(SECRETARY, "减免批准 J1 今天 文号7")))
    assert "不用交：3月" in await said(chat, MEMBER, "党费")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("减免同意 J1 减到5元 3月到8月", "请写上哪天研究的"),
        ("减免同意 J1 3月5日 3月到8月", "请写上哪天研究的"),
        ("减免同意 J1 3月5日 减到5元", "请写上哪天研究的"),
        ("减免同意 J1 2月30日 减到5元 3月到8月", "没有这样的日期"),
        ("减免同意 J1 2026-02-30 减到5元 3月到8月", "没有这样的日期"),
        ("减免同意 J1 13-40 减到5元 3月到8月", "没有这样的日期"),
        ("减免同意 J1 3月11日 减到5元 3月到8月", "不能在今天以后"),
        ("减免同意 J1 3月5日 减到5元 13月", "没有这样的月份"),
        ("减免同意 J1 3月5日 减到50元 3月到8月", "并不比现在的 20 元 少"),
        ("减免同意 J1 3月5日 减到-5元 3月到8月", "负数"),
        ("减免同意 J1 3月5日 减到5元 2025年1月", "先核定"),
        ("减免同意 J9 3月5日 减到5元 3月到8月", "没有 J9"),
        ("减免同意 那份", "请写上编号"),
        ("减免批准 J1 3月9日 文号", "还要先记上支部的决定"),
        ("减免批准", "请写上编号"),
        ("减免不批 那份", "请写上编号"),
    ],
)
async def test_what_is_missing_or_impossible_is_said_and_changes_nothing(chat: Dialogue, words: str, part: str) -> None:
    await _asked(chat)
    assert part in await said(chat, SECRETARY, words)
    assert await _row(chat) == ("asked", REASON)


@pytest.mark.parametrize(
    ("words", "part"),
    [("3月9日", "日期和文号"), ("乡党委5号", "日期和文号"), ("3月4日 5号", "不能早于支部研究的日期"), ("3月31日 5号", "今天以后")],
)
async def test_the_approval_needs_its_day_and_reference(chat: Dialogue, words: str, part: str) -> None:
    await _asked(chat)
    await chat.private(OTHER, "减免同意 J1 2026-03-05 减到5元 3月到8月")
    assert part in await said(chat, SECRETARY, f"减免批准 J1 {words}")
    assert await _row(chat) == ("branch_ok", REASON)


@pytest.mark.parametrize("by_card", [True, False])
async def test_not_agreed_is_told_kindly(chat: Dialogue, by_card: bool) -> None:
    card = await _asked(chat)
    seen = await (chat.press(SECRETARY, "没有同意", card) if by_card else chat.private(SECRETARY, "减免不批 J1"))
    assert "记为没有批准" in chat.to(SECRETARY, seen)[0]
    assert "这次没有批准" in chat.to(MEMBER, seen)[0]
    assert await _row(chat) == ("declined", "")
    assert "没有在办" in await said(chat, OTHER, "减免申请")


async def test_one_at_a_time_and_it_can_be_taken_back(chat: Dialogue) -> None:
    card = await _asked(chat)
    assert "J1 还在办" in await said(chat, MEMBER, "申请减免")
    assert "写的情况也删了" in await said(chat, MEMBER, "撤回减免")
    assert await _row(chat) == ("withdrawn", "")
    assert "没有在办的减免申请" in await said(chat, MEMBER, "撤回减免")
    assert "按钮已经用过" in "".join(chat.to(SECRETARY, await chat.press(SECRETARY, "支部同意", card)))
    assert "申请 J2" in await said(chat, MEMBER, "申请减免 还是有困难")
    assert "J2 撤回了" in await said(chat, MEMBER, "撤销")


async def test_asking_may_be_called_off_and_needs_a_sentence(chat: Dialogue) -> None:
    await chat.private(MEMBER, "申请减免")
    assert "没有申请" in await said(chat, MEMBER, "算了")
    assert "请写短一点" in await said(chat, MEMBER, "申请减免 " + "难" * 301)


async def test_a_long_reason_comes_in_parts_before_the_card(chat: Dialogue) -> None:
    seen = await chat.private(MEMBER, "申请减免 " + "难处很多。" * 55)
    told = chat.to(SECRETARY, seen)
    assert len(told) > 1
    assert all(len(each) <= 200 for each in told)
    assert "".join(told).count("难处很多") == 55


async def test_nobody_decides_about_their_own(chat: Dialogue) -> None:
    await chat.join(OTHER, "member", "committee")
    await assess(chat, SECRETARY)
    seen = await chat.private(SECRETARY, "申请减免 家里有事")
    assert [each.chat.split("-", 1)[1] for each in seen if "支部同意" in each.buttons] == [OTHER]
    assert "自己的申请要由别的同志来办" in await said(chat, SECRETARY, "减免同意 J1 3月5日 减到5元 3月到8月")
    assert "没有在办" in await said(chat, SECRETARY, "减免申请")
    assert "J1 王秀英，等支部研究" in await said(chat, OTHER, "减免申请")


async def test_members_see_and_decide_nothing(chat: Dialogue) -> None:
    await _asked(chat)
    for text in ("减免申请", "减免同意 J1 3月5日 减到5元 3月到8月", "减免批准 J1 3月9日 5号", "减免不批 J1"):
        assert "需要" in await said(chat, "吴芳", text)


async def test_the_branch_may_think_again_before_it_answers(chat: Dialogue) -> None:
    card = await _asked(chat)
    await chat.press(SECRETARY, "支部同意", card)
    assert "先不动" in await said(chat, SECRETARY, "取消")
    assert await _row(chat) == ("asked", REASON)


async def test_who_is_not_assessed_any_more_is_assessed_first(chat: Dialogue) -> None:
    await _asked(chat)
    await chat.private(SECRETARY, "减免同意 J1 3月5日 减到5元 3月到8月")
    await assess(chat, MEMBER, None, "2026-01")
    assert "请先核定" in await said(chat, SECRETARY, "减免批准 J1 3月9日 5号")


async def test_the_reason_of_what_nobody_decides_is_erased_after_half_a_year(chat: Dialogue) -> None:
    await _asked(chat)

    async def forget(work: UnitOfWork) -> None:
        await work.dues_reductions.forget_reasons_before(work.now)

    chat.now += timedelta(days=181)
    await chat.in_branch(forget)
    assert await _row(chat) == ("asked", "")


async def test_in_the_group_the_reason_is_never_taken(chat: Dialogue) -> None:
    assert await chat.group(MEMBER, "申请减免 我生病了") == []
    assert await chat.group(MEMBER, "撤回减免") == []
    seen = await chat.group(MEMBER, "@支部机器人 申请减免 我生病了")
    assert chat.in_group(seen) == []
    assert "写一句就行" in chat.to(MEMBER, seen)[0]


async def _waiting_for(chat: Dialogue, text: str) -> int:
    async def count(work: UnitOfWork) -> int:
        rows = await work.rows(select(outbox.c.content))
        return sum(text in str(row.content) for row in rows)

    return int(await chat.in_branch(count))


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("reason", [REASON, "难处很多。" * 55])
async def test_no_letter_with_the_reason_goes_out_after_it_was_withdrawn(chat: Dialogue, reason: str, lost: bool) -> None:
    await chat.private(SECRETARY, "安静 8-12")
    await chat.private(MEMBER, f"申请减免 {reason}")
    assert await _waiting_for(chat, reason[:4]) >= 1
    if lost:
        await chat.in_branch(lambda work: work.outbox.readdress(chat.members[SECRETARY]))
    await chat.private(MEMBER, "撤回减免")
    assert await _waiting_for(chat, reason[:4]) == 0
    assert reason[:4] not in "".join(chat.to(SECRETARY, await chat.pass_time(hours=5)))


async def test_what_was_read_of_the_reason_is_replaced_when_it_is_decided(chat: Dialogue) -> None:
    card = await _asked(chat)
    seen = await chat.private(SECRETARY, "减免不批 J1")
    (edited,) = [each for each in seen if each.id == card.id]
    assert edited.text == "减免申请 J1 已经办完或撤回，里面写的情况删了。"


async def test_the_reason_is_not_written_where_its_member_did_not_agree_to_it_nor_where_it_could_not_be_taken_back(chat: Dialogue) -> None:
    phone = Elsewhere(chat)
    await chat.join(OTHER, "member", "committee")

    async def bind(work: UnitOfWork) -> None:
        work.accounts.bind(phone.key, chat.members[SECRETARY], phone.key.user_id)
        await work.accounts.change(phone.key, introduced_at=work.now)
        work.consents.put(chat.members[SECRETARY], "abroad", given=True)
        await work.accounts.change(browser_chat.account_key(OTHER), private_chat=None)

    await chat.in_branch(bind)
    chat.now += timedelta(minutes=11)
    await phone.says("党费")
    await chat.private(MEMBER, f"申请减免 {REASON}")
    told = "".join(await phone.queued())
    assert "请发“网页”打开网页，再发“减免申请”看" in told
    assert await _waiting_for(chat, REASON) == 0
    assert await _waiting_for(chat, "有减免申请 J1，发“减免申请”看") == 1
    assert f"J1 周海，等支部研究：{REASON}" in await said(chat, SECRETARY, "减免申请")
    assert REASON not in "".join(await phone.says("减免申请"))


async def test_words_that_were_no_reason_go_nowhere(chat: Dialogue) -> None:
    await assess(chat, MEMBER)
    await chat.private(MEMBER, "申请减免")
    assert "您写的是：“退钱”" in await said(chat, MEMBER, "退钱")
    assert "写一句就行" in await said(chat, MEMBER, "重写")
    assert f"“{'难' * 139}…”" in await said(chat, MEMBER, "难" * 300)
    assert "没有申请" in await said(chat, MEMBER, "不申请了")
    assert "没有在办的减免申请" in await said(chat, SECRETARY, "减免申请")


async def test_a_bare_cancel_that_comes_too_late_does_not_withdraw_the_request(chat: Dialogue) -> None:
    await _asked(chat)
    assert "减免申请还在" in await said(chat, MEMBER, "取消")
    assert (await _row(chat))[0] != "withdrawn"
    assert "J1 撤回了" in await said(chat, MEMBER, "撤销")
