"""Answers, meetings, lessons, opinions and settings with number, day, hour and script varied; nothing said on purpose takes long."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.language.intents import answers, events, notices, opinions, reports, study, talks
from bot.language.intents import settings as reminding
from bot.language.said import Said, Setting
from bot.language.understanding import understand

AT = clock.parsed("2026-03-10T09:00")
HAN = "零一二三四五六七八九十"
DAYS = {"明天": 1, "后天": 2, "大后天": 3, "今天": 0, "周五": 3, "本周六": 4, "下周一": 6, "下周三": 8}
EVENTS = ("组织生活会", "主题党日", "支部大会", "党课", "民主评议会", "党小组会")


def meaning(text: str, **setting: Any) -> tuple[str, Mapping[str, Any]]:
    found = understand(text, Setting(AT, **setting))
    return found.intent, found.slots


def day(ahead: int) -> str:
    return f"{(AT + timedelta(days=ahead)).date()}"


def wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


@given(
    st.integers(1, 9),
    st.sampled_from(("{}", "第{}个", "选{}", "我选{}", "{}号", "就第{}个吧", "应该是第{}个", "（{}）", "{}。")),
    st.booleans(),
)
def test_one_of_a_list_is_its_number_in_any_wording(number: int, form: str, han: bool) -> None:
    text = form.format(HAN[number] if han else number)
    assert meaning(text, context="choices") == ("confirm", {"option": number})
    assert meaning(wide(text), context="choices") == ("confirm", {"option": number})
    assert meaning(text) == ("none", {})
    assert meaning(text, in_group=True, context="chatter") == ("none", {})


@given(
    st.sampled_from("ABCD"), st.sampled_from(("{}", "选{}", "我选{}吧", "应该是{}", "答案是{}", "我觉得是{}", "{}项", "蒙一个{}", " {} "))
)
def test_a_letter_answers_a_quiz_and_nothing_else(letter: str, form: str) -> None:
    for text in (form.format(letter), form.format(letter.lower()), wide(form.format(letter))):
        assert meaning(text, context="quiz") == ("quiz_answer", {"choice": letter})
        assert meaning(text) == ("none", {})


@given(
    st.sampled_from(("收到", "收到了", "好的收到", "已收到", "收到收到", "1", "+1", "sd", "知悉", "收到，谢谢")),
    st.sampled_from(("{}", " {} ", "{}！", "{}👌", "{}。", "{}[抱拳]")),
)
def test_a_bare_word_of_receipt_counts_after_a_notice_only(word: str, form: str) -> None:
    text = form.format(word)
    assert meaning(text, in_group=True, context="notice") == ("ack", {})
    assert meaning(text, in_group=True, context="chatter") == ("none", {})
    assert meaning(text, in_group=True) == ("none", {})


@given(st.sampled_from(sorted(DAYS)), st.sampled_from(EVENTS), st.sampled_from(("{0}的{1}请个假", "{0}{1}我请假", "请个假，{0}的{1}")))
def test_a_leave_has_its_day_and_meeting(when: str, event: str, form: str) -> None:
    assert meaning(form.format(when, event)) == ("leave_request", {"date": day(DAYS[when]), "event": event})


@given(
    st.sampled_from(sorted(DAYS)),
    st.integers(6, 11),
    st.sampled_from(EVENTS),
    st.sampled_from(("{0}晚上{1}点开{2}", "{2}定在{0}晚上{1}点", "{0}晚{1}点召开{2}", "{2}改到{0}晚上{1}点")),
    st.booleans(),
)
def test_a_meeting_has_its_day_and_hour(when: str, hour: int, event: str, form: str, han: bool) -> None:
    said = ("十一" if hour == 11 else HAN[hour]) if han else f"{hour}"
    expected = {"start": f"{day(DAYS[when])}T{hour + 12}:00", "title": event}
    assert meaning(form.format(when, said, event), role="secretary") == ("event_create", expected)


@given(st.integers(1, 9), st.sampled_from(("带{}个朋友", "我带{}个老乡来", "参加，带{}个人")))
def test_guests_are_counted(guests: int, form: str) -> None:
    for number in (f"{guests}", HAN[guests] if guests != 2 else "两"):
        assert meaning(form.format(number), context="event") == ("rsvp", {"answer": "yes", "guests": guests})


@given(
    st.integers(20, 23), st.integers(5, 9), st.sampled_from(("{0}点到{1}点别发消息", "{0}:00-{1}:00免打扰", "晚上{2}点到早上{1}点不要打扰"))
)
def test_quiet_hours_are_read(start: int, end: int, form: str) -> None:
    assert meaning(form.format(start, end, start - 12)) == ("remind_settings", {"quiet": f"{start}:00-{end:02}:00"})


@given(
    st.sampled_from(("香菇", "木耳", "草莓", "辣椒", "柑橘")),
    st.sampled_from(("想学种{}", "我想学种{}", "有没有种{}的课", "有讲种{}的课吗")),
)
def test_what_is_grown_is_a_topic(crop: str, form: str) -> None:
    assert meaning(form.format(crop)) == ("study_query", {"topic": f"{crop}种植"})


@given(st.text("天地人和风雨山水田土禾苗", min_size=4, max_size=30), st.sampled_from(("：", " ", "，", ":")))
def test_a_text_behind_its_heading_is_kept_as_it_is(text: str, sign: str) -> None:
    assert meaning(f"心得{sign}{text}") == ("reflection_submit", {"text": text})
    assert meaning(f"思想汇报{sign}{text}") == ("thought_report", {"text": text})
    assert meaning(f"提个意见{sign}{text}") == ("opinion_submit", {"text": text})


@given(st.integers(1, 3), st.sampled_from(("{}月的签到表发我", "导出{}月签到名单", "{}月份签到记录给我一份")))
def test_a_report_has_its_month(month: int, form: str) -> None:
    assert meaning(form.format(month), role="secretary") == ("report_request", {"kind": "checkin_list", "month": f"2026-{month:02}"})


@pytest.mark.parametrize("doubt", ["不太确定", "拿不准", "不敢肯定", "蒙的", "不知道对不对"])
@pytest.mark.parametrize("form", ["{0}，{1}", "我猜{0}，{1}", "{1}，{0}吧", "应该是{0} {1}"])
def test_an_answer_with_doubt_is_the_answer(doubt: str, form: str) -> None:
    for letter in "ABCD":
        assert meaning(form.format(letter, doubt), context="quiz") == ("quiz_answer", {"choice": letter})


@pytest.mark.parametrize("day", range(11, 29))
def test_an_hour_apart_from_its_day_is_the_meetings(day: int) -> None:
    assert meaning(f"3月{day}号植树，上午八点集合", role="secretary") == (
        "event_create",
        {"start": f"2026-03-{day:02}T08:00", "title": "植树"},
    )


RULES = tuple(rule for module in (answers, events, notices, opinions, reports, study, talks, reminding) for rule in module.RULES)
WORDS = (
    "我 想 学 请假 收到 的 了 好 嗯 1 A ， 。 不 去 参加 带 老婆 通知 公告 把 给 晚上 别 发 一 十 点 周 五 月 日 签到 表 心得 ： 匿名 意见 "
    "聊 和 书记 考 题 有没有 课 讲 养 种 组织生活会 改到 语音 听 a ?"
)
PIECES = (*WORDS.split(), "\n", " ")
CONTEXTS = ("", "notice", "event", "roll_call", "lesson", "quiz", "quiz_true_false", "choices", "confirm_place", "opinion_draft")


@pytest.mark.parametrize("seed", range(20))
def test_every_rule_reads_a_text_of_its_own_words(seed: int) -> None:
    pieces = random.Random(seed).choices(PIECES, k=3 if seed % 2 else 500)
    setting = Setting(AT, role="secretary", context=CONTEXTS[seed % len(CONTEXTS)])
    said = Said(("".join(pieces) * 500)[:1000], setting)
    for rule in RULES:
        found = rule.read(said)
        assert found is None or 0 < found.confidence <= 1, rule.intent
