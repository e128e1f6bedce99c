"""What people say about lessons."""

import pytest

from bot.language.study_words import Order, Ordered, asks_for_plan, cannot_read, days, is_off, ordered, pausing, study_days, wanted, weekday


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("有没有养猪的课", "养猪"),
        ("请问有没有关于欠薪的课程吗？", "欠薪"),
        ("有没得焊工安全方面的课", "焊工安全"),
        ("有讲工伤的课吗", "工伤"),
        ("想学种食用菌", "种食用菌"),
        ("我也想学养猪技术", "养猪"),
        ("我想学一下怎么养鸡", "养鸡"),
        ("any lessons about pigs?", "pigs"),
        ("I want to learn about wages", "wages"),
    ],
)
def test_what_somebody_wants_to_learn(said: str, topic: str) -> None:
    assert wanted(said) == topic


@pytest.mark.parametrize(
    "said",
    [
        "有没有课", "我不想学养猪", "想学车", "我想学驾照", "孩子想学画画", "有没有人去上课", "我想学可是没时间", "今天真冷",
        "我老婆在深圳",
        "学习体会怎么写", "有没有上门的活", "想学什么都行", "想学的太多了，先说别的", "有没有" + "养" * 40 + "的课", "学完了",
        "有没有焊工的活", "党费的事回头再说", "想学",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it(said: str) -> None:
    assert wanted(said) is None


def test_somebody_who_cannot_read_now_asks_for_the_spoken_version() -> None:
    for said in ("能不能发语音的，船上看不了字", "党课有没有语音的", "这课能念给我听吗", "有没有课的录音", "我看不了字"):
        assert cannot_read(said) == "", said
    for said in ("发个语音给老王", "我发语音了", "能不能发快一点", "看不清路", "语" * 50):
        assert cannot_read(said) is None, said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3 到第1个", Ordered(Order.MOVE, 3, 1)),
        ("第三个移到第一个", Ordered(Order.MOVE, 3, 1)),
        ("把2提到1", Ordered(Order.MOVE, 2, 1)),
        ("move 4 to 2", Ordered(Order.MOVE, 4, 2)),
        ("移出 2", Ordered(Order.OUT, 2)),
        ("第2个不发", Ordered(Order.OUT, 2)),
        ("out 3", Ordered(Order.OUT, 3)),
        ("预览 养猪", Ordered(Order.PREVIEW, words="养猪")),
        ("加 养猪", Ordered(Order.FIRST, words="养猪")),
        ("养猪", Ordered(Order.FIRST, words="养猪")),
        ("第〇一零个移到1", Ordered(Order.MOVE, 0, 1)),
    ],
)
def test_what_a_curator_does_with_the_plan(said: str, meant: Ordered) -> None:
    assert ordered(said) == meant


def test_numbers_of_days() -> None:
    assert [days(each) for each in ("3天", "三天", "一周", "两个星期", "5", "2 days", "1 week", "几天", "")] == [
        3,
        3,
        7,
        14,
        5,
        2,
        7,
        None,
        None,
    ]


def test_days_of_study_and_of_the_digest() -> None:
    assert study_days("每天 8:00") == ("daily", "8:00")
    assert study_days("工作日7点半") == ("working", "7点半")
    assert study_days("Working days 7:30") == ("working", "7:30")
    assert study_days("8:00") == ("", "8:00")
    assert weekday("每周五 12:00") == (4, "12:00")
    assert weekday("周天") == (6, "")
    assert weekday("Friday 12:00") == (4, "12:00")
    assert weekday("12:00") == (None, "12:00")
    assert is_off("关。")
    assert not is_off("关门")


def test_a_pause_and_the_plan_are_asked_for_in_ones_own_words() -> None:
    assert (pausing("今天不发课"), pausing("停课三天"), pausing("停课很久"), pausing("上课")) == ("1天", "三天", None, None)
    assert (asks_for_plan("明天发什么"), asks_for_plan("明天下雨")) == ("", None)
