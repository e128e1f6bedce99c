"""What is said of dues, with place, number, month, script, spacing and pinyin varied; and that nothing said on purpose takes long."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import clock
from bot.language.said import Setting
from bot.language.understanding import understand

AT = clock.parsed("2026-03-10T09:00")
HAN = "零一二三四五六七八九十"
MONTHS = {1: "2026-01", 2: "2026-02", 3: "2026-03", 10: "2025-10", 11: "2025-11", 12: "2025-12"}
KIN = ("老婆", "老公", "爱人", "儿子", "女儿", "爸爸")
NAMES = ("李小山", "周海", "陈立夏", "王建国", "欧阳青")


def meaning(text: str, **setting: Any) -> tuple[str, Mapping[str, Any]]:
    found = understand(text, Setting(AT, **setting))
    return found.intent, found.slots


def wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def said_of(month: int, draw: int) -> str:
    return (
        f"{month}月",
        f"{month}月份",
        f"{'十' if month > 9 else ''}{HAN[month - 10] if month > 10 else '' if month == 10 else HAN[month]}月",
    )[draw]


@given(
    st.sampled_from(sorted(MONTHS)),
    st.integers(0, 2),
    st.integers(1, 99),
    st.sampled_from(("党费", "档费", "党废", "黨費", "dangfei")),
    st.sampled_from(("已转", "已交", "转过去了", "交了", "已缴纳")),
    st.sampled_from(("{0}", "{0}元", "{0}块", "{0}块钱")),
    st.sampled_from((str, wide, lambda text: " ".join(text.split("党费")) if "党费" not in text else text.replace("党费", "党费 "))),
)
def test_a_payment_has_its_month_and_amount_in_any_script(
    month: int, form: int, yuan: int, dues: str, done: str, unit: str, script: Any
) -> None:
    text = script(f"{said_of(month, form)}{dues}{unit.format(yuan)}{done}")
    assert meaning(text) == ("dues_pay_claim", {"amount": yuan, "months": [MONTHS[month]]})


@given(st.integers(1, 3), st.integers(0, 2), st.sampled_from(("{0}到{1}月", "{0}-{1}月", "{0}月至{1}月", "{0}月~{1}月份")))
def test_a_row_of_months_is_every_one_of_them(first: int, more: int, form: str) -> None:
    last = min(first + more, 3)
    months = [f"2026-{each:02}" for each in range(first, last + 1)]
    if last > first:
        assert meaning(f"{form.format(first, last)}党费60已交") == ("dues_pay_claim", {"amount": 60, "months": months})


MONTHS_SAID = {
    "3月": [3], "三月份的": [3], "本月": [3], "上个月的": [2], "元月": [1], "一二三月": [1, 2, 3],
    "1.2.3月": [1, 2, 3], "1 2 3月": [1, 2, 3],
    "一季度": [1, 2, 3], "这个季度的": [1, 2, 3], "从1月到3月": [1, 2, 3], "1月至今": [1, 2, 3],
    "上半年": [1, 2, 3, 4, 5, 6], "2026.3月": [3],
}  # fmt: skip
AMOUNTS_SAID = {
    "20": 20,
    "20.5元": 20.5,
    "二十块零五毛": 20.5,
    "贰拾元整": 20,
    "五毛": 0.5,
    "半块": 0.5,
    "一共60": 60,
    "20rmb": 20,
    "¥20": 20,
}


@given(
    st.sampled_from(sorted(MONTHS_SAID)),
    st.sampled_from(sorted(AMOUNTS_SAID)),
    st.sampled_from(
        ("{m}党费{a}已交", "党费{m}，{a}转过去了", "{m}的党费付了，{a}", "已缴纳{m}党费{a}", "交了{m}党费，{a}", "{m}党费 {a}")
    ),
    st.sampled_from(("", "书记好，", "不好意思，", "嗯那个")),
    st.sampled_from(("", "，请查收", "，谢谢", "👌", "！")),
)
def test_the_order_and_what_is_said_for_politeness_change_nothing(month: str, amount: str, form: str, before: str, after: str) -> None:
    text = before + form.format(m=month, a=amount).replace("的的", "的") + after
    months = [f"2026-{each:02}" for each in MONTHS_SAID[month]]
    assert meaning(text) == ("dues_pay_claim", {"amount": AMOUNTS_SAID[amount], "months": months})


@given(
    st.sampled_from((*KIN, "组长", "周海", "我妈", "我哥")),
    st.sampled_from(("替我交的党费{0}", "帮我把3月党费交了，{0}", "给我交的上个月的党费{0}", "代我缴了党费{0}", "替我垫了党费{0}")),
    st.integers(1, 200),
)
def test_who_paid_for_me_is_told(payer: str, form: str, yuan: int) -> None:
    intent, slots = meaning(f"{payer}{form.format(yuan)}")
    assert (intent, slots["amount"], slots["paid_by"]) == ("dues_pay_claim", yuan, payer)


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    st.sampled_from(("和", "、")),
    st.sampled_from(("帮{0}交了党费{1}", "替{0}把3月党费交了，{1}", "代{0}缴纳党费{1}", "给{0}代交了党费{1}", "{0}的党费我也交了，{1}")),
    st.integers(1, 200),
)
def test_for_whom_i_paid_is_told(names: list[str], between: str, form: str, yuan: int) -> None:
    intent, slots = meaning(form.format(between.join(names), yuan))
    assert (intent, slots["amount"], slots["for"]) == ("dues_pay_claim", yuan, names)


@given(
    st.integers(1000, 90_000),
    st.sampled_from(("税后{0}党费多少", "工资{0}交多少", "月薪{0}元要交多少党费", "我每个月到手{0}块，党费该交多少")),
)
def test_an_income_is_a_base(yuan: int, form: str) -> None:
    assert meaning(form.format(yuan)) == ("dues_calc", {"base": yuan, "category": "salaried"})


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("退休", "retired"),
        ("下岗", "laid_off"),
        ("失业", "laid_off"),
        ("农民", "farmer"),
        ("学生", "student"),
        ("低保户", "dibao"),
        ("个体户", "self_employed"),
    ],
)
def test_a_position_is_a_category(words: str, category: str) -> None:
    for form in ("{0}要交多少党费", "{0}还要交党费吗", "{0}交多少"):
        assert meaning(form.format(words)) == ("dues_calc", {"category": category})


@given(
    st.sampled_from(("党费又涨了吧", "你党费交了没", "他交党费了", "大家记得交党费", "听说党费要涨", "天天催党费")),
    st.sampled_from(("", "哈哈", "！", "😂")),
)
def test_talk_in_the_group_is_left_alone(talk: str, after: str) -> None:
    assert meaning(talk + after, in_group=True) == ("none", {})


@pytest.mark.parametrize("role", ["member", "probationary", "stranger"])
@pytest.mark.parametrize("text", ["谁还没交党费", "哪些人欠党费", "周海党费交了没", "把没交党费的名单发我"])
def test_others_dues_are_nobodys_matter(text: str, role: str) -> None:
    assert meaning(text, role=role) == ("unauthorized", {"asked": "others_dues"})
    assert meaning(text, role="secretary")[0] == "dues_summary"


def test_a_bare_answer_means_something_only_after_the_question() -> None:
    for text in ("20", "[图片]", "二十块", "老婆交的"):
        assert meaning(text)[0] == "none"
        assert meaning(text, context="dues_asked_paid")[0] == "dues_pay_claim"


LENGTHS = (75, 140, 148, 420, 1000)
"""Just what one of the rules still reads, and all that is read at all."""
FRAGMENTS = (
    *(
        "党费",
        "交",
        "缴",
        "转",
        "给",
        "替",
        "帮",
        "周",
        "老婆",
        "我",
        "的",
        "把",
        "已",
        "了",
        "一",
        "十",
        "月",
        "1月",
        "20",
        "元",
        ",",
        "、",
        " ",
        "到",
        "-",
        "零",
    ),
    *(
        "工资",
        "税后",
        "公积金",
        "季度",
        "没",
        "能",
        "少",
        "接龙",
        "1.",
        "dang",
        "fei",
        "dues ",
        "how ",
        "吗",
        "谁",
        "补",
        "去年",
        "万",
        "k",
        ".",
    ),
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4),
    st.integers(1, 9),
    st.sampled_from(("", "dues_reminder", "dues_asked_paid")),
)
def test_a_long_text_is_read_to_its_end(fragments: list[str], shift: int, context: str) -> None:
    text = ("党费" + "".join(fragments) * 1000)[: LENGTHS[shift % len(LENGTHS)] - shift]
    assert understand(text, Setting(AT, context=context)).confidence <= 1


@given(st.text(max_size=80), st.sampled_from(("", "dues_reminder", "dues_asked_paid")))
def test_any_text_is_read(text: str, context: str) -> None:
    _, slots = meaning(f"党费{text}", context=context)
    assert slots.get("amount", 1) > 0
    assert all(len(month) == 7 and 1 <= int(month[5:]) <= 12 for month in slots.get("months", ()))
