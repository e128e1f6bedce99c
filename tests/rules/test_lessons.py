"""What a lesson's file may say, and what is said of one that is wrong: always the line, never a guess."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.lessons import LAST, UNFIT, Fault, LessonText, parse
from tests.lesson_folder import LONG, LONG_EN, TEXT

GOOD = TEXT.format(
    title="养猪先防病",
    title_en="Pigs",
    topic="skills",
    series="种养门道",
    series_en="Farming",
    order=3,
    more="",
    body=LONG,
    body_en=LONG_EN,
)


def test_a_sound_lesson_is_read_as_it_stands() -> None:
    made = parse(GOOD)
    assert isinstance(made, LessonText)
    assert (made.title, made.topic, made.position, made.day, made.minutes) == ("养猪先防病", "skills", 3, None, 1)
    assert made.questions[0].options == ("先看", "先问")
    assert made.questions[0].answer == 1
    assert made.body.startswith("第一段")
    assert made.body_en.endswith("your time.")


def test_values_that_yaml_would_take_for_something_else_are_texts() -> None:
    made = parse(GOOD.replace("[先看, 先问]", "[30, yes]").replace("\norder: 3", "\ndate: 2026-07-01").replace("answer: B", "answer: b"))
    assert isinstance(made, LessonText)
    assert made.questions[0].options == ("30", "yes")
    assert (made.day, made.position) == (date(2026, 7, 1), LAST)


WRONG = [
    ("", 1, "there is no front matter"),
    ("只有正文", 1, "there is no front matter"),
    (GOOD.replace("---\n第一段", "第一段"), 1, "there is no front matter"),
    (GOOD + "x" * 70_000, 1, "larger than 64 KiB"),
    ("---\n- a\n---\n正文", 2, "not a list of “name: value”"),
    ("---\n---\n正文", 2, "not a list of “name: value”"),
    (
        GOOD.replace("title: 养猪先防病", "title: 养猪: 先防病"),
        2,
        "the front matter is broken: mapping values are not allowed here; put a value",
    ),
    (GOOD.replace("title: 养猪先防病", "title: [养猪"), 3, "the front matter is broken"),
    (GOOD.replace("title: 养猪先防病", "title: 养猪\x07"), 2, UNFIT),
    (GOOD.replace("title: 养猪先防病", "title: " + "[" * 20_000), 2, "nested too deeply"),
    (GOOD.replace("title: 养猪先防病", "? [title]\n: 养猪"), 2, "there is no “"),
    (GOOD.replace("  - ask: 应该怎么做？", "  - &a\n    ask: *a"), 14, "ask is not a text"),
    (GOOD.replace("title: 养猪先防病\n", ""), 2, "there is no title"),
    (GOOD.replace("title: 养猪先防病", "title: [养, 猪]"), 2, "title is not a text"),
    (GOOD.replace("title: 养猪先防病", f"title: {'猪' * 21}"), 2, "title has 21 characters, 20 at most"),
    (GOOD.replace("title: 养猪先防病", "titel: 养猪先防病"), 2, "there is no “titel”; there is audio"),
    (GOOD.replace("topic: skills", "topic: skills\ntopic: party"), 5, "“topic” is there twice"),
    (GOOD.replace("topic: skills", "topic: pigs"), 4, "topic is “pigs”; it should be one of party"),
    (GOOD.replace("order: 3", "order: 0"), 7, "order is “0”"),
    (GOOD.replace("order: 3", "order: 第一"), 7, "order is “第一”"),
    (GOOD.replace("order: 3\n", ""), 2, "there is no order and no date"),
    (GOOD.replace("order: 3", "date: 2026-02-30"), 7, "date is “2026-02-30”; it should be a day"),
    (GOOD.replace("minutes: 1", "minutes: 4"), 8, "minutes is “4”; it should be a number from 1 to 3"),
    (GOOD.replace("minutes: 1\n", ""), 2, "there is no minutes"),
    (GOOD.replace("source: 《示例手册》第一章\n", ""), 2, "there is no source"),
    (GOOD.replace("source: 《示例手册》第一章", "source:"), 9, "there is no source"),
    (GOOD.replace("short: 养猪先防病，一句话说完。", f"short: {'短' * 201}"), 11, "short has 201 characters, 200 at most"),
    (GOOD.replace("questions:", "picture: ../../../etc/passwd.png\nquestions:"), 13, "picture is “../../../etc/passwd.png”"),
    (GOOD.replace("questions:", "picture: pig.svg\nquestions:"), 13, "ending in .png or .jpg"),
    (GOOD.replace("questions:", "audio: /pig.mp3\nquestions:"), 13, "audio is “/pig.mp3”"),
    (GOOD[: GOOD.index("questions:")] + "questions:\n---\n正文\n<!-- en -->\nbody\n", 13, "there are no questions"),
    (GOOD[: GOOD.index("questions:")] + "questions: [怎么做]\n---\n正文\n<!-- en -->\nbody\n", 13, "a question is not a list"),
    (GOOD.replace("    answer: B\n", ""), 14, "there is no answer"),
    (GOOD.replace("answer: B", "answer: C"), 18, "answer is “C”; it should be a letter from A to B"),
    (GOOD.replace("answer: B", "answer: AB"), 18, "answer is “AB”"),
    (GOOD.replace("[先看, 先问]", "[先看, 先看]"), 16, "two of the options are the same"),
    (GOOD.replace("[先看, 先问]", "[先看]"), 16, "options are 1; 2 to 4 can be asked"),
    (GOOD.replace("[先看, 先问]", "[先看, 先问, 先想]"), 17, "there are 3 options and 2 options_en"),
    (GOOD.replace("[先看, 先问]", "[先看, [先问]]"), 16, "one of the options is no text"),
    (GOOD.replace("[先看, 先问]", f"[先看, {'问' * 21}]"), 16, "one of the options has more than 20 characters"),
    (GOOD.replace(LONG, "字" * 251), 22, "the body has 251 characters; 250 can be read"),
    (GOOD.replace(LONG, ""), 22, "there is no body"),
    (GOOD.replace("<!-- en -->\n", ""), 35, "there is no English body"),
]


@pytest.mark.parametrize(("text", "line", "message"), WRONG, ids=[message for _, _, message in WRONG])
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, message: str) -> None:
    faults = parse(text)
    assert isinstance(faults, list)
    assert any(message in each.message and each.line == line for each in faults), faults


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_lines() -> None:
    faults = parse(GOOD.replace("topic: skills", "topic: x").replace("answer: B", "answer: D").replace("minutes: 1", "minutes: 9"))
    assert isinstance(faults, list)
    assert [each.line for each in faults] == [4, 8, 18]


@given(st.text(max_size=200), st.integers(0, len(GOOD)))
def test_any_text_is_a_lesson_or_has_faults(noise: str, at: int) -> None:
    for text in (noise, GOOD[:at] + noise + GOOD[at:]):
        made = parse(text)
        assert isinstance(made, LessonText) or (made and all(isinstance(each, Fault) and each.line >= 1 for each in made))


def test_a_picture_and_a_recording_stand_beside_the_lesson() -> None:
    made = parse(GOOD.replace("questions:", "picture: ../pictures/pig.png\naudio: pig.mp3\nquestions:"))
    assert isinstance(made, LessonText)
    assert (made.picture, made.audio) == ("../pictures/pig.png", "pig.mp3")


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\ud800"])
def test_a_sign_that_no_text_has_is_a_fault_where_it_stands(sign: str) -> None:
    assert parse(GOOD.replace("春天到了", f"春天{sign}到了", 1)) == [Fault(GOOD[: GOOD.index("春天到了")].count("\n") + 1, UNFIT)]


@pytest.mark.parametrize("spelt", ["\\0", "\\a", "\\e", "\\ud800"])
def test_quoted_yaml_cannot_spell_such_a_sign_either(spelt: str) -> None:
    assert parse(GOOD.replace("title: 养猪先防病", f'title: "养{spelt}猪"')) == [Fault(2, f"title: {UNFIT}")]
    faults = parse(GOOD.replace("[先看, 先问]", f'["先{spelt}看", 先问]'))
    assert isinstance(faults, list)
    assert [each.message for each in faults] == [f"options: {UNFIT}"]
