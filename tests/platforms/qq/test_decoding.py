"""What QQ's callbacks mean: recorded ones, and ones nobody would send."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.json_fields import mapping
from bot.platforms.qq.decode import READERS, Decoded, Decoder, lane_of
from bot.platforms.qq.fields import short
from bot.platforms.typed import LONGEST

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
POSTED = int(NOW.timestamp()) + 2
RECORDED = sorted((Path(__file__).parents[1] / "recorded" / "qq").glob("*.json"))
DECODER = Decoder("main", lambda: NOW, lambda message_id: message_id == "REFIDX_COURS==")


def flat(decoded: Decoded) -> dict[str, Any]:
    """What a callback says as the recordings write it down: what is not there is left out."""
    told: dict[str, Any] = {"press": decoded.press}
    if (event := decoded.event) is not None:
        told["event"] = {
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
            "quoted": event.quoted and [event.quoted.text, event.quoted.at.isoformat()],
            "spoken": event.spoken,
            "at": event.at.isoformat(),
        }
        told["event"] = {key: value for key, value in told["event"].items() if value}
    if (opening := decoded.opening) is not None:
        told["opens"] = [opening.chat.key.chat_id, opening.anchor.field, opening.anchor.id, opening.age.total_seconds()]
    if (change := decoded.change) is not None:
        told["change"] = [change.chat, change.pushes, change.left]
    return {key: value for key, value in told.items() if value}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_callback_means_what_stands_beside_it(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    assert flat(DECODER.read(recorded["callback"], POSTED)) == recorded["expected"]


def test_every_kind_of_callback_that_is_read_is_recorded() -> None:
    assert set(READERS) <= {json.loads(path.read_text("utf-8"))["callback"].get("t") for path in RECORDED}


def _callback(kind: str = "C2C_MESSAGE_CREATE", **body: Any) -> dict[str, Any]:
    author = {"user_openid": "A1", "member_openid": "B1"}
    return {"op": 0, "id": f"{kind}:1", "t": kind, "d": {"id": "m1", "content": "签到", "author": author, "group_openid": "G1"} | body}


def test_the_same_message_has_the_same_key_however_it_comes() -> None:
    first, second = DECODER.read(_callback("GROUP_AT_MESSAGE_CREATE"), POSTED), DECODER.read(_callback("GROUP_MESSAGE_CREATE"), POSTED)
    assert first.event
    assert second.event
    assert first.event.key == second.event.key
    again = DECODER.read(_callback("GROUP_AT_MESSAGE_CREATE") | {"id": "another envelope"}, POSTED)
    assert again.event
    assert again.event.key == first.event.key


def test_a_key_and_a_stored_id_have_their_length_whatever_comes() -> None:
    for length in (1, 80, 100, 101, 300):
        decoded = DECODER.read(_callback(id="m" * length, message_scene={"ext": [f"ref_msg_idx={'r' * length}"]}), POSTED)
        assert decoded.event
        assert len(decoded.event.key) <= 120
        assert len(decoded.event.reply_to or "") <= 80
        assert decoded.event.message_id == "m" * length, "whole: replies hang on it"
    assert DECODER.read(_callback(id="m" * 301), POSTED).event is None
    assert short("r" * 81) == short("r" * 81) != short("r" * 82)


def test_a_group_and_a_person_of_the_same_openid_are_two_chats() -> None:
    group = DECODER.read(_callback("GROUP_AT_MESSAGE_CREATE", group_openid="A1"), POSTED)
    person = DECODER.read(_callback(), POSTED)
    assert group.event
    assert person.event
    assert group.event.chat.key != person.event.chat.key


def test_the_age_of_a_message_is_taken_from_one_clock() -> None:
    """Ours may be wrong by minutes."""
    late = DECODER.read(_callback(timestamp="2026-11-20T08:58:02+08:00"), POSTED)
    ahead = DECODER.read(_callback(timestamp="2026-11-20T09:01:00+08:00"), POSTED)
    assert late.opening
    assert ahead.opening
    assert (late.opening.age.total_seconds(), ahead.opening.age.total_seconds()) == (120, 0)


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-20T09:00:00", 10**15, -1e300, None, True, ["x"], "9" * 500])
def test_a_message_without_a_time_is_of_now(at: object) -> None:
    decoded = DECODER.read(_callback(timestamp=at), POSTED)
    assert decoded.event
    assert decoded.event.at == NOW


def test_what_people_write_is_made_fit_and_no_longer_than_anybody_types() -> None:
    decoded = DECODER.read(_callback(content="签\0到\ud800" + "长" * 100_000), POSTED)
    assert decoded.event
    assert decoded.event.text.startswith("签到?长")
    assert len(decoded.event.text) <= LONGEST


def test_a_thousand_mentions_cost_no_more_than_twenty() -> None:
    mentions = [{"id": f"{number:032X}", "username": "周海"} for number in range(1000)]
    decoded = DECODER.read(_callback("GROUP_MESSAGE_CREATE", content="<@" + "0" * 32 + ">", mentions=mentions), POSTED)
    assert decoded.event
    assert decoded.event.text == "@周海"


def test_callbacks_of_a_chat_wait_for_each_other_and_for_no_other() -> None:
    assert lane_of(_callback("GROUP_AT_MESSAGE_CREATE")) == "G1"
    assert lane_of(_callback(group_openid=None)) == "A1"
    assert lane_of({"d": {"openid": "C1"}}) == "C1"
    assert lane_of({"d": [1]}) == lane_of({}) == ""


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
_FIELDS = [
    *("id", "content", "timestamp", "author", "group_openid", "user_openid", "openid", "mentions", "attachments", "message_scene"),
    *("msg_elements", "message_reference", "data", "type", "op_member_openid", "group_member_openid", "member_openid", "is_you"),
]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from([*READERS, "SHOUT"]), st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=8), _JSON)
def test_nothing_that_could_be_sent_raises(kind: str, body: dict[str, Any], envelope: object) -> None:
    for payload in ({"op": 0, "id": envelope, "t": kind, "d": body}, {"op": envelope, "t": envelope, "d": envelope}):
        lane_of(payload)
        decoded = DECODER.read(payload, POSTED)
        for key in (decoded.event.key if decoded.event else "", decoded.change.key if decoded.change else ""):
            assert len(key) <= 120
    DECODER.read(mapping(envelope), POSTED)
