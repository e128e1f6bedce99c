"""Recorded callbacks of WeCom, one of each sort, and what becomes of them; odd ones become nothing, and never an error."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import ChatKind, EventKind, Incoming
from bot.platforms.wecom.app_decode import AppDecoder, fields
from bot.platforms.wecom.decode import Asked, Decoder, unmentioned
from storage.keys import ChatKey

RECORDED = Path(__file__).parent / "recorded" / "wecom"
NOW = datetime(2026, 11, 20, 1, 0, 7, tzinfo=UTC)
SAID = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
OURS = {"公告：周六上午九点视频会": ("n7", datetime(2026, 11, 19, 8, tzinfo=UTC))}
GROUP, PRIVATE = ChatKey("wecom", "main", "gwrkSFfCgAA4mLoVRj2xPQ"), ChatKey("wecom", "main", "uLiXiaoShan")


def _decoder(bot_name: str = "助手") -> Decoder:
    return Decoder("main", "aib-test", bot_name, lambda: NOW, lambda _, words: OURS.get(words))


def _read(name: str, decoder: Decoder | None = None) -> Asked | None:
    frame = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    reads = decoder or _decoder()
    return reads.message(frame) if frame["cmd"] == "aibot_msg_callback" else reads.event(frame)


WORDS = {
    "group_text": (GROUP, "报到 武汉"),
    "group_mention_at_the_end": (GROUP, "我到武汉了"),
    "group_mentions_two": (GROUP, "@周海 这位同志也报到"),
    "group_thin_space": (GROUP, "签到"),
    "group_quote": (GROUP, "收到"),
    "group_mixed": (GROUP, "这是发票"),
    "private_text": (PRIVATE, "签到"),
    "private_text_without_time": (PRIVATE, "签到"),
    "private_voice": (PRIVATE, "我到哈尔滨了"),
    "private_image": (PRIVATE, ""),
    "private_file": (PRIVATE, ""),
    "private_video": (PRIVATE, ""),
    "private_mixed": (PRIVATE, "党费转了\n请查收"),
    "private_quote_of_a_picture": (PRIVATE, "这张"),
}
NOTHING = ("group_image", "of_another_bot", "of_an_unknown_sort", "feedback", "of_an_unknown_event")
PRESSES = {"pressed_in_private": PRIVATE, "pressed_in_group": GROUP, "pressed_as_the_sdk_types_it": PRIVATE}


@pytest.mark.parametrize("name", WORDS)
def test_words_come_in_without_the_bots_name(name: str) -> None:
    chat, words = WORDS[name]
    asked = _read(name)
    assert asked is not None
    told = asked.incoming
    assert (told.kind, told.chat.key, told.text) == (EventKind.MESSAGE, chat, words)
    assert (told.chat.kind is ChatKind.GROUP) == told.mentioned == (chat == GROUP)
    assert told.sender.key == ("wecom", "main", "LiXiaoShan")
    assert told.at == (NOW if name == "private_text_without_time" else SAID)
    assert told.message_id == "CAIQ16HMjQYY/NGagIOAgAMgq4KM0AI="
    assert told.key == "wecom:main:mCAIQ16HMjQYY/NGagIOAgAMgq4KM0AI="
    assert asked.req_id == "T5HAP8MTYKmJ4kvCFzVhG2"
    assert told.spoken == (name == "private_voice")


def test_a_quote_of_the_bots_own_words_is_an_answer_to_them() -> None:
    asked, other = _read("group_quote"), _read("private_quote_of_a_picture")
    assert asked
    assert other
    assert asked.incoming.reply_to == "n7"
    assert asked.incoming.quoted
    assert asked.incoming.quoted.text == "公告：周六上午九点视频会"
    assert other.incoming.reply_to is None


@pytest.mark.parametrize("name", PRESSES)
def test_a_pressed_button_brings_its_data_and_its_card(name: str) -> None:
    asked = _read(name)
    assert asked
    told = asked.incoming
    assert (told.kind, told.chat.key, told.text, told.message_id) == (EventKind.BUTTON, PRESSES[name], "q.1.0.x", "t0123")
    assert told.key == "wecom:main:eCAIQz7/MjQYY/NGagIOAgAMgl8jK/gI="


def test_who_opens_the_chat_is_told() -> None:
    asked = _read("enter_chat")
    assert asked
    assert (asked.incoming.kind, asked.incoming.chat.key) == (EventKind.OPENED, PRIVATE)


@pytest.mark.parametrize("name", NOTHING)
def test_what_says_nothing_to_the_bot_becomes_nothing(name: str) -> None:
    assert _read(name) is None


def test_every_recording_is_read_somewhere() -> None:
    named = {*WORDS, *NOTHING, *PRESSES, "enter_chat"}
    assert {each.stem for each in RECORDED.glob("*.json")} == named
    assert {each.stem for each in RECORDED.glob("*.xml")} == {*APP, *APP_NOTHING}


@pytest.mark.parametrize(
    ("said", "bot_name", "left"),
    [
        ("@助手 签到", "", "签到"),
        ("签到 @助手", "", "签到"),
        ("@周海 签到", "助手", "签到"),
        ("@周海 @助手 签到", "助手", "@周海 签到"),
        ("@助手机 签到", "助手", "签到"),
        ("@红旗 助手 签到", "红旗 助手", "签到"),
        ("我的邮箱 a@b.cn @助手", "", "我的邮箱 a@b.cn"),
        ("问 @周海 和 @助手 签到了吗", "", "问 @周海 和 @助手 签到了吗"),
        ("@助手", "", ""),
        ("@助手，签到", "助手", "，签到"),
    ],
)
def test_the_mention_that_is_taken_out_is_the_bots(said: str, bot_name: str, left: str) -> None:
    assert unmentioned(said, bot_name) == left


def test_a_long_id_makes_a_short_key_of_its_own() -> None:
    frame: Any = json.loads((RECORDED / "private_text.json").read_text(encoding="utf-8"))
    keys = set()
    for ending in "ab":
        frame["body"]["msgid"] = "x" * 100 + ending
        asked = _decoder().message(frame)
        assert asked
        assert len(asked.incoming.key) <= 120
        keys.add(asked.incoming.key)
    assert len(keys) == 2
    del frame["body"]["msgid"]
    asked = _decoder().message(frame)
    assert asked
    assert asked.incoming.key == "wecom:main:mT5HAP8MTYKmJ4kvCFzVhG2"
    frame["headers"] = {}
    assert _decoder().message(frame) is None


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(name=st.sampled_from([*WORDS, *PRESSES, "enter_chat"]), place=st.integers(0, 30), odd=ODD)
def test_an_odd_value_anywhere_raises_nothing(name: str, place: int, odd: object) -> None:
    frame = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            places.append((value, key))
            walk(inner)

    walk(frame)
    holder, key = places[place % len(places)]
    holder[key] = odd
    for asked in (_decoder().message(frame), _decoder().event(frame)):
        if asked is not None:
            assert len(asked.incoming.key) <= 120
            assert asked.incoming.chat.key.chat_id[0] in "gu"


def _app(name: str) -> Incoming | None:
    told = fields((RECORDED / f"{name}.xml").read_bytes())
    assert told
    return AppDecoder("app", lambda: NOW).incoming(told)


APP = {
    "app_text": (EventKind.MESSAGE, "我到哈尔滨了", False),
    "app_voice": (EventKind.MESSAGE, "我到哈尔滨了", True),
    "app_voice_not_heard": (EventKind.MESSAGE, "", True),
    "app_image": (EventKind.MESSAGE, "", False),
    "app_location": (EventKind.LOCATION, "", False),
    "app_subscribe": (EventKind.OPENED, "", False),
    "app_enter": (EventKind.OPENED, "", False),
    "app_click": (EventKind.MESSAGE, "签到", False),
}
APP_NOTHING = ("app_unsubscribe", "app_location_event", "app_location_beyond_the_earth")


@pytest.mark.parametrize("name", APP)
def test_what_happens_in_the_app_becomes_what_it_is(name: str) -> None:
    told = _app(name)
    assert told
    assert (told.kind, told.text, told.spoken) == APP[name]
    assert told.chat.key == ("wecom", "app", "uLiXiaoShan")
    assert told.at == SAID
    assert told.key.startswith("wecom:app:")
    assert told.message_id


@pytest.mark.parametrize("name", APP_NOTHING)
def test_what_the_bot_does_not_want_to_know_becomes_nothing(name: str) -> None:
    assert _app(name) is None
