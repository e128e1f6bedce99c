"""Collected rows brought together: as few statements as may be, and the same rows in the end as one by one."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Text, cast, event, select
from sqlalchemy.engine import make_url

from storage import engines, writes
from storage.lookups import Keyed
from storage.tables import branch, member, outbox, setting, transcript
from storage.tables_counts import message_count
from storage.tables_ledger import policy
from storage.tables_study import study_plan
from tests.databases import ON_SERVER, Databases

KEYS = st.sampled_from(["a", "b", "c"])
DEEDS = st.one_of(
    st.tuples(st.just("upsert"), KEYS, st.text("xyz", max_size=2)),
    st.tuples(st.just("update"), KEYS, st.text("xyz", max_size=2)),
    st.tuples(st.just("delete"), KEYS, st.just("")),
)


@pytest.fixture(scope="module")
def connection(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine = engines.writing_engine(make_url(databases.blank(tmp_path_factory.mktemp("writes") / "writes.db", keep=True)))
    with engine.begin() as made:
        for table in (setting, transcript, branch, member, outbox, policy, study_plan):
            table.create(made)
        yield made
    engine.dispose()


def _write(deed: str, key: str, value: str) -> writes.Write:
    if deed == "upsert":
        return writes.replacing(setting, ["name"], {"name": key, "value": value})
    if deed == "update":
        return writes.changing(setting, {"name": key}, {"value": value})
    return writes.ending(setting, {"name": key})


def _after(deeds: list[tuple[str, str, str]]) -> dict[str, str]:
    rows: dict[str, str] = {}
    for deed, key, value in deeds:
        if deed == "upsert" or (deed == "update" and key in rows):
            rows[key] = value
        elif deed == "delete":
            rows.pop(key, None)
    return rows


@given(st.lists(DEEDS, max_size=12))
def test_the_rows_are_as_if_written_one_by_one(connection: Connection, deeds: list[tuple[str, str, str]]) -> None:
    connection.execute(setting.delete())
    writes.execute(connection, [_write(*each) for each in deeds])
    assert {row.name: row.value for row in connection.execute(select(setting))} == _after(deeds)


def _verbs(connection: Connection, collected: list[writes.Write]) -> list[str]:
    return [each.split()[0] for each in _statements(connection, collected)]


def _statements(connection: Connection, collected: list[writes.Write]) -> list[str]:
    said: list[str] = []

    def hear(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(connection, "before_cursor_execute", hear)
    try:
        writes.execute(connection, collected)
    finally:
        event.remove(connection, "before_cursor_execute", hear)
    return said


def test_many_rows_of_two_shapes_are_two_statements_however_they_are_mixed(connection: Connection) -> None:
    connection.execute(setting.delete())
    mixed = [each for number in range(50) for each in (_write("upsert", f"n{number}", "1"), _write("update", f"m{number}", "2"))]
    assert _verbs(connection, mixed) == ["INSERT", "UPDATE"]


def test_a_row_that_changes_again_and_again_is_written_once(connection: Connection) -> None:
    connection.execute(setting.delete())
    connection.execute(setting.insert(), [{"name": "a", "value": "0"}])
    assert _verbs(connection, [_write("update", "a", str(number)) for number in range(20)]) == ["UPDATE"]
    assert connection.execute(select(setting.c.value)).scalar_one() == "19"


def test_nothing_is_moved_past_a_deletion(connection: Connection) -> None:
    connection.execute(setting.delete())
    assert _verbs(connection, [_write("upsert", "a", "1"), _write("delete", "a", ""), _write("upsert", "b", "2")]) == [
        "INSERT",
        "DELETE",
        "INSERT",
    ]


def test_additions_to_one_number_are_one_addition() -> None:
    key: Mapping[str, Any] = {"branch_id": 1, "day": None, "kind": "dues", "place": "group", "what": "message"}
    group: Any = writes._Group(writes.adding(message_count, key, "count", 1).shape)
    for _ in range(5):
        writes._add(group, writes.adding(message_count, key, "count", 2))
    assert [row["count"] for row in group.values()] == [10]


@pytest.mark.parametrize("words", ["a", "\\", "\\u0000", "%s 'x' \"y\" {z} :w", "雨\U0001f327\n\t", "x\x00y"])
def test_whatever_rows_hold_many_are_written_as_one_is(connection: Connection, words: str) -> None:
    connection.execute(transcript.delete())
    message = {"words": words, "none": None, "list": [1, words]}
    rows = [
        {"message_id": f"m{number}", "number": number, "chat_id": words, "at": datetime(2026, 3, 1, tzinfo=UTC), "message": message}
        for number in range(4)
    ]
    for some in (rows[:1], rows[1:]):
        writes.execute(connection, [writes.inserting(transcript, each) for each in some])
    found = connection.execute(select(transcript.c.message, transcript.c.chat_id, transcript.c.at)).all()
    assert [each.message for each in found] == [message] * 4
    assert len({(each.chat_id, each.at) for each in found}) == 1
    assert found[0].chat_id.replace("\x00", "") == words.replace("\x00", "")


def test_pictures_days_and_emptiness_are_written_as_they_are(connection: Connection) -> None:
    connection.execute(outbox.delete())
    at, day = datetime(2026, 3, 1, 8, tzinfo=UTC), date(2026, 3, 1)
    common = {"kind": "group", "priority": 1, "language": "zh", "state": "waiting", "not_before": at, "created_at": at, "once": True}
    rows = [
        {**common, "content": content, "picture": picture, "day": day}
        for content in (None, {"zh": "好"})
        for picture in (None, b"\x00\xff")
    ]
    writes.execute(connection, [writes.inserting(outbox, each) for each in (*rows, rows[0])])
    columns = (outbox.c.content, outbox.c.picture, outbox.c.day, outbox.c.not_before, outbox.c.once)
    found = connection.execute(select(*columns).order_by(outbox.c.id)).all()
    assert found == [(each["content"], each["picture"], day, at, True) for each in (*rows, rows[0])]
    ids = connection.execute(select(outbox.c.id).order_by(outbox.c.id)).scalars().all()
    writes.execute(connection, [writes.changing(outbox, {"id": each}, {"content": {"n": each}, "day": None}) for each in ids])
    assert connection.execute(select(outbox.c.content, outbox.c.day).order_by(outbox.c.id)).all() == [({"n": each}, None) for each in ids]


MOMENT = datetime(2026, 3, 1, 8, tzinfo=UTC)
LETTER = {"kind": "group", "priority": 1, "language": "zh", "state": "waiting", "not_before": MOMENT, "created_at": MOMENT}


def test_letters_are_numbered_in_the_order_in_which_they_were_said(connection: Connection) -> None:
    connection.execute(outbox.delete())
    said = [f"{number * 37 % 100:02}" for number in range(100)]
    letters = [{**LETTER, "content": {"zh": each}, "picture": None, "file": None, "day": date(2026, 3, 1)} for each in said]
    [statement] = _statements(connection, [writes.inserting(outbox, each) for each in letters])
    if ON_SERVER:
        assert "json_to_recordset" in statement, "they are carried"
        assert "ORDER BY" in statement, "the server promises no order but one that is asked for"
    found = connection.execute(select(outbox.c.content, outbox.c.day, outbox.c.not_before).order_by(outbox.c.id)).all()
    assert found == [({"zh": each}, date(2026, 3, 1), MOMENT) for each in said]


@pytest.fixture
def branches(connection: Connection) -> Iterator[list[int]]:
    connection.execute(branch.insert(), [{"id": each, "name": f"支部{each}", "created_at": MOMENT} for each in (1, 2, 3)])
    yield [1, 2, 3]
    for table in (policy, study_plan, branch):
        connection.execute(table.delete())


@pytest.mark.parametrize("value", ["words", "null", "", 7, 0.5, True, None, [], [None], {"a": None}])
def test_a_value_of_json_is_stored_by_many_rows_as_by_one(connection: Connection, branches: list[int], value: Any) -> None:
    common = {"name": "n", "effective_from": date(2026, 3, 1), "at": MOMENT}
    policies = [{**common, "id": each, "branch_id": each, "value": value} for each in branches]
    plans = [{"branch_id": each, "queue": [], "left_out": [], "today": value} for each in branches]
    for some in (slice(0, 1), slice(1, None)):
        writes.execute(connection, [writes.inserting(policy, each) for each in policies[some]])
        writes.execute(connection, [writes.replacing(study_plan, ["branch_id"], each) for each in plans[some]])
    assert connection.execute(select(policy.c.value)).scalars().all() == [value] * 3
    assert _texts(connection, policy.c.value) == _texts(connection, study_plan.c.today) == [json.dumps(value, separators=(",", ":"))] * 3
    writes.execute(connection, [writes.changing(study_plan, {"branch_id": each}, {"today": value}) for each in branches])
    assert _texts(connection, study_plan.c.today) == _texts(connection, policy.c.value)


def _texts(connection: Connection, column: Column[Any]) -> list[str | None]:
    """What a column of JSON holds, apart from its spaces; None where it holds nothing."""
    return [each and each.replace(" ", "") for each in connection.execute(select(cast(column, Text))).scalars()]


@pytest.mark.parametrize("number", [1, 2])
def test_a_day_is_no_json_whether_in_one_row_or_in_several(connection: Connection, number: int) -> None:
    letter = {**LETTER, "content": {"day": date(2026, 3, 1)}, "day": None}
    with pytest.raises(TypeError):
        writes.execute(connection, [writes.inserting(outbox, letter) for _ in range(number)])


def test_keys_that_differ_by_nothing_that_is_stored_find_a_row_once(connection: Connection) -> None:
    connection.execute(setting.delete())
    connection.execute(setting.insert(), [{"name": "a", "value": "1"}, {"name": "\\u0000", "value": "2"}])
    keyed: Keyed[str, str] = Keyed(select(setting.c.value), [setting.c.name], lambda row: str(row.value))
    statement, wanted = keyed.asked(connection.dialect, ["a", "a\x00", "\x00a", "\\u0000", "\\\x00u0000"])
    assert sorted(connection.execute(statement, {"wanted": wanted}).scalars()) == ["1", "2"]
