"""欠缴, as committee and secretary meet it, and nobody else."""

from functools import partial

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import assess, claim, said

SINCE_SIX, SINCE_THREE = "2025-09", "2025-12"


async def test_six_months_are_shown_to_committee_and_secretary_with_what_the_rule_says_and_does_not(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "committee")
    await assess(chat, "周海", since=SINCE_SIX)
    for person in ("何春梅", "王秀英"):
        told = await said(chat, person, "欠缴")
        for part in (
            "连续六个月没交党费，只给支委会和书记看",
            "周海：2025年9–12月、1–2月，6 个月",
            "没有正当理由，连续六个月不交党费，按自行脱党处理",
            "规定没有说到期自动脱党",
            "听本人申辩；支部大会讨论决定，报上级党组织批准",
            "我不作判断，也不会在群里说",
        ):
            assert part in told


async def test_three_months_are_the_secretarys_to_know(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "committee")
    await assess(chat, "周海", since=SINCE_THREE)
    assert "周海：2025年12月、1–2月，3 个月" in await said(chat, "王秀英", "欠缴")
    assert await said(chat, "何春梅", "欠缴") == "没有连续欠缴要您看的。"


@pytest.mark.parametrize(("flags", "shown"), [(["back_pay"], False), (["back_pay", "meant"], True)])
async def test_months_that_the_keeper_has_to_sort_out_do_not_count_but_what_is_only_announced_does(
    chat: Dialogue, flags: list[str], shown: bool
) -> None:
    await assess(chat, "周海", since=SINCE_SIX)
    months = ("2025-12", "2026-01", "2026-02")
    await chat.in_branch(partial(claim, state="with_a_person", flags=flags), chat.members["周海"], months)
    assert ("周海" in await said(chat, "王秀英", "欠缴")) is shown


async def test_nobody_else_sees_it_and_nobody_sees_themselves(chat: Dialogue) -> None:
    await chat.join("何春梅", "member", "committee")
    await assess(chat, "周海", since=SINCE_SIX)
    await assess(chat, "何春梅", since=SINCE_SIX)
    for person in ("李小山", "赵国强", "周海"):
        told = await said(chat, person, "欠缴")
        assert "支部委员" in told
        assert "何春梅" not in told
    told = await said(chat, "何春梅", "欠缴")
    assert "周海" in told
    assert "何春梅" not in told
    assert await chat.group("何春梅", "欠缴") == []
    assert chat.in_group(await chat.group("何春梅", "@支部机器人 欠缴")) == []
