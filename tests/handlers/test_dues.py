"""党费, as members meet it: what I owe and why, how to pay, what anybody would pay."""

from datetime import UTC, datetime

import pytest

from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_branch import assess, said


async def test_who_is_not_assessed_is_told_so(chat: Dialogue) -> None:
    assert "还没有核定" in await said(chat, "周海", "党费")


async def test_what_is_open_claimed_confirmed_and_why(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2025-11", reason="支部研究")
    await chat.private("周海", "已交 40 去年11月到12月")
    await chat.private("赵国强", "待确认")
    await chat.private("赵国强", "全部确认")
    await chat.private("周海", "已交 20 一月")
    told = await said(chat, "周海", "党费")
    for part in (
        "您每月 20 元（在职，第二条，支部定：支部研究），2025年11月起。",
        "没交：2–3月，共 40 元。",
        "待核对：C2 1月 20 元。",
        "已确认：2025年11–12月。",
        "交了就发“已交”。",
    ):
        assert part in told
    assert "依据" not in told


async def test_who_paid_everything_and_more_is_told_so(chat: Dialogue) -> None:
    await assess(chat, "周海", since="2026-03")
    await chat.private("赵国强", "补录 周海 已交 60 3月到5月")
    told = await said(chat, "周海", "党费")
    assert "到3月为止都交清了。" in told
    assert "已预交到5月。" in told


async def test_a_reduction_and_months_without_dues_are_shown(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await assess(chat, "周海", 0, "2026-02", until="2026-02", state="waived", article="第七条")
    await assess(chat, "周海", 500, "2026-03", until="2026-04", state="reduced", article="第七条")
    told = await said(chat, "周海", "党费")
    for part in ("3月到4月减为每月 5 元。", "没交：1月、3月，共 25 元。", "不用交：2月。"):
        assert part in told


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("党费 6000", ["在职：每月 90 元", "第二条", "1.5%", "税前还是税后"]),
        ("税后六千党费多少", ["每月 90 元", "这里不保存"]),
        ("工资3000交多少", ["每月 15 元", "0.5%", "税前还是税后"]),
        ("工资30000交多少党费", ["每月 600 元", "10000 元以上"]),
        ("工资八万交多少党费", ["每月 1000 元", "最多 1000 元"]),
        ("退休金五千二要交多少", ["离退休：每月 52 元", "第五条", "基本养老金"]),
        ("下岗了还要交吗", ["下岗失业：每月 0.20 元", "第六条"]),
        ("年薪三十万，这个月没发", ["年薪制：每月 0 元", "当月实际领到"]),
        ("年薪三十万要交多少党费", ["当月实际领到多少"]),
        ("年薪制，这个月发了两万，党费多少", ["每月 400 元"]),
        ("开店的上季度收入18000交多少党费", ["每月 90 元", "上季度"]),
        ("农民交多少党费", ["每月 0.20 元 到 1 元，由支部定"]),
        ("大学生要交党费吗", ["学生：每月 0.20 元"]),
        ("税前八千要交多少党费", ["每月到手多少"]),
        ("工资交多少党费", ["请写上每月多少"]),
        ("党费 -6000", ["负数"]),
        ("党费 六千 八千", ["两个数"]),
        ("党费 ６０００", ["每月 90 元"]),
        ("党费怎么交", ["赵国强", "机器人不收钱"]),
        ("党费 要怎么交呢", ["赵国强", "机器人不收钱"]),
        ("还没交党费，怎么交", ["赵国强", "已交 60 一月到三月"]),
        ("算党费 税后六千", ["每月 90 元"]),
        ("党费 99999999999", ["太大"]),
    ],
)
async def test_what_anybody_would_pay(chat: Dialogue, text: str, parts: list[str]) -> None:
    told = await said(chat, "李小山", text)
    for part in parts:
        assert part in told
    assert "下一页" not in told


async def test_nothing_of_what_is_worked_out_is_kept(chat: Dialogue) -> None:
    await said(chat, "李小山", "税后6123党费多少")

    async def kept(work: UnitOfWork) -> tuple[int, int, int]:
        member = chat.members["李小山"]
        found = await work.dues_assessments.of(member), await work.questions.of(member), await work.deeds.of(member)
        return len(found[0]), len(found[1]), len(found[2])

    assert await chat.in_branch(kept) == (0, 0, 0)


async def test_a_branchs_own_measure_and_its_reason_are_told(chat: Dialogue) -> None:
    await chat.private("王秀英", "党费政策 离退休 系数 0.3 原因 学校系统统一规定")
    told = await said(chat, "李小山", "退休金一万要交多少党费")
    assert "每月 15 元" in told
    assert "学校系统统一规定" in told


async def test_the_grounds_name_the_articles_and_ones_own_assessment(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await chat.private("王秀英", "党费政策 农民 0.5 原因 支部研究")
    await chat.private("周海", "党费")
    seen = await chat.private("周海", "依据")
    told = chat.to("周海", seen)
    while "下一页" in (seen[-1].buttons or ()):
        seen = await chat.private("周海", "下一页")
        told += chat.to("周海", seen)
    everything = "\n".join(told)
    for part in (
        "党费，依据是",
        "您的：您每月 20 元（在职，第二条），1月起。",
        "支部自己定的：农民每月 0.50 元（2026-03-10 起，原因：支部研究）",
        "第一条",
        "2017 年通知",
        "到 3000 元 0.5%",
        "每月最多 1000 元",
        "第五条",
        "第七条",
        "第十二条",
        "第十四条",
    ):
        assert part in everything
    assert "党费，依据是" in await said(chat, "周海", "依据 党费")


async def test_how_dues_are_measured_and_what_was_paid_are_told_apart(chat: Dialogue) -> None:
    assert "党费是这样算的" in await said(chat, "周海", "党费怎么算")
    await assess(chat, "周海")
    assert "编号 C1：3月 20 元" in await said(chat, "周海", "党费20元已交 三月")


async def test_the_group_hears_nothing_of_anybodys_dues(chat: Dialogue) -> None:
    await assess(chat, "周海")
    for text in ("党费", "党费的事回头再说", "我捐过了", "今天真冷", "我老婆在深圳", "我3月党费交了", "怎么交党费", "算党费 6000"):
        assert await chat.group("周海", text) == []
    seen = await chat.group("周海", "@支部机器人 党费")
    assert chat.in_group(seen) == []
    assert "您每月 20 元" in chat.to("周海", seen)[0]
    seen = await chat.group("周海", "@支部机器人 税后六千党费多少")
    assert chat.in_group(seen) == []


async def test_a_stranger_is_told_nothing(chat: Dialogue) -> None:
    assert "我还不认识您" in "".join(each.text for each in await chat.private("路人", "党费"))


async def test_somebody_new_has_no_dues_on_record(chat: Dialogue) -> None:
    seen = await chat.private("李小山", "我的")
    texts = chat.to("李小山", seen)
    while "下一页" in (seen[-1].buttons or ()):
        seen = await chat.private("李小山", "下一页")
        texts += chat.to("李小山", seen)
    assert "党费：没有" in "\n".join(texts)
    assert "收入从不保存" in "\n".join(texts)


async def test_what_is_held_tells_reductions_decisions_and_receipts(chat: Dialogue) -> None:
    await assess(chat, "周海")
    await assess(chat, "周海", 500, "2026-03", until="2026-04", state="reduced", article="第七条")
    await assess(chat, "周海", None, "2026-05", reason="停止核定")
    await chat.private("周海", "已交 20 一月")
    await chat.private("赵国强", "待确认")
    await chat.private("赵国强", "全部确认")
    await chat.private("赵国强", "冲正 D-2026-0001 记错了人")
    await chat.private("赵国强", "对")
    seen = await chat.private("周海", "我的")
    texts = chat.to("周海", seen)
    while "下一页" in (seen[-1].buttons or ()):
        seen = await chat.private("周海", "下一页")
        texts += chat.to("周海", seen)
    everything = "\n".join(texts)
    for part in (
        "2026-03 到 2026-04 减为每月 5 元",
        "2026-05 起没有核定",
        "C1，2026-03-10 报，20.00 元，1月，已冲正 D-2026-0001，理由：记错了人",
    ):
        assert part in everything


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("我欠多少", "没交：1–3月，共 60 元"),
        ("怎么欠的？", "没交：1–3月，共 60 元"),
        ("欠费", "没交：1–3月，共 60 元"),
        ("how much do I owe", "没交：1–3月，共 60 元"),
        ("凭啥是20", "您的：您每月 20 元"),
        ("为什么我要交20", "您的：您每月 20 元"),
        ("why do I owe", "您的：您每月 20 元"),
        ("交党费", "没交：1–3月，共 60 元。\n党费交给组织委员"),
        ("我想交党费", "交完发“已交"),
    ],
)
async def test_a_newcomers_words_are_understood_in_private_alone(chat: Dialogue, text: str, part: str) -> None:
    await assess(chat, "周海")
    assert part in await said(chat, "周海", text)
    assert await chat.group("周海", text) == []


async def test_every_month_of_the_year_that_was_paid_is_shown(chat: Dialogue) -> None:
    chat.now = datetime(2026, 11, 26, 2, tzinfo=UTC)
    await assess(chat, "周海", since="2026-04")
    await chat.private("周海", "已交 140 4到10月")
    await chat.private("赵国强", "确认周海的")
    assert "已确认：4–10月。" in await said(chat, "周海", "党费")


async def test_less_confirmed_than_was_assessed_afterwards_is_not_all_paid(chat: Dialogue) -> None:
    await chat.private("赵国强", "补录 周海 已交 30 3月")
    await assess(chat, "周海", fen=9000, since="2026-03")
    told = await said(chat, "周海", "党费")
    assert "3月确认的比核定的少 60 元" in told
    assert "都交清了" not in told
    assert "3月确认的比核定的少 60 元" in await said(chat, "周海", "已交 25")
