"""One suite that every platform passes: the same deeds on the far side, the same neutral words on ours, and back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

import pytest

from bot.messages import Button, ChatKind, EventKind, File, Incoming, Outgoing, Parcel, ReplyTo
from bot.platforms.base import Platform, Unreachable, Vanished
from bot.services import browser_chat
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.dialogue import Dialogue
from tests.telegram_server import TelegramServer
from tests.telegram_server.listener import listening
from tests.telegram_server.model import Message

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Side(Protocol):
    """The far side of a platform: one person, one group, and what they see."""

    platform: Platform
    taken: list[Incoming]

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str: ...
    async def presses(self, message_id: str, data: str) -> None: ...
    async def edits(self, message_id: str, text: str) -> None: ...
    async def shares_location(self) -> None: ...
    def key(self, *, group: bool = False) -> ChatKey: ...
    def shown(self, message_id: str, *, group: bool = False) -> dict[str, Any]: ...
    def allow_deleting(self) -> None: ...
    async def is_gone(self, message_id: str) -> bool: ...


class BrowserSide:
    """A person at the page."""

    def __init__(self, chat: Dialogue) -> None:
        assert chat.app.browser
        self.chat = chat
        self.platform: Platform = chat.app.browser
        self.taken: list[Incoming] = []
        self._count = 0

    async def _take(self, frame: dict[str, Any]) -> str:
        self._count += 1
        assert self.chat.app.browser
        return await self.chat.app.browser.take("李小山", Text("李小山", "Li Xiaoshan"), frame, f"c{self._count}")

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        return await self._take({"type": "send", "chat": self.key(group=group).chat_id, "text": text, "reply_to": reply_to})

    async def presses(self, message_id: str, data: str) -> None:
        await self._take({"type": "press", "chat": self.key().chat_id, "message": message_id, "data": data})

    async def edits(self, message_id: str, text: str) -> None:
        await self._take({"type": "edit", "chat": self.key().chat_id, "message": message_id, "text": text})

    async def shares_location(self) -> None:
        await self._take({"type": "location", "chat": self.key().chat_id, "latitude": 45.8, "longitude": 126.5})

    def key(self, *, group: bool = False) -> ChatKey:
        return browser_chat.chat_key(self.chat.group_id() if group else browser_chat.private_chat("李小山"))

    def allow_deleting(self) -> None:
        """Nothing forbids it in the browser."""

    async def is_gone(self, message_id: str) -> bool:
        return await self.chat.run(browser_chat.message, message_id) is None

    def shown(self, message_id: str, *, group: bool = False) -> dict[str, Any]:
        raw = next(each for each in reversed(self.chat.shown) if each["id"] == message_id)
        return {
            "text": raw["text"]["zh"],
            "buttons": [[button["label"]["zh"] for button in row] for row in raw["buttons"]],
            "reactions": raw["reactions"],
            "picture": raw["picture"] is not None,
            "file": raw["file"]["name"] if raw["file"] else None,
        }


class TelegramSide:
    """A person with a Telegram account."""

    def __init__(self, server: TelegramServer, platform: Platform, taken: list[Incoming]) -> None:
        self.server = server
        self.platform = platform
        self.taken = taken
        self.user = server.user("李小山", started=True)
        self.group = server.add_group("红旗村支部", self.user)

    def _message(self, message_id: str) -> Message:
        place = self.user if self.server.find(self.user, message_id) else self.group
        found = self.server.find(place, message_id)
        assert found
        return found

    async def says(self, text: str, *, group: bool = False, reply_to: str | None = None) -> str:
        text = text.replace("@支部", "@zhibu_bot")
        replied = self._message(reply_to) if reply_to else None
        said = self.server.say(self.user, self.group if group else self.user, text, reply_to=replied)
        await self.server.acknowledged()
        return str(said.id)

    async def presses(self, message_id: str, data: str) -> None:
        self.server.press(self.user, self._message(message_id), data)
        await self.server.acknowledged()

    async def edits(self, message_id: str, text: str) -> None:
        self.server.edit(self._message(message_id), text)
        await self.server.acknowledged()

    async def shares_location(self) -> None:
        self.server.share_location(self.user, self.user, 45.8, 126.5)
        await self.server.acknowledged()

    def key(self, *, group: bool = False) -> ChatKey:
        return ChatKey("telegram", "main", str(self.group.id if group else self.user.id))

    def allow_deleting(self) -> None:
        self.group.bot_may_delete = True

    async def is_gone(self, message_id: str) -> bool:
        return self.server.find(self.group, message_id) is None

    def shown(self, message_id: str, *, group: bool = False) -> dict[str, Any]:
        found = self.server.find(self.group if group else self.user, message_id)
        assert found
        return {
            "text": found.text,
            "buttons": [[label for label, _ in row] for row in found.buttons],
            "reactions": found.reactions,
            "picture": found.photo is not None,
            "file": found.document[0] if found.document else None,
        }


@asynccontextmanager
async def _browser(request: pytest.FixtureRequest) -> AsyncIterator[Side]:
    chat = Dialogue(request.getfixturevalue("database_url"))
    await chat.open()
    side = BrowserSide(chat)

    async def receive(incoming: Incoming) -> None:
        side.taken.append(incoming)

    await side.platform.start(receive, chat.app.registry.hints())
    yield side
    await chat.close()


@asynccontextmanager
async def _telegram(_: pytest.FixtureRequest) -> AsyncIterator[Side]:
    async with TelegramServer() as server, listening(server) as listener:
        yield TelegramSide(server, listener.platform, listener.taken)


SIDES = {"browser": _browser, "telegram": _telegram}


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest) -> AsyncIterator[Side]:
    async with SIDES[request.param](request) as opened:
        yield opened


async def _send(side: Side, text: str = "", *, group: bool = False, edit: str | None = None, **content: Any) -> str:
    kind = ChatKind.GROUP if group else ChatKind.PRIVATE
    return await side.platform.send(Parcel(side.key(group=group), kind, Outgoing(Text.plain(text), **content), Language.ZH, edit))


async def test_a_private_message_comes_in(side: Side) -> None:
    message_id = await side.says("我到哈尔滨了")
    [taken] = side.taken
    assert (taken.kind, taken.chat.kind, taken.text, taken.message_id) == (EventKind.MESSAGE, ChatKind.PRIVATE, "我到哈尔滨了", message_id)
    assert taken.chat.key == side.key()
    assert taken.sender.key[:2] == (side.platform.name, side.platform.instance)
    assert taken.sender.name == "李小山"
    assert taken.at.utcoffset() is not None


async def test_a_group_message_comes_in_and_a_mention_is_taken_out_of_it(side: Side) -> None:
    await side.says("今天真冷", group=True)
    await side.says("@支部 签到", group=True)
    plain, named = side.taken
    assert (plain.chat.kind, plain.mentioned, plain.text) == (ChatKind.GROUP, False, "今天真冷")
    assert (named.mentioned, named.text) == (True, "签到")
    assert plain.key != named.key


async def test_a_reply_to_the_bot_counts_as_speaking_to_it(side: Side) -> None:
    own = await _send(side, "公告", group=True)
    await side.says("收到", group=True, reply_to=own)
    [taken] = side.taken
    assert (taken.mentioned, taken.reply_to) == (True, own)


async def test_a_button_brings_back_its_data_and_its_message(side: Side) -> None:
    asked = await _send(side, "去吗？", buttons=((Button(Text("去", "go"), "q.1.0.x"), Button(Text("不去", "stay"), "q.1.1.x")),))
    assert side.shown(asked)["buttons"] == [["去", "不去"]]
    await side.presses(asked, "q.1.1.x")
    [taken] = side.taken
    assert (taken.kind, taken.text, taken.message_id) == (EventKind.BUTTON, "q.1.1.x", asked)


async def test_a_changed_message_and_a_location_are_told_apart_from_messages(side: Side) -> None:
    own = await side.says("签倒")
    await side.edits(own, "签到")
    await side.shares_location()
    assert [each.kind for each in side.taken] == [EventKind.MESSAGE, EventKind.EDITED, EventKind.LOCATION]
    assert side.taken[2].location
    assert round(side.taken[2].location.latitude, 1) == 45.8


async def test_text_goes_out_as_it_is(side: Side) -> None:
    for text in ("你好", "*不是粗体* <b>也不是</b> {0} [x](y) _a_ `b`", "a\n\nb", "喆堃玥祎彧珺"):
        assert side.shown(await _send(side, text))["text"] == text


async def test_a_message_is_edited_in_place(side: Side) -> None:
    first = await _send(side, "今日报平安 1 人", group=True)
    assert await _send(side, "今日报平安 2 人", group=True, edit=first) == first
    assert side.shown(first, group=True)["text"] == "今日报平安 2 人"
    assert await _send(side, "今日报平安 2 人", group=True, edit=first) == first


async def test_an_edit_of_what_is_not_there_says_so(side: Side) -> None:
    with pytest.raises(Vanished):
        await _send(side, "x", group=True, edit="99999")


async def test_a_mark_goes_under_the_message_it_belongs_to(side: Side) -> None:
    own = await side.says("签到", group=True)
    await _send(side, group=True, reaction="👌", reply_to=ReplyTo(own))
    assert side.shown(own, group=True)["reactions"] == ["👌"]


async def test_a_message_of_somebody_else_is_deleted_and_then_it_is_not_there(side: Side) -> None:
    side.allow_deleting()
    own = await side.says("我爱人病了", group=True)
    assert side.platform.capabilities(ChatKind.GROUP).remove
    assert await _send(side, group=True, remove=own) == own
    assert await side.is_gone(own)
    with pytest.raises(Vanished):
        await _send(side, group=True, remove=own)


async def test_a_picture_and_a_file_go_out(side: Side) -> None:
    assert side.shown(await _send(side, "分布", picture=PNG))["picture"]
    sent = await _send(side, "您的资料", file=File("my-data.json", b"{}", "application/json"))
    assert side.shown(sent)["file"] == "my-data.json"


async def test_a_person_who_never_opened_a_chat_is_unreachable(side: Side) -> None:
    parcel = Parcel(ChatKey(*side.key()[:2], "424242"), ChatKind.PRIVATE, Outgoing(Text.plain("x")), Language.ZH)
    with pytest.raises(Unreachable):
        await side.platform.send(parcel)


async def test_its_capabilities_and_budget_are_told(side: Side) -> None:
    for kind in ChatKind:
        assert side.platform.capabilities(kind).longest_text >= 450
    assert side.platform.budget.group_per_minute >= 1
