"""Collected rows brought together: as few statements as may be, and the same rows in the end as one by one."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event, select
from sqlalchemy.engine import make_url

from storage import engines, writes
from storage.tables import branch, member, outbox, setting, transcript
from storage.tables_counts import message_count
from tests.databases import Databases

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
        for table in (setting, transcript, branch, member, outbox):
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


def _statements(connection: Connection, collected: list[writes.Write]) -> list[str]:
    said: list[str] = []

    def hear(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement.split()[0])

    event.listen(connection, "before_cursor_execute", hear)
    try:
        writes.execute(connection, collected)
    finally:
        event.remove(connection, "before_cursor_execute", hear)
    return said


def test_many_rows_of_two_shapes_are_two_statements_however_they_are_mixed(connection: Connection) -> None:
    connection.execute(setting.delete())
    mixed = [each for number in range(50) for each in (_write("upsert", f"n{number}", "1"), _write("update", f"m{number}", "2"))]
    assert _statements(connection, mixed) == ["INSERT", "UPDATE"]


def test_a_row_that_changes_again_and_again_is_written_once(connection: Connection) -> None:
    connection.execute(setting.delete())
    connection.execute(setting.insert(), [{"name": "a", "value": "0"}])
    assert _statements(connection, [_write("update", "a", str(number)) for number in range(20)]) == ["UPDATE"]
    assert connection.execute(select(setting.c.value)).scalar_one() == "19"


def test_nothing_is_moved_past_a_deletion(connection: Connection) -> None:
    connection.execute(setting.delete())
    assert _statements(connection, [_write("upsert", "a", "1"), _write("delete", "a", ""), _write("upsert", "b", "2")]) == [
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
