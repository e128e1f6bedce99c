"""What people say when they go to sea, and when they are back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.low_signal import Leaving, duration, leaving, returned


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("明天开渔，信号不好，有事发短信", Leaving(None, by_message=True)),
        ("出海", Leaving()),
        ("我要出海了", Leaving()),
        ("出海十天", Leaving(10)),
        ("出海10天。", Leaving(10)),
        ("我明天要出海，大概半个月", Leaving(15)),
        ("明天我们出海打鱼去了，两个星期后回来", Leaving(14)),
        ("我要上船了，海上没信号，一个半月", Leaving(45)),
        ("出海三周吧", Leaving(21)),
        ("要出海了，急事再找我", Leaving()),
        ("山里没信号，有事发短信", Leaving(None, by_message=True)),
        ("这边信号不好，大概十天", Leaving(10)),
        ("I'm going to sea for 10 days", Leaving(10)),
        ("at sea", Leaving()),
    ],
)
def test_going_to_sea_is_understood_with_its_days(text: str, meant: Leaving) -> None:
    assert leaving(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "我爸出海了",
        "他明天出海",
        "出海打鱼真辛苦",
        "信号不好",
        "有事发短信",
        "今年开渔节热闹吗",
        "出海要注意安全",
        "十天",
        "出海，记得交党费",
        "出海" * 40,
        "",
    ],
)
def test_talk_about_the_sea_is_not_leaving(text: str) -> None:
    assert leaving(text) is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("十天", 10),
        ("3天左右", 3),
        ("半个月", 15),
        ("两个礼拜", 14),
        ("0天", 0),
        ("半天", None),
        ("天", None),
        ("半三天", None),
        ("9999天", None),
    ],
)
def test_spans_of_days(words: str, days: int | None) -> None:
    assert duration(words) == days


@pytest.mark.parametrize(
    "text", ["回来了", "我回来了！", "回港了", "已经靠岸了", "我们上岸啦", "有信号了", "出海回来了", "I'm back", "back from sea"]
)
def test_coming_back_is_understood(text: str) -> None:
    assert returned(text)


@pytest.mark.parametrize("text", ["他回来了", "什么时候回来", "回来", "孩子回来了", "回来了" * 30])
def test_talk_about_others_is_not_coming_back(text: str) -> None:
    assert not returned(text)


@given(st.text() | st.text(alphabet="我明天要出海半个月十天信号不好，有事发短信回来了0"))
def test_any_text_is_survived(text: str) -> None:
    meant = leaving(text)
    assert meant is None or meant.days is None or meant.days >= 0
    assert returned(text) in {True, False}
    assert not (meant is not None and returned(text))
