"""已交 and 撤回缴费, as members meet them."""

import pytest

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_branch import KEEPER, assess, claims, said

Q1 = ["2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(
    ("text", "fen", "months"),
    [
        ("已交 60 一月到三月", 6000, Q1),
        ("一二三月一起交了60", 6000, Q1),
        ("3月党费20已转", 2000, ["2026-03"]),
        ("三月份党费二十块转过去了", 2000, ["2026-03"]),
        ("已交 ６０ １月到３月", 6000, Q1),
        ("已交 一季度 60元", 6000, Q1),
        ("/paid 60 Jan-Mar", 6000, Q1),
        ("已交40 1月、2月", 4000, Q1[:2]),
        ("已交 20 上个月", 2000, ["2026-02"]),
        ("已交 20 四月", 2000, ["2026-04"]),
    ],
)
async def test_amount_and_months_that_fit_make_a_claim_at_once(chat: Dialogue, text: str, fen: int, months: list[str]) -> None:
    await assess(chat, "周海")
    seen = await chat.private("周海", text)
    assert "记下了，编号 C1" in chat.to("周海", seen)[0]
    assert "机器人不收钱" in chat.to("周海", seen)[0]
    assert "党费 C1：周海报" in chat.to(KEEPER, seen)[0]
    assert await claims(chat) == [(1, "waiting", "months", fen, months)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("一二三月一起交了50", "登记的是 1–3月 每月 20 元，共 60 元，您写的是 50 元"),
        ("已交 80 一月到三月", "自愿多交的请另写"),
        ("已交 25", "25 元 和没交的月份对不上（1–3月 每月 20 元，共 60 元）"),
        ("已交 -20 三月", "负数"),
        ("已交 0 三月", "不能是 0"),
        ("已交 1000000000 三月", "太大"),
        ("已交 20.001 三月", "最小到分"),
        ("已交 20 13月", "没有这样的月份"),
        ("已交 20 0月", "没有这样的月份"),
        ("已交 40 三月、3月", "3月写了两次"),
        ("已交 20 元 40 元 三月", "两个金额"),
        ("已交 20 2028年1月", "最多预报到2027年3月"),
        ("已交 500 交了二十个月", "最多预报到"),
        ("已交 自愿多交的党费", "请写上金额"),
    ],
)
async def test_what_does_not_fit_is_said_and_nothing_is_noted(chat: Dialogue, text: str, part: str) -> None:
    await assess(chat, "周海")
    assert part in await said(chat, "周海", text)
    assert await claims(chat) == []


async def test_different_amounts_are_added_up(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await assess(chat, "周海", 3000, "2026-03")
    assert "1–2月 每月 20 元、3月 30 元，共 70 元" in await said(chat, "周海", "已交 60 一月到三月")
    assert "编号 C1" in await said(chat, "周海", "已交 70 一月到三月")


async def test_with_one_open_month_the_word_alone_asks_and_then_claims(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-03")
    seen = await chat.private("周海", "已交")
    assert chat.to("周海", seen) == ["3月 20 元，对吗？"]
    assert "编号 C1" in await said(chat, "周海", "对")
    assert await claims(chat) == [(1, "waiting", "months", 2000, ["2026-03"])]
    assert "到3月为止没有要交的" in await said(chat, "周海", "已交")


async def test_no_is_no(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-02")
    for words in ("已交 40", "已交"):
        await chat.private("周海", words)
        assert "没有记" in await said(chat, "周海", "都不是" if words == "已交" else "不对")
    assert await claims(chat) == []


@pytest.mark.parametrize(("answer", "months"), [("全交了", Q1), ("1", Q1), ("2", Q1[:1]), ("最早的", Q1[:1])])
async def test_with_several_open_months_it_is_asked_which(chat: Dialogue, answer: str, months: list[str]) -> None:
    await assess(chat, "周海")
    seen = await chat.private("周海", "已交")
    assert chat.to("周海", seen) == ["没交的有 1–3月，共 60 元。您交的是哪些？"]
    await chat.private("周海", answer)
    assert await claims(chat) == [(1, "waiting", "months", 2000 * len(months), months)]


async def test_an_amount_alone_that_pays_the_oldest_months_is_asked(chat: Dialogue) -> None:
    await assess(chat, "周海")
    assert "1–2月 40 元，对吗？" in await said(chat, "周海", "老婆替我交的党费，40")
    await chat.private("周海", "对")
    found = (await chat.in_branch(lambda work: work.dues_claims.of(chat.members["周海"])))[0]
    assert (found.payer, found.named) == ("relative", Q1[:2])
    assert "家人代交" in await said(chat, KEEPER, "待确认")


@pytest.mark.parametrize(("text", "months"), [("交了三个月党费", Q1), ("已交 80 四个月", [*Q1, "2026-04"]), ("已交 党费交到2月", Q1[:2])])
async def test_a_number_of_months_counts_from_where_one_left_off_and_is_asked(chat: Dialogue, text: str, months: list[str]) -> None:
    await assess(chat, "周海")
    assert "对吗" in await said(chat, "周海", text)
    await chat.private("周海", "对")
    assert await claims(chat) == [(1, "waiting", "months", 2000 * len(months), months)]


async def test_until_a_month_that_is_paid_there_is_nothing(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-03")
    assert "到2月为止没有要交的" in await said(chat, "周海", "已交 党费交到2月")


async def test_paying_ahead_when_everything_is_paid(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-03")
    await chat.private(KEEPER, "补录 周海 已交 20 三月")
    assert "到3月为止都交清了。要预交，请写上金额和月份" in await said(chat, "周海", "已交 25")
    assert "4–5月 40 元，对吗？" in await said(chat, "周海", "已交 40")
    assert "含还没到的月份" in await said(chat, "周海", "对")


async def test_the_same_months_are_not_claimed_twice(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("周海", "已交 40 一月到二月")
    assert "2月已经交过或报过了" in await said(chat, "周海", "已交 40 二月到三月")
    await chat.private(KEEPER, "待确认")
    await chat.private(KEEPER, "全部确认")
    assert "1月已经交过或报过了" in await said(chat, "周海", "已交 20 一月")
    assert len(await claims(chat)) == 1


async def test_a_question_that_is_answered_late_is_looked_at_again(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-03")
    await chat.private("周海", "已交")
    await chat.private(KEEPER, "补录 周海 已交 20 三月")
    assert "3月已经交过或报过了" in await said(chat, "周海", "对")


async def test_months_without_dues_are_said(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await assess(chat, "周海", 0, "2026-02", until="2026-02", state="waived")
    assert "2月核定为不用交" in await said(chat, "周海", "已交 40 一月到二月")


async def test_who_is_not_assessed_needs_amount_and_months(chat: Dialogue) -> None:
    for text in ("已交", "已交 20", "已交 三月", "已交 两个月"):
        assert "还没有核定" in await said(chat, "周海", text)
    assert "不能平分" in await said(chat, "周海", "已交 20 一月到三月")
    assert "（还没核定）" in await said(chat, "周海", "已交 60 一月到三月")
    assert await claims(chat) == [(1, "waiting", "months", 6000, Q1)]


async def test_a_whole_year_at_once_is_noted_and_marked(chat: Dialogue) -> None:
    await assess(chat, "周海")
    assert "一次交全年" in await said(chat, "周海", "已交 240 全年党费")
    assert "一次交全年" in await said(chat, KEEPER, "待确认")


async def test_what_is_only_announced_goes_to_a_person_once(chat: Dialogue) -> None:
    await assess(chat, "周海")
    told = await said(chat, "周海", "国庆节回来把全年党费一起交")
    assert "这要组织委员看过才算，您不用再做什么" in told
    assert "一次交全年" in told
    assert await claims(chat) == [(1, "with_a_person", "months", 24000, [f"2026-{month:02}" for month in range(1, 13)])]
    assert "您已经报过了，编号 C1" in await said(chat, "周海", "国庆节回来把全年党费一起交")
    assert "没交：1–3月" in await said(chat, "周海", "党费")


async def test_back_pay_beyond_six_months_goes_to_a_person_and_books_nothing(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2025-06")
    seen = await chat.private("周海", "补去年6月到现在的党费")
    assert "补交六个月以前的" in chat.to("周海", seen)[0]
    assert "要您看看" in chat.to(KEEPER, seen)[0]
    assert next(each for each in seen if "更正" in each.buttons).buttons == ("更正", "没收到")
    assert "没交：2025年6–12月、1–3月，共 200 元" in await said(chat, "周海", "党费")
    assert (await claims(chat))[0][:4] == (1, "with_a_person", "months", 20000)


@pytest.mark.parametrize(("text", "state"), [("已交 20 去年9月", "waiting"), ("已交 20 去年8月", "with_a_person")])
async def test_six_months_back_is_still_usual(chat: Dialogue, text: str, state: str) -> None:
    await assess(chat, "周海", since="2025-01")
    await chat.private("周海", text)
    assert [each[1] for each in await claims(chat)] == [state]


async def test_back_pay_without_an_assessment_waits_for_its_amount(chat: Dialogue) -> None:
    assert "金额待定" in await said(chat, "周海", "补去年6月到现在的党费")
    assert (await claims(chat))[0][1:4] == ("with_a_person", "months", 0)


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("自愿多交1500元党费", "large", "按第十一条另记"),
        ("自愿多交1000元党费", "large", "不算月份"),
        ("自愿多交999.99元党费", "extra", "自愿多交 999.99 元"),
    ],
)
async def test_a_thousand_and_more_of_ones_own_will_goes_apart(chat: Dialogue, text: str, kind: str, part: str) -> None:
    await assess(chat, "周海")
    assert part in await said(chat, "周海", text)
    assert [(each[2], each[4]) for each in await claims(chat)] == [(kind, [])]
    assert "没交：1–3月" in await said(chat, "周海", "党费")


async def test_for_another_member_the_name_is_asked_back_and_they_are_told(chat: Dialogue) -> None:
    await assess(chat, "周海")
    assert "替周海记 3月 20 元，对吗" in await said(chat, "吴芳", "替周海已交 20 三月")
    seen = await chat.private("吴芳", "对")
    assert "也已私下告诉本人" in chat.to("吴芳", seen)[0]
    assert "吴芳替您报了党费：3月 20 元，编号 C1" in chat.to("周海", seen)[0]
    assert "别的党员代交" in chat.to(KEEPER, seen)[0]
    assert "C1 撤回了" in await said(chat, "周海", "撤回缴费 C1")


@pytest.mark.parametrize(
    "text", ["周海三月份交了20", "代交 周海 20 三月", "/paidfor Zhou Hai 20 March", "帮周海交了党费20 3月", "已交 替周海交了20 三月"]
)
async def test_it_may_be_said_in_other_words(chat: Dialogue, text: str) -> None:
    assert "替周海记 3月 20 元，对吗" in await said(chat, "吴芳", text)


async def test_who_pays_for_another_learns_nothing_of_what_they_owe(chat: Dialogue) -> None:
    await assess(chat, "周海")
    replies = []
    for amount in ("20", "25"):
        await chat.private("吴芳", f"替周海已交 {amount} 三月")
        replies.append((await said(chat, "吴芳", "对")).replace("C2", "C1"))
    assert replies[0] == replies[1]
    assert [each[1] for each in await claims(chat)] == ["waiting", "with_a_person"]
    assert "和登记的对不上" in await said(chat, KEEPER, "待确认")


async def test_a_name_that_only_comes_up_is_not_whom_it_is_for(chat: Dialogue) -> None:
    await assess(chat, "周海")
    assert "编号 C1" in await said(chat, "周海", "已交 20 三月，转给赵国强了")


async def test_who_is_removed_meanwhile_is_not_claimed_for(chat: Dialogue) -> None:
    await chat.private("吴芳", "替周海已交 20 三月")
    await chat.private("王秀英", "移除 周海")
    await chat.private("王秀英", "对")
    assert "不在名单上了" in await said(chat, "吴芳", "对")
    assert await claims(chat) == []


async def test_for_another_one_says_everything_and_may_say_no(chat: Dialogue) -> None:
    assert "写全金额和月份" in await said(chat, "吴芳", "替周海已交 20")
    assert "没有找到" in await said(chat, "吴芳", "替张三已交 20 三月")
    await chat.private("吴芳", "替周海已交 20 三月")
    assert "没有记" in await said(chat, "吴芳", "不对")
    assert await claims(chat) == []
    await assess(chat, "吴芳")
    assert "编号 C1" in await said(chat, "吴芳", "替吴芳已交 20 三月")


async def test_a_claim_is_withdrawn_by_its_number_by_word_and_by_undo(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("周海", "已交 20 一月")
    assert "C1 撤回了" in await said(chat, "周海", "撤回缴费")
    assert "请写上编号" in await said(chat, "周海", "撤回缴费")
    await chat.private("周海", "已交 20 一月")
    assert "C2 撤回了" in await said(chat, "周海", "撤销")
    assert "C2 已经撤回了" in await said(chat, "周海", "撤回缴费 c2")
    assert [each[1] for each in await claims(chat)] == ["withdrawn", "withdrawn"]
    assert "没有等您核对的" in await said(chat, KEEPER, "待确认")


async def test_another_persons_claim_is_not_there(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("周海", "已交 20 一月")
    assert await said(chat, "吴芳", "撤回缴费 C1") == (await said(chat, "吴芳", "撤回缴费 C9")).replace("C9", "C1")
    assert [each[1] for each in await claims(chat)] == ["waiting"]


async def test_what_was_decided_is_not_withdrawn(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("周海", "已交 20 一月")
    await chat.press(KEEPER, "到账了")
    assert "已经确认了，收据 D-2026-0001，撤不回来" in await said(chat, "周海", "撤回缴费 C1")
    assert "已经确认了" in await said(chat, "周海", "撤销")


async def test_in_the_group_it_is_only_taken_when_said_to_the_bot_and_answered_in_private(chat: Dialogue) -> None:
    await assess(chat, "周海")
    for text in ("已交 20 一月", "已交", "我3月党费20交了", "替吴芳已交 20 三月", "撤回缴费"):
        assert await chat.group("周海", text) == []
    seen = await chat.group("周海", "@支部机器人 已交 20 一月")
    assert chat.in_group(seen) == []
    assert "编号 C1" in chat.to("周海", seen)[0]


async def test_hostile_words_are_only_words(chat: Dialogue) -> None:
    await assess(chat, "周海")
    for text in ("已交 '; DROP TABLE dues_claim;--", "已交 {amount} 三月", "已交 " + "9" * 300, "已交 三月 ${jndi}"):
        assert "出了点问题" not in await said(chat, "周海", text)

    async def count(work: UnitOfWork) -> int:
        return len(await work.dues_claims.of(chat.members["周海"]))

    assert await chat.in_branch(count) == 0


async def test_without_a_keeper_the_secretary_gets_the_card(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("王秀英", "免去 赵国强 组织委员")
    seen = await chat.private("周海", "已交 20 一月")
    assert "党费 C1：周海报" in chat.to("王秀英", seen)[0]


@pytest.mark.parametrize(
    ("since", "words", "months"),
    [
        ("2026-02", ["交党费30", "2月"], []),
        ("2026-02", ["交党费 2月3月一共40"], ["2026-02", "2026-03"]),
        ("2026-02", ["已交 20 元 2月"], ["2026-02"]),
        ("2026-02", ["已交 40 元 2 3月"], ["2026-02", "2026-03"]),
        ("2026-03", ["我交了", "对"], ["2026-03"]),
        ("2026-03", ["交了", "20"], ["2026-03"]),
        ("2026-03", ["交了3月的", "是3月的"], ["2026-03"]),
        ("2026-02", ["两个月一起交了", "对"], ["2026-02", "2026-03"]),
        ("2026-01", ["两个月的党费转给赵国强了", "嗯"], ["2026-01", "2026-02"]),
        ("2026-01", ["已交两个月", "40元"], ["2026-01", "2026-02"]),
        ("2026-01", ["已交", "一月、二月", "对"], ["2026-01", "2026-02"]),
        ("2026-01", ["已交", "40", "一月二月的"], ["2026-01", "2026-02"]),
        ("2026-01", ["已交 20", "不对，是2月", "对"], ["2026-02"]),
        ("2026-01", ["已交 20", "不对", "2月", "1"], ["2026-02"]),
        ("2026-01", ["已交 20", "40"], []),
        ("2026-01", ["已交 20", "2"], []),
        ("2026-01", ["已交 25", "40", "对"], ["2026-01", "2026-02"]),
        ("2026-01", ["已交 20", "今天真冷", "对"], ["2026-01"]),
        ("2026-01", ["已交 20", "我还欠多少党费", "对"], []),
        ("2026-01", ["已交 25", "我还欠多少党费"], []),
        ("2026-01", ["已交 25", "算了"], []),
        ("2026-01", ["已交 25", "今天真冷", "一月、二月 40"], ["2026-01", "2026-02"]),
    ],
)
async def test_what_was_paid_is_told_in_ones_own_words(chat: Dialogue, since: str, words: list[str], months: list[str]) -> None:
    await assess(chat, "周海", since=since)
    for each in words:
        await chat.private("周海", each)
    assert [month for claim in await claims(chat) for month in claim[4]] == months


async def test_amount_and_months_can_come_one_after_the_other(chat: Dialogue) -> None:
    assert "请写上金额和月份" in await said(chat, "周海", "已交")
    assert "请写上金额和月份" in await said(chat, "周海", "一月、二月")
    assert "没看懂" in await said(chat, "周海", "随便")
    assert "截图我不看" in await said(chat, "周海", "[图片]")
    assert "编号 C1：1–2月 40 元" in await said(chat, "周海", "40")


async def test_having_paid_something_is_heard_in_private_alone(chat: Dialogue) -> None:
    await assess(chat, "周海")
    for text in ("交了", "我交了", "两个月一起交了"):
        assert await chat.group("周海", text) == []
    assert await chat.group("周海", "@支小助 我交了") == []
    assert "没交的有 1–3月" in await said(chat, "周海", "我交了")
