"""爱心基金, as any member meets it."""

import pytest

from tests.care_fund import KEEPER, SECRETARY, appeal, give, say
from tests.dialogue import Dialogue

NAMES = ("李小山", "吴芳", "周海", "孙丽")


async def test_with_nothing_in_it_it_says_so(chat: Dialogue) -> None:
    told = await say(chat, "李小山", "爱心基金")
    assert told == "爱心基金：收 0.00、支 0.00、余 0.00。\n合计余 0.00 元，待到账 0.00 元。机器人不收钱、不管钱，只记账。\n还没有收支。"
    assert await say(chat, "李小山", "爱心基金 A3") == "没有 A3 的账。"


@pytest.mark.parametrize("words", ["爱心基金", "爱心基金还有多少", "爱心基金里还有多少钱？", "/fund"])
async def test_balance_and_movements_are_told_in_words_and_as_a_picture_without_names(chat: Dialogue, words: str) -> None:
    await appeal(chat)
    await give(chat, "李小山", "A1", 100)
    await give(chat, "吴芳", "爱心基金", 60)
    await say(chat, "孙丽", "认捐 A1 50")
    seen = await chat.private("周海", words)
    told = "\n".join(chat.to("周海", seen))
    assert "爱心基金：收 60.00、支 0.00、余 60.00。\nA1：收 100.00、支 0.00、余 100.00。\n合计余 160.00 元，待到账 50.00 元。" in told
    assert "03-10 爱心基金 收 60.00\n03-10 A1 收 100.00" in told
    assert seen[0].raw["picture"]
    assert not any(name in told for name in NAMES)


async def test_one_appeal_is_told_alone(chat: Dialogue) -> None:
    await appeal(chat)
    await give(chat, "李小山", "A1", 100)
    await give(chat, "吴芳", "爱心基金", 60)
    told = await say(chat, "周海", "爱心基金 A1")
    assert "A1：收 100.00" in told
    assert "60.00" not in told


async def test_typed_in_the_group_it_is_answered_in_private_or_not_at_all(chat: Dialogue) -> None:
    assert await chat.group("李小山", "爱心基金") == []
    assert await chat.group("李小山", "爱心基金还有多少") == []
    seen = await chat.group("李小山", "@支部机器人 爱心基金")
    assert chat.in_group(seen) == []
    assert "合计余" in chat.to("李小山", seen)[0]


@pytest.mark.parametrize("words", ["把收款码发群里", "发收款码", "在群里贴个二维码收款吧", "收款码", "转发水滴筹链接"])
async def test_payment_codes_are_refused_with_the_rule(chat: Dialogue, words: str) -> None:
    seen = await chat.private(SECRETARY, words)
    assert chat.in_group(seen) == []
    assert "《慈善法》第二十六、二十七条" in chat.to(SECRETARY, seen)[0]
    assert await chat.group("李小山", words) == []


async def test_it_says_what_it_rests_on(chat: Dialogue) -> None:
    await say(chat, KEEPER, "爱心基金")
    told = await say(chat, KEEPER, "依据")
    assert told.startswith("爱心基金，依据是：")
    assert "第一百二十二条" in told + await say(chat, KEEPER, "下一页")


async def test_an_announcement_with_a_payment_code_is_not_posted(chat: Dialogue) -> None:
    for seen in (
        await chat.private(SECRETARY, "公告 大家扫下面的码捐款"),
        await chat.group(SECRETARY, "公告 捐款请点 https://example.org/x"),
    ):
        assert chat.in_group(seen) == []
        assert "《慈善法》第二十六、二十七条" in chat.to(SECRETARY, seen)[0]
    await say(chat, SECRETARY, "公告 周六开会")
    assert chat.in_group(await chat.private(SECRETARY, "发")) == ["【公告 N1】周六开会"]
    assert "《慈善法》" in await say(chat, SECRETARY, "改公告 N1 捐款请点 https://example.org/x")
