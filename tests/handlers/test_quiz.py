"""考我几道题、复习、每天一题, as people meet them."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.clock import beijing_day
from bot.rules import repetition
from storage.review_cards import Card
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen
from tests.reading import ask_again, read

ASKED = "应该怎么做？\nA 先看\nB 先问"


async def _said(chat: Dialogue, text: str, person: str = "李小山") -> list[str]:
    return chat.to(person, await chat.private(person, text))


async def test_right_tells_why_and_when_it_comes_back(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    assert await _said(study, "考我几道题") == [ASKED]
    assert await _said(study, "Ｂ") == ["对。手册这样写。\n出处：《示例手册》第一章\n这题过 3 天再见；只有您自己看得到。"]


async def test_wrong_today_is_seen_again_tomorrow_and_then_later(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    await study.private("李小山", "考我几道题")
    assert await _said(study, "A") == ["不是这个，应该是“B 先问”。手册这样写。\n出处：《示例手册》第一章\n这题明天再见；只有您自己看得到。"]
    assert "今天没有要复习的题" in (await _said(study, "复习"))[0]
    await study.pass_time(days=1)
    assert await _said(study, "复习") == [ASKED]
    [told] = await _said(study, "第二个")
    assert told.startswith("对。")
    await study.pass_time(days=1)
    assert "今天没有要复习的题" in (await _said(study, "复习"))[0]
    await study.pass_time(days=20)
    assert await _said(study, "复习") == [ASKED]


@pytest.mark.parametrize("words", ["B", "b", "Ｂ", "选B", "我选B", "第二个", "②", "B.", "2", "先问"])
async def test_an_answer_is_understood_however_it_is_typed(study: Dialogue, words: str) -> None:
    await read(study, "李小山", "pigs")
    await study.private("李小山", "考我几道题")
    assert (await _said(study, words))[0].startswith("对。")


async def test_a_button_answers_and_nobody_elses_does(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    asked = (await study.private("李小山", "考我几道题"))[-1]
    assert study.to("周海", await study.press("周海", "B", asked)) == []
    assert study.to("李小山", await study.press("李小山", "B", asked))[0].startswith("对。")
    assert "这个按钮已经用过" in study.to("李小山", await study.press("李小山", "B", asked))[0]


async def _true_or_false(study: Dialogue) -> None:
    async def change(work: UnitOfWork) -> None:
        lesson = await work.lessons.get("pigs")
        assert lesson is not None
        question = {"ask": "党费按月交。", "ask_en": "Dues are paid monthly.", "options": ["对", "错"], "options_en": ["true", "false"]}
        lesson.content["questions"] = [{**question, "answer": 0, "why": "第十条。", "why_en": "Art. 10."}]
        work.lessons.put(lesson, heading="x", words="x")

    await study.in_branch(change)
    await read(study, "李小山", "pigs")


@pytest.mark.parametrize(("words", "right"), [("对", True), ("应该是对的吧", True), ("没错", True), ("错", False), ("我觉得不对", False)])
async def test_true_or_false_is_answered_in_ones_own_words(study: Dialogue, words: str, right: bool) -> None:
    await _true_or_false(study)
    assert await _said(study, "考我几道题") == ["党费按月交。"]
    [told] = await _said(study, words)
    assert told.startswith("对。第十条。" if right else "不是这个，应该是“对”。第十条。")


async def test_several_follow_each_other_and_one_may_be_skipped(study: Dialogue) -> None:
    await read(study, "李小山", "pigs", "wages", "founding", "mushrooms")
    assert await _said(study, "考我") == [ASKED]
    told = await _said(study, "B")
    assert told[1] == ASKED
    assert (await _said(study, "不知道"))[0] == "好，这题先放着。"
    [last] = await _said(study, "B")
    assert last.startswith("对。")
    assert await _said(study, "考我几道题") == [ASKED]


async def test_something_else_in_between_is_no_answer(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    await study.private("李小山", "考我几道题")
    await study.pass_time(minutes=1)
    assert "收到，一路平安" in (await _said(study, "签到"))[0]
    assert "没看懂" in (await _said(study, "B"))[0]


async def test_a_changed_question_keeps_its_card_only_with_the_same_answer(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    await study.private("李小山", "考我几道题")
    await study.private("李小山", "A")

    async def change(work: UnitOfWork, **values: object) -> None:
        lesson = await work.lessons.get("pigs")
        assert lesson is not None
        lesson.content["questions"] = [{**lesson.content["questions"][0], **values}]
        work.lessons.put(lesson, heading="x", words="x")

    await study.in_branch(change, ask="那应该怎么办？")
    await study.pass_time(days=1)
    assert (await _said(study, "复习"))[0].startswith("那应该怎么办？")
    await study.in_branch(change, answer=0)
    assert "好，这题先放着" in (await _said(study, "A"))[0]
    assert "今天没有要复习的题" in (await _said(study, "复习"))[0]
    assert (await _said(study, "考我几道题"))[0].startswith("那应该怎么办？")


async def test_a_lesson_that_is_gone_asks_nothing(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    await study.private("李小山", "考我几道题")
    await study.private("李小山", "A")
    await study.in_branch(lambda work: work.lessons.remove_others(["wages"]))
    await study.pass_time(days=1)
    assert "今天没有要复习的题" in (await _said(study, "复习"))[0]
    assert await study.in_branch(lambda work: work.review_cards.of(study.members["李小山"])) == []


async def _owe(study: Dialogue, count: int) -> None:
    """So many questions of one lesson came due long ago."""

    async def fill(work: UnitOfWork) -> None:
        lesson = await work.lessons.get("pigs")
        assert lesson is not None
        lesson.content["questions"] = [{**lesson.content["questions"][0], "ask": f"第 {each} 题？"} for each in range(count)]
        work.lessons.put(lesson, heading="x", words="x")
        today = beijing_day(work.now)
        for each in range(count):
            state = repetition.review(None, work.now - timedelta(days=70), right=True).state
            work.review_cards.put(
                study.members["李小山"], Card("pigs", each, "先问", state, today - timedelta(days=60 - each), today - timedelta(days=70), 1)
            )

    await study.in_branch(fill)


async def test_sixty_days_away_with_forty_due_is_three_a_day_and_none_is_lost(study: Dialogue) -> None:
    await _owe(study, 40)
    for _ in range(2):
        asked = await _said(study, "复习")
        for _ in range(3):
            assert asked[-1].startswith("第 ")
            asked = await _said(study, "B")
        assert len(asked) == 1
        assert "今天没有要复习的题" in (await _said(study, "复习"))[0]
        await study.pass_time(days=1)

    cards = await study.in_branch(lambda work: work.review_cards.of(study.members["李小山"]))
    assert len(cards) == 40
    today = beijing_day(study.now)
    waiting = [each.due for each in cards if each.times == 1]
    assert len(waiting) == 34
    assert all(day >= today for day in waiting)
    assert max(Counter(waiting).values()) == 3


async def _day(study: Dialogue) -> list[Seen]:
    seen: list[Seen] = []
    for _ in range(6):
        seen += await study.pass_time(hours=4)
    return seen


async def test_a_daily_question_comes_only_to_who_wants_one_and_a_letter_answers_it(study: Dialogue) -> None:
    await read(study, "李小山", "pigs", "wages")
    await read(study, "周海", "pigs")
    assert ASKED not in study.to("李小山", await _day(study))
    await ask_again(study, "李小山")
    assert "每天中午" in (await _said(study, "每天一题"))[0]
    seen = await study.pass_time(hours=4)
    assert study.to("李小山", seen) == [ASKED]
    assert ASKED not in study.to("周海", seen)
    assert (await _said(study, "B"))[0].startswith("对。")
    await study.private("李小山", "停每天一题")
    assert ASKED not in study.to("李小山", await _day(study))


async def test_wanting_one_a_day_can_be_undone(study: Dialogue) -> None:
    await study.private("李小山", "每天一题")
    assert await _said(study, "撤销") == ["好，改回原来的了。"]
    assert await study.in_branch(lambda work: work.review_cards.daily()) == []


@pytest.mark.parametrize("words", ["考我几道题", "复习", "每天一题", "停每天一题"])
async def test_talk_in_the_group_is_left_alone(study: Dialogue, words: str) -> None:
    assert await study.group("李小山", words) == []


async def test_asked_in_the_group_by_name_the_question_is_private(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    seen = await study.group("李小山", "@支部机器人 考我几道题")
    assert study.in_group(seen) == []
    assert study.to("李小山", seen) == [ASKED]


async def test_a_lesson_over_days_missed_caught_up_answered_wrong_and_seen_again(study: Dialogue) -> None:
    """The whole way, only by what a member types."""
    await study.days_pass(2)
    assert "还没看的有 2 课" in (await _said(study, "补课"))[0]
    await study.private("李小山", "1")
    assert "记下学完了" in (await _said(study, "学完了"))[0]
    assert await _said(study, "好") == [ASKED]
    assert (await _said(study, "A"))[0].startswith("不是这个")
    await study.pass_time(days=1)
    assert await _said(study, "复习") == [ASKED]
    assert "这题过" in (await _said(study, "B"))[0]
    await study.pass_time(days=30)
    assert await _said(study, "复习") == [ASKED]
    told = "\n".join(each["text"]["zh"] for each in study.shown if each["chat"] == study.group_id())
    assert "李小山" not in told
    assert "答" not in told.replace("答疑", "")


async def test_the_same_question_twice_on_a_day_is_one_answer(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    first = (await study.private("李小山", "考我几道题"))[-1]
    await study.pass_time(minutes=1)
    await study.private("李小山", "签到")
    second = (await study.private("李小山", "考我几道题"))[-1]
    assert study.to("李小山", await study.press("李小山", "A", first))[0].startswith("不是这个")
    assert study.to("李小山", await study.press("李小山", "B", second))[0].startswith("对。")
    [card] = await study.in_branch(lambda work: work.review_cards.of(study.members["李小山"]))
    assert card.times == 1
    assert (card.due - card.answered_on).days == 1


async def test_after_the_lesson_is_gone_an_open_question_leads_nowhere(study: Dialogue) -> None:
    await read(study, "李小山", "pigs", "wages")
    asked = (await study.private("李小山", "考我几道题"))[-1]

    async def spoil(work: UnitOfWork) -> None:
        for name in ("pigs", "wages"):
            lesson = await work.lessons.get(name)
            assert lesson is not None
            lesson.content["questions"] = []
            work.lessons.put(lesson, heading="x", words="x")

    await study.in_branch(spoil)
    assert study.to("李小山", await study.press("李小山", "B", asked)) == ["好，这题先放着。\n\n今天就到这儿，辛苦了。"]
    assert "还没有能考您的题" in (await _said(study, "考我几道题"))[0]


async def test_a_long_explanation_still_fits_one_message(study: Dialogue) -> None:
    async def change(work: UnitOfWork, why: str, source: str) -> None:
        lesson = await work.lessons.get("pigs")
        assert lesson is not None
        lesson.content["questions"] = [{**lesson.content["questions"][0], "why": why}]
        lesson.content["source"] = source
        work.lessons.put(lesson, heading="x", words="x")

    for why, source, tail in (
        ("因" * 110, "源" * 65, "过 3 天再见。"),
        ("因" * 110, "源" * 90, "只有您自己看得到。"),
        ("因" * 190, "源", "因"),
    ):
        await study.in_branch(change, why, source)
        await read(study, "李小山", "pigs")
        await study.private("李小山", "考我几道题")
        [told] = await _said(study, "B")
        assert len(told) <= 200
        assert told.endswith(tail)
        await study.in_branch(lambda work: work.review_cards.forget(study.members["李小山"]))


async def test_enough_ends_the_question_kindly_and_what_one_knows_is_told_without_a_score(study: Dialogue) -> None:
    await read(study, "李小山", "pigs")
    await study.private("李小山", "考我几道题")
    assert await _said(study, "不做了") == ["好，不做了，歇着吧。想做的时候发“考我几道题”。"]
    assert await _said(study, "B") != ["对。"]
    assert await _said(study, "下一题") == [ASKED]
    await _said(study, "B")
    for words in ("我学了什么", "我会了多少", "我答对几道"):
        [told] = await _said(study, words)
        assert told.startswith("您看过 1 课，答过 1 道题，")
        assert "不打分" in told
    assert await study.group("李小山", "不做了") == []
