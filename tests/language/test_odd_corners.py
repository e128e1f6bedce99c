"""What is seldom said: sentences that reach the ends of rules which no example of the matters reaches."""

from typing import Any

import pytest

from bot import clock
from bot.language.job_words import trade
from bot.language.requests import core
from bot.language.said import Setting
from bot.language.understanding import understand

HERE = Setting(clock.parsed("2026-03-10T09:00"))


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("把我的党费记录看看", "dues_query", {}),
        ("组织关系不转了", "none", {}),
        ("今年前零个月的党费", "none", {}),
        ("发起表决：修路，十三月四十号截止", "vote_create", {"subject": "修路,十三月四十号截止"}),
        ("介绍信", "none", {}),
        ("活动证补办要交党费吗", "card_request", {"topic": "lost"}),
    ],
)
def test_an_end_of_a_rule(text: str, intent: str, slots: dict[str, Any]) -> None:
    found = understand(text, HERE)
    assert (found.intent, found.slots) == (intent, slots)
    assert len(found.why) == len(found.meanings)


def test_politeness_is_taken_off_only_so_often() -> None:
    assert core("请麻烦帮我请麻烦帮我请麻烦帮我请麻烦帮我查一下") != ""


def test_a_trade_is_told_by_the_kind_of_work() -> None:
    assert trade("天气真好") is None
