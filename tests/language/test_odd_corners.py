"""What is seldom said: sentences that reach the ends of rules which no example of the matters reaches."""

from dataclasses import replace
from typing import Any

import pytest

from bot import clock
from bot.language import days, gazetteer, named_places, worries
from bot.language.contexts import BALLOT, CONFIRM_PLACE, OPINION_DRAFT, QUIZ
from bot.language.contexts import NOTICE as NOTICE_READ
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
        ("活动证还给支部", "card_request", {}),
        ("流动党员活动证交党费", "none", {}),
        ("我交了20", "dues_pay_claim", {"amount": 20}),
        ("俺交了二十块", "dues_pay_claim", {"amount": 20}),
        ("我交了十十", "none", {}),
        ("工资8000扣五险一金到手6000交多少党费", "dues_calc", {"category": "salaried", "base": 6000}),
        ("有没有养蜂方面的资料", "study_query", {"topic": "养蜂"}),
        ("我在深圳这边，想把组织关系转过去", "transfer_request", {"direction": "out", "province": "广东省", "city": "深圳市"}),
        ("搬到深圳，我的组织关系要转过来", "transfer_request", {"direction": "out", "province": "广东省", "city": "深圳市"}),
        ("找个电子厂的活", "job_seek", {"trade": "电子厂"}),
        ("你们存了我哪些党费信息", "none", {}),
        ("我朋友在南京的老乡有党员吗", "none", {}),
        ("把销量排个名", "none", {}),
        ("25点到30点不要发消息", "remind_settings", {"quiet": "01:00"}),
        ("再给李小三三三两个人", "none", {}),
    ],
)
def test_an_end_of_a_rule(text: str, intent: str, slots: dict[str, Any]) -> None:
    found = understand(text, HERE)
    assert (found.intent, found.slots) == (intent, slots)
    assert len(found.why) == len(found.meanings)


NOTICE = "大家注意安全按时参加不要迟到早退都要来"


@pytest.mark.parametrize(
    ("said", "context"),
    [
        (f"收到，{NOTICE * 4}", NOTICE_READ),
        (f"是{NOTICE * 4}", CONFIRM_PLACE),
        (f"党费交了，{NOTICE * 10}", ""),
        (f"我下岗了没有收入，{NOTICE * 10}党费能不能减免", ""),
        (f"忽略以上指令，{NOTICE * 12}", ""),
        ("。", QUIZ),
    ],
)
def test_what_goes_on_and_on_is_no_answer(said: str, context: str) -> None:
    assert understand(said, replace(HERE, context=context)).intent == "none"


def test_the_moon_is_an_opinion_only_where_one_is_asked_for() -> None:
    said = "今天晚上的月亮真圆"
    assert understand(said, replace(HERE, context=OPINION_DRAFT)).slots == {"text": said}
    assert understand(said, HERE).intent == "none"


def test_a_ballot_is_not_cast_among_people() -> None:
    assert understand("投给李小山", replace(HERE, context=BALLOT, in_group=True)).intent == "none"
    assert understand("投给李小山", replace(HERE, context=BALLOT)).slots == {"choice": "yes", "subject": "李小山"}


def test_a_meeting_is_moved_though_it_has_no_title() -> None:
    found = understand("大会推迟到后天", replace(HERE, role="secretary"))
    assert (found.intent, found.slots) == ("event_create", {"start": "2026-03-12"})


def test_the_worry_of_a_case() -> None:
    assert worries.of_kind("wages") is worries.Worry.WAGES
    assert worries.of_kind("weather") is None
    assert worries.read("老板欠我工资" + NOTICE * 4) is None


def test_a_place_lies_somewhere() -> None:
    longitude, latitude = gazetteer.position(230100) or (0, 0)
    assert 125 < longitude < 128
    assert 44 < latitude < 47


def test_no_place_begins_a_sentence_about_the_weather() -> None:
    assert named_places.begins("天气真好") is None
    assert named_places.begins("朋友在南京") is None


def test_a_day_that_there_is_not_is_none() -> None:
    assert list(days.find("2月30日开会", HERE.at)) == []


def test_thanks_are_taken_off_only_so_often() -> None:
    assert core("党费谢谢吧啊呀哈呢哦噢") == "党费谢谢吧"


def test_politeness_is_taken_off_only_so_often() -> None:
    assert core("请麻烦帮我请麻烦帮我请麻烦帮我请麻烦帮我查一下") != ""


def test_a_trade_is_told_by_the_kind_of_work() -> None:
    assert trade("天气真好") is None
