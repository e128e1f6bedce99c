"""我的学时 and 补录 学习, as people meet them."""

import pytest

from tests.dialogue import Dialogue
from tests.reading import read


async def _said(chat: Dialogue, text: str, person: str = "周海") -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def test_lessons_own_statements_and_entries_add_up_for_oneself(study: Dialogue) -> None:
    await read(study, "周海", "pigs", "wages", done=True)
    assert "记下 120 分钟" in await _said(study, "我学了2小时 夜校")
    assert await _said(study, "补录 周海 学习 2学时 党员大会", "王秀英") == "好，已补录学习 90 分钟。只有本人看得到明细。"
    told = await _said(study, "我的学时")
    assert "2026 年您学了 4.7 学时（1 学时 45 分钟），要求一般不少于 32" in told
    assert "三分钟党课 2 课，共 2 分钟" in told
    assert "夜校 2.6 学时（自己报的）" in told
    assert "党员大会 2 学时（支部补录）" in told


async def test_a_committee_member_has_the_higher_target(study: Dialogue) -> None:
    assert "不少于 56" in await _said(study, "我的学时", "王秀英")


async def test_the_curator_may_enter_and_others_may_not(study: Dialogue) -> None:
    await study.join("沈国栋", "member", "curator")
    assert "已补录学习 90 分钟" in await _said(study, "补录 周海 学习 2学时 党员大会", "沈国栋")
    assert "书记" in await _said(study, "补录 周海 学习 2学时 党员大会", "李小山")
    assert "需要" in await _said(study, "补录 周海 联系过", "沈国栋")


async def test_the_branch_sees_a_total_of_three_or_more_and_no_names(study: Dialogue) -> None:
    for person in ("周海", "吴芳"):
        await study.private(person, "我学了2学时 夜校")
    assert await _said(study, "支部学时") == "2026 年有记录的不足 3 人，不显示总数。"
    await study.private("李小山", "我学了1学时")
    told = await _said(study, "支部学时", "王秀英")
    assert "3 位同志共学了 5 学时" in told
    assert "周海" not in told


async def test_each_is_undone_by_who_did_it(study: Dialogue) -> None:
    await study.private("周海", "我学了2小时 夜校")
    assert await _said(study, "撤销") == "好，那条学时撤回了。"
    await study.private("王秀英", "补录 周海 学习 2学时 党员大会")
    assert await _said(study, "撤销", "王秀英") == "好，那条学时撤回了。"
    assert "您学了 0 学时" in await _said(study, "我的学时")


async def test_what_the_member_deleted_cannot_be_undone_again(study: Dialogue) -> None:
    await study.private("王秀英", "补录 周海 学习 2学时 党员大会")
    await study.private("周海", "删除我的学习记录")
    await study.private("周海", "都删")
    assert "没有能撤销的事" in await _said(study, "撤销", "王秀英")


@pytest.mark.parametrize("words", ["我学了0小时", "我学了13小时 夜校", "我学了 很多"])
async def test_times_that_cannot_be_are_said_and_nothing_is_noted(study: Dialogue, words: str) -> None:
    assert "像这样写" in await _said(study, words)
    assert "您学了 0 学时" in await _said(study, "我的学时")


async def test_a_new_year_begins_at_nothing(study: Dialogue) -> None:
    await study.private("周海", "我学了2小时 夜校")
    await study.pass_time(days=310)
    assert "2027 年您学了 0 学时" in await _said(study, "我的学时")
    await study.pass_time(days=366)
    await study.pass_time(hours=2)  # a clock that leaps by a year is not believed for an hour
    assert await study.in_branch(lambda work: work.study_times.forget(study.members["周海"])) == 0


@pytest.mark.parametrize("words", ["我的学时", "支部学时", "我学了2小时 夜校"])
async def test_talk_in_the_group_is_left_alone(study: Dialogue, words: str) -> None:
    assert await study.group("周海", words) == []


async def test_the_rule_behind_the_target_is_told_with_what_is_not_certain(study: Dialogue) -> None:
    await study.private("周海", "我的学时")
    told = await _said(study, "依据")
    assert "党员教育管理工作条例" in told
    assert "45 分钟" in told
