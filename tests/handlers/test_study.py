"""Lessons on demand, as a member on a building site meets them."""

from pathlib import Path

import pytest

from tests.dialogue import Dialogue, Seen
from tests.lesson_folder import lesson, library

WHO = "李小山"


async def _last(chat: Dialogue, text: str, person: str = WHO) -> Seen:
    return (await chat.private(person, text))[-1]


async def test_the_lesson_of_today_comes_page_by_page_in_private(study: Dialogue) -> None:
    await study.pass_time(days=1)
    first = await _last(study, "今天学什么")
    assert first.text.startswith("【三分钟党课】从上海到南湖\n一大在上海开幕。\n出处：《示例手册》第一章")
    assert first.en.startswith("[Three-minute lesson] On founding\nThe congress opened in Shanghai.")
    assert first.buttons == ("学完了",)


async def test_a_longer_lesson_is_read_with_next_page_and_ends_with_done(study: Dialogue) -> None:
    await study.private(WHO, "找课 养猪")
    seen = [(await study.press(WHO, "看"))[-1]]
    while "下一页" in seen[-1].buttons:
        seen.append(await _last(study, "下一页"))
    assert len(seen) == 2
    assert [each.text.endswith(f"（{page}/2）") for page, each in enumerate(seen, 1)] == [True, True]
    assert "第七段" in seen[-1].text
    assert all(len(each.text) <= 200 and len(each.en) <= 450 for each in seen)
    assert (await _last(study, "学完了")).text == "好，记下学完了，只有您自己看得到。要不要 1 道题？"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("有没有养猪的课", "养猪先防病"),
        ("有没有关于欠薪的课？", "工资被拖欠怎么办"),
        ("想学种食用菌", "大棚里的食用菌"),
        ("找课 yangzhu", "养猪先防病"),
        ("找课 欠薪", "工资被拖欠怎么办"),
        ("/findlesson mushrooms", "大棚里的食用菌"),
        ("lessons about mushrooms", "大棚里的食用菌"),
    ],
)
async def test_a_word_of_two_characters_finds_its_lesson(study: Dialogue, said: str, found: str) -> None:
    seen = await _last(study, said)
    assert f"有一课讲这个：{found}（1 分钟）。" in seen.text
    assert seen.buttons == ("看",)
    assert found in (await _last(study, "好")).text


async def test_several_finds_are_offered_the_best_first(study: Dialogue, lessons: Path) -> None:
    lesson(lessons, "piglets", "小猪过冬", order=3, body="养猪的人最怕小猪受冻。", body_en="Piglets freeze.")
    await study.pass_time(minutes=2)
    seen = await _last(study, "找课 养猪")
    assert seen.buttons == ("养猪先防病", "小猪过冬")
    assert "小猪过冬" in (await _last(study, "第二个")).text


async def test_what_is_not_there_is_said(study: Dialogue) -> None:
    assert (await _last(study, "有没有养蜂的课")).text.startswith("课程库里还没有讲“养蜂”的课。")
    assert (await _last(study, "找课")).text.startswith("想学什么？")
    assert "还没有讲" in (await _last(study, "找课 ' OR 1=1 --")).text


async def test_topics_lead_to_series_and_lessons(study: Dialogue, lessons: Path) -> None:
    lesson(lessons, "welding", "焊工看火", series="安全手艺")
    await study.pass_time(minutes=2)
    topics = await _last(study, "课程")
    assert topics.buttons == ("党章党史", "打工维权", "实用手艺")
    assert (await study.press(WHO, "实用手艺"))[-1].buttons == ("安全手艺", "种养门道")
    assert (await study.press(WHO, "种养门道"))[-1].buttons == ("养猪先防病", "大棚里的食用菌")
    assert (await study.press(WHO, "大棚里的食用菌"))[-1].text.startswith("【三分钟党课】大棚里的食用菌")
    await study.private(WHO, "课程")
    assert (await study.press(WHO, "打工维权"))[-1].buttons == ("工资被拖欠怎么办",)


async def test_a_long_list_has_more(study: Dialogue, lessons: Path) -> None:
    for number in range(9):
        lesson(lessons, f"extra{number}", f"养鸭第{number}课", topic="health", series="健康", order=number + 1)
    await study.pass_time(minutes=2)
    await study.private(WHO, "课程")
    first = (await study.press(WHO, "健康"))[-1]
    assert len(first.buttons) == 9
    assert (await study.press(WHO, "更多"))[-1].buttons == ("养鸭第8课",)
    assert "养鸭第8课" in (await _last(study, "1")).text


async def test_what_was_pushed_and_not_read_can_be_caught_up_the_newest_first(study: Dialogue) -> None:
    assert (await _last(study, "补课")).text == "发过的课您都看过了。想多看，发“课程”。"
    await study.days_pass(3)
    seen = await _last(study, "补课")
    assert "有 3 课" in seen.text
    assert seen.buttons == ("养猪先防病", "工资被拖欠怎么办", "从上海到南湖")
    await study.press(WHO, "工资被拖欠怎么办")
    assert (await _last(study, "落下的课")).buttons == ("养猪先防病", "从上海到南湖")


async def test_one_goes_on_where_one_stopped(study: Dialogue) -> None:
    assert (await _last(study, "接着学")).text.startswith("没有看到一半的课")
    await study.private(WHO, "找课 养猪")
    await study.press(WHO, "看")
    await study.pass_time(days=1)
    assert (await _last(study, "接着学")).text.endswith("（2/2）")
    assert (await _last(study, "接着学")).text.startswith("没有看到一半的课")


async def test_the_short_version_of_the_lesson_at_hand_is_one_message(study: Dialogue) -> None:
    await study.private(WHO, "找课 养猪")
    await study.press(WHO, "看")
    seen = await _last(study, "短一点")
    assert (seen.text, seen.buttons) == ("养猪先防病，一句话说完。", ("学完了",))
    assert (await _last(study, "省流量版", "周海")).text == "从上海到南湖，一句话说完。"
    await study.private(WHO, "接着学")


async def test_where_there_is_no_recording_it_says_so_and_gives_the_short_text(study: Dialogue, lessons: Path) -> None:
    seen = await study.private(WHO, "能不能发语音的，船上看不了字")
    assert study.to(WHO, seen) == ["这一课没有语音，只有文字。短的在下面，可以请身边人念一念。", "从上海到南湖，一句话说完。"]
    (lessons / "party" / "founding.mp3").write_bytes(b"ID3sound")
    lesson(lessons, "founding", "从上海到南湖", topic="party", series="党史小课", audio="founding.mp3")
    await study.pass_time(minutes=2)
    heard = await _last(study, "听课")
    assert heard.text == "从上海到南湖，语音在这里。"
    assert heard.raw["file"]["name"] == "founding.mp3"


async def test_in_the_group_lessons_are_only_spoken_of_when_the_bot_is_spoken_to(study: Dialogue) -> None:
    for words in (
        "党课",
        "三分钟党课",
        "补课",
        "课程",
        "接着学",
        "短一点",
        "听课",
        "找课 养猪",
        "想学种食用菌",
        "有没有养猪的课",
        "今天学什么",
    ):
        assert await study.group(WHO, words) == [], words
    seen = await study.group(WHO, "@支部机器人 有没有养猪的课")
    assert study.in_group(seen) == []
    assert "养猪先防病" in study.to(WHO, seen)[0]


async def test_an_empty_library_is_said(chat: Dialogue) -> None:
    for words in ("党课", "课程", "短一点", "听课"):
        assert (await _last(chat, words)).text.startswith("课程库里还没有课。"), words


async def test_a_lesson_whose_file_is_gone_can_still_be_read_to_the_end(study: Dialogue, lessons: Path) -> None:
    await study.private(WHO, "找课 养猪")
    await study.press(WHO, "看")
    (lessons / "skills" / "pigs.md").unlink()
    await study.pass_time(minutes=2)
    assert (await study.press(WHO, "下一页"))[-1].text.endswith("（2/2）")
    assert "还没有讲“养猪”的课" in (await _last(study, "找课 养猪")).text
    library(lessons)


async def test_a_picture_comes_with_the_first_page(study: Dialogue, lessons: Path) -> None:
    (lessons / "pictures").mkdir()
    (lessons / "pictures" / "pig.png").write_bytes(b"\x89PNG")
    lesson(lessons, "pigs", "养猪先防病", picture="../pictures/pig.png")
    await study.pass_time(minutes=2)
    await study.private(WHO, "找课 养猪")
    assert (await study.press(WHO, "看"))[-1].raw["picture"]
    assert not (await _last(study, "下一页")).raw["picture"]


async def test_why_study_is_voluntary_is_said_with_the_lessons_source(study: Dialogue) -> None:
    await study.private(WHO, "课程")
    told = (await _last(study, "依据")).text
    assert "不打卡、不积分、不排名" in told
    assert "每一课都写着出处" in told
    await study.private(WHO, "党课")
    assert "从上海到南湖，出处：《示例手册》第一章" in (await _last(study, "依据")).text


async def test_english_readers_read_english(study: Dialogue) -> None:
    await study.private(WHO, "语言 English")
    assert (await _last(study, "/lesson")).en.startswith("[Three-minute lesson] On founding")
