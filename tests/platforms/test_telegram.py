"""Receiving from Telegram: nothing is acknowledged before it is committed, and nothing stops the bot."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.messages import ChatKind, CommandHint, EventKind
from bot.platforms.base import Platform
from bot.platforms.body import LARGEST
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.webhook import SECRET_HEADER
from bot.texts import Text
from tests.telegram_server import TelegramServer
from tests.telegram_server.listener import NOW, Listener, listening

SECRET = "s3cret_-"
COMMANDS = [
    CommandHint("checkin", "签到", Text("签到：报一声平安", "Check in"), group=True, private=True),
    CommandHint("dues", "党费", Text("党费：" + "很长" * 200, "Dues"), group=False, private=True),
    CommandHint("签到", "签到", Text("不能", "cannot"), group=True, private=True),
    CommandHint("export", "导出", Text("导出", "Export"), group=True, private=True, roles=frozenset({"secretary"})),
]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


async def test_the_platform_fits_the_protocol(server: TelegramServer) -> None:
    async with listening(server, start=False) as listener:
        platform: Platform = listener.platform
        assert (platform.name, platform.instance, list(platform.routes())) == ("telegram", "main", [])
        assert platform.capabilities(ChatKind.GROUP).edit
        assert platform.budget.group_per_minute == 20


async def test_an_update_is_acknowledged_only_after_it_was_received(server: TelegramServer) -> None:
    user = server.user("李建国", last_name="甲")
    async with listening(server) as listener:
        pending: list[int] = []
        listener.before = lambda _: pending.append(len(server.pending))
        server.say(user, user, "报到 武汉")
        await server.acknowledged()
    assert pending == [1]
    [incoming] = listener.taken
    assert (incoming.text, incoming.sender.name, incoming.kind) == ("报到 武汉", "李建国 甲", EventKind.MESSAGE)
    assert incoming.key == "telegram:main:700000001"
    assert incoming.at.timestamp() == server.messages(user)[0].date


async def test_what_could_not_be_received_is_fetched_again(server: TelegramServer) -> None:
    user = server.user("李建国")
    async with listening(server) as listener:
        listener.failing["报到"] = 2
        server.say(user, user, "报到")
        server.say(user, user, "党费")
        await server.acknowledged()
    assert [incoming.text for incoming in listener.tried] == ["报到", "报到", "报到", "党费"]
    assert len({incoming.key for incoming in listener.tried}) == 2
    assert "secret words" not in listener.logged()


async def test_an_update_is_never_passed_over_however_long_the_storage_is_away(server: TelegramServer) -> None:
    user = server.user("李建国")
    async with listening(server) as listener:
        listener.failing["签到"] = 9
        server.say(user, user, "签到")
        server.say(user, user, "报到")
        await server.acknowledged()
    assert listener.texts() == ["签到", "报到"]
    assert [incoming.text for incoming in listener.tried].count("签到") == 10


async def test_other_chats_go_on_while_one_update_fails(server: TelegramServer) -> None:
    one, other = server.user("李建国"), server.user("王芳")
    async with listening(server) as listener:
        listener.failing["毒"] = 3
        server.say(one, one, "毒")
        server.say(other, other, "报到")
        server.say(one, one, "党费")
        await server.acknowledged()
    assert listener.texts() == ["报到", "毒", "党费"]


async def test_chats_do_not_wait_for_each_other_but_each_keeps_its_order(server: TelegramServer) -> None:
    slow, quick = server.user("李建国"), server.user("王芳")
    gate, seen = asyncio.Event(), []
    for text in ("一", "二"):
        server.say(slow, slow, text)
    server.say(quick, quick, "三")

    async def receive(incoming: Any) -> None:
        if incoming.text == "三":
            gate.set()
        await gate.wait()
        seen.append(incoming.text)

    async with listening(server, start=False) as listener:
        await listener.platform.start(receive, [])
        await server.acknowledged()
    assert seen.index("一") < seen.index("二")


async def test_a_repeated_update_is_passed_on_with_the_same_key(server: TelegramServer) -> None:
    user = server.user("李建国")
    async with listening(server) as listener:
        server.say(user, user, "报到")
        update = server.pending[0]
        await server.acknowledged()
        server.duplicate(update)
        await server.acknowledged()
        server.say(user, user, "党费")
        await server.acknowledged()
    assert listener.texts()[-1] == "党费"
    assert {incoming.key for incoming in listener.taken if incoming.text == "报到"} == {"telegram:main:700000001"}


async def test_reordered_updates_are_all_received(server: TelegramServer) -> None:
    users = [server.user(f"党员{number}") for number in range(12)]
    for user in users:
        server.say(user, user, user.first_name)
    server.reorder()
    async with listening(server) as listener:
        await server.acknowledged()
    assert sorted(listener.texts()) == sorted(user.first_name for user in users)


@pytest.mark.parametrize("fault", ["429", "500", "502", "drop_before", "drop_after", "garbage", "hollow"])
async def test_no_fault_of_the_server_ends_the_polling_or_loses_an_update(server: TelegramServer, fault: Any) -> None:
    user = server.user("李建国")
    for method in ("getMe", "deleteWebhook", "getUpdates", "getUpdates"):
        server.fail_next(method, fault, retry_after=0)
    server.say(user, user, "报到")
    async with listening(server, answer_seconds=5.0) as listener:
        await server.acknowledged()
    assert listener.texts() == ["报到"]
    assert listener.logged().count("answers again") <= 2


async def test_a_rejected_token_is_said_once_and_tried_on(server: TelegramServer) -> None:
    token = server.token
    async with listening(server, start=False) as listener:
        server.token = "123456:new"
        await listener.platform.start(listener.receive, [])
        await asyncio.wait_for(_logged(listener, "does not accept"), 2)
        server.token = token
        await server.until(lambda: listener.platform.username)
    assert listener.logged().count("does not accept") == 1


async def _logged(listener: Listener, words: str) -> None:
    while words not in listener.logged():
        await asyncio.sleep(0)


async def test_a_network_that_is_down_only_delays_the_start() -> None:
    server = TelegramServer()
    server.base_url = "http://127.0.0.1:9/bot"
    async with listening(server) as listener:
        await asyncio.wait_for(_logged(listener, "cannot be reached"), 2)
        assert listener.platform.username is None


async def test_a_second_poller_is_outlived(server: TelegramServer) -> None:
    user = server.user("李建国")
    async with listening(server) as listener:
        await server.until(lambda: server.called("getUpdates"))
        async with aiohttp.ClientSession() as session, session.get(f"{server.base_url}{server.token}/getUpdates?timeout=0") as answer:
            assert (await answer.json()) == {"ok": True, "result": []}
        await asyncio.wait_for(_logged(listener, "Another program"), 2)
        server.say(user, user, "报到")
        await server.acknowledged()
    assert listener.texts() == ["报到"]


async def test_a_webhook_in_the_way_is_deleted_even_if_that_fails_at_first(server: TelegramServer) -> None:
    user = server.user("李建国")
    server.webhook = "http://127.0.0.1:9/forgotten"
    server.fail_next("deleteWebhook", "500")
    server.say(user, user, "报到")
    async with listening(server) as listener:
        await server.acknowledged()
    assert (listener.texts(), server.webhook) == (["报到"], "")


async def test_every_kind_of_event_arrives(server: TelegramServer) -> None:
    user, other = server.user("李建国", started=True), server.user("王芳")
    group = server.add_group("第一支部", user, kind="group")
    async with listening(server) as listener:
        await server.until(lambda: server.called("getUpdates"))
        server.add_bot(user, group)
        server.edit(server.say(user, group, "@zhibu_bot 报到"), "报到 南京")
        server.join(other, group)
        server.leave(other, group)
        server.share_location(user, user, 30.5, 114.3)
        server.block(user)
        server.unblock(user)
        server.remove_bot(user, group)
        server.migrate(group)
        await server.acknowledged()
    kinds = [incoming.kind.value for incoming in listener.taken if incoming.chat.kind is ChatKind.GROUP]
    assert kinds == ["bot_added", "message", "edited", "joined", "joined", "left", "left", "bot_removed", "migrated"]
    assert [one.kind.value for one in listener.taken if one.chat.kind is ChatKind.PRIVATE] == ["location", "blocked", "unblocked"]


async def test_what_follows_a_migration_waits_for_it(server: TelegramServer) -> None:
    user = server.user("李建国")
    group = server.add_group("第一支部", user, kind="group")
    server.say(user, group, "旧")
    new = server.migrate(group)
    server.say(user, new, "新")
    async with listening(server) as listener:
        listener.failing["旧"] = 1
        await server.acknowledged()
    assert [incoming.text or incoming.new_chat_id for incoming in listener.taken] == ["旧", str(new.id), "新"]


async def test_a_pressed_button_is_answered_after_it_was_received(server: TelegramServer) -> None:
    user = server.user("李建国", started=True)
    message = server.add(user, None, text="哪里？", buttons=[[("武汉", "q:1")]])
    async with listening(server) as listener:
        unanswered: list[dict[str, bool]] = []
        listener.before = lambda _: unanswered.append(dict(server.presses))
        query = server.press(user, message, "q:1")
        await server.until(lambda: server.presses[query])
    assert unanswered == [{query: False}]
    assert (listener.taken[0].text, listener.taken[0].message_id) == ("q:1", str(message.id))


async def test_a_press_that_cannot_be_answered_stops_nothing(server: TelegramServer) -> None:
    user = server.user("李建国", started=True)
    message = server.add(user, None, text="哪里？", buttons=[[("武汉", "q:1")]])
    server.fail_next("answerCallbackQuery", "500")
    async with listening(server) as listener:
        server.press(user, message, "q:1")
        await asyncio.wait_for(_logged(listener, "could not be answered"), 2)
        server.say(user, user, "报到")
        await server.acknowledged()
    assert listener.texts() == ["q:1", "报到"]


async def test_the_menu_is_set_per_scope_and_language(server: TelegramServer) -> None:
    server.fail_next("setMyCommands", "500")
    async with listening(server, COMMANDS) as listener:
        await server.until(lambda: len(server.commands) == 4)
        names = {key: [command["command"] for command in commands] for key, commands in server.commands.items()}
        assert names == {
            ("all_private_chats", ""): ["checkin", "dues"],
            ("all_private_chats", "en"): ["checkin", "dues"],
            ("all_group_chats", ""): ["checkin"],
            ("all_group_chats", "en"): ["checkin"],
        }
        assert server.commands["all_group_chats", ""][0]["description"] == "签到：报一声平安"
        assert server.commands["all_group_chats", "en"][0]["description"] == "Check in"
        assert "of this name" in listener.logged()


async def test_a_menu_that_is_refused_is_given_up_and_the_bot_goes_on(server: TelegramServer) -> None:
    user = server.user("李建国")
    server.fail_next("setMyCommands", "500", times=6)
    async with listening(server, COMMANDS[:1]) as listener:
        await asyncio.wait_for(_logged(listener, "did not take the menu"), 2)
        server.say(user, user, "报到")
        await server.acknowledged()
    assert listener.texts() == ["报到"]


async def test_the_bots_name_is_noted_once_it_is_known(server: TelegramServer) -> None:
    noted: list[str] = []

    async def note(name: str) -> None:
        noted.append(name)

    async with listening(server, noted=note):
        await server.until(lambda: noted)
    assert noted == ["zhibu_bot"]


async def test_stopping_does_not_wait_for_the_long_poll_and_starting_again_works(server: TelegramServer) -> None:
    user = server.user("李建国")
    async with listening(server, poll_seconds=50) as listener:
        await server.until(lambda: server.called("getUpdates"))
        async with asyncio.timeout(5):
            await listener.platform.stop()
        await listener.platform.start(listener.receive, [])
        server.say(user, user, "报到")
        await server.acknowledged()
    assert listener.texts() == ["报到"]


async def test_the_token_and_the_texts_are_never_logged(server: TelegramServer, caplog: pytest.LogCaptureFixture) -> None:
    user = server.user("李建国", started=True)
    with caplog.at_level(logging.DEBUG):
        for method in ("getMe", "getUpdates"):
            server.fail_next(method, "garbage")
            server.fail_next(method, "502")
        async with listening(server) as listener:
            listener.failing["绝密的话"] = 9
            server.say(user, user, "绝密的话")
            await server.acknowledged()
    everything = caplog.text + listener.logged()
    assert server.token not in everything
    assert "绝密" not in everything
    assert "could not be handed over" in everything


@pytest.fixture
async def hooked(server: TelegramServer) -> AsyncIterator[Listener]:
    """A platform in webhook mode behind a web server of its own."""
    runner = web.AppRunner(app := web.Application(), shutdown_timeout=0.2)
    async with listening(
        server, start=False, mode="webhook", webhook_url="https://example.org/telegram/main", webhook_secret=SECRET
    ) as listener:
        app.add_routes(listener.platform.routes())
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        listener.platform._webhook_url = f"http://127.0.0.1:{port}/telegram/main"
        await listener.platform.start(listener.receive, [])
        await server.until(lambda: server.webhook)
        yield listener
        await runner.cleanup()


async def _post(hooked: Listener, body: bytes | io.BytesIO, **headers: str) -> int:
    async with aiohttp.ClientSession() as session, session.post(hooked.server.webhook, data=body, headers=headers) as answer:
        return answer.status


async def test_the_webhook_takes_updates_and_is_set_with_its_secret(hooked: Listener, server: TelegramServer) -> None:
    user = server.user("李建国")
    server.say(user, user, "报到")
    await server.acknowledged()
    assert (hooked.texts(), server.webhook_answers, server.secret) == (["报到"], [200], SECRET)
    [given] = server.called("setWebhook")
    assert set(given["allowed_updates"]) >= {"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}
    assert given["drop_pending_updates"] is False


async def test_the_webhook_answers_500_until_the_update_was_received(hooked: Listener, server: TelegramServer) -> None:
    user = server.user("李建国")
    hooked.failing["报到"] = 2
    server.say(user, user, "报到")
    await server.acknowledged()
    assert (hooked.texts(), server.webhook_answers) == (["报到"], [500, 500, 200])


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: "密"}, {SECRET_HEADER: SECRET + "x"}])
async def test_the_webhook_lets_nobody_in_without_the_secret(hooked: Listener, headers: dict[str, str]) -> None:
    assert await _post(hooked, b'{"update_id": 1}', **headers) == 403
    assert hooked.tried == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{not json", 400), (b"\xff", 400), (b"[" * 200_000, 400), (b"[]", 200), (b'{"update_id": 1, "poll": {}}', 200)],
)
async def test_the_webhook_answers_nonsense_without_receiving_it(hooked: Listener, body: bytes, status: int) -> None:
    assert await _post(hooked, body, **{SECRET_HEADER: SECRET}) == status
    assert hooked.tried == []


async def test_the_webhook_reads_at_most_a_mebibyte(hooked: Listener) -> None:
    assert await _post(hooked, io.BytesIO(b" " * (LARGEST + 1)), **{SECRET_HEADER: SECRET}) == 413


async def test_the_webhook_sends_telegram_away_while_the_bot_is_stopped(hooked: Listener) -> None:
    await hooked.platform.stop()
    assert await _post(hooked, b'{"update_id": 1}', **{SECRET_HEADER: SECRET}) == 503


@pytest.mark.parametrize(
    "settings",
    [{"token": ""}, {"mode": "webhook"}, {"mode": "webhook", "webhook_url": "https://example.org", "webhook_secret": "密"}],
)
def test_settings_that_cannot_work_are_refused_at_once(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Telegram"):
        TelegramPlatform(settings.pop("token", "1:x"), clock=lambda: NOW, **settings)
