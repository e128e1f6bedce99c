from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.language.said import Setting
from bot.language.slip_words import ANYWHERE, WHOLE
from bot.language.slips import Slip, distance, mended, nearest, respelled
from bot.language.understanding import understand

HERE = Setting(clock.parsed("2026-03-10T09:00"))
GROUP = Setting(clock.parsed("2026-03-10T09:00"), in_group=True)
KNOWN = ("签到", "报平安", "平安", "打卡", "checkin", "党费", "求助", "帮助", "收到", "分布图", "投票", "撤销")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("千到", "签到"), ("牵刀", "签到"), ("千到了", "签到了"), ("平按", "平安"), ("爆到", "报到"), ("求住", "求助"), ("绑助", "帮助"),
        ("qd", "签到"), ("sd", "收到"), ("chekin", "签到"), ("checkn", "签到"), ("qiandoa", "签到"), ("dangfie", "党费"), ("qian到",
        "签到"),
        ("dang费", "党费"), ("qian dao", "签到"), ("dangfei", "党费"), ("dangfei duoshao", "党费多少"), ("fenbutu", "分布图"),
    ],
)  # fmt: skip
def test_a_slip_is_read_as_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert respelled(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "签到",
        "钱到",
        "大咖",
        "保命",
        "受到",
        "统一",
        "同志",
        "天气",
        "hello",
        "ok",
        "哈哈哈",
        "帮组",
        "what a day",
        "求助电话号码是多少",
        "",
    ],
)
def test_a_word_of_its_own_is_left_alone(typed: str) -> None:
    assert respelled(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("档费怎么交", "党费怎么交"), ("我来报道了", "我来报到了"), ("报道", "报到"), ("投气权票", "投弃权票"), ("撤消", "撤销"),
        ("已转帐", "已转账"), ("积极份子", "积极分子"), ("写思想会报", "写思想汇报"),
    ],
)  # fmt: skip
def test_what_can_mean_nothing_else_is_mended_wherever_it_stands(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "记者报道了这件事",
        "后来报道了",
        "尤其权威",
        "应当非常重视",
        "入党非常光荣",
        "建党圆满成功",
        "几千到一万",
        "钱到账了",
        "活动正在进行",
        "请加我",
        "abc",
    ],
)
def test_two_words_that_sound_like_one_stay_two(typed: str) -> None:
    assert mended(typed) == typed


def test_no_slip_is_a_word_that_is_meant_elsewhere() -> None:
    assert not set(ANYWHERE) & set(ANYWHERE.values())
    assert not set(ANYWHERE) & set(WHOLE)
    assert not set(WHOLE) & set().union(*WHOLE.values())


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("签都", "签到"),
        ("帮组", "帮助"),
        ("钱到", "签到"),
        ("dangfai", "党费"),
        ("/chekin", "checkin"),
        ("qd", "签到"),
        ("签到", "签到"),
        ("chexiao", "撤销"),
    ],
)
def test_what_is_less_sure_has_a_nearest_word(typed: str, near: str) -> None:
    found = nearest(typed, KNOWN)
    assert found is not None
    assert found.word == near


@pytest.mark.parametrize(
    "typed", ["天气", "哈哈", "好的", "深圳", "hello there", "", "x", "今天吃什么好呢", "同志", "abcdefghijklmnopqrstuvwxyz"]
)
def test_other_words_are_near_nothing(typed: str) -> None:
    assert nearest(typed, KNOWN) is None


def test_the_distance_grows_with_what_differs() -> None:
    assert nearest("签到", KNOWN) == Slip("签到", 0.0)
    assert 0 < distance("千到", "签到") < distance("千到", "天到") or distance("签道", "签到") < distance("签都", "签到") < distance(
        "吃饭", "签到"
    )
    assert nearest("任何", ()) is None


@given(st.text(max_size=12), st.sampled_from(KNOWN))
def test_any_text_has_a_distance_and_the_same_each_time(typed: str, word: str) -> None:
    assert distance(word, word) == 0
    found = nearest(typed, KNOWN)
    assert found is None or (found.word in KNOWN and 0 <= found.distance <= 1)
    assert respelled(typed) == respelled(typed)


@pytest.mark.parametrize("typed", ["千到", "签道", "qian dao", "chekin", "Qiandao", "签刀了", "q\u200bd", "平按", "爆到"])
def test_a_slip_of_the_word_checks_in(typed: str) -> None:
    assert understand(typed, HERE).intent == "checkin"


@pytest.mark.parametrize(("typed", "setting"), list(product(["钱到了", "women can", "大咖", "保命"], [HERE, GROUP])))
def test_what_only_sounds_like_a_command_does_nothing(typed: str, setting: Setting) -> None:
    assert understand(typed, setting).intent == "none"
