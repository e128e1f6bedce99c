"""党小组 inside a branch, as a secretary and members meet them."""

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import said

BOSS = "王秀英"


async def two_groups(chat: Dialogue) -> None:
    await chat.private(BOSS, "建党小组 第一小组")
    await chat.pass_time(minutes=1)
    await chat.private(BOSS, "建党小组 第二小组")
    await chat.private(BOSS, "李小山、周海 到 第一小组")


async def test_a_secretary_makes_groups_and_a_member_sees_their_own(chat: Dialogue) -> None:
    assert "还没有分党小组" in await said(chat, "李小山", "党小组")
    assert "第一小组建好了" in await said(chat, BOSS, "建党小组 第一小组")
    await chat.private(BOSS, "建党小组 第二小组")
    assert "分到第一小组 2 人：李小山、周海" in await said(chat, BOSS, "李小山、周海 到 第一小组")
    assert await said(chat, "李小山", "党小组") == "您在第一小组，共 2 人：李小山、周海"
    assert "您还没有分到党小组" in await said(chat, "吴芳", "党小组")
    seen = await said(chat, BOSS, "党小组")
    assert "第一小组（2 人）：李小山、周海" in seen
    assert "第二小组（0 人）：还没有人" in seen
    assert "还没分的 4 人" in seen
    assert "党小组：第一小组" in await said(chat, "李小山", "我的")
    assert "第二小组" in await said(chat, "李小山", "组织架构")


@pytest.mark.parametrize(
    "words", ["吴芳到第1小组", "把吴芳分到一组", "吴芳 第一党小组", "put Wu Fang into 第一小组", "分党小组 吴芳 到 第一小组"]
)
async def test_a_group_is_found_however_it_is_written(chat: Dialogue, words: str) -> None:
    await two_groups(chat)
    if words == "吴芳 第一党小组":
        assert "请这样写" in await said(chat, BOSS, f"分党小组 {words}")
        return
    assert "分到第一小组 1 人：吴芳" in await said(chat, BOSS, words)


async def test_nobody_is_moved_unless_all_are_found(chat: Dialogue) -> None:
    await two_groups(chat)
    assert "没有叫这些名字的：张不在。谁都没有动" in await said(chat, BOSS, "吴芳、张不在 到 第一小组")
    assert "第一小组（2 人）" in await said(chat, BOSS, "党小组")
    assert "没有叫“第九小组”的党小组。现有：第一小组、第二小组" in await said(chat, BOSS, "吴芳 到 第九小组")


async def test_moving_somebody_is_undone(chat: Dialogue) -> None:
    await two_groups(chat)
    await chat.private(BOSS, "李小山、吴芳 到 第二小组")
    assert "第二小组（2 人）：李小山、吴芳" in await said(chat, BOSS, "党小组")
    assert await said(chat, BOSS, "撤销") == "好，党小组和原来一样。"
    seen = await said(chat, BOSS, "党小组")
    assert "第一小组（2 人）：李小山、周海" in seen
    assert "第二小组（0 人）" in seen


async def test_a_group_is_renamed_closed_and_both_are_undone(chat: Dialogue) -> None:
    await two_groups(chat)
    assert "第二小组现在叫城东小组" in await said(chat, BOSS, "党小组改名 第二小组 为 城东小组")
    await chat.private(BOSS, "撤销")
    assert "第二小组（0 人）" in await said(chat, BOSS, "党小组")
    assert "“第一小组”还有 2 人，不能撤销" in await said(chat, BOSS, "撤党小组 第一小组")
    assert "第二小组撤了" in await said(chat, BOSS, "撤党小组 第二小组")
    assert "第二小组" not in await said(chat, BOSS, "党小组")
    await chat.private(BOSS, "撤销")
    assert "第二小组（0 人）" in await said(chat, BOSS, "党小组")
    await chat.private(BOSS, "建党小组 第三小组")
    await chat.private(BOSS, "撤销")
    assert "第三小组" not in await said(chat, BOSS, "党小组")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("建党小组 第1组", "已经有“第一小组”了"),
        ("建党小组 a/b", "不能有斜线"),
        ("建党小组", "请写上名称"),
        ("撤党小组", "请写上是哪个小组"),
        ("撤党小组 城西小组", "没有叫“城西小组”的党小组"),
        ("党小组改名 第一小组", "请这样写"),
        ("党小组改名 第一小组 为 第二小组", "已经有“第二小组”了"),
    ],
)
async def test_what_cannot_be_is_said(chat: Dialogue, words: str, why: str) -> None:
    await two_groups(chat)
    assert why in await said(chat, BOSS, words)


async def test_only_who_keeps_the_register_changes_groups(chat: Dialogue) -> None:
    await two_groups(chat)
    assert "需要" in await said(chat, "李小山", "建党小组 我的小组")
    assert "需要" in await said(chat, "李小山", "周海 到 第二小组")
    assert "分到第二小组 1 人：周海" in await said(chat, "赵国强", "周海 到 第二小组")


async def test_a_group_is_a_filter_for_who_sees_the_register(chat: Dialogue) -> None:
    await two_groups(chat)
    for name in ("第一小组", "第1组", "一组"):
        shown = await said(chat, BOSS, f"名册 {name}")
        assert "李小山" in shown, name
        assert "周海" in shown, name
        assert "陈建国" not in shown, name
    assert "李小山" not in await said(chat, BOSS, "名册 第九组")


async def test_among_people_it_is_talk(chat: Dialogue) -> None:
    assert await chat.group("李小山", "小明到第一小组") == []
    assert await chat.group("李小山", "党小组的活动挺好") == []


async def test_who_was_removed_is_in_no_group(chat: Dialogue) -> None:
    await two_groups(chat)
    await chat.private(BOSS, "移除 周海")
    await chat.press(BOSS, "对")
    assert "第一小组（1 人）：李小山" in await said(chat, BOSS, "党小组")


async def test_a_renaming_that_another_followed_is_not_taken_back(chat: Dialogue) -> None:
    await chat.private(BOSS, "建党小组 第一小组")
    await chat.private(BOSS, "党小组改名 第一小组 为 城东小组")
    await chat.private("赵国强", "党小组改名 城东小组 为 城西小组")
    assert "后来又有变化" in await said(chat, BOSS, "撤销")
    assert "城西小组" in await said(chat, BOSS, "党小组")
