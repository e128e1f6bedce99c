"""What OneBot's events mean: recorded ones, and ones nobody would send."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Incoming
from bot.platforms.onebot import cq
from bot.platforms.onebot.decode import READERS, Decoded, Decoder
from bot.platforms.onebot.hear import hear
from bot.platforms.typed import LONGEST
from tests.onebot_server.model import as_cq

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ME = "2233445566"
RECORDED = sorted((Path(__file__).parent / "recorded" / "onebot").glob("*.json"))
DECODER = Decoder(ME, frozenset({ME, "2233445577"}), lambda: NOW, {"200001": "支部"})
GROUP: dict[str, Any] = {
    "post_type": "message",
    "message_type": "group",
    "group_id": 7,
    "user_id": 5,
    "message_id": 9,
    "time": 1_795_000_000,
}
PRIVATE: dict[str, Any] = {"post_type": "message", "message_type": "private", "user_id": 5, "message_id": 9, "time": 1_795_000_000}


def flat(event: Incoming) -> dict[str, Any]:
    """An event as the recordings write it down: what is not there is left out."""
    written = {
        "key": event.key,
        "kind": event.kind.value,
        "chat_id": event.chat.key.chat_id,
        "chat_kind": event.chat.kind.value,
        "title": event.chat.title,
        "user_id": event.sender.key.user_id,
        "name": event.sender.name,
        "text": event.text,
        "message_id": event.message_id,
        "mentioned": event.mentioned,
        "reply_to": event.reply_to,
        "location": event.location and [event.location.latitude, event.location.longitude],
        "spoken": event.spoken,
        "request": event.request,
        "at": int(event.at.timestamp()),
    }
    return {key: value for key, value in written.items() if value}


def told(decoded: Decoded) -> dict[str, Any]:
    """All that an event says, also to the adapter alone."""
    pulse = decoded.pulse and {"online": decoded.pulse.online, "interval": decoded.pulse.interval, "why": decoded.pulse.why}
    written = {
        "event": decoded.event and flat(decoded.event),
        "pulse": pulse,
        "friend": decoded.friend,
        "met": decoded.met and list(decoded.met),
        "gone": decoded.gone,
        "place": decoded.place,
    }
    return {key: value for key, value in written.items() if value}


def read(event: dict[str, Any]) -> Incoming | None:
    return DECODER.event(event).event


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_event_means_what_stands_beside_it(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    assert told(DECODER.event(recorded["event"])) == recorded["expected"]


def test_every_kind_of_event_that_is_read_is_recorded() -> None:
    events = [json.loads(path.read_text("utf-8"))["event"] for path in RECORDED]
    kinds = {(each["post_type"], each.get(f"{each['post_type']}_type")) for each in events}
    assert set(READERS) <= kinds


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_what_is_said_as_a_cq_string_says_the_same(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    event = recorded["event"]
    if isinstance(event.get("message"), list):
        event = event | {"message": as_cq(event["message"])}
    assert told(DECODER.event(event)) == recorded["expected"]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_ids_as_texts_mean_the_same(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    event = {name: str(value) if name.endswith("_id") and isinstance(value, int) else value for name, value in recorded["event"].items()}
    assert told(DECODER.event(event)) == recorded["expected"]


@pytest.mark.parametrize(
    ("parts", "text", "mentioned"),
    [
        (["请", "@", "报到"], "请 报到", True),
        (["报到", "@", " 武汉"], "报到 武汉", True),
        (["报到\n", "@", "\n武汉"], "报到\n\n武汉", True),
        (["@", "@", " 报到"], "报到", True),
        (["  两边  有空格 "], "  两边  有空格 ", False),
        (["@", " "], "", True),
    ],
)
def test_the_bots_name_is_taken_out_without_leaving_a_seam(parts: list[str], text: str, mentioned: bool) -> None:
    message = [{"type": "at", "data": {"qq": ME}} if each == "@" else {"type": "text", "data": {"text": each}} for each in parts]
    event = read(GROUP | {"message": message})
    assert event
    assert (event.text, event.mentioned) == (text, mentioned)


def test_messages_with_a_number_that_was_used_before_a_restart_have_keys_of_their_own() -> None:
    keys = {
        read(GROUP | {"message": "签到", **change}).key  # type: ignore[union-attr]
        for change in ({}, {"time": 1_795_000_001}, {"user_id": 6}, {"group_id": 8}, {"message_id": 10})
    }
    assert len(keys) == 5
    assert all(len(key) <= 120 for key in keys)


def test_a_long_id_still_makes_a_short_key() -> None:
    one, two = (read(GROUP | {"message": "签到", "message_id": "m" * 63 + each, "user_id": 2**62}) for each in "ab")
    assert one
    assert two
    assert one.key != two.key
    assert len(one.key) <= 120


@pytest.mark.parametrize(
    "event",
    [
        {},
        PRIVATE | {"user_id": 0, "message": "x"},
        PRIVATE | {"user_id": True, "message": "x"},
        PRIVATE | {"user_id": 2**70, "message": "x"},
        PRIVATE | {"user_id": "10001x", "message": "x"},
        PRIVATE | {"message": None},
        PRIVATE | {"message": []},
        PRIVATE | {"message": ""},
        GROUP | {"group_id": None, "message": "x"},
        GROUP | {"message": [{"type": "location", "data": {"lat": "nan", "lon": 1}}]},
        GROUP | {"message": [{"type": "json", "data": {"data": '{"app":"com.tencent.map","meta":' + "[" * 5000}}]},
        {"post_type": "notice", "notice_type": "group_increase", "group_id": 7},
        {"post_type": "request", "request_type": "group", "sub_type": "add", "group_id": 7, "user_id": 5},
        {"post_type": "request", "request_type": "group", "sub_type": "add", "group_id": 7, "user_id": 5, "flag": "f" * 600},
    ],
)
def test_what_cannot_be_meant_for_us_is_ignored(event: dict[str, Any]) -> None:
    assert read(event) is None


def test_a_message_far_too_long_is_ignored_and_one_that_is_too_long_is_cut() -> None:
    assert read(PRIVATE | {"message": "长" * (cq.LONGEST + 1)}) is None
    assert read(PRIVATE | {"message": "[CQ:face,id=1]" * (cq.MOST + 1)}) is None
    assert read(PRIVATE | {"message": [{"type": "face", "data": {}}] * (cq.MOST + 1)}) is None
    event = read(PRIVATE | {"message": [{"type": "text", "data": {"text": "长" * 4000}}] * 100})
    assert event
    assert len(event.text) == LONGEST


def test_half_an_emoji_does_not_reach_the_storage() -> None:
    event = read(PRIVATE | {"message": "报到\ud83d\0", "sender": {"nickname": "\udc00"}})
    assert event
    assert (event.text, event.sender.name) == ("报到?", "?")


@pytest.mark.parametrize(("date", "at"), [(10**25, None), ("today", None), (0, None), (-5, None), (1_795_000_100_000, 1_795_000_100)])
def test_an_impossible_date_becomes_the_present_and_milliseconds_seconds(date: object, at: int | None) -> None:
    event = read(PRIVATE | {"message": "x", "time": date})
    assert event
    assert event.at == (NOW if at is None else datetime.fromtimestamp(at, UTC))


def test_a_clock_that_is_off_by_an_hour_changes_nothing() -> None:
    for off in (-3600, 3600):
        at = int(NOW.timestamp()) + off
        event = read(PRIVATE | {"message": "签到", "time": at})
        assert event
        assert event.at == datetime.fromtimestamp(at, UTC)


SEGMENTS = st.lists(
    st.one_of(
        st.builds(lambda words: {"type": "text", "data": {"text": words}}, st.text("报到[]&,;=CQ:at#91 \n", min_size=1, max_size=12)),
        st.builds(lambda who: {"type": "at", "data": {"qq": who}}, st.sampled_from([ME, "10002", "all"])),
        st.builds(lambda which: {"type": "reply", "data": {"id": str(which)}}, st.integers(-(2**31), 2**31)),
        st.just({"type": "face", "data": {"id": "1"}}),
        st.just({"type": "location", "data": {"lat": "30.5", "lon": "114.2", "title": "a,b]c&d"}}),
    ),
    max_size=6,
)


@given(SEGMENTS)
def test_an_array_and_the_string_that_an_implementation_makes_of_it_say_the_same(segments: list[dict[str, Any]]) -> None:
    assert hear(segments, "", ME) == hear(as_cq(segments), "", ME)


@given(st.text("[]CQ:at,=&;# 报\0\ud83d\n"))
def test_no_text_at_all_breaks_the_reading_of_cq_strings(raw: str) -> None:
    assert len(hear(raw, "", ME).text) <= LONGEST


WORDS = (
    *("post_type", "message_type", "notice_type", "request_type", "meta_event_type", "sub_type", "message", "raw_message", "sender"),
    *("user_id", "group_id", "self_id", "operator_id", "message_id", "time", "flag", "comment", "status", "online", "interval", "type"),
    *("data", "qq", "text", "id", "lat", "lon", "nickname", "card", "anonymous", "temp_source", "group_name"),
)
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text("a7 报\0\ud83d[", max_size=12),
        st.sampled_from(["text", "at", "json", ME]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=8),
    max_leaves=12,
)


@settings(max_examples=100)
@given(st.sampled_from(sorted(READERS)), st.dictionaries(st.sampled_from(WORDS), JSON, max_size=12))
def test_no_json_whatsoever_breaks_the_decoder(kind: tuple[str, str], body: dict[str, Any]) -> None:
    decoded = DECODER.event({"user_id": 5, "group_id": 7, **body, "post_type": kind[0], f"{kind[0]}_type": kind[1]})
    event = decoded.event
    assert event is None or (len(event.key) <= 120 and len(event.chat.key.chat_id) > 1)
