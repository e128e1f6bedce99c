"""What Telegram's updates mean: recorded ones, and ones nobody would send."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Incoming, Location
from bot.platforms.telegram.address import Self
from bot.platforms.telegram.decode import READERS, Decoder, lane_of

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
RECORDED = sorted((Path(__file__).parent / "recorded" / "telegram").glob("*.json"))
DECODER = Decoder("main", Self(7110022334, "zhibu_demo_bot"), lambda: NOW)
USER = {"id": 5, "first_name": "兰"}
PRIVATE = {"id": 5, "type": "private"}
GROUP = {"id": -5, "type": "group"}


def read(body: dict[str, Any], field: str = "message") -> list[Incoming]:
    decoded = DECODER.update({"update_id": 9, field: body})
    assert decoded is not None
    return list(decoded.events)


def flat(event: Incoming) -> dict[str, Any]:
    """An event as the recordings write it down: what is not there is left out."""
    told = {
        "key": event.key,
        "kind": event.kind.value,
        "chat_id": event.chat.key.chat_id,
        "chat_kind": event.chat.kind.value,
        "user_id": event.sender.key.user_id,
        "name": event.sender.name,
        "text": event.text,
        "message_id": event.message_id,
        "mentioned": event.mentioned,
        "reply_to": event.reply_to,
        "location": event.location and [event.location.latitude, event.location.longitude],
        "new_chat_id": event.new_chat_id,
        "at": int(event.at.timestamp()),
    }
    return {key: value for key, value in told.items() if value}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_update_means_what_stands_beside_it(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    decoded = DECODER.update(recorded["update"])
    assert decoded is not None
    at = int(NOW.timestamp())
    expected = [{"at": at} | {key: value for key, value in event.items() if value} for event in recorded["expected"]]
    assert [flat(event) for event in decoded.events] == expected


def test_every_kind_of_update_asked_for_is_recorded() -> None:
    recorded = {key for path in RECORDED for key in json.loads(path.read_text("utf-8"))["update"]}
    assert set(READERS) <= recorded


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@zhibu_demo_bot", ""),
        ("请@zhibu_demo_bot报到", "请 报到"),
        ("报到 @zhibu_demo_bot 武汉", "报到 武汉"),
        ("报到\n@zhibu_demo_bot\n武汉", "报到\n\n武汉"),
        ("@zhibu_demo_bot @ZHIBU_DEMO_BOT 报到", "报到"),
        ("/签到@zhibu_demo_bot武汉", "/签到 武汉"),
        ("/checkin@zhibu_demo_bot\n武汉", "/checkin\n武汉"),
        ("/checkin@zhibu_demo_bot @zhibu_demo_bot", "/checkin"),
    ],
)
def test_the_bots_name_is_taken_out_without_leaving_a_seam(text: str, rest: str) -> None:
    [event] = read({"chat": GROUP, "from": USER, "text": text})
    assert (event.text, event.mentioned) == (rest, True)


@pytest.mark.parametrize("text", ["@zhibu_demo_bot2 报到", "a@zhibu_demo_bot.cn", "https://t.me/@zhibu_demo_bot", "  两边  有空格 "])
def test_a_text_without_the_bots_name_is_left_as_it_is(text: str) -> None:
    [event] = read({"chat": GROUP, "from": USER, "text": text})
    assert (event.text, event.mentioned) == (text, False)


def test_what_a_server_leaves_out_costs_nothing() -> None:
    [event] = read({"chat": {"id": -7}, "from": {"id": 8}, "text": "报到"})
    assert flat(event) == {
        "key": "telegram:main:9",
        "kind": "message",
        "chat_id": "-7",
        "chat_kind": "group",
        "user_id": "8",
        "text": "报到",
        "at": int(NOW.timestamp()),
    }


def test_a_membership_without_its_former_state_is_taken_as_a_change() -> None:
    [event] = read({"chat": PRIVATE, "from": USER, "new_chat_member": {"status": "kicked"}}, "my_chat_member")
    assert event.kind == "blocked"


@pytest.mark.parametrize(
    "body",
    [
        {"chat": PRIVATE, "text": "nobody"},
        {"chat": {"id": 0, "type": "private"}, "from": USER, "text": "nowhere"},
        {"chat": {"id": 2**70, "type": "private"}, "from": USER, "text": "too far"},
        {"chat": {"id": True, "type": "private"}, "from": USER, "text": "no number"},
        {"chat": PRIVATE, "from": USER, "location": {"latitude": float("nan"), "longitude": 1}},
        {"chat": PRIVATE, "from": USER, "location": {"latitude": 91, "longitude": 1}},
        {"chat": GROUP, "from": USER, "edit_date": 1, "new_chat_title": "新名"},
    ],
)
def test_what_cannot_be_meant_for_us_is_ignored(body: dict[str, Any]) -> None:
    assert read(body) == []


def test_half_an_emoji_does_not_reach_the_storage() -> None:
    [event] = read({"chat": PRIVATE, "from": {"id": 5, "first_name": "\udc00"}, "text": "报到\ud83d"})
    assert (event.text, event.sender.name) == ("报到?", "?")


@pytest.mark.parametrize("date", [10**17, -5, "today", 0, None, 2.5])
def test_an_impossible_date_becomes_the_present(date: object) -> None:
    [event] = read({"chat": PRIVATE, "from": USER, "text": "报到", "date": date})
    assert event.at.tzinfo is UTC
    assert date == -5 or event.at == NOW


def test_a_venue_is_a_location() -> None:
    [event] = read({"chat": PRIVATE, "from": USER, "venue": {}, "location": {"latitude": 30, "longitude": 114.5}})
    assert event.location == Location(30.0, 114.5)


@pytest.mark.parametrize("value", [None, [], "x", 7, {}, {"update_id": "7"}, {"update_id": True}, {"update_id": 2**64}])
def test_what_has_no_number_is_no_update(value: object) -> None:
    assert DECODER.update(value) is None


WORDS = [
    *READERS,
    *("chat", "from", "text", "caption", "entities", "caption_entities", "id", "type", "is_bot", "first_name", "title", "message_id"),
    *("date", "reply_to_message", "new_chat_members", "left_chat_member", "migrate_to_chat_id", "location", "latitude", "longitude"),
    *("offset", "length", "user", "status", "old_chat_member", "new_chat_member", "is_member", "message", "data", "voice"),
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=12),
    st.sampled_from(["private", "group", "member", "kicked", "text_mention", "@zhibu_demo_bot", "/a@b", 7110022334]),
)
JSON = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=8), max_leaves=12
)
LIKELY = st.fixed_dictionaries(
    {"chat": st.sampled_from([PRIVATE, GROUP]) | JSON, "from": st.just(USER) | JSON},
    optional={word: JSON for word in WORDS if word not in {*READERS, "chat", "from"}} | {"text": st.text()},
)


@settings(max_examples=60)
@given(st.integers(), st.sampled_from(list(READERS)), JSON | LIKELY)
def test_no_json_whatsoever_breaks_the_decoder(update_id: int, field: str, body: object) -> None:
    decoded = DECODER.update({"update_id": update_id, field: body})
    assert decoded is None or all(event.key and event.chat.key.chat_id for event in decoded.events)


@given(st.text(), st.integers(-3, 40), st.integers(-3, 40))
def test_entities_may_lie_anywhere(text: str, offset: int, length: int) -> None:
    entity = {"type": "text_mention", "offset": offset, "length": length, "user": {"id": 7110022334}}
    text = text.encode("utf-8", "replace").decode()
    heard = DECODER.me.hear(text, [entity])
    assert heard is None or len(heard[0]) <= len(text) + 1


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -100}}}, "-100"),
        ({"update_id": 1, "callback_query": {"id": "7", "message": {"chat": {"id": 5}}}}, "5"),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 6}}}, "6"),
        ({"update_id": 1, "poll": {"id": "9"}}, ""),
        ({"message": {"chat": "-100"}}, ""),
        ([1], ""),
        (None, ""),
    ],
)
def test_an_update_waits_behind_others_of_its_chat(update, lane):
    assert lane_of(update) == lane
