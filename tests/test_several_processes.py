"""Several programs on one PostgreSQL: none takes what another has in hand, and one that dies is followed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar
from sqlalchemy import select, update

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.texts import Text
from storage import processes
from storage.database import Database
from storage.outbox import Letter
from storage.processes import Pulse
from storage.tables import job_run, outbox
from storage.tables_processes import process
from storage.unit_of_work import UnitOfWork
from tests.claiming import claim
from tests.dialogue import START, Dialogue
from tests.telegram_branch import TelegramBranch, telegram_branch

pytestmark = pytest.mark.server
TELEGRAM = frozenset({("telegram", "main")})


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody beats by itself here, and a slow machine needs longer than seconds; who is to be silent has been so for a year."""
    monkeypatch.setattr(processes, "SILENT", timedelta(hours=1))


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[TelegramBranch]:
    async with telegram_branch(database_url) as opened:
        yield opened


@pytest.fixture
async def another(branch: TelegramBranch) -> AsyncIterator[App]:
    """A second program on the same database, with the same account at the same platform; it does not fetch, since it is younger."""
    app = App(branch.app.settings, lambda: branch.now)
    await app.open()
    for platform in app.platforms:
        await platform.start(app.router.receive, app.registry.hints())
    yield app
    await app.stop()


async def _tell(branch: TelegramBranch, *texts: str, name: str = "李小山") -> None:
    async def tell(work: UnitOfWork) -> None:
        work.enter(branch.branch)
        for text in texts:
            await posting.to_member(work, branch.members[name], Outgoing(Text.plain(text)), priority=Priority.ANSWER)

    await branch.app.database.run(tell)


async def _claim(database: Database, number: int = 5) -> list[Letter]:
    return await database.run(claim, number, TELEGRAM)


async def _silent(database: Database, who: int) -> None:
    """A process that has not beaten for a year."""

    async def age(work: UnitOfWork) -> None:
        found = (await work.rows(select(process.c.beat_at).where(process.c.id == who)))[0]
        await work.change(update(process).where(process.c.id == who).values(beat_at=found.beat_at.replace(year=found.beat_at.year - 1)))

    await database.run(age)


async def test_what_one_has_in_hand_the_other_leaves_alone_and_takes_up_when_it_is_dead(branch: TelegramBranch, another: App) -> None:
    await _tell(branch, "一")
    assert len(await _claim(branch.app.database)) == 1
    await another.drain()
    assert branch.shown("李小山") == []
    await _silent(another.database, branch.app.database.process)
    await another.heartbeat.once()
    await another.drain()
    assert branch.shown("李小山") == [], "who is silent is only suspected"
    await another.heartbeat.once()
    await another.drain()
    assert branch.shown("李小山") == ["一"]


async def test_what_is_about_money_is_not_repeated_when_its_sender_died(branch: TelegramBranch, another: App) -> None:
    await _tell(branch, "收据")

    async def once(work: UnitOfWork) -> None:
        await work.change(update(outbox).values(once=True))

    await branch.app.database.run(once)
    await _claim(branch.app.database)
    await _silent(another.database, branch.app.database.process)
    await another.heartbeat.once()
    await another.heartbeat.once()
    await another.drain()
    assert branch.shown("李小山") == []

    async def states(work: UnitOfWork) -> list[str]:
        return [row.state for row in await work.rows(select(outbox.c.state).where(outbox.c.member_id == branch.members["李小山"]))]

    assert await another.database.run(states) == ["uncertain"]


async def test_who_ends_is_off_the_list_at_once_and_the_next_leads(branch: TelegramBranch, another: App) -> None:
    assert branch.app.heartbeat.leads.is_set()
    assert not another.heartbeat.leads.is_set()
    await branch.app.heartbeat.stop()
    await another.heartbeat.once()
    assert another.heartbeat.leads.is_set()
    await branch.app.heartbeat.once()
    assert not branch.app.heartbeat.leads.is_set(), "who comes back stands last"


async def test_what_one_that_ended_could_not_finish_is_taken_up(branch: TelegramBranch, another: App) -> None:
    await _tell(branch, "一")
    assert len(await _claim(branch.app.database)) == 1
    await branch.app.heartbeat.stop()
    await another.heartbeat.once()
    await another.drain()
    assert branch.shown("李小山") == ["一"]


async def test_only_the_one_that_leads_fetches_updates_and_the_other_goes_on_when_it_is_gone(branch: TelegramBranch, another: App) -> None:
    await branch.says("李小山", "签到")
    await branch.app.heartbeat.stop()
    for platform in branch.app.platforms:
        await platform.stop()
    await another.heartbeat.once()
    branch.server.say(branch.users["周海"], branch.group, "签到")
    await branch.server.acknowledged()
    for _ in range(3):
        branch.now = branch.now.replace(second=branch.now.second + 15)
        await another.drain()
    assert branch.shown(branch.group) == ["今日报平安 2 人，谢谢大家。"]


async def test_an_event_that_reaches_both_counts_once(branch: TelegramBranch, another: App) -> None:
    apps = (branch.app, another)
    incoming: list[Any] = []

    def keeping(receive: Callable[[Any], Any]) -> Callable[[Any], Any]:
        async def keep(event: Any) -> None:
            incoming.append(event)
            await receive(event)

        return keep

    for platform in branch.app.platforms:
        if platform.name == "telegram":
            platform._receive = keeping(branch.app.router.receive)  # type: ignore[attr-defined]
    await branch.says("李小山", "签到")
    await asyncio.gather(*(app.router.receive(event) for app in apps for event in incoming for _ in range(5)))
    await another.drain()
    assert len(incoming) == 1
    assert branch.shown(branch.group) == ["今日报平安 1 人，谢谢大家。"]


async def test_a_job_runs_once_whoever_ticks(branch: TelegramBranch, another: App) -> None:
    branch.now = branch.now.replace(hour=22)
    await asyncio.gather(branch.app.scheduler.tick(), another.scheduler.tick())

    async def runs(work: UnitOfWork) -> int:
        return len(await work.rows(select(job_run.c.job)))

    before = await branch.app.database.run(runs)
    assert before
    await another.scheduler.tick()
    assert await branch.app.database.run(runs) == before


async def test_letters_of_one_chat_go_in_their_order_whoever_carries_them(branch: TelegramBranch, another: App) -> None:
    texts = [f"{number:02}" for number in range(20)]
    for text in texts:
        await _tell(branch, text)
        await asyncio.gather(branch.app.drain(), another.drain())
        branch.now = branch.now.replace(second=(branch.now.second + 2) % 60, minute=branch.now.minute + (branch.now.second + 2) // 60)
    for _ in range(10):
        branch.now = branch.now.replace(minute=branch.now.minute + 1)
        await asyncio.gather(branch.app.drain(), another.drain())
    assert "\n\n".join(branch.shown("李小山")).split("\n\n") == texts


async def test_the_list_says_who_is_oldest(database_url: str) -> None:
    databases = [Database(database_url, lambda: START) for _ in range(3)]
    for each in databases:
        await each.start()

    async def beat(work: UnitOfWork, suspects: frozenset[int]) -> Pulse:
        return await work.processes.beat("host", "", suspects)

    pulses = [await each.run(beat, frozenset()) for each in databases]
    assert [(each.leads, each.newly) for each in pulses] == [(True, True), (False, True), (False, True)]
    pulses = [await each.run(beat, frozenset()) for each in databases]
    assert [(each.leads, each.newly) for each in pulses] == [(True, False), (False, False), (False, False)]
    await _silent(databases[1], databases[0].process)
    pulse = await databases[1].run(beat, frozenset())
    assert (pulse.leads, pulse.suspects, pulse.dead) == (False, frozenset({databases[0].process}), 0)
    pulse = await databases[1].run(beat, pulse.suspects)
    assert (pulse.leads, pulse.suspects, pulse.dead) == (True, frozenset(), 1)
    back = await databases[0].run(beat, frozenset())
    assert (back.leads, back.newly) == (False, True)
    for each in databases:
        await each.stop()


async def test_what_is_said_through_one_process_is_seen_on_the_page_of_another(database_url: str) -> None:
    founding = Dialogue(database_url)
    await founding.open()

    async def mark(work: UnitOfWork) -> None:
        work.settings.put("sample", "yes")

    await founding.run(mark)
    await founding.close()
    settings = Settings(database=DatabaseSection(url=database_url), web=Web(port=0))
    apps = [App(settings, lambda: START) for _ in range(2)]
    for app in apps:
        await app.open()
        await app.start()
    async with (
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as session,
        session.ws_connect(f"{apps[0].address}ws?as=李小山") as there,
        session.ws_connect(f"{apps[1].address}ws?as=周海") as here,
    ):
        for number, socket in enumerate((there, here)):
            await socket.send_json({"type": "send", "chat": founding.group_id(), "text": f"大家好 {number}", "nonce": f"n{number}"})
        seen: dict[str, list[str]] = {"there": [], "here": []}
        for name, socket in (("there", there), ("here", here)):
            while len(seen[name]) < 2:
                frame = await socket.receive_json(timeout=20)
                shown = frame["messages"] if frame["type"] == "history" else [frame["message"]] if frame["type"] == "message" else []
                seen[name] += [each["text"]["zh"] for each in shown]  # a page that opens late has it among what was said before
    for app in apps:
        await app.stop()
    assert sorted(seen["there"]) == sorted(seen["here"]) == ["大家好 0", "大家好 1"]
