"""What the doctor says about WeCom, and that it never cuts off the bot that runs."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import Settings, Web
from bot.operations import doctor_wecom, noted
from bot.operations.doctor_wecom import Known
from bot.operations.findings import Grade
from bot.platforms.wecom.keeping import CONNECTED, KICKED, REJECTED
from bot.sections.wecom import WeCom
from bot.services import deployment
from tests.wecom_branch import wecom_branch
from tests.wecom_server import WeComError, WeComServer
from tests.wecom_server.callbacks import AES_KEY, TOKEN

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture
async def server() -> AsyncIterator[WeComServer]:
    async with WeComServer() as running:
        yield running


def _bot(server: WeComServer, **more: Any) -> dict[str, Any]:
    return {"bot_id": server.bot_id, "secret": SecretStr(server.secret), "url": server.long_url, "bot_name": "助手"} | more


def _app(server: WeComServer, **more: Any) -> dict[str, Any]:
    given = {"corp_id": server.corp_id, "agent_id": server.agent_id, "app_secret": SecretStr(server.app_secret), "api_url": server.api_url}
    return given | {"callback_token": SecretStr(TOKEN), "callback_key": SecretStr(AES_KEY)} | more


async def _told(given: dict[str, Any], grade: Grade, met: Known | None = None, **page: Any) -> str:
    settings = Settings(wecom=WeCom(**given), web=Web(**page))
    return "\n".join(each.text for each in await doctor_wecom.examine(settings, met) if each.grade is grade)


async def test_where_it_is_not_used_there_is_nothing_to_say() -> None:
    assert await doctor_wecom.examine(Settings(), None) == []
    assert "without its Secret" in await _told({"bot_id": "x"}, Grade.MEND)


async def test_where_no_bot_runs_it_connects_itself_and_leaves(server: WeComServer) -> None:
    assert "takes the bot's BotID and Secret" in await _told(_bot(server), Grade.GOOD)
    await server.until(lambda: not server.sockets)
    wrong = await _told(_bot(server, secret=SecretStr("not-the-secret"), bot_name=""), Grade.MEND)
    assert "does not accept the BotID and Secret" in wrong
    assert "not-the-secret" not in wrong
    assert "no WeCom group is bound" in wrong
    assert "bot_name" in await _told(_bot(server, bot_name=""), Grade.NOTE)
    assert "cannot be reached" in await _told(_bot(server, url="ws://127.0.0.1:9/"), Grade.MEND)
    assert "not wss://" in await _told(_bot(server, url="ws://wecom.invalid/"), Grade.NOTE)


async def test_where_a_bot_runs_it_reads_how_the_line_stands_and_cuts_nobody_off(server: WeComServer) -> None:
    assert "bot is connected" in await _told(_bot(server), Grade.GOOD, Known(CONNECTED, groups=1, running=True))
    assert KICKED in await _told(_bot(server), Grade.MEND, Known(KICKED, running=True))
    assert server.handshakes == 0


async def test_a_secret_that_was_changed_under_the_running_bot_asks_for_a_restart(server: WeComServer, tmp_path: Path) -> None:
    secret = tmp_path / "wecom-secret"
    secret.write_text(server.secret, "utf-8")
    settings = Settings(wecom=WeCom(**_bot(server, secret=SecretStr(""), secret_file=secret)))
    changed = noted.changed(None, settings)
    assert changed is not None
    for later, asks in ((-1, True), (1, False)):
        met = Known(REJECTED, groups=1, running=True, bot_at=changed + timedelta(minutes=later))
        [told] = [each.text for each in await doctor_wecom.examine(settings, met, changed) if each.grade is Grade.MEND]
        assert "does not accept the BotID and Secret" in told
        assert "(noted " in told
        assert ("restart zhibu" in told) is asks


async def test_each_webhook_is_known_and_bound_or_says_what_to_do(server: WeComServer) -> None:
    group = server.group("群", webhook=KEY)
    given = {"webhooks": SecretStr(f"大群 {KEY}, 小群 {KEY}, 旧群 gone-gone-gone"), "api_url": server.api_url}
    known = Known(outlets=["大群"])
    assert "“大群”, and a branch posts there" in await _told(given, Grade.GOOD, known)
    assert "绑定推送 小群" in await _told(given, Grade.NOTE, known)
    lost = await _told(given, Grade.MEND, known)
    assert "does not know the webhook “旧群”" in lost
    assert "gone-gone" not in lost
    assert group.shown == []
    assert "cannot be asked" in await _told({**given, "api_url": "http://127.0.0.1:9"}, Grade.MEND, known)
    assert "line 1" in await _told({"webhooks": SecretStr("大群")}, Grade.MEND, known)


async def test_the_app_is_let_in_and_its_address_is_told(server: WeComServer) -> None:
    page = {"address": "https://zhibu.example.org/", "exposed": True}
    fine = await _told(_app(server), Grade.GOOD, **page)
    assert "CorpID and the Secret" in fine
    assert "https://zhibu.example.org/wecom/app" in fine
    assert "set [web] exposed" in await _told(_app(server), Grade.MEND, **{**page, "exposed": False})
    assert "set [web] address" in await _told(_app(server), Grade.MEND)
    assert "hears nobody" in await _told(_app(server, callback_token=SecretStr("")), Grade.MEND, **page)
    assert "43 letters" in await _told(_app(server, callback_key=SecretStr("short")), Grade.MEND, **page)
    assert "AgentId" in await _told(_app(server, app_secret=SecretStr("not-the-secret")), Grade.MEND, **page)
    server.fault("gettoken", WeComError(60020, "not allow to access from your ip"))
    assert "可信IP" in await _told(_app(server), Grade.MEND, **page)
    assert "60 minutes" in await _told(_app(server), Grade.MEND, Known(app="the clocks differ by 60 minutes", running=True), **page)


async def test_it_reads_from_the_database_what_is_bound_and_how_the_line_stands(server: WeComServer, tmp_path: Path) -> None:
    server.group("群", webhook=KEY)
    async with wecom_branch(tmp_path / "zhibu.db", server=server, webhooks=SecretStr(f"大群 {KEY}")) as branch:
        known = await branch.app.database.run(doctor_wecom._known, running=True)
        assert known == Known(CONNECTED, "", [], 1, True)
        await branch.says("王秀英", "绑定推送 大群")
        await branch.presses("王秀英", "对")
        assert (await branch.app.database.run(doctor_wecom._known, running=True)).outlets == ["大群"]
        assert await branch.app.database.run(deployment.line, "wecom", "main") == CONNECTED
        settings, clock = branch.app.settings, branch.app.clock
    assert await doctor_wecom.look_up(settings, clock) == Known(CONNECTED, "", ["大群"], 1, False)
    assert await doctor_wecom.look_up(Settings(), clock) is None
