"""Sentences that change the register, and those that only look like it."""

import pytest

from bot.language import register_words as language


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("我的手机换成138 0000 1234", "phone", "138 0000 1234"),
        ("我换手机号了，新号是13800001234", "phone", "13800001234"),
        ("my new number is 13800001234", "phone", "13800001234"),
        ("我换单位了,在中建三局", "employer", "中建三局"),
        ("我换工作了，现在在富士康上班", "employer", "富士康"),
        ("I changed jobs, now at Foxconn", "employer", "Foxconn"),
        ("我叫李大山", "name", "李大山"),
        ("My name is Li Dashan", "name", "Li Dashan"),
        ("我是九八年入党的", "joined_on", "九八年"),
        ("我2012年7月1日入党的", "joined_on", "2012年7月1日"),
        ("我老家在河南信阳", "hometown", "河南信阳"),
        ("I am from Xinyang", "hometown", "Xinyang"),
        ("我还没办活动证", "card", "还没办"),
    ],
)
def test_what_members_say_of_themselves(text: str, field: str, value: str) -> None:
    assert language.told(text) == (field, value)
    assert language.own(text) == text.replace("，", ",")


@pytest.mark.parametrize(
    "text",
    [
        "我的手机换成苹果了",
        "书记的手机是13800001234",
        "我换手机了",
        "我叫车了",
        "办活动证",
        "我是开车的",
        "我老家在哪吗",
        "我老家是那边的，可以帮忙打听",
        "他换单位了，在中建三局",
        "我想换单位",
        "",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert language.told(text) is None
    assert language.own(text) is None


@pytest.mark.parametrize(
    ("words", "pairs", "before"),
    [
        ("李小山 手机 13800001234 单位 中建三局", [("phone", "13800001234"), ("employer", "中建三局")], "李小山"),
        ("李小山 的手机改成138 0000 1234，单位换成中建三局", [("phone", "138 0000 1234"), ("employer", "中建三局")], "李小山"),
        ("李小山 入党时间 2012年7月1日", [("joined_on", "2012年7月1日")], "李小山"),
        ("李小山 姓名 李大山", [("name", "李大山")], "李小山"),
        ("Li Xiaoshan phone 13800001234", [("phone", "13800001234")], "Li Xiaoshan"),
        ("李小山", [], "李小山"),
    ],
)
def test_fields_follow_a_name(words: str, pairs: list[tuple[str, str]], before: str) -> None:
    assert language.fields(words) == (pairs, before)


@pytest.mark.parametrize(
    ("reads", "text", "name"),
    [
        (language.looked_at, "看 李小山", "李小山"),
        (language.looked_at, "看看李小山的资料", "李小山"),
        (language.looked_at, "看求助", None),
        (language.history_of, "李小山的历史", "李小山"),
        (language.history_of, "党费的记录", None),
        (language.confirmed, "确认 李小山", "李小山"),
        (language.confirmed, "确认 D12", None),
        (language.edited, "改 李小山 单位 中建三局", "李小山 单位 中建三局"),
        (language.edited, "改一下我的单位 中建三局", None),
        (language.edited, "改一下", None),
        (language.unchanged, "我的情况没变", ""),
        (language.unchanged, "没变", None),
    ],
)
def test_sentences_about_others_name_somebody(reads: object, text: str, name: str | None) -> None:
    assert callable(reads)
    assert reads(text) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("看 蔡有田", "蔡有田"),
        ("看 阿依努尔·艾山", "阿依努尔·艾山"),
        ("看看李小山的资料", "李小山"),
        ("看 电视", None),
        ("看看怎么样了", None),
    ],
)
def test_a_name_is_one_whatever_signs_it_has(words: str, name: str | None) -> None:
    assert language.looked_at(words) == name


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("改李小山手机13800001234", "李小山 手机13800001234"),
        ("改周海的单位永丰厂", "周海 单位永丰厂"),
        ("改 李小山 单位 中建三局", "李小山 单位 中建三局"),
        ("改天再说", None),
    ],
)
def test_a_field_may_stand_right_behind_the_name(words: str, meant: str | None) -> None:
    assert language.edited(words) == meant
