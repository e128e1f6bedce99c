"""Words for the group give nobody away: properties that hold for any text, and cases as people write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.redaction import Taken, is_clean, mentions_health, redacted, without_health

NAMES = ("李小山", "Li Xiaoshan", "周海", "Zhou Hai", "王秀英", "Wang Xiuying")
ILLNESSES = ("肿瘤", "肺癌", "糖尿病", "白血病", "尿毒症", "抑郁症", "骨折", "脑梗", "乙肝", "cancer", "化疗", "手术")
NUMBERS = (
    "13800001234",
    "138 0000 1234",
    "138-0000-1234",
    "１３８００００１２３４",
    "一三八零零零零一二三四",
    "110101199001011234",
    "6222 0212 3456 7890 123",
)
_PIECES = st.one_of(
    st.sampled_from([*NAMES, *ILLNESSES, *NUMBERS, "东风路8号", "3栋502室", "12床", "https://x.cn/a", "微信 wx_abc123", "李 小 山"]),
    st.sampled_from(
        ["，", " ", "。", "的", "家属", "要人带路", "缺3000元", "在北京", "住", "查出", "手", "术", "1", "3", "李", "小山", "肿", "瘤"]
    ),
    st.text(alphabet="路号李小山海周癌肿瘤病床微信0123456789一二三 ，-", max_size=6),
    st.text(max_size=5),
)
TEXTS = st.lists(_PIECES, max_size=14).map("".join)


@given(TEXTS)
def test_no_name_no_illness_and_no_long_number_is_ever_left(words: str) -> None:
    left = redacted(words, NAMES).text
    for name in NAMES:
        assert name.casefold() not in left.casefold()
    for illness in ILLNESSES:
        assert illness.casefold() not in left.casefold()
    without_sums = re.sub(r"[0-9]{1,7}(?:\.[0-9]{1,2})? ?(?:元|块|万)", "¥", left)
    assert re.search(r"(?:[0-9０-９][ \-]?){11}", without_sums) is None
    assert re.search("路[0-9]+号", left) is None
    assert "http" not in left or "://" not in left


@given(TEXTS)
def test_what_is_left_is_left_by_a_second_time_too(words: str) -> None:
    left = redacted(words, NAMES).text
    assert redacted(left, NAMES).text == left
    assert is_clean(left, NAMES)


@pytest.mark.parametrize(
    ("words", "left", "taken"),
    [
        ("挂号和带路", "挂号和带路", ()),
        ("我爱人查出肿瘤，要人带路", "我爱人就医，要人带路", (Taken.ILLNESS,)),
        ("确诊为晚期肺癌，缺30000元", "就医，缺30000元", (Taken.ILLNESS,)),
        ("李小山同志家里受灾", "同志家里受灾", (Taken.NAME,)),
        ("我叫张三丰，要人搬粮", "同志，要人搬粮", (Taken.NAME,)),
        ("电话13800001234，要人带路", "要人带路", (Taken.NUMBER,)),
        ("住东风路8号3栋502室，漏雨", "漏雨", (Taken.STREET,)),
        ("在协和12床，要人陪", "在协和，要人陪", (Taken.BED,)),
        ("看 https://a.cn/x 要人", "看 要人", (Taken.LINK,)),
        ("走路不方便，一路平安", "走路不方便，一路平安", ()),
        ("还差 3000 元", "还差 3000 元", ()),
        ("", "", ()),
    ],
)
def test_cases_as_people_write_them(words: str, left: str, taken: tuple[Taken, ...]) -> None:
    found = redacted(words, NAMES)
    assert (found.text, found.taken) == (left, taken)
    assert is_clean(words, NAMES) == (not taken)


def test_without_members_there_is_no_name_to_take_out() -> None:
    assert redacted("要人带路", ()).text == "要人带路"


@pytest.mark.parametrize(
    ("words", "health"), [("要就医", True), ("挂个号", True), ("专家号", True), ("交房租", False), ("孩子上学", False), ("hospital", True)]
)
def test_whether_health_is_mentioned(words: str, health: bool) -> None:
    assert mentions_health(words) is health


def test_words_that_do_not_come_to_rest_are_not_posted_at_all() -> None:
    assert redacted("志同" + "同" * 30, ["志同"]).text == ""


@pytest.mark.parametrize(
    ("words", "left"),
    [("我爱人生病了，没人带孩子", "没人带孩子"), ("在医院 缺人接孩子；要做饭", "缺人接孩子，要做饭"), ("要做手术", ""), ("", "")],
)
def test_parts_about_health_go_and_the_others_stay(words: str, left: str) -> None:
    assert without_health(words) == left
