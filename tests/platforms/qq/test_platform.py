"""QQ's official API: callbacks in, replies out, against our own open platform."""

import asyncio
import traceback
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.messages import ChatKey, ChatKind, EventKind, Parcel, ReplyTo
from bot.platforms.base import NotNow, Platform, SendError, Temporary
from bot.platforms.qq import connected
from bot.sections.qq import QQ
from tests.qq_server import Person, QQServer
from tests.qq_server.listener import Listener, Moment, key_of, listening, logged, parcel
from tests.qq_server.server import Fault


async def test_what_names_the_bot_in_a_group_comes_in_and_is_answered_in_its_time(server: QQServer, bot: Listener) -> None:
    person, group = server.person("李小山"), server.group("红旗村支部群")
    said = server.say(person, "/签到", group)
    await server.acknowledged()
    [taken] = bot.taken
    assert (taken.kind, taken.chat.kind, taken.text, taken.mentioned) == (EventKind.MESSAGE, ChatKind.GROUP, "/签到", True)
    assert (taken.chat.key, taken.message_id, taken.at) == (key_of(group), said.id, said.at)
    assert taken.sender.key.user_id == person.member_openid(group) != person.user_openid
    await bot.send(group, "已报到", key="7", reply_to=ReplyTo(said.id))
    [answer] = [each for each in server.messages(group) if each.sender is None]
    assert (answer.text, answer.passive) == ("已报到", said.id)


async def test_a_private_message_comes_in_and_is_answered(server: QQServer, bot: Listener) -> None:
    person = server.person("李小山")
    said = server.say(person, "我到哈尔滨了")
    await server.acknowledged()
    [taken] = bot.taken
    assert (taken.chat.kind, taken.text, taken.mentioned, taken.chat.key) == (ChatKind.PRIVATE, "我到哈尔滨了", False, key_of(person))
    assert taken.sender.key.user_id == person.user_openid
    await bot.send(person, "记下了", key="8")
    [answer] = [each for each in server.messages(person) if each.sender is None]
    assert (answer.text, answer.passive) == ("记下了", said.id)


async def test_what_the_bot_overhears_where_it_may_is_not_meant_for_it(server: QQServer, bot: Listener) -> None:
    person, group = server.person("李小山"), server.group("红旗村支部群")
    server.say(person, "今天真冷", group, named=False)
    await server.acknowledged()
    own = await bot.send(group, "公告", key="1")
    [shown] = [each for each in server.messages(group) if each.sender is None]
    assert own == shown.index, "the id that an answer to it will bear"
    server.say(person, "收到", group, named=False, reply_to=shown)
    await server.acknowledged()
    plain, answer = bot.taken
    assert (plain.mentioned, plain.text) == (False, "今天真冷")
    assert (answer.mentioned, answer.reply_to) == (True, own)
    assert answer.quoted
    assert answer.quoted.text == "公告"


# ---- the token


async def test_one_token_serves_until_a_minute_before_its_end(server: QQServer, time: Moment) -> None:
    person = server.person("李小山")
    async with listening(server, time) as bot:
        server.say(person, "签到")
        await server.acknowledged()
        for minutes in (0, 59, 59):
            time.now += timedelta(minutes=minutes)
            server.say(person, "签到")
            await server.acknowledged()
            await bot.send(person, "收到", key=str(minutes))
        assert len(server.called("token")) == 1
        time.now += timedelta(minutes=1, seconds=30)
        await bot.send(person, "收到", key="7")
        assert len(server.called("token")) == 2
        assert server.called("token")[0] == {"appId": server.app_id, "clientSecret": server.secret}


async def test_while_no_new_token_is_to_be_had_the_old_one_serves_to_its_end(server: QQServer, time: Moment) -> None:
    person = server.person("李小山")
    async with listening(server, time) as bot:
        await server.until(lambda: server.called("token"))
        time.now += timedelta(minutes=119, seconds=10)
        server.say(person, "签到")
        await server.acknowledged()
        server.fail_next("token", "500")
        await bot.send(person, "收到", key="1")
        time.now += timedelta(minutes=1)
        server.fail_next("token", "500")
        with pytest.raises(Temporary):
            await bot.send(person, "收到", key="2")
        await bot.send(person, "收到", key="2")
    assert server.shown(person) == ["收到", "收到"]


@pytest.mark.parametrize("fault", ["hang", "garbage", "400", "500", "nameless"])
async def test_without_a_token_nothing_was_sent_and_nothing_is_uncertain(server: QQServer, time: Moment, fault: Fault) -> None:
    person = server.person("李小山")
    server.fail_next("token", fault, times=2)
    async with listening(server, time, answer_seconds=0.1) as bot:
        server.say(person, "签到")
        await server.acknowledged()
        with pytest.raises(Temporary):
            await bot.send(person, "收到", key="1")
        await bot.send(person, "收到", key="1")
    assert server.shown(person) == ["收到"]


async def test_a_token_that_is_not_taken_is_fetched_anew_once(server: QQServer, bot: Listener) -> None:
    person = server.person("李小山")
    server.say(person, "签到")
    await server.acknowledged()
    server.fail_next("messages", "401")
    await bot.send(person, "收到", key="1")
    assert server.shown(person) == ["收到"]
    server.fail_next("messages", "401", times=2)
    with pytest.raises(Temporary):
        await bot.send(person, "收到", key="2")


async def test_a_wrong_secret_is_told_in_words_and_what_waits_goes_once_it_is_right(server: QQServer, time: Moment) -> None:
    person, woken = server.person("李小山"), asyncio.Event()
    server.secret = "the new secret"
    with logged() as lines:
        async with listening(server, time, secret="the old secret", wake=woken.set, retry_seconds=0.01) as bot:
            async with asyncio.timeout(5):
                while not bot.notes:
                    await asyncio.sleep(0.005)
            assert "does not take [qq] app_id with this AppSecret" in bot.notes[0]
            assert not bot.platform.reachable(), "letters stay in the outbox and use up no try"
            with pytest.raises(Temporary):
                await bot.platform.send(_from_before(person))
            server.secret = "the old secret"
            async with asyncio.timeout(5):
                await woken.wait()
            assert bot.platform.reachable()
            await asyncio.sleep(0)
            assert bot.notes[-1] == ""
    assert "the old secret" not in str(lines)
    assert len([each for each in lines if "AppSecret" in each["event"]]) == 1, "said once, however often it is tried"


async def test_a_secret_that_is_changed_while_the_bot_runs_is_found_out(server: QQServer, time: Moment) -> None:
    person = server.person("李小山")
    async with listening(server, time, retry_seconds=0.01) as bot:
        await server.until(lambda: server.tokens)
        server.tokens.clear()
        right, server.secret = server.secret, "another"
        with pytest.raises(Temporary):
            await bot.platform.send(_from_before(person))
        assert not bot.platform.reachable()
        server.secret = right
        async with asyncio.timeout(5):
            while not bot.platform.reachable():
                await asyncio.sleep(0.005)


def _from_before(person: Person) -> Parcel:
    """A reply to something of before the start, of which only QQ knows whether it is in time."""
    return parcel(person, "收到", key="1", reply_to=ReplyTo("ROBOT1.0_before"))


async def test_a_reply_to_what_was_said_before_a_restart_still_goes(server: QQServer, time: Moment) -> None:
    person, group = server.person("李小山"), server.group("红旗村支部群")
    async with listening(server, time):
        said = server.say(person, "签到", group)
        await server.acknowledged()
    time.now += timedelta(minutes=1)
    async with listening(server, time) as bot:
        await bot.send(group, "收到", key="1", reply_to=ReplyTo(said.id))
        time.now += timedelta(minutes=6)
        with pytest.raises(NotNow):
            await bot.send(group, "收到", key="2", reply_to=ReplyTo(said.id))
    assert server.shown(group) == ["收到"]


async def test_secrets_and_words_stay_out_of_errors_and_logs(server: QQServer, time: Moment) -> None:
    person = server.person("李小山")
    with logged() as lines:
        async with listening(server, time, answer_seconds=0.1) as bot:
            server.say(person, "我爱人住院了")
            await server.acknowledged()
            told = []
            for fault in ("hang", "hang", "400", "500", "429", "garbage", "garbage"):
                server.fail_next("messages", fault)
            for _ in range(5):
                with pytest.raises(SendError) as raised:
                    await bot.send(person, "我爱人住院了", key="1")
                told.append("".join(traceback.format_exception(raised.value)))
    for secret in (server.secret, *server.tokens, "住院"):
        assert secret not in str(lines)
        assert secret not in "".join(each for each in told).replace('"我爱人住院了"', "")


@pytest.mark.parametrize("url", ["", "http://[", "ftp://127.0.0.1/", "http://127.0.0.1:1", "http://127.0.0.1:99999", "不是地址"])
async def test_an_address_that_is_none_is_temporary_and_breaks_nothing(server: QQServer, time: Moment, url: str) -> None:
    person = server.person("李小山")
    async with listening(server, time, api_url=url) as bot:
        server.say(person, "签到")
        await server.acknowledged()
        with pytest.raises(Temporary):
            await bot.send(person, "收到", key="1")
    async with listening(server, time, token_url=url, retry_seconds=0.01) as bot:
        with pytest.raises(Temporary):
            await bot.platform.send(_from_before(person))


# ---- the configuration


async def test_it_is_made_of_its_section(time: Moment, tmp_path: Path) -> None:
    async def note(*_: str) -> None:
        raise AssertionError("there is nothing to say")

    def made(section: QQ) -> list[Platform]:
        return connected(section, time, leads=asyncio.Event(), note=note, wake=lambda: None)

    assert made(QQ()) == []
    assert made(QQ(app_id="102000001")) == []
    path = tmp_path / "secret"
    path.write_text("the secret\n", "utf-8")
    [platform] = made(QQ(app_id="102000001", secret_file=path, markdown=True, group_per_minute=7))
    assert (platform.name, platform.instance, platform.budget.group_per_minute) == ("qq", "main", 7)
    assert platform.capabilities(ChatKind.GROUP).buttons
    assert [route.path for route in platform.routes()] == ["/qq/main"]  # type: ignore[attr-defined]
    assert "secret" not in repr(QQ(app_id="1", secret=SecretStr("the secret"))).replace("secret=", "").replace("secret_file=", "")


# ---- after a restart


async def test_what_was_said_before_a_restart_is_remembered_by_its_key(server: QQServer, time: Moment) -> None:
    person, asked = server.person("李小山"), []
    said = server.say(person, "签到")
    at = time.now
    time.now += timedelta(minutes=20)

    async def heard(chat: ChatKey, since: datetime) -> list[tuple[str, datetime]]:
        asked.append((chat, since))
        return [("qq:main:i:a press", at), (f"qq:main:m:{said.id}", at), (f"qq:main:m:{'0' * 64}", at), ("qq:other:m:x", at)]

    async with listening(server, time, heard=heard) as bot:
        server.pending.clear()
        await bot.send(person, "收到", key="1")
        assert asked == [(key_of(person), time.now - timedelta(minutes=60))]
        time.now += timedelta(minutes=40)
        with pytest.raises(NotNow):
            await bot.send(person, "收到", key="2")
        assert len(asked) == 1, "asked once"
    assert server.shown(person) == ["收到"]


async def test_while_nobody_can_be_asked_about_that_nothing_is_uncertain(server: QQServer, time: Moment) -> None:
    person, failing = server.person("李小山"), [False, True]

    async def heard(_: ChatKey, __: datetime) -> list[tuple[str, datetime]]:
        if failing.pop():
            raise OSError("disk full")
        return []

    async with listening(server, time, heard=heard) as bot:
        with pytest.raises(Temporary):
            await bot.send(person, "收到", key="1")
        with pytest.raises(NotNow):
            await bot.send(person, "收到", key="1")


async def test_what_was_said_while_another_process_led_is_looked_up_when_this_one_leads_again(
    server: QQServer, time: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.qq.platform._LOOK", 0.01)
    person, leads, heard_there = server.person("李小山"), asyncio.Event(), []
    leads.set()

    async def heard(_: ChatKey, __: datetime) -> list[tuple[str, datetime]]:
        return [(f"qq:main:m:{each.id}", time.now) for each in heard_there]

    async with listening(server, time, leads=leads, heard=heard) as bot:
        with pytest.raises(NotNow):
            await bot.send(person, "收到", key="1")
        leads.clear()
        await asyncio.sleep(0.03)
        heard_there.append(server.say(person, "签到"))
        server.pending.clear()
        leads.set()
        await bot.send(person, "收到", key="1")
    assert server.shown(person) == ["收到"]
