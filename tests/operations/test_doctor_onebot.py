"""`zhibu doctor` about QQ by OneBot, against a local one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import config as configuration
from bot.clock import now
from bot.config import Settings, Web
from bot.operations import doctor, doctor_onebot, init
from bot.operations.doctor_onebot import Known
from bot.operations.findings import Finding, Grade
from bot.platforms.onebot.places import read
from bot.platforms.onebot.standing import SECOND, WRONG
from bot.sections.onebot import OneBot
from bot.services import deployment
from storage.database import Database
from storage.keys import AccountKey, ChatKey
from storage.unit_of_work import UnitOfWork
from tests.onebot_server import OneBotServer
from tests.onebot_server.model import Group

TOKEN = "a token that nobody knows"


@pytest.fixture
async def server() -> AsyncIterator[OneBotServer]:
    async with OneBotServer(token=TOKEN) as running:
        await running.listen()
        yield running


@pytest.fixture
def group(server: OneBotServer) -> Group:
    return server.add_group("红旗村支部群", server.user("李小山"))


def settings(server: OneBotServer, mode: str = "forward", **more: object) -> Settings:
    scheme = {"forward": "ws", "http": "http"}.get(mode)
    section: dict[str, object] = {
        "accounts": (str(server.account),),
        "mode": mode,
        "token": SecretStr(TOKEN),
        "urls": (f"{scheme}://{server.address}/",) if scheme else (),
        "signature": SecretStr("a secret to sign with"),
    }
    return Settings(onebot=OneBot.model_validate(section | more), web=Web(port=8700))


def graded(findings: list[Finding], grade: Grade) -> str:
    return "\n".join(each.text for each in findings if each.grade is grade)


async def test_where_no_account_is_named_there_is_nothing_to_say() -> None:
    assert await doctor_onebot.examine(Settings(), await doctor_onebot.look_up(Settings(), now)) == []


@pytest.mark.parametrize("mode", ["forward", "http"])
async def test_a_onebot_that_is_well_is_good_and_its_groups_are_looked_at(server: OneBotServer, group: Group, mode: str) -> None:
    met = Known(groups={str(server.account): [(str(group.id), group.title), ("404", "旧群")]}, now=1_795_000_000)
    findings = await doctor_onebot.examine(settings(server, mode), met)
    assert "NapCat.Onebot 4.8.98 takes the token, and the account is on QQ" in graded(findings, Grade.GOOD)
    assert "is no administrator of “红旗村支部群”" in graded(findings, Grade.NOTE)
    assert "not in the bound group “旧群” any more" in graded(findings, Grade.MEND)
    group.bot_is_admin = True
    findings = await doctor_onebot.examine(settings(server, mode), met)
    assert "is an administrator of the group “红旗村支部群”" in graded(findings, Grade.GOOD)
    group.bot_muted_until = 1_795_000_060
    assert "is muted in “红旗村支部群”" in graded(await doctor_onebot.examine(settings(server, mode), met), Grade.MEND)
    assert not any(TOKEN in each.text for each in findings)


@pytest.mark.parametrize(("mode", "rude"), [("forward", True), ("forward", False), ("http", True)])
async def test_a_wrong_token_has_to_be_mended(server: OneBotServer, mode: str, rude: bool) -> None:
    server.rude_token = rude
    wrong = settings(server, mode, token=SecretStr("another token, just as long"))
    [finding] = await doctor_onebot.examine(wrong, Known())
    assert finding.grade is Grade.MEND
    assert "does not take the token" in finding.text
    assert "another token" not in finding.text


@pytest.mark.parametrize("mode", ["forward", "http"])
async def test_what_else_is_wrong_with_a_onebot_is_told(server: OneBotServer, mode: str) -> None:
    server.online = False
    assert "is off QQ; log it in again" in graded(await doctor_onebot.examine(settings(server, mode), Known()), Grade.MEND)
    given = settings(server, mode, accounts=("999",))
    assert "another account (123456) is logged in" in graded(await doctor_onebot.examine(given, Known()), Grade.MEND)
    server.fail_next("get_login_info", "refuse", wording="没有登录")
    assert "OneBot says" in graded(await doctor_onebot.examine(settings(server, mode), Known()), Grade.MEND)
    nowhere = settings(server, mode, urls=(f"{'ws' if mode == 'forward' else 'http'}://127.0.0.1:9/",))
    assert "cannot be reached" in graded(await doctor_onebot.examine(nowhere, Known()), Grade.MEND)


async def test_an_address_that_is_no_websocket_is_told(server: OneBotServer) -> None:
    given = settings(server, urls=(f"ws://{server.address}/nothing/here",))
    assert "answers 404" in graded(await doctor_onebot.examine(given, Known()), Grade.MEND)


async def test_a_onebot_that_calls_us_is_known_by_what_the_running_bot_saw(server: OneBotServer) -> None:
    given, account = settings(server, "reverse"), str(server.account)
    [stopped] = await doctor_onebot.examine(given, Known({account: "connected to NapCat"}))
    assert (stopped.grade, "ws://127.0.0.1:8700/onebot/v11/ws" in stopped.text) == (Grade.NOTE, True)
    [well] = await doctor_onebot.examine(given, Known({account: "connected to NapCat"}, running=True))
    assert (well.grade, "OneBot is connected to NapCat" in well.text) == (Grade.GOOD, True)
    [two] = await doctor_onebot.examine(given, Known({account: f"connected to NapCat; {SECOND}"}, running=True))
    assert (two.grade, "turn one of them off" in two.text) == (Grade.MEND, True)
    [never] = await doctor_onebot.examine(given, Known({account: ""}, running=True))
    assert (never.grade, "OneBot was never seen" in never.text) == (Grade.MEND, True)
    [off] = await doctor_onebot.examine(given, Known({account: "the account is off QQ"}, running=True))
    assert (off.grade, "the account is off QQ" in off.text) == (Grade.MEND, True)


async def test_who_was_turned_away_is_told_with_the_moment_and_not_sent_to_the_address_again(server: OneBotServer) -> None:
    given, account, at = settings(server, "reverse"), str(server.account), now()
    met = Known({account: WRONG}, running=True, moments={account: at})
    [wrong] = await doctor_onebot.examine(given, met, at - timedelta(hours=1))
    assert (wrong.grade, "a OneBot with another token was refused" in wrong.text) == (Grade.MEND, True)
    assert "(noted " in wrong.text
    assert "ws://" not in wrong.text
    assert "restart zhibu" not in wrong.text
    [old] = await doctor_onebot.examine(given, met, at + timedelta(hours=1))
    assert "restart zhibu" in old.text


async def test_of_a_onebot_that_calls_us_the_running_bot_saw_what_it_may_do_in_the_groups(server: OneBotServer) -> None:
    given, account = settings(server, "reverse"), str(server.account)
    groups = [("1", "甲群"), ("2", "乙群"), ("3", "丙群"), ("4", "丁群")]
    places = read("1=admin:0 2=member:100 3=member:300 x=member:1 5 6=member:soon")
    met = Known({account: "connected to NapCat"}, {account: groups}, {account: places}, now=200.0, running=True)
    findings = await doctor_onebot.examine(given, met)
    assert "is an administrator of the group “甲群”" in graded(findings, Grade.GOOD)
    assert "is no administrator of “乙群”" in graded(findings, Grade.NOTE)
    assert "is muted in “丙群”" in graded(findings, Grade.MEND)
    assert "is not in the bound group “丁群” any more" in graded(findings, Grade.MEND)
    for less in (replace(met, running=False), replace(met, places={}), replace(met, lines={account: "OneBot has not connected yet"})):
        assert len(await doctor_onebot.examine(given, less)) == 1


@pytest.mark.parametrize("mode", ["reverse", "forward"])
async def test_an_account_to_which_no_group_is_bound_is_told(server: OneBotServer, mode: str) -> None:
    account = str(server.account)
    met = Known({account: "connected to NapCat"}, {account: []}, running=True)
    assert "no group is bound to it" in graded(await doctor_onebot.examine(settings(server, mode), met), Grade.MEND)
    met = replace(met, groups={account: [("404", "旧群")]})
    assert "no group is bound" not in graded(await doctor_onebot.examine(settings(server, mode), met), Grade.MEND)


async def test_secrets_that_are_missing_short_or_in_the_open_are_told(server: OneBotServer) -> None:
    bare = settings(server, "reverse", token=SecretStr(""))
    assert "has no token_file" in graded(await doctor_onebot.examine(bare, Known()), Grade.NOTE)
    short = settings(server, "http", token=SecretStr("short"), signature=SecretStr("short"), urls=("http://192.0.2.1:9/",))
    findings = doctor_onebot._guarded(short.onebot)
    assert "the token of [onebot] is short enough to be guessed" in graded(findings, Grade.MEND)
    assert "signature is short enough to be guessed" in graded(findings, Grade.MEND)
    assert "is not encrypted" in graded(findings, Grade.NOTE)


async def test_the_doctor_asks_about_qq_too(server: OneBotServer, group: Group, config: Path, blank_url: str, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(TOKEN, encoding="utf-8")
    token.chmod(0o600)
    section = f'[onebot]\naccounts = [{server.account}]\nmode = "forward"\nurls = ["ws://{server.address}/"]\ntoken_file = "{token}"\n'
    config.write_text(config.read_text(encoding="utf-8") + "chat = false\n" + section, encoding="utf-8")
    assert "takes the token" in graded(await doctor.examine(config, now), Grade.GOOD)
    await asyncio.to_thread(lambda: asyncio.run(init.found(configuration.load(config), now, "红旗村支部", "王秀英")))
    findings = await doctor.examine(config, now)
    assert "no group of “红旗村支部” is bound" in graded(findings, Grade.MEND)
    assert "nobody can reach the bot" not in graded(findings, Grade.MEND)
    database = Database(blank_url, now)
    await database.start()
    await database.run(_bind, group)
    await database.run(deployment.note_line, "onebot", str(server.account), "connected")
    await database.stop()
    findings = await doctor.examine(config, now)
    assert "is no administrator of “红旗村支部群”" in graded(findings, Grade.NOTE)
    assert graded(findings, Grade.MEND) == ""


async def _bind(work: UnitOfWork, group: Group) -> None:
    work.enter((await work.branches.all())[0].id)
    member = (await work.members.present())[0]
    work.accounts.bind(AccountKey("onebot", "123456", "10001"), member.id, "u10001")
    work.chats.bind(ChatKey("onebot", "123456", f"g{group.id}"), group.title)
