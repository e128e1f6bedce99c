"""Asked to stop in a stream of messages, the real program lets go of nothing: what was confirmed is stored, the rest comes again."""

import asyncio
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.config import DatabaseSection, Settings, Web
from bot.operations import verify
from bot.platforms.base import Stopping
from bot.sections.telegram import Telegram
from tests.dialogue import PEOPLE, Dialogue
from tests.telegram_branch import TelegramBranch
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.sqlite

EACH = 12


class Bot:
    """The program as a process of its own, on the branch's database and a Bot API server of ours."""

    def __init__(self, folder: Path, database: Path, server: TelegramServer) -> None:
        self._config, self.log = folder / "config.toml", folder / "log.jsonl"
        token = folder / "token"
        token.touch(mode=0o600)
        token.write_text(server.token, encoding="utf-8")
        self._config.write_text(
            f'[database]\nurl = "sqlite+aiosqlite:///{database}"\n[web]\nport = 0\n[study]\nlessons = ""\n[telegram]\n'
            f'token_file = "{token}"\nbase_url = "{server.base_url}"\nmembers_own_choice = true\n',
            encoding="utf-8",
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        with self.log.open("ab") as log:
            command = (sys.executable, "-m", "bot", "run", "-c", str(self._config))
            process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=log)
        try:
            assert process.stdout
            assert b"open at" in await asyncio.wait_for(process.stdout.readline(), 60)
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()


@pytest.fixture
async def branch(empty_database: Path, tmp_path: Path) -> AsyncIterator[TelegramBranch]:
    path = tmp_path / "zhibu.db"
    path.write_bytes(empty_database.read_bytes())
    async with TelegramServer() as server:
        made = TelegramBranch(server, path)
        await made.app.open()
        await made.found()
        await made.app.stop()
        yield made


def rows(database: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute(question)]


def _flood(branch: TelegramBranch) -> set[int]:
    """Everybody asks for help again and again; answers the numbers of the updates."""
    for _ in range(EACH):
        for name in PEOPLE:
            branch.server.say(branch.users[name], branch.users[name], "帮助")
    return {update["update_id"] for update in branch.server.pending}


@pytest.mark.process
async def test_stopped_under_load_it_has_stored_what_it_confirmed_and_the_next_takes_the_rest(
    branch: TelegramBranch, tmp_path: Path
) -> None:
    server, database = branch.server, tmp_path / "zhibu.db"
    bot = Bot(tmp_path, database, server)
    async with bot.running() as process:
        everything = _flood(branch)
        await server.until(lambda: len(server.pending) < len(everything))
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    confirmed = everything - {update["update_id"] for update in server.pending}
    stored = {int(key.split(":")[2]) for key in rows(database, "SELECT key FROM inbox")}
    assert confirmed
    assert confirmed <= stored
    assert rows(database, "SELECT count(*) FROM outbox WHERE state = 'sending'") == [0]
    assert not (tmp_path / "zhibu.db-wal").exists(), "it let go of the file in order"
    async with bot.running() as process:
        server.fail_next("sendMessage", "hang", times=1000)
        await server.acknowledged()
        await server.until(lambda: len(server._faults["sendmessage"]) < 1000)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    log = bot.log.read_text(encoding="utf-8")
    assert {int(key.split(":")[2]) for key in rows(database, "SELECT key FROM inbox")} == everything
    assert "stopped before everything was finished" in log, "the second signal did not wait for a platform that hangs"
    assert not re.search(r"Traceback|exception", log)
    settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{database}"))
    wrong = [each.check for each in verify.verify(settings, lambda: branch.now) if each.wrong]
    assert wrong == ["leases"], "what hangs may have arrived; the next start takes it up and says so"


async def test_nothing_new_is_taken_while_it_stops(chat: Dialogue) -> None:
    assert chat.app.browser
    await chat.app.browser.start(chat.app._receive, [])
    chat.app.pulse.stopping = True
    with pytest.raises(Stopping):
        await chat.group("李小山", "签到")
    chat.app.pulse.stopping = False
    assert await chat.group("李小山", "签到", nonce="again")


async def test_a_program_that_could_not_be_opened_stops_all_the_same(tmp_path: Path) -> None:
    settings = Settings(database=DatabaseSection(url=f"sqlite+aiosqlite:///{tmp_path}"), web=Web(port=0), telegram=Telegram())
    app = App(settings)
    with pytest.raises(Exception, match=r"unable to open|unreadable"):
        await app.open()
    await app.stop()
