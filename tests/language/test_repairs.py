"""What is taken back in the same breath."""

import time

import pytest

from bot.language.manner import everyday
from bot.language.repairs import repaired


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("捐一百,哦不对,捐两百", "捐两百"),
        ("3月22,不对,23号去温州", "3月23号去温州"),
        ("3月党费交了20块,打错了,是25", "3月党费交了25块"),
        ("到沈阳了,不对,是大连", "到大连了"),
        ("选A,哦不,选C", "选C"),
        ("B,不对,D", "D"),
        ("明天,不对,后天去上海", "后天去上海"),
        ("三月交了二十不对是二十五", "三月交了二十五"),
        ("20,不对,200", "200"),
        ("I'll take project 3, sorry, project 6", "I'll take project 6"),
    ],
)
def test_the_second_of_a_kind_takes_the_place_of_the_first(said: str, meant: str) -> None:
    assert repaired(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "不对,我说的是南京",
        "我到南京了",
        "这样不对吧",
        "3月的交了,不对,25块",
        "我到了,不是,大连",
        "同意,哦不,弃权",
        "x" * 130 + ",不对,是",
    ],
)
def test_where_nothing_of_the_kind_was_said_nothing_is_repaired(said: str) -> None:
    assert repaired(said) is None


@pytest.mark.parametrize("sign", ["不对,", "捐,不对", "1,不对,", "哦不,a", "嗯嗯,错了 ", "是,不是,", "什么咋个啥子俺", "move x to "])
def test_no_text_makes_it_slow(sign: str) -> None:
    text = (sign * 60)[:119]
    repaired(text), everyday(text)
    begun = time.thread_time()
    repaired(text)
    everyday(text)
    assert time.thread_time() - begun < 0.02


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("俺来签到哩", "我来签到"),
        ("请将上一条操作予以撤销", "把上一条操作撤销"),
        ("本人拟于3月25日赴郑州市务工", "我要3月25日去郑州市务工"),
        ("能约书记摆哈龙门阵不", "能约书记聊聊吗"),
        ("组织关系是否转好", "组织关系转好了吗"),
    ],
)
def test_dialect_and_officialese_in_everyday_words(said: str, meant: str) -> None:
    told = everyday(said)
    assert told is not None
    assert told.removeprefix("请") == meant


@pytest.mark.parametrize("said", ["我来签到", "hello there", "", "哈" * 130])
def test_everyday_words_stay(said: str) -> None:
    assert everyday(said) is None
