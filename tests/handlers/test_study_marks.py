"""学完了, and what is kept of one's reading."""

from tests.dialogue import Dialogue, Seen

WHO = "李小山"


async def _pushed(study: Dialogue) -> Seen:
    seen = await study.pass_time(days=1)
    return next(each for each in seen if each.chat == study.group_id() and "党课" in each.text)


async def test_the_button_in_the_group_marks_it_in_private(study: Dialogue) -> None:
    post = await _pushed(study)
    seen = await study.press(WHO, "学完了", post)
    assert study.in_group(seen) == []
    assert study.to(WHO, seen) == ["好，记下学完了，只有您自己看得到。"]
    assert study.to(WHO, await study.press(WHO, "学完了", post)) == ["这一课您已经学完了，辛苦。"]
    assert study.to("周海", await study.press("周海", "学完了", post)) == ["好，记下学完了，只有您自己看得到。"]


async def test_a_mark_can_be_taken_back(study: Dialogue) -> None:
    post = await _pushed(study)
    await study.press(WHO, "学完了", post)
    assert study.to(WHO, await study.private(WHO, "撤销")) == ["好，“学完了”撤回了。"]
    assert study.to(WHO, await study.private(WHO, "删除我的学习记录")) == ["没有您的学习记录，不用删。"]
    await study.private(WHO, "党课")
    await study.press(WHO, "学完了", post)
    await study.private(WHO, "撤销")
    assert study.to(WHO, await study.private(WHO, "删除我的学习记录")) == ["已删除您 1 课的学习记录，课程照样能看。"]


async def test_what_is_kept_is_shown_to_oneself_and_deleted_on_a_word(study: Dialogue) -> None:
    post = await _pushed(study)
    await study.press(WHO, "学完了", post)
    await study.private(WHO, "找课 养猪")
    await study.press(WHO, "看")
    told = "".join(study.to(WHO, await study.private(WHO, "我的")))
    while "看过的课" not in told:
        told = "".join(study.to(WHO, await study.private(WHO, "下一页")))
    assert "看过的课（只有您看得到）：养猪先防病（2026-03-11）" in told
    assert "从上海到南湖（2026-03-11，学完了）" in told
    assert study.to(WHO, await study.private(WHO, "删除我的学习记录")) == ["已删除您 2 课的学习记录，课程照样能看。"]
    assert study.to(WHO, await study.private(WHO, "撤销")) == ["十分钟内没有能撤销的事，放心。"]


async def test_a_stranger_pressing_the_button_is_left_alone(study: Dialogue) -> None:
    post = await _pushed(study)
    assert await study.press("路人", "学完了", post) == []
