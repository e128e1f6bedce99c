"""公布党费, 党费账, 我的党费."""

from datetime import UTC, datetime

from tests.dialogue import Dialogue
from tests.dues_books import assess, claims, names_in_group, pay, said

SECRETARY = "王秀英"


async def _year(chat: Dialogue) -> str:
    for person in ("李小山", "周海"):
        await assess(chat, person)
    receipt = await pay(chat, "李小山", "2026-01", "2026-02")
    await pay(chat, "周海", "2026-01", fen=3000)
    await pay(chat, "周海", fen=150_000, kind="large")
    await claims(chat, "李小山", "2026-03")
    return receipt


async def test_the_years_totals_are_published_after_a_look_and_name_nobody(chat: Dialogue) -> None:
    await _year(chat)
    seen = await chat.private(SECRETARY, "公布党费 2026")
    assert chat.in_group(seen) == []
    preview = chat.to(SECRETARY, seen)[-1]
    assert "2026 年（到 2026-03-10）：收党费 70 元，2 人交；大额党费另计 1500 元；上交 0 元。" in preview
    seen = await chat.press(SECRETARY, "发到群里")
    assert chat.in_group(seen) == [preview]
    assert await names_in_group(chat) == []


async def test_a_no_publishes_nothing_and_the_year_has_to_be_one_with_books(chat: Dialogue) -> None:
    assert await said(chat, SECRETARY, "公布党费 2026") == "2026 年还没有党费账可以公布。"
    await _year(chat)
    await chat.private(SECRETARY, "公布党费 2026")
    assert await said(chat, SECRETARY, "不发") == "好，没有发。"
    assert await said(chat, SECRETARY, "公布党费") == "请写哪一年，比如：公布党费 2026。"
    assert await said(chat, SECRETARY, "公布党费 2027") == "2027还没到。"
    assert "书记" in await said(chat, "赵国强", "公布党费 2026")


async def test_any_member_sees_the_branchs_totals_and_their_own_line_alone(chat: Dialogue) -> None:
    assert await said(chat, "李小山", "党费账") == "党费账还没有开始记。"
    receipt = await _year(chat)
    told = await said(chat, "李小山", "党费账")
    for part in (
        "2026 年支部党费（到 2026-03-10）：收 70 元，2 人交；大额党费另计 1500 元；上交 0 元；在组织委员手里 1570 元。",
        "账本第 3 笔，校验码 ",
        "您自己（2026 年）：",
        "已交：1–2月，共 40 元",
        "待核对：3月，共 20 元",
        f"收据：{receipt}。",
    ):
        assert part in told
    assert "周海" not in told
    code = told.split("校验码 ")[1][:8]
    assert code in await said(chat, "李小山", "验账")
    assert await chat.group("李小山", "党费账") == []


async def test_ones_own_year_is_ones_own(chat: Dialogue) -> None:
    receipt = await _year(chat)
    told = await said(chat, "李小山", "我的党费 2026")
    assert (
        told == f"2026 年您的党费（只有您看得到）：\n已交：1–2月，共 40 元\n待核对：3月，共 20 元\n收据：{receipt}。发“收据 编号”拿文件。"
    )
    assert "没交：2–3月，共 40 元" in await said(chat, "周海", "我的党费 2026")
    chat.now = datetime(2027, 1, 5, 2, tzinfo=UTC)
    assert "没交：2026年4–12月" in await said(chat, "李小山", "我的党费 去年")
    assert await said(chat, "李小山", "我的党费 2028") == "2028还没到。"
    assert await chat.group("李小山", "我的党费 2026") == []
    assert await said(chat, "李小山", "我的党费 随便") == "请写哪一年，比如：我的党费 2026。"
    assert "您的党费：" in await said(chat, "李小山", "我的党费")
