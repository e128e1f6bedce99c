"""学完了 and 删除我的学习记录, as people meet them."""

from datetime import timedelta

import pytest

from bot.services import training
from bot.services.people import actor_of
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.reading import read


async def _said(chat: Dialogue, text: str, person: str = "李小山") -> str:
    return "\n".join(chat.to(person, await chat.private(person, text)))


async def _post(chat: Dialogue, lesson: str) -> None:
    async def post(work: UnitOfWork) -> None:
        work.studies.post(lesson, chat.now.date())

    await chat.in_branch(post)


async def test_done_in_private_is_the_lesson_read_last_and_offers_one_question(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    assert await _said(study, "学完了") == "好，记下学完了，只有您自己看得到。要不要 1 道题？"
    seen = await study.private("李小山", "好")
    assert study.to("李小山", seen) == ["应该怎么做？\nA 先看\nB 先问"]
    assert seen[-1].buttons == ("A", "B", "跳过")


async def test_declining_is_as_well(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    await study.private("李小山", "学完了")
    assert "想做的时候" in await _said(study, "不用")


async def test_in_the_group_only_a_mark_is_seen_and_the_rest_is_private(study: Dialogue) -> None:
    await _post(study, "pigs")
    seen = await study.group("李小山", "学完了")
    assert study.in_group(seen) == []
    assert study.to("李小山", seen) == ["好，记下学完了，只有您自己看得到。要不要 1 道题？"]


async def test_without_a_lesson_lately_talk_in_the_group_stays_unanswered_and_private_asks_which(study: Dialogue) -> None:
    assert await study.group("李小山", "学完了") == []
    assert "是哪一课" in await _said(study, "学完了")
    await _post(study, "pigs")
    study.now += timedelta(days=2)
    assert await study.group("李小山", "学完了") == []


async def test_done_twice_is_once_and_can_be_undone(study: Dialogue) -> None:
    await read(study, "李小山", "pigs", done=True)
    assert "已经学完了" in await _said(study, "学完了")
    await study.private("李小山", "不用")
    assert await _said(study, "撤销") == "好，“学完了”撤回了。"


async def test_a_lesson_whose_question_has_been_answered_offers_none(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    for words in ("学完了", "好", "B"):
        await study.private("李小山", words)
    assert await _said(study, "学完了") == "这一课您已经学完了，辛苦。"


async def test_a_question_without_a_right_answer_reaches_nobody_and_the_curator_is_told_once(study: Dialogue) -> None:
    await study.join("沈国栋", "member", "curator")

    async def spoil(work: UnitOfWork) -> None:
        lesson = await work.lessons.get("pigs")
        assert lesson is not None
        broken = [{**each, "answer": None} for each in lesson.content["questions"]]
        lesson.content["questions"] = broken
        work.lessons.put(lesson, heading="养猪", words="养猪")

    await study.in_branch(spoil)
    await read(study, "李小山", "pigs")
    seen = await study.private("李小山", "学完了")
    assert study.to("李小山", seen) == ["好，记下学完了，只有您自己看得到。"]
    assert study.to("沈国栋", seen) == ["《养猪先防病》第 1 题没有正确答案，没有发给任何人，请改课程文件。"]
    assert study.to("沈国栋", await study.private("李小山", "学完了")) == []
    assert "还没有能考您的题" in await _said(study, "考我几道题")


async def test_everything_about_ones_study_is_deleted_after_a_yes(study: Dialogue) -> None:
    await read(study, "李小山", "pigs", "wages", done=True)
    for words in ("考我几道题", "B", "B", "我学了2小时 夜校", "每天一题"):
        await study.private("李小山", words)
    assert "都留着" in await _said(study, "删除我的学习记录") + await _said(study, "取消")
    await study.private("李小山", "删除我的学习记录")
    assert await _said(study, "都删") == "已删除：2 课、2 道题、1 条学时。课程照样能看。"

    async def left(work: UnitOfWork) -> list[object]:
        member = study.members["李小山"]
        return [*await work.review_cards.of(member), *await work.review_cards.daily(), *await work.studies.seen_by(member)]

    assert await study.in_branch(left) == []
    assert await _said(study, "删除我的学习记录") == "没有您的学习记录，不用删。"


async def test_deleting_is_asked_in_private_only(study: Dialogue) -> None:
    assert await study.group("李小山", "删除我的学习记录") == []


async def _pushed(study: Dialogue) -> Seen:
    seen = await study.pass_time(days=1)
    return next(each for each in seen if each.chat == study.group_id() and "党课" in each.text)


async def test_the_button_in_the_group_marks_it_in_private(study: Dialogue) -> None:
    post = await _pushed(study)
    seen = await study.press("李小山", "学完了", post)
    assert study.in_group(seen) == []
    assert study.to("李小山", seen) == ["好，记下学完了，只有您自己看得到。要不要 1 道题？"]
    assert "已经学完了" in study.to("李小山", await study.press("李小山", "学完了", post))[0]
    assert "记下学完了" in study.to("周海", await study.press("周海", "学完了", post))[0]


async def test_a_mark_taken_back_leaves_what_was_read_before(study: Dialogue) -> None:
    post = await _pushed(study)
    await study.press("李小山", "学完了", post)
    await study.private("李小山", "不用")
    assert await _said(study, "撤销") == "好，“学完了”撤回了。"
    assert await study.in_branch(lambda work: work.studies.seen_by(study.members["李小山"])) == []
    await study.private("李小山", "党课")
    await study.press("李小山", "学完了", post)
    await study.private("李小山", "不用")
    await study.private("李小山", "撤销")
    [left] = await study.in_branch(lambda work: work.studies.seen_by(study.members["李小山"]))
    assert left.done_at is None


async def test_what_is_kept_is_shown_to_oneself(study: Dialogue) -> None:
    post = await _pushed(study)
    await study.press("李小山", "学完了", post)
    seen, told = await study.private("李小山", "我的"), ""
    while "下一页" in seen[-1].buttons:
        told += "".join(study.to("李小山", seen))
        seen = await study.private("李小山", "下一页")
    assert "看过的课（只有您看得到）：从上海到南湖（2026-03-11，学完了）" in told + "".join(study.to("李小山", seen))


async def test_a_stranger_pressing_the_button_is_left_alone(study: Dialogue) -> None:
    post = await _pushed(study)
    assert await study.press("路人", "学完了", post) == []


@pytest.mark.parametrize("deleted", [True, False])
async def test_deleting_is_final_only_where_there_was_something(study: Dialogue, *, deleted: bool) -> None:
    await _said(study, "我学了2小时 夜校")
    await study.private("李小山", "删除我的学习记录")
    if not deleted:
        await _forgotten_elsewhere(study)
    await study.private("李小山", "签到")
    assert ("0 条学时" in "".join(study.to("李小山", await study.press("李小山", "都删")))) is not deleted
    assert (await _said(study, "撤销") == "好，今天的报平安撤回了。") is not deleted


async def _forgotten_elsewhere(study: Dialogue) -> None:
    async def forget(work: UnitOfWork) -> None:
        member = await work.members.get(study.members["李小山"])
        assert member
        await training.forget(work, actor_of(member))

    await study.in_branch(forget)
