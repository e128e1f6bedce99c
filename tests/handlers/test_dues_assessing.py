"""核定 and 未核定, as the dues keeper meets them."""

import re
from datetime import timedelta

import pytest

from bot.services import dues_standing
from bot.services.dues_assessing import PUT_ASIDE
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_branch import KEEPER, SECRETARY, assess, said


async def _assessed(chat: Dialogue, person: str = "周海") -> list[tuple[str, int | None, str, str]]:
    found = await chat.in_branch(lambda work: work.dues_assessments.of(chat.members[person]))
    return [(each.category, each.monthly_fen, each.effective_from, each.reason) for each in found]


@pytest.mark.parametrize(
    ("words", "shown", "category", "fen"),
    [
        ("在职 6000", "周海（在职）：每月 90 元，从3月起", "salaried", 9000),
        ("在职 税后6000元", "每月 90 元", "salaried", 9000),
        ("工资 六千", "每月 90 元", "salaried", 9000),
        ("在职 ６０００", "每月 90 元", "salaried", 9000),
        ("离退休 4321", "每月 21.61 元", "retired", 2161),
        ("年薪 0", "每月 0 元", "annual_salary", 0),
        ("个体 上季度18000", "每月 90 元", "self_employed", 9000),
        ("个体 6000", "每月 90 元", "self_employed", 9000),
        ("农民 0.5", "每月 0.50 元", "farmer", 50),
        ("学生", "每月 0.20 元", "student", 20),
        ("低保", "第六条", "dibao", 20),
        ("在职 80000", "最多 1000 元", "salaried", 100_000),
    ],
)
async def test_it_is_worked_out_shown_and_kept_without_the_income(chat: Dialogue, words: str, shown: str, category: str, fen: int) -> None:
    seen = await chat.private(KEEPER, f"核定 周海 {words}")
    assert shown in chat.to(KEEPER, seen)[0]
    assert await _assessed(chat) == []
    seen = await chat.private(KEEPER, "对")
    assert "收入没有保存" in chat.to(KEEPER, seen)[0]
    assert "您的党费核定为每月" in chat.to("周海", seen)[0]
    assert await _assessed(chat) == [(category, fen, "2026-03", "")]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("周海", "请像这样写"),
        ("周海 老板 3000", "请像这样写"),
        ("周海 在职", "要按收入算"),
        ("周海 个体", "上季度"),
        ("周海 在职 -5", "负数"),
        ("周海 在职 税前6000", "税后的数"),
        ("周海 在职 6000 8000", "请像这样写"),
        ("周海 农民", "每月 0.20 元 到 1 元"),
        ("周海 农民 3", "每月 0.20 元 到 1 元"),
        ("周海 农民 0", "每月 0.20 元 到 1 元"),
        ("周海 在职 6000 从13月", "没有这样的月份"),
        ("周海 在职 6000 从1月到3月", "请像这样写"),
        ("周海 离退休 定为20", "要写原因"),
        ("周海 离退休 定为2000 原因 想要", "超过了上限"),
        ("周海 离退休 定为 原因 想要", "请像这样写"),
        ("周海 在职 99999999999", "太大"),
        ("张三 在职 6000", "没有找到"),
        ("赵国强 在职 6000", "自己的党费要由别的同志来核定"),
        ("", "请像这样写"),
    ],
)
async def test_what_is_not_clear_is_said(chat: Dialogue, words: str, part: str) -> None:
    assert part in await said(chat, KEEPER, f"核定 {words}".strip())
    assert await _assessed(chat) == []


async def test_an_amount_of_the_branchs_own_needs_its_reason_and_is_told_with_it(chat: Dialogue) -> None:
    told = await said(chat, KEEPER, "核定 周海 离退休 定为20 从1月 原因 支部大会研究")
    assert "每月 20 元，从1月起。支部另有规定" in told
    await chat.private(KEEPER, "对")
    assert await _assessed(chat) == [("retired", 2000, "2026-01", "支部大会研究")]
    assert "支部定：支部大会研究" in await said(chat, "周海", "党费")


async def test_a_branchs_measure_is_used_with_its_reason(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "党费政策 农民 0.5 原因 村里定的")
    await chat.private(KEEPER, "核定 周海 农民")
    await chat.private(KEEPER, "对")
    assert await _assessed(chat) == [("farmer", 50, "2026-03", "村里定的")]


async def test_amounts_are_rounded_as_the_branch_decided(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "党费政策 取整 角 原因 好算账")
    assert "每月 33.30 元" in await said(chat, KEEPER, "核定 周海 在职 3333.33")


async def test_an_assessment_holds_for_the_year_unless_a_month_is_named_or_the_branch_follows_the_pay(chat: Dialogue) -> None:
    await assess(chat, "周海")
    assert "从2027年1月起" in await said(chat, KEEPER, "核定 周海 在职 6000")
    assert "从4月起" in await said(chat, KEEPER, "核定 周海 在职 6000 从4月")
    assert "从3月起" in await said(chat, KEEPER, "核定 周海 离退休 6000")
    await chat.private(SECRETARY, "党费政策 核定 随工资 原因 工资常变")
    assert "从3月起" in await said(chat, KEEPER, "核定 周海 在职 6000")


async def test_a_probationary_member_pays_from_the_month_of_the_meeting(chat: Dialogue) -> None:
    await chat.join("高晓峰", "probationary")
    await chat.private(KEEPER, "核定 高晓峰 在职 5200 从2月")
    await chat.private(KEEPER, "对")
    assert await _assessed(chat, "高晓峰") == [("salaried", 7800, "2026-02", "")]
    assert "没交：2–3月，共 156 元" in await said(chat, "高晓峰", "党费")


async def test_it_can_be_called_off_and_undone(chat: Dialogue) -> None:
    await chat.private(KEEPER, "核定 周海 在职 6000")
    assert "没有记" in await said(chat, KEEPER, "不对")
    await chat.private(KEEPER, "核定 周海 在职 6000")
    await chat.private(KEEPER, "对")
    seen = await chat.private(KEEPER, "撤销")
    assert "照原来的算" in chat.to(KEEPER, seen)[0]
    assert "党费还是照原来的" in chat.to("周海", seen)[0]
    assert "还没有核定" in await said(chat, "周海", "党费")
    await assess(chat, "周海", 4000, reason="旧的")
    await chat.private(KEEPER, "核定 周海 在职 6000 从3月")
    await chat.private(KEEPER, "对")
    await chat.private(KEEPER, "撤销")
    assert (await _assessed(chat))[-1] == ("salaried", 4000, "2026-03", "旧的")


async def test_undoing_leaves_what_was_decided_for_later_months_as_it_was(chat: Dialogue) -> None:
    """The yearly freeze leaves rows for the next January, a raise is decided beforehand, another keeper assesses meanwhile."""
    await assess(chat, "周海", 2000, "2026-01")
    await assess(chat, "周海", 3000, "2026-06")
    await assess(chat, "周海", 4000, "2027-01")

    async def due(work: UnitOfWork) -> list[int | None]:
        found = await work.dues_assessments.of(chat.members["周海"])
        return [dues_standing.due(found, month) for month in ("2026-02", "2026-03", "2026-05", "2026-06", "2026-12", "2027-01", "2028-01")]

    before = await chat.in_branch(due)
    await chat.private(KEEPER, "核定 周海 在职 6000 从3月")
    await chat.private(KEEPER, "对")
    assert await chat.in_branch(due) == [2000, *[9000] * 6]
    await chat.private(KEEPER, "撤销")
    assert await chat.in_branch(due) == before == [2000, 2000, 2000, 3000, 3000, 4000, 4000]
    await chat.private(KEEPER, "核定 周海 在职 6000 从3月")
    await chat.private(KEEPER, "对")
    await assess(chat, "周海", 5000, "2026-05")
    await chat.private(KEEPER, "撤销")
    assert await chat.in_branch(due) == [2000, 2000, 5000, 5000, 5000, 5000, 5000]


async def test_after_an_undo_this_year_is_not_taken_for_assessed(chat: Dialogue) -> None:
    chat.now -= timedelta(days=100)
    await assess(chat, "周海", since="2025-12")
    chat.now += timedelta(days=100)
    for income in ("6000", "5000"):
        assert "从3月起" in await said(chat, KEEPER, f"核定 周海 在职 {income}")
        await chat.private(KEEPER, "对")
        await chat.private(KEEPER, "撤销")


async def test_the_income_is_nowhere_in_what_is_remembered(chat: Dialogue) -> None:
    for text in ("核定 周海 在职 6123.45", "对", "党费 6123.45", "核定 吴芳 个体 上季度 18369", "核定 李小山 在职 6123.45 原因 看过工资条"):
        await chat.private(KEEPER, text)

    async def everything(work: UnitOfWork) -> str:
        from sqlalchemy import select

        from storage.schema import metadata

        kept = [table for table in metadata.sorted_tables if table.name != "transcript"]
        return str([tuple(row) for table in kept for row in await work.rows(select(table))])

    told = await chat.in_branch(everything)
    assert not re.search("(?<![0-9a-f])(?:6123|612345|18369|1836900)(?![0-9a-f])", told)


async def test_who_is_not_assessed_is_listed_for_the_keeper_alone(chat: Dialogue) -> None:
    await assess(chat, "周海")
    told = await said(chat, KEEPER, "未核定")
    assert "还没核定的有 5 人" in told
    assert "周海" not in told
    for person in chat.members:
        await assess(chat, person)
    assert await said(chat, KEEPER, "谁没核定") == "都核定过了。"


async def test_on_a_platform_abroad_people_are_counted_and_not_named(chat: Dialogue) -> None:
    assert await chat.group(KEEPER, "核定 周海 在职 6000") != []
    assert await chat.group(KEEPER, "未核定") == []


async def test_a_name_without_a_space_is_found(chat: Dialogue) -> None:
    assert "周海（在职）：每月 90 元" in await said(chat, KEEPER, "核定周海在职税后六千")
    await chat.private(KEEPER, "对")
    assert [each[1] for each in await _assessed(chat)] == [9000]
    assert await chat.group(KEEPER, "核定周海在职税后六千") == []


async def test_a_second_one_says_that_the_first_was_put_aside_and_both_can_be_noted(chat: Dialogue) -> None:
    await chat.private("赵国强", "核定 周海 在职 4000")
    told = chat.to("赵国强", await chat.private("赵国强", "核定 李小山 在职 6000"))
    assert told[0] == PUT_ASIDE.zh
    assert any("党费核定为每月" in each for each in chat.to("李小山", await chat.private("赵国强", "对")))
    assert any("党费核定为每月" in each for each in chat.to("周海", await chat.private("赵国强", "记上一份")))


async def test_another_amount_for_the_same_person_is_only_that(chat: Dialogue) -> None:
    await chat.private("赵国强", "核定 周海 在职 4000")
    assert PUT_ASIDE.zh not in chat.to("赵国强", await chat.private("赵国强", "核定 周海 在职 6000"))
