import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.repeats import once


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("签到签到", "签到"), ("签签到", "签到"), ("签到到", "签到"), ("到到到了", "到了"), ("收到收到收到", "收到"), ("收到,收到,收到",
        "收到"),
        ("我到了我到了", "我到了"), ("不对不对,我说的是南京", "不对,我说的是南京"), ("报平安报平安", "报平安"), ("我我我到了", "我到了"),
        ("好好好", "好"),
        ("谢谢谢谢", "谢谢"), ("哈哈哈哈", "哈哈"), ("我我在深圳", "我在深圳"), ("考虑考虑", "考虑"),
    ],
)  # fmt: skip
def test_what_is_said_again_is_said_once(typed: str, read: str) -> None:
    assert once(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "天天",
        "看看",
        "齐齐哈尔",
        "爸爸",
        "张圆圆",
        "二〇二〇年",
        "2020",
        "1111",
        "13900000000",
        "吉林吉林市",
        "高高兴兴",
        "一个一个",
        "好好学习",
    ],
)
def test_what_is_said_twice_for_a_reason_stays(typed: str) -> None:
    assert once(typed) == typed


@given(st.text("签到收我在哈谢 ,一1", max_size=60))
def test_nothing_is_added(typed: str) -> None:
    assert len(once(typed)) <= len(typed)
    assert set(once(typed)) <= set(typed)
