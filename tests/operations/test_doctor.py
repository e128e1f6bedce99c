"""`zhibu doctor`: what is wrong, in words."""

import asyncio
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import SecretStr

from bot.clock import now
from bot.operations import doctor, doctor_telegram, serving
from bot.operations.findings import Finding, Grade
from bot.operations.lock import Lock
from bot.sections.telegram import Telegram
from storage.database import Database
from storage.keys import AccountKey, ChatKey
from storage.unit_of_work import UnitOfWork
from tests.databases import ask
from tests.lesson_folder import library
from tests.operations.conftest import Zhibu
from tests.telegram_server import TelegramServer

FOUND = ("init", "--branch", "红旗村支部", "--secretary", "王秀英")


def add(config: Path, words: str) -> None:
    config.write_text(config.read_text(encoding="utf-8") + words, encoding="utf-8")


def with_token(server: TelegramServer, folder: Path) -> str:
    """The section of a bot whose token stands where it belongs."""
    path = folder / "token"
    path.write_text(server.token, encoding="utf-8")
    path.chmod(0o600)
    return f'[telegram]\ntoken_file = "{path}"\nbase_url = "{server.base_url}"\n'


def graded(findings: list[Finding], grade: Grade) -> str:
    return "\n".join(each.text for each in findings if each.grade is grade)


def test_an_unusable_configuration_is_all_there_is_to_say(zhibu: Zhibu, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('[telegram]\ntoken_file = "nowhere"\n', encoding="utf-8")
    ran = zhibu("doctor", "-c", path)
    assert (ran.code, ran.out.count("\n")) == (1, 1)
    assert "token_file = nowhere cannot be read" in ran.out


@pytest.mark.sqlite
def test_without_a_branch_it_says_how_to_found_one(zhibu: Zhibu, config: Path) -> None:
    ran = zhibu("doctor", "-c", config)
    assert ran.code == 1
    assert "mend  there is no branch yet; found one with “zhibu init”" in ran.out
    assert list(config.parent.iterdir()) == [config], "it only looks"


def test_a_database_of_an_older_version_is_named_and_left_as_it_is(zhibu: Zhibu, config: Path, blank_url: str) -> None:
    zhibu(*FOUND, "-c", config)
    ask(blank_url, "UPDATE alembic_version SET version_num = '0000'")
    ran = zhibu("doctor", "-c", config)
    assert (ran.code, "is not of this version of the program" in ran.out) == (1, True)
    assert ask(blank_url, "SELECT version_num FROM alembic_version") == [("0000",)]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program holds."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.sqlite
def test_a_port_that_another_program_holds_is_named_but_not_our_own(zhibu: Zhibu, sample: Path, tmp_path: Path, taken: int) -> None:
    sample.write_text(sample.read_text(encoding="utf-8").replace("port = 0", f"port = {taken}"), encoding="utf-8")
    ran = zhibu("doctor", "-c", sample)
    assert (ran.code, f"mend  port {taken} on 127.0.0.1 is taken or not allowed" in ran.out) == (1, True)
    with Lock(tmp_path / "zhibu.db") as lock:
        lock.publish(f"http://127.0.0.1:{taken}/")
        assert zhibu("doctor", "-c", sample).code == 0


def test_the_usual_port_gives_way_so_that_it_is_only_noted(zhibu: Zhibu, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.write_text(sample.read_text(encoding="utf-8").replace("port = 0", ""), encoding="utf-8")
    monkeypatch.setattr(serving, "is_free", lambda *_: False)
    ran = zhibu("doctor", "-c", sample)
    assert ran.code == 0
    assert "note  port 8700 on 127.0.0.1 is taken" in ran.out


@pytest.mark.sqlite
def test_the_sample_is_well_and_has_nothing_to_do_with_telegram(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    with Lock(tmp_path / "zhibu.db") as lock:
        lock.publish("http://127.0.0.1:8700/")
        ran = zhibu("doctor", "-c", sample)
    assert ran.code == 0
    assert "zhibu is running at http://127.0.0.1:8700/" in ran.out
    assert "ok    the page is on 127.0.0.1, port 8700\n" in ran.out
    assert "invented sample branch" in ran.out


@pytest.mark.sqlite
def test_the_port_is_told_that_the_running_program_really_has(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    sample.write_text(sample.read_text(encoding="utf-8").replace("port = 0", "port = 8700"), encoding="utf-8")
    with Lock(tmp_path / "zhibu.db") as lock:
        lock.publish("http://127.0.0.1:9155/")
        ran = zhibu("doctor", "-c", sample)
    assert "ok    the page is on 127.0.0.1, port 9155; port 8700 is what the next start tries" in ran.out
    add(sample, 'address = "https://branch.example/"\n')
    with Lock(tmp_path / "zhibu.db") as lock:
        lock.publish("https://branch.example/")
        assert "ok    the page is on 127.0.0.1, port 8700\n" in zhibu("doctor", "-c", sample).out


def test_a_variable_that_counts_for_nothing_is_noted(zhibu: Zhibu, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBU_WEB_PORT", "9155")
    assert "note  ZHIBU_WEB_PORT is set and counts for nothing; did you mean ZHIBU_WEB__PORT?" in zhibu("doctor", "-c", sample).out


@pytest.mark.sqlite
def test_a_damaged_database_is_named(zhibu: Zhibu, sample: Path, tmp_path: Path) -> None:
    with (tmp_path / "zhibu.db").open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 60000)
    ran = zhibu("doctor", "-c", sample)
    assert ran.code == 1
    assert "damaged" in ran.out


@pytest.mark.sqlite
def test_a_full_disk_is_named(zhibu: Zhibu, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        total: int = 10
        used: int = 9
        free: int = 1

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage())
    ran = zhibu("doctor", "-c", sample)
    assert ran.code == 1
    assert "only 0 MiB are free" in ran.out


def test_lessons_are_looked_at(zhibu: Zhibu, config: Path, tmp_path: Path) -> None:
    assert re.search(r"^ok    \d+ lessons are in order$", zhibu("doctor", "-c", config).out, re.MULTILINE)
    folder = library(tmp_path / "lessons")
    (folder / "party" / "bad.md").write_text("")
    add(config, f'[study]\nlessons = "{folder}"\n')
    assert "note  1 faults in the lesson files, 4 lessons are good" in zhibu("doctor", "-c", config).out
    config.write_text(config.read_text().replace(str(folder), ""))
    assert "note  [study] lessons is empty, so there is no library" in zhibu("doctor", "-c", config).out


def test_nobody_can_reach_a_bot_without_a_page_and_a_token(zhibu: Zhibu, config: Path) -> None:
    config.write_text(config.read_text(encoding="utf-8") + "chat = false\n", encoding="utf-8")
    assert "nobody can reach the bot" in zhibu("doctor", "-c", config).out


def test_an_exposed_page_needs_its_https_address(zhibu: Zhibu, config: Path) -> None:
    add(config, 'host = "0.0.0.0"\nexposed = true\n')
    assert "must be the https:// address" in zhibu("doctor", "-c", config).out
    add(config, 'address = "https://zhibu.example.org/"\n')
    assert "must be the https:// address" not in zhibu("doctor", "-c", config).out


async def test_each_branch_is_told_what_it_lacks_until_it_lacks_nothing(config: Path, blank_url: str, tmp_path: Path) -> None:
    await asyncio.to_thread(zhibu_init, config)
    async with TelegramServer() as server:
        add(config, with_token(server, tmp_path))
        findings = await doctor.examine(config, now)
        assert "branch “红旗村支部”: 1 member, 0 of them bound" in graded(findings, Grade.GOOD)
        assert "the secretary of “红旗村支部” is not bound yet" in graded(findings, Grade.MEND)
        assert "no group of “红旗村支部” is bound" in graded(findings, Grade.MEND)
        database = Database(blank_url, now)
        await database.start()
        await database.run(bind)
        await database.stop()
        findings = await doctor.examine(config, now)
        assert graded(findings, Grade.MEND) == ""
        assert "1 on Telegram has not agreed" in graded(findings, Grade.NOTE)
        assert server.token not in "".join(each.text for each in findings)
    ask(blank_url, "DELETE FROM role WHERE role = 'secretary'")
    assert "has no secretary" in graded(await doctor.examine(config, now), Grade.MEND)


def zhibu_init(config: Path) -> None:
    from bot import config as configuration
    from bot.operations import init

    asyncio.run(init.found(configuration.load(config), now, "红旗村支部", "王秀英"))


async def bind(work: UnitOfWork) -> None:
    work.enter((await work.branches.all())[0].id)
    member = (await work.members.present())[0]
    work.accounts.bind(AccountKey("telegram", "main", "1"), member.id, "1")
    work.chats.bind(ChatKey("telegram", "main", "-100"), "红旗村支部群")


@pytest.mark.sqlite
async def test_what_everybody_on_the_machine_can_read_is_noted(config: Path, tmp_path: Path) -> None:
    async with TelegramServer() as server:
        add(config, with_token(server, tmp_path))
        await asyncio.to_thread(zhibu_init, config)
        (tmp_path / "zhibu.db").chmod(0o640)
        assert "chmod 600" not in graded(await doctor.examine(config, now), Grade.NOTE)
        for name in ("token", "zhibu.db"):
            (tmp_path / name).chmod(0o644)
        noted = graded(await doctor.examine(config, now), Grade.NOTE)
    assert f"[telegram] token_file = {tmp_path / 'token'} can be read by everybody on this machine; chmod 600 {tmp_path / 'token'}" in noted
    assert f"the database {tmp_path / 'zhibu.db'} can be read by everybody" in noted


async def test_a_sample_with_a_token_has_to_move(sample: Path, tmp_path: Path) -> None:
    async with TelegramServer() as server:
        add(sample, with_token(server, tmp_path))
        assert "set [database] url to a new file" in graded(await doctor.examine(sample, now), Grade.MEND)


def section(server: TelegramServer, **settings: object) -> Telegram:
    return Telegram.model_validate({"token": SecretStr(server.token), "base_url": server.base_url, **settings})


async def test_a_token_that_telegram_takes_is_good_and_the_servers_abroad_are_told() -> None:
    async with TelegramServer() as server:
        findings = await doctor_telegram.examine(section(server))
        assert "Telegram knows the bot as @" in graded(findings, Grade.GOOD)
        assert "until a member agrees, nothing about them goes there" in graded(findings, Grade.NOTE)
        chosen = await doctor_telegram.examine(section(server, members_own_choice=True))
        assert "nobody is asked" in graded(chosen, Grade.NOTE)


async def test_a_wrong_token_and_a_network_that_is_down_have_to_be_mended() -> None:
    async with TelegramServer() as server:
        wrong = await doctor_telegram.examine(section(server, token=SecretStr(f"1:{'x' * 35}")))
        assert "does not take the token" in graded(wrong, Grade.MEND)
    down = await doctor_telegram.examine(section(server))
    assert "cannot be reached" in graded(down, Grade.MEND)
    assert server.token not in graded(down, Grade.MEND)


@pytest.mark.parametrize("token", ["abc", "123456:short", ":" + "x" * 35, "123456:" + "x" * 34 + "\u3000"])
async def test_what_is_no_token_is_told_by_its_shape_without_asking_anybody(token: str) -> None:
    [finding] = await doctor_telegram.examine(Telegram(token=SecretStr(token), base_url="http://127.0.0.1:9/bot"))
    assert finding.grade is Grade.MEND
    assert finding.text.startswith("this is no [telegram] token")
    assert token not in finding.text


async def test_privacy_mode_and_groups_that_are_forbidden_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with TelegramServer() as server:
        server.bot |= {"can_join_groups": False, "can_read_all_group_messages": False}
        original = server.bot
        monkeypatch.setattr("tests.telegram_server.methods.Methods.getMe", answering(original))
        fresh = TelegramServer()
        async with fresh:
            findings = await doctor_telegram.examine(section(fresh))
    assert "/setprivacy" in graded(findings, Grade.NOTE)
    assert "/setjoingroups" in graded(findings, Grade.MEND)


def answering(account: dict[str, object]) -> Callable[..., object]:
    async def me(*_: object) -> dict[str, object]:
        return account

    return me


async def test_a_webhook_that_stands_in_the_way_or_leads_nowhere_is_told() -> None:
    async with TelegramServer() as server:
        server.webhook = "https://elsewhere.example.org/hook"
        assert "removed when zhibu starts" in graded(await doctor_telegram.examine(section(server)), Grade.NOTE)
        hook = {"mode": "webhook", "webhook_secret": SecretStr("s3cret"), "webhook_url": "http://zhibu.example.org/bot"}
        findings = await doctor_telegram.examine(section(server, **hook))
        assert "must begin with https://" in graded(findings, Grade.MEND)
        assert "short enough to be guessed; take 16 signs or more" in graded(findings, Grade.MEND)
        assert "must end in /telegram/main" in graded(findings, Grade.MEND)
        assert "another webhook" in graded(findings, Grade.NOTE)


@pytest.mark.parametrize(("day", "known"), [("2026-03-10", True), ("2089-12-20", False)])
def test_a_year_whose_holidays_nobody_has_published_is_named(day: str, known: bool) -> None:
    finding = doctor._calendar(lambda: datetime.fromisoformat(f"{day}T00:00:00+00:00"))
    assert (finding.grade is Grade.GOOD) is known
    assert ("2090" in finding.text) is not known


@pytest.mark.sqlite
def test_back_ups_are_spoken_of_where_there_is_something_to_lose(zhibu: Zhibu, config: Path, sample: Path, tmp_path: Path) -> None:
    assert "back-up" not in zhibu("doctor", "-c", sample).out
    (tmp_path / "zhibu.db").unlink()
    zhibu(*FOUND, "-c", config)
    assert "there is no back-up in" in zhibu("doctor", "-c", config).out
    add(config, f'[backup]\nkey_file = "{tmp_path / "nowhere"}"\n')
    assert "mend  back-ups: the key" in zhibu("doctor", "-c", config).out
