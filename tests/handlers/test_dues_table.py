"""党费情况, as those who keep the dues meet it, and nobody else."""

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import assess, claims, pay, said

KEEPER = "赵国强"


@pytest.fixture
async def books(chat: Dialogue) -> Dialogue:
    """王秀英 and 孙丽 paid, 周海 owes two months, 李小山 has claimed March, 吴芳 is not assessed, 何春梅 is exempt."""
    await chat.join("何春梅", "member", "committee")
    await chat.join("郑安", "guest")
    for person in ("王秀英", KEEPER, "孙丽", "周海", "李小山"):
        await assess(chat, person)
    await assess(chat, "何春梅", 0)
    for person in ("王秀英", KEEPER, "孙丽"):
        await pay(chat, person, "2026-01", "2026-02", "2026-03")
    await pay(chat, "周海", "2026-01")
    await pay(chat, "李小山", "2026-01", "2026-02")
    await claims(chat, "李小山", "2026-03")
    return chat


async def test_a_month_is_told_by_totals_and_names(books: Dialogue) -> None:
    told = await said(books, KEEPER, "党费情况 3月")
    for part in (
        "党费情况，3月，共 8 人：",
        "3月：已交 3、待核对 1、没交 1、免交 1、在外地交 1、没核定 1。3月份的党费交了 60 元，没交 20 元",
        "没交：周海",
        "待核对：李小山",
        "没核定：吴芳",
        "在外地交：郑安",
        "免交：何春梅",
    ):
        assert part in told


async def test_without_a_month_it_is_this_year_until_now(books: Dialogue) -> None:
    told = await said(books, "王秀英", "党费情况")
    assert "1–3月，共 8 人" in told
    assert "没交（2–3月）：周海" in told
    assert told == await said(books, "王秀英", "党费情况 2026")
    assert "去年" not in await said(books, "王秀英", "党费情况 去年")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("4月", "4月还没到。"),
        ("2027", "2027还没到。"),
        ("13月", "没看懂是哪几个月"),
        ("随便", "没看懂是哪几个月"),
        ("2024年1月到2026年3月", "一次最多看 12 个月"),
    ],
)
async def test_months_that_cannot_be_are_said(books: Dialogue, words: str, answer: str) -> None:
    assert answer in await said(books, KEEPER, f"党费情况 {words}")


async def test_as_a_picture_and_as_a_workbook(books: Dialogue) -> None:
    await books.private(KEEPER, "党费情况")
    seen = await books.press(KEEPER, "看图")
    assert seen[0].text == "党费情况（第 1/1 张）"
    assert seen[0].raw["picture"]
    seen = await books.press(KEEPER, "Excel", seen[-1])
    assert seen[0].raw["file"]["name"] == "dues-2026-01-2026-03.xlsx"
    await books.private(KEEPER, "党费情况 3月")
    seen = await books.press(KEEPER, "Excel")
    assert seen[0].raw["file"]["name"] == "dues-2026-03.xlsx"


async def test_who_has_not_paid_is_told_to_officers_in_private_alone(books: Dialogue) -> None:
    assert "2–3月：周海" in await said(books, KEEPER, "谁还没交党费")
    assert await said(books, KEEPER, "谁2月没交党费") == "2月没交党费的（只您看得到，别转到群里）：\n周海"
    for person in ("李小山", "何春梅"):
        told = await said(books, person, "谁还没交党费")
        assert "只有组织委员和书记私下看得到" in told
        assert "周海" not in told
    assert await books.group("李小山", "谁还没交党费") == []
    assert await books.group("李小山", "3月党费交齐了吗") == []
    seen = await books.group(KEEPER, "@支部机器人 谁还没交党费")
    assert books.in_group(seen) == []
    assert "我不在群里说" in books.to(KEEPER, seen)[0]


async def test_whether_dues_are_all_in_is_the_branch_for_officers_and_oneself_for_others(books: Dialogue) -> None:
    assert "周海" in await said(books, KEEPER, "3月党费交齐了吗")
    await pay(books, "周海", "2026-02", "2026-03")
    assert await said(books, KEEPER, "2月党费交齐了吗") == "2月该交的都交了。"
    told = await said(books, "李小山", "党费交齐了吗")
    assert "周海" not in told
    assert "您" in told


async def test_members_and_other_officers_do_not_see_the_table(books: Dialogue) -> None:
    for person in ("李小山", "何春梅", "孙丽"):
        told = await said(books, person, "党费情况")
        assert "组织委员" in told
        assert "周海" not in told
    seen = await books.group(KEEPER, "@支部机器人 党费情况")
    assert books.in_group(seen) == []


async def test_on_a_platform_abroad_only_who_agreed_is_named(books: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    async def asks(_work: object, _platform: str) -> bool:
        return True

    await books.in_branch(_agree, books, "周海")
    monkeypatch.setattr("bot.services.privacy.deployment.asks_consent", asks)
    await books.in_branch(_agree, books, KEEPER)
    told = await said(books, KEEPER, "党费情况 3月")
    assert "没交：周海" in told
    assert "没核定：另有 1 人，请在网页看。" in told
    assert "吴芳" not in told
    assert (await books.press(KEEPER, "看图"))[0].raw["picture"]


async def _agree(work, chat: Dialogue, person: str) -> None:  # type: ignore[no-untyped-def]
    work.consents.put(chat.members[person], "abroad", given=True)


async def test_who_keeps_the_dues_asks_in_short(books: Dialogue) -> None:
    for text in ("谁没交", "谁欠党费"):
        assert "周海" in await said(books, KEEPER, text)
        assert "组织委员和书记" in await said(books, "吴芳", text)
        assert await books.group("吴芳", text) == []
    assert "党费情况，1–3月" in await said(books, KEEPER, "党费表")
    assert "党费情况，2月" in await said(books, KEEPER, "2月收了多少党费")
