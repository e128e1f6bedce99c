"""Worries that are told plainly, and all that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.worries import Worry, heard, read

TOLD = {
    Worry.WAGES: (
        "老板欠我三个月工资不给",
        "工资没发怎么办",
        "拖欠工资",
        "欠薪",
        "讨薪",
        "怎么讨薪",
        "老板不给钱",
        "工头拖着工钱不给",
        "公司拖欠我们半年工资了",
        "unpaid wages",
        "my boss owes me wages",
        "my boss has not paid my wages",
    ),
    Worry.INJURY: ("工伤怎么办", "工伤", "我的手被轧了厂里不管", "腿摔伤了，老板不管", "injured at work"),
    Worry.PAPERS: ("老板把我身份证扣了", "身份证被厂里扣了", "老板扣着我的身份证不还", "the boss took my passport"),
    Worry.ILLNESS: ("家里老人病了要钱怎么办", "我妈住院没钱", "孩子病了，钱不够"),
}
NONE = (
    "工资发了",
    "老板没欠工资",
    "工资六千",
    "我工资6000党费多少",
    "工资没发，党费能缓缓吗",
    "找课 欠薪",
    "有没有关于欠薪的课",
    "工资要回来了",
    "新闻里说有人讨薪",
    "听说他们厂拖欠工资",
    "身份证丢了",
    "身份证到期了",
    "工伤认定那天我也去",
    "我妈病了",
    "孩子病好了",
    "老板不给假",
    "补录 李小山 拖欠工资",
    "老板欠我三个月工资，哪位同志能帮忙想想办法",
    "欠工资不给，我不想活了",
    "笑死我了",
    "我在深圳",
    "收到",
    "",
)


@pytest.mark.parametrize(("text", "worry"), [(each, worry) for worry, told in TOLD.items() for each in told])
def test_a_worry_is_heard(text: str, worry: Worry) -> None:
    assert read(text) is worry
    assert heard(text) == worry.value


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_what_is_over_an_appeal_and_a_danger_are_left_alone(text: str) -> None:
    assert heard(text) is None


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert heard(text) in {None, *(each.value for each in Worry)}
