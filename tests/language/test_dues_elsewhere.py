"""Where dues are paid."""

import pytest

from bot.language.dues_elsewhere import elsewhere, here


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("我在流入地支部交党费", ""),
        ("我在流入地交党费了", ""),
        ("党费我在外地支部交", None),
        ("我的党费在当地支部交了", ""),
        ("我1–3月的党费在流入地支部交了", "1–3月"),
        ("我从3月起在流入地支部交党费", "从3月起"),
        ("我现在在厂里支部交党费", ""),
        ("我在工作地党支部交的党费", ""),
        ("我在流入地支部交了3月党费", "3月"),
    ],
)
def test_paying_elsewhere(text: str, months: str | None) -> None:
    assert elsewhere(text) == months


@pytest.mark.parametrize(
    "text",
    [
        "我老婆在外地",
        "我在外地，党费怎么交",
        "我在流入地支部交了朋友",
        "党费的事回头再说",
        "我在单位交了饭费",
        "在外地怎么交党费？",
        "我听说在外地交党费要办手续",
    ],
)
def test_other_talk_notes_nothing(text: str) -> None:
    assert elsewhere(text) is None


def test_where_the_talk_is_of_dues_they_need_not_be_named() -> None:
    assert elsewhere("在外地支部交", of_dues=False) == ""
    assert elsewhere("3月在外地支部交", of_dues=False) == "3月"
    assert elsewhere("在哈尔滨", of_dues=False) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("我回本支部交党费", True), ("我以后党费在本支部交", True), ("党费回本支部交", True), ("我回家了", False)]
)
def test_paying_here_again(text: str, expected: bool) -> None:
    assert here(text) is expected
