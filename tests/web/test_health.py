"""What other machines may ask."""

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import App
from bot.clock import now
from bot.config import DatabaseSection, Metrics, Settings, Web
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.test_metrics import read

pytestmark = pytest.mark.sqlite

PATHS = ("healthz", "readyz", "metrics")


class Running:
    """A started program, and how to ask it."""

    def __init__(self, app: App, session: aiohttp.ClientSession) -> None:
        self.app = app
        self._session = session

    async def get(self, path: str, *, address: str = "", **headers: str) -> tuple[int, str]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.get(f"{address or self.app.address}{path}", headers=sent) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str) -> int:
        async with self._session.post(f"{self.app.address}{path}") as answer:
            return answer.status


@pytest.fixture
async def start(empty_database: Path, tmp_path: Path) -> AsyncIterator[Any]:
    """Starts a program with given sections."""
    started: list[App] = []
    async with aiohttp.ClientSession() as session:

        async def starting(**sections: Any) -> Running:
            path = Path(shutil.copy(empty_database, tmp_path / "zhibu.db"))
            app = App(Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{path}"), **{"web": Web(port=0), **sections}), now)
            started.append(app)
            await app.open()
            await app.start()
            return Running(app, session)

        yield starting
        for each in started:
            await each.stop()


async def test_alive_ready_and_measured(start: Any) -> None:
    running = await start()
    assert await running.get("healthz") == (200, '{"ok": true}')
    status, said = await running.get("readyz")
    assert (status, said) == (200, '{"ready": true, "migrated": true, "writer": true, "platforms": true, "not_stopping": true}')
    status, text = await running.get("metrics")
    found = read(text.encode())
    assert status == 200
    assert found["zhibu_outbox_letters", (("state", "waiting"),)] == 0
    assert found["zhibu_budget_left", (("instance", "web"), ("platform", "browser"))] == 1000
    assert found["zhibu_batch_size_count", ()] > 0
    assert ("zhibu_outbox_oldest_due_seconds", ()) in found
    assert ("zhibu_backup_age_seconds", ()) not in found, "there is no back-up yet"


async def test_a_writer_that_does_not_answer_is_not_ready_and_is_asked_but_once(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    running = await start()
    monkeypatch.setattr("bot.operations.pulse.PATIENCE", 0.05)
    let_go = threading.Event()

    async def holds(_work: UnitOfWork) -> None:
        let_go.wait(10)

    holding = asyncio.create_task(running.app.database.run(holds))
    await asyncio.sleep(0)
    try:
        answers = [await running.get("readyz") for _ in range(9)]
        waiting = running.app.database.waiting
        assert (await running.get("healthz"))[0] == 200
    finally:
        let_go.set()
    await holding
    assert [status for status, _ in answers] == [503] * 9
    assert '"writer": false' in answers[0][1]
    assert waiting <= 3, "one probe, and what delivery and the scheduler want"
    assert (await running.get("readyz"))[0] == 200


async def test_while_it_stops_only_the_health_pages_answer(start: Any) -> None:
    running = await start()
    assert (await running.get(""))[0] == 200
    running.app.pulse.stopping = True
    assert (await running.get(""))[0] == 503
    assert await running.post("telegram/main") == 503
    assert (await running.get("readyz"))[0] == 503
    assert [(await running.get(path))[0] for path in ("healthz", "metrics")] == [200, 200]


async def test_numbers_are_for_this_machine_or_for_who_has_the_token(start: Any) -> None:
    running = await start()
    for headers in ({"X_Forwarded_For": "1.2.3.4"}, {"Forwarded": "for=1.2.3.4"}, {"X_Real_IP": "1.2.3.4"}):
        assert (await running.get("metrics", **headers))[0] == 403, headers
        assert (await running.get("readyz", **headers))[0] == 200
    running = await start(metrics=Metrics(token=SecretStr("s3cret")))
    assert (await running.get("metrics"))[0] == 403
    assert (await running.get("metrics", Authorization="Bearer s3cre"))[0] == 403
    assert (await running.get("metrics", Authorization="Bearer s3cret", X_Forwarded_For="1.2.3.4"))[0] == 200


async def test_a_server_that_others_reach_gives_no_numbers_without_a_token(start: Any) -> None:
    running = await start(web=Web(port=0, exposed=True))
    assert (await running.get("metrics"))[0] == 403


async def test_without_a_page_a_port_of_its_own_serves_nothing_else(start: Any, unused_tcp_port: int) -> None:
    running = await start(web=Web(port=0, chat=False), metrics=Metrics(port=unused_tcp_port))
    own = f"http://127.0.0.1:{unused_tcp_port}/"
    assert running.app.address == ""
    assert [(await running.get(path, address=own))[0] for path in PATHS] == [200, 200, 200]
    assert (await running.get("", address=own))[0] == 404
    assert (await running.get("metrics", address=own, Host="evil.example"))[0] == 421


async def test_no_label_says_anything_about_anybody(chat: Dialogue) -> None:
    await chat.group("李小山", "签到")
    await chat.private("周海", "我在哈尔滨")
    await chat.days_pass(1)
    text = (await chat.app.pulse.measured()).decode()
    assert 'zhibu_events_total{platform="browser",result="done"}' in text
    assert 'zhibu_sends_total{platform="browser"' in text
    assert 'zhibu_job_lateness_seconds_count{job="tidy"} 1.0' in text
    for secret in ("李小山", "周海", "group-", "private-", str(chat.branch), *map(str, chat.members.values())):
        assert secret not in text
    labels = {name for (_, given) in read(text.encode()) for name, _ in given}
    assert labels <= {"platform", "instance", "result", "state", "job", "le", "generation"}


async def test_talk_among_people_is_not_counted(chat: Dialogue) -> None:
    await chat.group("李小山", "今天天气不错啊大家")
    assert "zhibu_events_total{" not in (await chat.app.pulse.measured()).decode()
