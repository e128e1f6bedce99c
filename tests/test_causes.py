"""The log can be followed from a message to what was sent because of it, without a word of what was said."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import select

from bot.operations import logs
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    before = structlog.get_config()
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    structlog.configure(**before)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def causes(work: UnitOfWork) -> list[str | None]:
    return [row.cause for row in await work.rows(select(outbox.c.cause).order_by(outbox.c.id))]


async def test_an_event_and_the_letters_it_caused_have_one_id(chat: Dialogue, log: io.StringIO) -> None:
    await chat.group("李小山", "签到")
    await chat.private("周海", "帮助")
    told = lines(log)
    events = [each for each in told if each["event"] == "event"]
    assert [each["result"] for each in events] == ["done", "done"]
    assert events[0]["cause"] != events[1]["cause"]
    for event in events:
        letters = [each for each in told if each["event"] == "letter" and event["cause"] in str(each["cause"]).split(",")]
        assert letters
        assert {each["result"] for each in letters} == {"sent"}
    assert {each["cause"] for each in events} <= set(await chat.run(causes))
    for secret in ("李小山", "周海", "签到", "帮助", "private-", "group-"):
        assert secret not in log.getvalue()


async def test_an_edit_names_what_caused_it_last_and_a_merged_letter_all_of_it(chat: Dialogue, log: io.StringIO) -> None:
    for name in ("李小山", "周海", "吴芳"):
        await chat.group(name, "签到")
        await chat.pass_time(minutes=2)
    told = lines(log)
    events = [each["cause"] for each in told if each["event"] == "event"]
    changed = [each["cause"] for each in told if each["event"] == "letter" and each["result"] == "edited"]
    assert changed
    assert changed[-1] == events[-1]


async def test_letters_of_a_job_name_the_job_and_its_occurrence(study: Dialogue, log: io.StringIO) -> None:
    await study.days_pass(1)
    told = [each for each in lines(log) if each["event"] == "letter"]
    assert any(str(each["cause"]).startswith("daily_lesson:2026-03-") for each in told)
    ran = [each for each in lines(log) if each["event"] == "job" and each["job"] == "tidy"]
    assert [each["cause"] for each in ran] == ["tidy:2026-03-11T03:30"]


async def test_a_failure_is_logged_under_the_same_id(chat: Dialogue, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.services.check_ins.check_in", breaks)
    await chat.group("李小山", "签到")
    told = lines(log)
    failed = next(each for each in told if each["event"] == "a handler failed")
    event = next(each for each in told if each["event"] == "event")
    assert (event["result"], event["cause"]) == ("failed", failed["cause"])


async def test_talk_among_people_leaves_no_line(chat: Dialogue, log: io.StringIO) -> None:
    await chat.group("李小山", "今天天气不错啊大家")
    assert [each for each in lines(log) if each["event"] == "event"] == []
