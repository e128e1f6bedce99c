"""What is said to a question about going away without answering it."""

import pytest

from bot.language import departure_talk as talk


@pytest.mark.parametrize("words", ["我不去了", "算了，不报了", "等一下，先不报", "取消外出", "去不成了", "还是不去了吧", "改天再报"])
def test_who_does_not_go(words: str) -> None:
    assert talk.stops(words)


@pytest.mark.parametrize("words", ["不去富士康", "去", "不报单位", "先不说", "不去成都，去重庆"])
def test_who_goes(words: str) -> None:
    assert not talk.stops(words)


@pytest.mark.parametrize("words", ["没定呢", "还没找到活儿", "单位还没定", "到那边再说吧", "不想说", "暂时没有", "无"])
def test_who_has_nothing_to_tell(words: str) -> None:
    assert talk.passes(words)


@pytest.mark.parametrize("words", ["没有活干", "无锡电子厂", "再来看看", "说不准，半年吧", "到了富士康"])
def test_who_has_something_to_tell(words: str) -> None:
    assert not talk.passes(words)


@pytest.mark.parametrize("words", ["你问这个干嘛", "问这个干什么", "为什么要填单位？", "管这么多干嘛", "why do you ask"])
def test_who_asks_why(words: str) -> None:
    assert talk.asks_why(words)


@pytest.mark.parametrize("words", ["干活", "报名学习", "要饭", "问亲戚"])
def test_who_asks_nothing(words: str) -> None:
    assert not talk.asks_why(words)


@pytest.mark.parametrize(
    ("words", "part"),
    [("富士康,138", "138"), ("富士康 电话138…", "138"), ("138000012345", "138000012345"), ("红星厂 3号", ""), ("二分厂18", "")],
)
def test_a_number_that_is_not_whole(words: str, part: str) -> None:
    assert talk.half_phone(words) == part


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("不对，是重庆", "重庆"),
        ("不是成都，是重庆", "重庆"),
        ("改成重庆", "重庆"),
        ("不去成都，去重庆", "重庆"),
        ("不对，是四川", "四川"),
        ("重庆", None),
        ("我在重庆", None),
        ("不对", None),
    ],
)
def test_the_place_that_is_right_instead(words: str, place: str | None) -> None:
    assert talk.elsewhere(words) == place


@pytest.mark.parametrize(
    ("words", "place"), [("我下个月去贵阳干活，不一定干多久", "贵阳"), ("去贵州干半年", "贵州"), ("到年底", None), ("半年", None)]
)
def test_the_place_that_a_sentence_goes_to(words: str, place: str | None) -> None:
    assert talk.goes_to(words) == place
