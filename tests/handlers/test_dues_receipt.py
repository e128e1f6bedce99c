"""收据, as members meet it."""

from bot.services import drawings, dues_receipts
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import assess, pay, said


async def test_the_newest_receipt_comes_as_a_file_and_the_others_are_named(chat: Dialogue) -> None:
    await assess(chat, "李小山")
    first = await pay(chat, "李小山", "2026-01")
    await chat.pass_time(minutes=1)
    second = await pay(chat, "李小山", "2026-02", "2026-03")
    seen = await chat.private("李小山", "收据")
    assert chat.to("李小山", seen) == [f"收据 {second}：2–3月，40 元，在文件里。\n您还有：{first}。看哪张就发“收据 编号”。"]
    assert seen[-1].raw["file"]["name"] == f"{second}.pdf"
    seen = await chat.private("李小山", f"收据 {first.lower()}")
    assert seen[-1].raw["file"]["name"] == f"{first}.pdf"
    assert "收据 D-2026-0001" in await said(chat, "李小山", "收据 D2026-1")


async def test_anothers_receipt_looks_like_none(chat: Dialogue) -> None:
    await pay(chat, "李小山", "2026-01")
    for words in ("收据 D-2026-0001", "收据 D-2026-9999", "收据 随便", "收据 ' or 1=1"):
        assert await said(chat, "周海", words) == "没有找到您的这张收据。发“收据”看您有哪些。"
    assert "还没有您的收据" in await said(chat, "周海", "收据")
    assert await said(chat, "王秀英", "收据 D-2026-0001") == "没有找到您的这张收据。发“收据”看您有哪些。"


async def test_a_reversed_receipt_is_no_longer_valid(chat: Dialogue) -> None:
    receipt = await pay(chat, "李小山", "2026-01")

    async def reverse(work: UnitOfWork) -> None:
        found = await work.dues_claims.of_receipt(receipt)
        assert found
        work.dues_claims.change(found, state="reversed")

    await chat.in_branch(reverse)
    assert await said(chat, "李小山", f"收据 {receipt}") == f"收据 {receipt} 已经冲正，不再有效。有疑问请问组织委员。"
    assert "还没有您的收据" in await said(chat, "李小山", "收据")


async def test_large_dues_have_a_receipt_too_and_the_group_sees_none(chat: Dialogue) -> None:
    receipt = await pay(chat, "李小山", fen=150_000, kind="large")
    assert await said(chat, "李小山", "收据") == f"收据 {receipt}：大额党费，1500 元，在文件里。"
    assert await chat.group("李小山", "收据") == []
    seen = await chat.group("李小山", "@支部机器人 收据")
    assert chat.in_group(seen) == []


async def test_the_paper_says_what_a_receipt_must(chat: Dialogue) -> None:
    receipt = await pay(chat, "李小山", "2026-01", "2026-02", fen=2050)

    async def paper(work: UnitOfWork) -> tuple[dict[str, str], str, str]:
        member = await work.members.get(chat.members["李小山"])
        entry = await work.ledger.entry("dues", 1)
        assert member
        assert entry
        paper = (await dues_receipts.of_member(work, actor_of(member), "", "browser")).paper
        described = drawings.opened(paper, work.vault).data["described"]
        return dict(described["fields"]), described["footer"], entry.hash

    fields, footer, seal = await chat.in_branch(paper)
    assert fields == {
        "收据编号": receipt,
        "交款人": "李小山",
        "项目": "党费，2026年1月、2026年2月",
        "金额": "¥41.00",
        "人民币（大写）": "肆拾壹元整",
        "确认到账": "赵国强",
        "日期": "2026年3月10日",
        "校验码": f"第 1 笔  {seal[:16]}",
    }
    assert "机器人不经手钱款" in footer


async def test_a_keeper_who_left_is_not_named(chat: Dialogue) -> None:
    receipt = await pay(chat, "李小山", "2026-01")

    async def gone(work: UnitOfWork) -> None:
        found = await work.dues_claims.of_receipt(receipt)
        assert found
        work.dues_claims.change(found, decided_by=None)

    await chat.in_branch(gone)
    assert f"收据 {receipt}" in await said(chat, "李小山", "收据")


async def test_the_receipt_of_a_month_and_no_invoice(chat: Dialogue) -> None:
    await assess(chat, "李小山")
    first = await pay(chat, "李小山", "2026-01")
    await chat.pass_time(minutes=1)
    second = await pay(chat, "李小山", "2026-02", "2026-03")
    for words, receipt in (("收据 1月", first), ("1月的收据", first), ("收据 2月", second), ("出张收据给我", second), ("开个收据", second)):
        assert f"收据 {receipt}：" in await said(chat, "李小山", words)
    assert "12月还没有收据" in await said(chat, "李小山", "收据 2026年12月")
    assert "没有找到" in await said(chat, "李小山", "收据 13月")
    assert "1月还没有收据" in await said(chat, "周海", "收据 1月")
    assert "不开发票" in await said(chat, "李小山", "发票")
    for words in ("发票", "出张收据给我"):
        assert await chat.group("李小山", words) == []
