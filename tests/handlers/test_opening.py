"""Who opens the private chat is greeted, a stranger once a day; a group is not."""

from datetime import UTC, datetime

from bot.messages import AccountKey, Chat, ChatKey, ChatKind, EventKey, EventKind, Incoming, Sender
from bot.services import browser_chat
from tests.dialogue import STRANGER, Dialogue


async def _opens(chat: Dialogue, person: str, number: int, *, group: bool = False) -> list[str]:
    place = chat.group_id() if group else browser_chat.private_chat(person)
    before = len(chat.shown)
    key = AccountKey(*browser_chat.account_key(person))
    where = Chat(ChatKey(*browser_chat.chat_key(place)), ChatKind.GROUP if group else ChatKind.PRIVATE)
    event = Incoming(EventKey(f"browser:opened:{number}"), EventKind.OPENED, where, Sender(key), datetime(2026, 3, 10, 1, tzinfo=UTC))
    await chat.app.router.receive(event)
    await chat.app.drain()
    return [each["text"]["zh"] for each in chat.shown[before:]]


async def test_a_member_is_greeted_in_a_sentence(chat: Dialogue) -> None:
    assert await _opens(chat, "李小山", 1) == ["您好，我在。报平安发“签到”，别的发“帮助”看。"]


async def test_a_stranger_hears_once_a_day_how_to_report_in(chat: Dialogue) -> None:
    [said] = await _opens(chat, STRANGER, 1)
    assert "我还不认识您" in said
    assert await _opens(chat, STRANGER, 2) == []


async def test_a_group_that_lets_messages_in_is_told_nothing(chat: Dialogue) -> None:
    assert await _opens(chat, "李小山", 1, group=True) == []
