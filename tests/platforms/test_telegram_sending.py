"""Sending to Telegram: what the chat shows, and what each refusal means."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from telegram.constants import ReactionEmoji

from bot.messages import Button, File, ReplyTo
from bot.platforms.base import Moved, Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable, Vanished
from bot.platforms.telegram.marks import MARKS
from bot.texts import Text
from tests.telegram_server import TelegramServer, User
from tests.telegram_server.listener import Listener, listening

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
BUTTONS = ((Button(Text("武汉", "Wuhan"), "q:1"), Button(Text("南京", "Nanjing"), "q:2")),)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Listener]:
    async with listening(server, start=False) as listener:
        yield listener


@pytest.fixture
async def hasty(server: TelegramServer) -> AsyncIterator[Listener]:
    """A bot that waits a second for an answer."""
    async with listening(server, start=False, answer_seconds=1.0) as listener:
        yield listener


@pytest.fixture
def user(server: TelegramServer) -> User:
    return server.user("李建国", started=True)


async def test_a_message_shows_its_text_buttons_and_what_it_answers(server: TelegramServer, bot: Listener, user: User) -> None:
    asked = server.add(user, user, text="报到")
    sent = await bot.send(user, "在<b>哪里</b>？ https://example.org", buttons=BUTTONS, reply_to=ReplyTo(str(asked.id)))
    shown = server.messages(user)[-1]
    assert (str(shown.id), shown.text, shown.reply_to) == (sent, "在<b>哪里</b>？ https://example.org", asked)
    assert shown.buttons == [[("武汉", "q:1"), ("南京", "q:2")]]
    assert not shown.preview


async def test_an_answer_to_a_message_that_is_gone_is_sent_all_the_same(server: TelegramServer, bot: Listener, user: User) -> None:
    await bot.send(user, "收到", reply_to=ReplyTo("999"))
    assert server.messages(user)[-1].reply_to is None


async def test_a_picture_carries_its_text_and_buttons(server: TelegramServer, bot: Listener, user: User) -> None:
    sent = await bot.send(user, "地图", picture=PNG, buttons=BUTTONS)
    [shown] = server.messages(user)
    assert (str(shown.id), shown.photo, shown.text, len(shown.buttons)) == (sent, PNG, "地图", 1)


async def test_a_text_too_long_for_a_caption_follows_its_picture(server: TelegramServer, bot: Listener, user: User) -> None:
    sent = await bot.send(user, "长" * 1025, picture=PNG, buttons=BUTTONS)
    picture, text = server.messages(user)
    assert (picture.photo, picture.text, picture.buttons) == (PNG, "", [])
    assert (str(text.id), text.text, len(text.buttons)) == (sent, "长" * 1025, 1)


async def test_a_file_keeps_its_name_and_content(server: TelegramServer, bot: Listener, user: User) -> None:
    sent = await bot.send(user, "名册", file=File("名册.xlsx", b"PK\x03\x04"))
    [shown] = server.messages(user)
    assert (str(shown.id), shown.document, shown.text) == (sent, ("名册.xlsx", b"PK\x03\x04"), "名册")


async def test_a_picture_and_a_file_are_two_messages(server: TelegramServer, bot: Listener, user: User) -> None:
    sent = await bot.send(user, "两样", picture=PNG, file=File("a.txt", b"a"))
    picture, file = server.messages(user)
    assert (str(picture.id), picture.text, file.document, file.text) == (sent, "两样", ("a.txt", b"a"), "")


async def test_an_edit_replaces_text_and_buttons(server: TelegramServer, bot: Listener, user: User) -> None:
    sent = await bot.send(user, "一人签到", buttons=BUTTONS)
    assert await bot.send(user, "两人签到", edit=sent) == sent
    [shown] = server.messages(user)
    assert (shown.text, shown.buttons, shown.edits) == ("两人签到", [], 1)


async def test_an_edit_that_changes_nothing_succeeds(server: TelegramServer, bot: Listener, user: User) -> None:
    sent = await bot.send(user, "一人签到")
    assert await bot.send(user, "一人签到", edit=sent) == sent
    assert server.messages(user)[0].edits == 0


async def test_a_picture_can_be_edited_with_a_new_one_or_by_its_text(server: TelegramServer, bot: Listener, user: User) -> None:
    sent = await bot.send(user, "地图", picture=PNG)
    await bot.send(user, "新地图", picture=PNG + b"2", edit=sent)
    [shown] = server.messages(user)
    assert (shown.photo, shown.text) == (PNG + b"2", "新地图")
    await bot.send(user, "只改字", edit=sent)
    assert (shown.photo, shown.text) == (PNG + b"2", "只改字")
    with pytest.raises(Refused):
        await bot.send(user, "长" * 1025, picture=PNG, edit=sent)


@pytest.mark.parametrize(("asked", "shown"), [("👌", "👌"), ("❤️", "❤"), ("✅", "👍")])
async def test_a_mark_stands_under_its_message(server: TelegramServer, bot: Listener, user: User, asked: str, shown: str) -> None:
    said = server.add(user, user, text="签到")
    assert await bot.send(user, reaction=asked, reply_to=ReplyTo(str(said.id))) == str(said.id)
    assert said.reactions == [shown]
    assert len(server.messages(user)) == 1


@pytest.mark.parametrize(
    ("text", "content", "error"),
    [
        ("", {}, Refused),
        ("按钮", {"buttons": ((Button(Text("是", "yes"), "x" * 65),),)}, Refused),
        ("图", {"picture": b"no picture"}, Refused),
        ("回", {"reply_to": ReplyTo("not a number")}, Refused),
        ("", {"reaction": "👍"}, Refused),
        ("", {"reaction": "👍", "reply_to": ReplyTo("999")}, Vanished),
        ("改", {"edit": "999"}, Vanished),
        ("改", {"edit": "not a number"}, Refused),
        ("改", {"edit": "1"}, Vanished),
    ],
)
async def test_what_telegram_will_not_take_is_told_apart(
    server: TelegramServer, bot: Listener, user: User, text: str, content: dict[str, Any], error: type[SendError]
) -> None:
    server.add(user, user, text="of a person")
    with pytest.raises(error):
        await bot.send(user, text, **content)
    assert len(server.messages(user)) == 1


async def test_a_person_who_blocked_the_bot_or_never_started_it_cannot_be_reached(
    server: TelegramServer, bot: Listener, user: User
) -> None:
    server.block(user)
    for nobody in (user, server.user("王芳"), User(404, "谁")):
        with pytest.raises(Unreachable):
            await bot.send(nobody, "通知")
    group = server.add_group("第一支部", user)
    server.remove_bot(user, group)
    with pytest.raises(Unreachable):
        await bot.send(group, "通知")


async def test_a_group_that_moved_tells_its_new_id(server: TelegramServer, bot: Listener, user: User) -> None:
    group = server.add_group("第一支部", user, kind="group")
    new = server.migrate(group)
    with pytest.raises(Moved) as moved:
        await bot.send(group, "通知")
    assert moved.value.new_chat_id == str(new.id)
    await bot.send(new, "通知")


async def test_too_much_for_one_chat_slows_down_that_chat_only(server: TelegramServer, bot: Listener, user: User) -> None:
    server.limits = True
    await bot.send(user, "一")
    with pytest.raises(SlowDown) as slow:
        await bot.send(user, "二")
    assert (slow.value.wait, slow.value.everywhere) == (timedelta(seconds=1), False)
    await bot.send(server.user("王芳", started=True), "三")


@pytest.mark.parametrize(
    ("fault", "error", "stored"),
    [
        ("429", SlowDown, 0),
        ("429_page", SlowDown, 0),
        ("500", Temporary, 0),
        ("502", Temporary, 0),
        ("drop_before", Uncertain, 0),
        ("drop_after", Uncertain, 1),
        ("hang", Uncertain, 1),
        ("garbage", Uncertain, 1),
        ("hollow", Uncertain, 1),
    ],
)
async def test_what_may_have_arrived_is_told_apart_from_what_did_not(
    server: TelegramServer, hasty: Listener, user: User, fault: Any, error: type[SendError], stored: int
) -> None:
    server.fail_next("sendMessage", fault, retry_after=7)
    with pytest.raises(error) as raised:
        await hasty.send(user, "通知")
    assert len(server.messages(user)) == stored
    assert server.token not in str(raised.value)
    assert raised.value.__cause__ is None
    if isinstance(raised.value, SlowDown):
        assert raised.value.wait == timedelta(seconds=7 if fault == "429" else 1)


@pytest.mark.parametrize("fault", ["hang", "drop_after", "garbage"])
async def test_an_edit_without_an_answer_may_simply_be_tried_again(server: TelegramServer, hasty: Listener, user: User, fault: Any) -> None:
    sent = await hasty.send(user, "一")
    server.fail_next("editMessageText", fault)
    with pytest.raises(Temporary):
        await hasty.send(user, "二", edit=sent)
    assert await hasty.send(user, "二", edit=sent) == sent


async def test_a_server_that_is_not_there_is_a_temporary_matter(user: User) -> None:
    nowhere = TelegramServer()
    nowhere.base_url = "http://127.0.0.1:9/bot"
    async with listening(nowhere, start=False) as bot:
        with pytest.raises(Temporary):
            await bot.send(user, "通知")


async def test_a_proxy_that_the_machine_is_set_to_use_carries_the_messages(
    server: TelegramServer, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.base_url.removesuffix("/bot"))
    monkeypatch.delenv("no_proxy", raising=False)
    beyond = TelegramServer()
    beyond.base_url = "http://telegram.example/bot"
    async with listening(beyond, start=False) as bot:
        await bot.send(user, "通知")
    assert [message.text for message in server.messages(user)] == ["通知"]


async def test_after_the_stop_nothing_is_sent_and_nothing_uncertain(bot: Listener, user: User) -> None:
    await bot.platform.stop()
    with pytest.raises(Temporary):
        await bot.send(user, "通知")


def test_the_marks_are_those_that_telegram_knows() -> None:
    assert {str(emoji.value) for emoji in ReactionEmoji} == MARKS


async def test_a_rejected_token_is_not_the_fault_of_the_message(server: TelegramServer, bot: Listener, user: User) -> None:
    server.token = "123456:new"
    with pytest.raises(Temporary):
        await bot.send(user, "通知")


async def test_a_file_the_server_finds_too_large_is_refused(server: TelegramServer, bot: Listener, user: User) -> None:
    with pytest.raises(Refused):
        await bot.send(user, "大", file=File("a.bin", b"x" * (51 * 1024 * 1024)))
