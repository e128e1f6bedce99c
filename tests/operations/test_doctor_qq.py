"""What the doctor says about QQ's official API."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings, Web
from bot.operations import doctor, doctor_qq
from bot.operations.doctor_qq import Known
from bot.operations.findings import Grade
from bot.platforms.qq.signing import Signer
from bot.platforms.qq.tokens import NOT_TAKEN
from bot.sections.qq import QQ
from bot.services import deployment
from tests.qq_branch import qq_branch
from tests.qq_server import QQServer
from tests.qq_server.listener import Moment, key_of, listening


@pytest.fixture
def time() -> Moment:
    return Moment()


@pytest.fixture
async def server(time: Moment) -> AsyncIterator[QQServer]:
    async with QQServer(time) as running:
        yield running


def settings(server: QQServer, *, address: str = "", secret: str | None = None, exposed: bool = True) -> Settings:
    section = QQ(app_id=server.app_id, secret=SecretStr(secret or server.secret), api_url=server.url, token_url=server.token_url)
    return Settings(qq=section, web=Web(address=address, exposed=exposed))


async def told(server: QQServer, given: Settings, met: Known | None, grade: Grade) -> str:
    return "\n".join(each.text for each in await doctor_qq.examine(given, met, server.clock) if each.grade is grade)


async def test_where_it_is_not_used_there_is_nothing_to_say(time: Moment) -> None:
    assert await doctor_qq.examine(Settings(), None, time) == []
    assert await doctor_qq.look_up(Settings(), time) is None
    [only] = await doctor_qq.examine(Settings(qq=QQ(app_id="102000001")), None, time)
    assert (only.grade, "without its AppSecret" in only.text) == (Grade.MEND, True)


async def test_it_says_where_the_bot_may_speak(server: QQServer) -> None:
    free, bound, gone = server.group("甲群", allow_proactive=True), server.group("乙群"), server.group("丙群", bot_inside=False)
    met = Known(groups=[(key_of(each).chat_id, each.title) for each in (free, bound, gone)])
    assert "QQ takes the AppSecret and knows the bot as" in await told(server, settings(server), met, Grade.GOOD)
    assert "“甲群”: the bot may write unasked" in await told(server, settings(server), met, Grade.GOOD)
    notes = await told(server, settings(server), met, Grade.NOTE)
    assert "“乙群”: the bot may not write unasked" in notes
    assert "“丙群”: QQ does not say" in notes
    assert "no QQ group is bound" in await told(server, settings(server), Known(), Grade.MEND)


async def test_what_is_wrong_is_said_in_words_and_without_the_secret(server: QQServer) -> None:
    wrong = await told(server, settings(server, secret="not the secret"), Known(line="the clock is wrong."), Grade.MEND)
    assert "does not take [qq] app_id with this AppSecret" in wrong
    assert "QQ: the clock is wrong." in wrong
    assert "not the secret" not in wrong
    assert "no QQ group" not in wrong, "one thing after the other"
    server.off_the_list = True
    assert "IP 白名单" in await told(server, settings(server), Known(), Grade.MEND)
    await server.down()
    assert "QQ cannot be reached" in await told(server, settings(server), Known(), Grade.MEND)


async def test_what_the_bot_noted_is_not_repeated_once_it_is_mended(server: QQServer, time: Moment) -> None:
    before, after = time() - timedelta(hours=1), time() + timedelta(hours=1)
    group = server.group("甲群")
    running = Known(NOT_TAKEN, [(key_of(group).chat_id, "甲群")], running=True, at=time())

    async def mends(met: Known, changed: datetime) -> list[str]:
        found = await doctor_qq.examine(settings(server, address="https://127.0.0.1:8443"), met, server.clock, changed)
        return [each.text for each in found if each.grade is Grade.MEND]

    assert await mends(running, before) == []
    [restart] = await mends(running, after)
    assert "restart zhibu after changing the configuration" in restart
    [clock] = await mends(replace(running, line=f"{NOT_TAKEN} the clock is wrong."), before)
    assert clock.startswith("QQ: the clock is wrong (noted ")


@pytest.mark.parametrize(
    ("address", "exposed", "running", "grade", "words"),
    [
        ("", True, True, Grade.MEND, "set [web] address"),
        ("http://zhibu.example.org", True, True, Grade.MEND, "only to https://"),
        ("https://zhibu.example.org:9000/", True, True, Grade.MEND, "port 443, 8443, 8080 or 80"),
        ("https://zhibu.example.org/", False, True, Grade.MEND, "set [web] exposed = true"),
        ("https://zhibu.example.org/", True, False, Grade.NOTE, "enter https://zhibu.example.org/qq/main at"),
        ("https://127.0.0.1:8443", True, True, Grade.NOTE, "cannot be asked from this machine"),
    ],
)
async def test_the_callback_address_has_to_be_one_that_qq_posts_to(
    server: QQServer, address: str, exposed: bool, running: bool, grade: Grade, words: str
) -> None:
    given = settings(server, address=address, exposed=exposed)
    assert words in await told(server, given, Known(running=running), grade)


async def test_an_address_is_asked_whether_this_very_bot_is_there(server: QQServer, time: Moment) -> None:
    async with listening(server, time):
        here = await doctor_qq.proof(server.webhook, Signer(server.secret))
        other = await doctor_qq.proof(server.webhook, Signer("another secret"))
        page = await doctor_qq.proof(f"{server.url}/nowhere", Signer(server.secret))
    assert [each.grade for each in (here, other, page)] == [Grade.GOOD, Grade.MEND, Grade.MEND]


async def test_it_looks_up_what_the_database_knows(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        while await branch.app.database.run(deployment.line_at, "qq", "main") is None:
            await asyncio.sleep(0)  # the bot notes at its start that all is well
        await branch.app.database.run(deployment.note_line, "qq", "main", "the clock is wrong.")
        met = await doctor_qq.look_up(branch.app.settings, lambda: branch.now)
        assert met is not None
        assert (met.line, met.groups) == ("the clock is wrong.", [(key_of(branch.group).chat_id, "红旗村支部群")])


async def test_what_is_said_again_is_not_newer_for_that(database_url: str) -> None:
    async with qq_branch(database_url) as branch:
        note, read = branch.app._note_line, branch.app.database.run
        await note("qq", "other", "the clock is wrong.")
        since = await read(deployment.line_at, "qq", "other")
        branch.now += timedelta(hours=1)
        await note("qq", "other", "the clock is wrong.")
        assert await read(deployment.line_at, "qq", "other") == since
        await note("qq", "other", "")
        assert await read(deployment.line_at, "qq", "other") == branch.now != since


async def test_the_doctor_asks_all_this(config: Path, server: QQServer, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(server.secret, "utf-8")
    secret.chmod(0o600)
    section = f'[qq]\napp_id = "{server.app_id}"\nsecret_file = "{secret}"\napi_url = "{server.url}"\ntoken_url = "{server.token_url}"\n'
    config.write_text(config.read_text("utf-8") + section, "utf-8")
    said = [each.text for each in await doctor.examine(config, server.clock)]
    assert [each for each in said if each.startswith("QQ takes the AppSecret and knows the bot as")]
    assert not [each for each in said if server.secret in each]
