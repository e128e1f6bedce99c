"""The daily lesson: at its time on working days, once, caught up once after a stop, and in the night never."""

from datetime import UTC, datetime
from pathlib import Path

from bot.clock import BEIJING
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.lesson_folder import lesson

HEAD = "【三分钟党课】"


def _at(study: Dialogue, day: int, hour: int, minute: int = 0, month: int = 3) -> None:
    """Beijing's time in March 2026."""
    study.now = datetime(2026, month, day, hour, minute, tzinfo=BEIJING).astimezone(UTC)


async def _tick(study: Dialogue) -> list[str]:
    return [text for text in study.in_group(await study.pass_time(seconds=0)) if HEAD in text]


async def test_it_comes_at_half_past_seven_on_working_days_one_after_the_other(study: Dialogue) -> None:
    assert await _tick(study) == []
    _at(study, 11, 7, 25)
    assert await _tick(study) == []
    titles = []
    for day in range(11, 19):
        _at(study, day, 7, 30)
        for _ in range(2):
            titles += [(day, text.removeprefix(HEAD).split("\n")[0]) for text in await _tick(study)]
            study.now = study.now.replace(minute=35)
    assert titles == [
        (11, "从上海到南湖"),
        (12, "工资被拖欠怎么办"),
        (13, "养猪先防病"),
        (16, "大棚里的食用菌"),
        (17, "从上海到南湖"),
        (18, "工资被拖欠怎么办"),
    ]


async def test_the_message_has_the_first_page_and_two_buttons_and_the_rest_comes_in_private(study: Dialogue) -> None:
    await study.private("王秀英", "排课 加 养猪")
    seen = await study.pass_time(days=1)
    post = next(each for each in seen if each.text.startswith(HEAD))
    assert post.buttons == ("看全文", "学完了")
    rest = await study.press("李小山", "看全文", post)
    assert study.in_group(rest) == []
    assert study.to("李小山", rest)[0].endswith("（2/2）")
    assert len(post.text) <= 200


async def test_a_short_stop_is_caught_up_once(study: Dialogue) -> None:
    _at(study, 11, 15)
    assert len(await _tick(study)) == 1
    assert await _tick(study) == []


async def test_after_a_long_stop_one_lesson_comes_and_the_curator_hears_of_the_others(study: Dialogue) -> None:
    _at(study, 18, 9)
    seen = await study.pass_time(seconds=0)
    assert len([text for text in study.in_group(seen) if HEAD in text]) == 1
    told = study.to("王秀英", seen)
    assert len(told) == 1
    assert "停机期间有 5 天的党课没发" in told[0]


async def test_what_is_late_by_more_than_a_day_is_passed_over(study: Dialogue) -> None:
    _at(study, 15, 12)
    seen = await study.pass_time(seconds=0)
    assert study.in_group(seen) == []
    assert "停机期间有 3 天的党课没发" in study.to("王秀英", seen)[0]
    _at(study, 16, 7, 30)
    assert (await _tick(study))[0].startswith(f"{HEAD}从上海到南湖")


async def test_at_night_nothing_is_caught_up_and_in_the_morning_only_what_is_not_followed_by_the_days_own(study: Dialogue) -> None:
    _at(study, 11, 23)
    assert await _tick(study) == []
    _at(study, 12, 6, 55)
    assert await _tick(study) == []
    _at(study, 12, 7, 0)
    seen = await study.pass_time(seconds=0)
    assert study.in_group(seen) == []
    assert "停机期间有 1 天的党课没发" in study.to("王秀英", seen)[0]
    _at(study, 12, 7, 30)
    assert len(await _tick(study)) == 1
    _at(study, 13, 23)
    assert await _tick(study) == []
    _at(study, 14, 7)
    assert len(await _tick(study)) == 1


async def test_a_clock_that_was_a_year_ahead_does_not_silence_the_lessons(study: Dialogue) -> None:
    _at(study, 11, 8)
    assert len(await _tick(study)) == 1
    study.now = study.now.replace(year=2027)
    await study.pass_time(hours=2)
    await study.pass_time(hours=2)
    _at(study, 11, 9)
    assert await _tick(study) == []
    _at(study, 11, 11)
    assert await _tick(study) == []
    _at(study, 12, 8)
    assert len(await _tick(study)) == 1


async def test_a_public_holiday_has_no_lesson_and_a_weekend_that_is_worked_has_one(study: Dialogue) -> None:
    _at(study, 30, 9, month=4)
    await _tick(study)
    days = []
    for day in range(1, 12):
        _at(study, day, 8, month=5)
        days += [day for _ in await _tick(study)]
    assert days == [6, 7, 8, 9, 11]


async def test_a_dated_lesson_waits_for_its_day_and_a_new_one_goes_before_old_ones(study: Dialogue, lessons: Path) -> None:
    lesson(lessons, "spring", "植树节的来历", topic="party", date="2026-03-12")
    titles = []
    for day in (11, 12, 13, 16, 17):
        _at(study, day, 8)
        titles += [text.removeprefix(HEAD).split("\n")[0] for text in await _tick(study)]
    assert titles == ["从上海到南湖", "植树节的来历", "工资被拖欠怎么办", "养猪先防病", "大棚里的食用菌"]
    lesson(lessons, "bees", "养蜂", order=9)
    _at(study, 18, 8)
    await _tick(study)
    _at(study, 19, 8)
    assert (await _tick(study))[0].startswith(f"{HEAD}养蜂")


async def test_a_branch_without_a_group_or_lessons_hears_nothing(study: Dialogue, chat: Dialogue) -> None:
    async def unbind(work: UnitOfWork) -> None:
        for each in await work.chats.of_branch():
            work.chats.unbind(each.key)

    await study.in_branch(unbind)
    assert await study.pass_time(days=1) == []
    await chat.pass_time(seconds=0)
    assert await chat.days_pass(3) == []


async def test_an_answer_to_the_lesson_is_said_to_the_group_and_not_to_the_bot(study: Dialogue) -> None:
    seen = await study.pass_time(days=1)
    post = next(each for each in seen if each.text.startswith(HEAD))
    assert await study.group("周海", "我爷爷当年也去过", reply_to=post.id) == []
    assert await study.group("周海", "想学养猪", reply_to=post.id) == []
