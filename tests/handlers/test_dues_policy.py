"""党费政策, as the secretary meets it."""

from datetime import timedelta

import pytest

from tests.dialogue import Dialogue
from tests.dues_branch import KEEPER, SECRETARY, said


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("农民 0.5 原因 支部研究", "农民每月 0.50 元"),
        ("离退休 系数 0.3 原因 统一规定", "离退休的基数乘 0.3"),
        ("在职 比例 0.5% 理由：统一规定", "在职按 0.5% 交"),
        ("学生 0.2元 因为 规定", "学生每月 0.20 元"),
        ("核定 随工资 原因 常变", "工资变了当月就变"),
        ("核定 年度 原因 省事", "年初核定，一年内一般不变"),
        ("取整 角 原因 好算", "算到角"),
        ("取整 0.01 原因 准", "算到分"),
        ("提醒日 15 原因 发工资", "每月 15 日提醒"),
        ("retired factor 0.3 reason the rule", "离退休的基数乘 0.3"),
    ],
)
async def test_a_decision_takes_effect_today_with_its_reason_and_can_be_undone(chat: Dialogue, words: str, what: str) -> None:
    told = await said(chat, SECRETARY, f"党费政策 {words}")
    assert f"从今天起：{what}" in told
    assert f"{what}（2026-03-10 起，原因：" in await said(chat, SECRETARY, "党费政策")
    chat.now += timedelta(seconds=1)
    assert await said(chat, SECRETARY, "撤销") == "好，照原来的办。"
    assert "支部没有另定" in await said(chat, SECRETARY, "党费政策")


async def test_what_held_before_holds_again_after_undo(chat: Dialogue) -> None:
    for text in ("党费政策 农民 0.5 原因 旧的", "党费政策 农民 0.8 原因 新的", "撤销"):
        await chat.private(SECRETARY, text)
        chat.now += timedelta(seconds=1)
    assert "农民每月 0.50 元（2026-03-10 起，原因：旧的）" in await said(chat, SECRETARY, "党费政策")
    chat.now += timedelta(seconds=1)
    assert "农民按规定交" in await said(chat, SECRETARY, "党费政策 农民 恢复 原因 上级要求")
    assert "支部没有另定" in await said(chat, SECRETARY, "党费政策")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("农民 0.5", "请写上原因"),
        ("农民 0.5 原因", "请写上原因"),
        ("农民 5 原因 想", "规定是 0.20 元 到 1 元"),
        ("在职 2000 原因 想", "规定是 0 元 到 1000 元"),
        ("农民 -1 原因 想", "负数"),
        ("农民 很多 原因 想", "请像这样写"),
        ("农民 系数 0.5 原因 想", "请像这样写"),
        ("在职 系数 原因 想", "请像这样写"),
        ("在职 系数 三成 原因 想", "请像这样写"),
        ("在职 系数 30 原因 想", "在 0 和 1 之间"),
        ("在职 比例 -1% 原因 想", "在 0 和 1 之间"),
        ("提醒日 31 原因 想", "1 到 28"),
        ("取整 元 原因 想", "请像这样写"),
        ("天气 好 原因 想", "请像这样写"),
        ("农民 原因 想", "请像这样写"),
    ],
)
async def test_what_the_rules_do_not_allow_or_is_not_clear_changes_nothing(chat: Dialogue, words: str, part: str) -> None:
    assert part in await said(chat, SECRETARY, f"党费政策 {words}")
    assert "支部没有另定" in await said(chat, SECRETARY, "党费政策")


async def test_only_the_secretary_decides(chat: Dialogue) -> None:
    for person in (KEEPER, "周海"):
        assert "需要书记" in await said(chat, person, "党费政策 农民 0.5 原因 支部研究")


async def test_in_the_group_it_is_answered_in_private(chat: Dialogue) -> None:
    assert await chat.group(SECRETARY, "党费政策") == []
    seen = await chat.group(SECRETARY, "@支部机器人 党费政策")
    assert chat.in_group(seen) == []
