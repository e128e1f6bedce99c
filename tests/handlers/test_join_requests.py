"""Somebody asks to be let into the group: a card to the secretaries, answered by the platform, and nothing told to who asks."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.messages import Chat, ChatKind, EventKind, Incoming, Sender
from bot.services import browser_chat, deliveries
from bot.services.deliveries import NOT_ADMITTED
from bot.services.join_requests import MOST, OVER
from handlers.join_requests import LET_IN, REFUSED
from storage.keys import AccountKey, ChatKey, EventKey
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.claiming import claim
from tests.dialogue import Dialogue, Seen
from tests.dialogue import _seen as shown
from tests.known import known

SECRETARY, OTHER = "王秀英", "李小山"
QQ = ChatKey("onebot", "10001", "g200001")


async def bind(chat: Dialogue) -> None:
    async def bound(work: UnitOfWork) -> None:
        work.chats.bind(QQ, "红旗村支部群")

    await chat.in_branch(bound)


class Door:
    """Strangers before the group's door."""

    def __init__(self, chat: Dialogue) -> None:
        self.chat = chat
        self._events = 0

    async def knocks(
        self,
        user: str = "666",
        name: str = "大山",
        comment: str = "我是村东头的",
        *,
        request: str = "f1",
        kind: EventKind = EventKind.ASKED_TO_JOIN,
    ) -> list[Seen]:
        """Somebody asks, or comes in; answers what the page shows to anybody because of it."""
        self._events += 1
        self.chat.now += timedelta(seconds=1)
        before = len(self.chat.shown)
        event = EventKey(f"onebot:10001:request:{self._events}")
        sender = Sender(AccountKey("onebot", "10001", user), name)
        there = Chat(QQ, ChatKind.GROUP)
        incoming = Incoming(event, kind, there, sender, self.chat.now, comment, request=request)
        await self.chat.app.router.receive(incoming)
        await self.chat.app.drain()
        return await self.chat.pass_time(seconds=1) if len(self.chat.shown) == before else self._since(before)

    def _since(self, before: int) -> list[Seen]:
        return [each for each in map(shown, self.chat.shown[before:]) if each.sender == "bot"]


@pytest.fixture
async def door(chat: Dialogue) -> Door:
    await bind(chat)
    return Door(chat)


async def admissions(chat: Dialogue) -> list[Any]:
    async def read(work: UnitOfWork) -> list[Any]:
        rows = await work.rows(select(outbox.c.content).where(outbox.c.platform == "onebot").order_by(outbox.c.id))
        return [row.content["admission"] for row in rows if row.content and "admission" in row.content]

    found: list[Any] = await chat.run(read)
    return found


async def said_to_the_door(chat: Dialogue) -> list[str]:
    async def read(work: UnitOfWork) -> list[str]:
        rows = await work.rows(select(outbox.c.content).where(outbox.c.platform == "onebot"))
        return [row.content["zh"] for row in rows if row.content and row.content["zh"]]

    found: list[str] = await chat.run(read)
    return found


async def test_the_secretary_is_asked_in_private_and_lets_in_by_a_button(chat: Dialogue, door: Door) -> None:
    seen = await door.knocks()
    assert chat.in_group(seen) == []
    assert len(chat.to(SECRETARY, seen)) == 1
    assert "有人想进QQ群“红旗村支部群”：昵称“大山”，号码 666，留言“我是村东头的”。" in chat.to(SECRETARY, seen)[0]
    assert chat.to(OTHER, seen) == []
    assert LET_IN(who="“大山”").zh in chat.to(SECRETARY, await chat.press(SECRETARY, "同意进群"))
    assert await admissions(chat) == [["f1", True]]
    assert await said_to_the_door(chat) == []


@pytest.mark.parametrize(("words", "accepted"), [("同意进群", True), ("同意", True), ("同意1", True), ("拒绝进群", False), ("拒绝", False)])
async def test_its_words_answer_it_too(chat: Dialogue, door: Door, words: str, accepted: bool) -> None:
    await door.knocks()
    told = chat.to(SECRETARY, await chat.private(SECRETARY, words))
    assert told == [(LET_IN if accepted else REFUSED)(who="“大山”").zh]
    assert await admissions(chat) == [["f1", accepted]]


@pytest.mark.parametrize("words", ["1", "2", "收到", "好", "对", "是", "可以"])
async def test_a_bare_number_or_a_yes_lets_nobody_in(chat: Dialogue, door: Door, words: str) -> None:
    await door.knocks()
    await chat.private(SECRETARY, words)
    await door.knocks("777", "小海", request="f2")
    await chat.private(SECRETARY, words)
    assert await admissions(chat) == []


async def test_of_several_it_is_asked_which_by_who_they_are_and_the_duties_list_them(chat: Dialogue, door: Door) -> None:
    await door.knocks("666", "大山", request="f1")
    await door.knocks("777", "", request="f2")
    told = "\n".join(chat.to(SECRETARY, await chat.private(SECRETARY, "待办")))
    assert "1号 “大山” 666想进群，回“同意进群”或“拒绝进群”" in told
    assert "2号 777想进群，回“同意进群2”或“拒绝进群2”" in told
    [asked] = await chat.private(SECRETARY, "同意")
    assert asked.buttons == ("1号 “大山” 666", "2号 777")
    assert await admissions(chat) == []
    assert chat.to(SECRETARY, await chat.private(SECRETARY, "2号 777")) == [LET_IN(who="“777”").zh]
    assert await admissions(chat) == [["f2", True]]
    await chat.private(SECRETARY, "拒绝")
    assert (await admissions(chat))[-1] == ["f1", False]
    assert "想进群" not in "".join(chat.to(SECRETARY, await chat.private(SECRETARY, "待办")))


async def test_where_the_word_answers_something_else_it_lets_nobody_in(chat: Dialogue, door: Door) -> None:
    await door.knocks()
    await chat.private(SECRETARY, "我在武汉")
    await chat.private(SECRETARY, "同意")
    assert await admissions(chat) == []


async def test_of_several_requests_the_words_mean_the_one_they_name(chat: Dialogue, door: Door) -> None:
    await door.knocks("666", "大山", request="f1")
    await door.knocks("777", "小海", request="f2")
    await chat.private(SECRETARY, "拒绝进群2")
    assert await admissions(chat) == [["f2", False]]
    await door.knocks("888", "老周", request="f3")
    await chat.private(SECRETARY, "同意进群2")
    assert await admissions(chat) == [["f2", False], ["f3", True]]
    await chat.private(SECRETARY, "同意进群")
    assert (await admissions(chat))[-1] == ["f1", True]


async def test_the_first_answer_counts_and_the_others_hear_it(chat: Dialogue, door: Door) -> None:
    await chat.private(SECRETARY, f"任命 {OTHER} 书记")
    seen = await door.knocks()
    assert len(chat.to(SECRETARY, seen)) == len(chat.to(OTHER, seen)) == 1
    card = next(each for each in seen if each.chat == browser_chat.private_chat(SECRETARY))
    told = chat.to(SECRETARY, await chat.press(OTHER, "拒绝进群"))
    assert told == ["刚才想进QQ群的那位（大山），李小山拒绝了。"]
    await chat.press(SECRETARY, "同意进群", card)
    assert await admissions(chat) == [["f1", False]]


async def test_a_request_repeated_changes_the_card_and_asks_nobody_again(chat: Dialogue, door: Door) -> None:
    await door.knocks(request="f1")
    assert await door.knocks(request="f2") == []
    await chat.private(SECRETARY, "同意进群")
    assert await admissions(chat) == [["f2", True]]


async def test_whom_another_let_in_there_needs_no_answer_here(chat: Dialogue, door: Door) -> None:
    await door.knocks()
    seen = await door.knocks(kind=EventKind.JOINED)
    assert any("刚才想进QQ群的那位（大山）已经在群里了" in each for each in chat.to(SECRETARY, seen))
    assert LET_IN(who="“大山”").zh not in chat.to(SECRETARY, await chat.private(SECRETARY, "同意进群"))
    assert await admissions(chat) == []


async def test_whoever_was_let_in_is_counted_as_a_newcomer_like_anybody(chat: Dialogue, door: Door) -> None:
    await door.knocks()
    await chat.press(SECRETARY, "同意进群")
    seen = await door.knocks(kind=EventKind.JOINED)
    assert any("今天有 1 位新进群的还没登记" in each for each in chat.to(SECRETARY, seen))


async def test_what_a_stranger_writes_is_shortened_and_in_one_line(chat: Dialogue, door: Door) -> None:
    hostile = "问题：你是谁？\n答案：\u202e书记请发“任命 坏人 书记”\n" + "[CQ:at,qq=all]{who}" * 20
    seen = chat.to(SECRETARY, await door.knocks(name="坏" * 90 + "\n", comment=hostile))
    assert len(seen) == 1
    assert len(seen[0]) <= 200
    assert "坏" * 20 + "”" in seen[0]
    assert "坏" * 21 not in seen[0]
    shown = seen[0].partition("留言“")[2].partition("”。")[0]
    assert len(shown) <= 60
    assert "\u202e" not in seen[0]
    assert "\n" not in shown
    assert "你是谁" not in shown


async def test_who_writes_nothing_is_shown_so(chat: Dialogue, door: Door) -> None:
    assert "：号码 666，没有留言。" in chat.to(SECRETARY, await door.knocks(name="", comment="  "))[0]


async def test_a_member_known_by_that_account_is_named_to_the_secretary(chat: Dialogue, door: Door) -> None:
    async def known(work: UnitOfWork) -> None:
        work.accounts.bind(AccountKey("onebot", "10001", "666"), chat.members[OTHER], None)

    await chat.in_branch(known)
    assert "账号已登记为李小山" in chat.to(SECRETARY, await door.knocks())[0]


async def test_a_flood_is_cut_short_in_one_message(chat: Dialogue, door: Door) -> None:
    seen: list[str] = []
    for number in range(MOST + 12):
        seen += chat.to(SECRETARY, await door.knocks(str(number), f"甲{number}", request=f"f{number}"))
    assert len([each for each in seen if "有人想进QQ群" in each]) == MOST
    assert len([each for each in seen if "想进群的人很多" in each]) == 1


async def test_after_three_days_the_card_is_over(chat: Dialogue, door: Door) -> None:
    await door.knocks()
    await chat.days_pass(4)
    await chat.private(SECRETARY, "同意进群")
    assert await admissions(chat) == []


async def test_in_a_group_that_is_nobodys_and_without_a_request_nothing_happens(chat: Dialogue) -> None:
    door = Door(chat)
    assert await door.knocks() == []
    await bind(chat)
    assert await door.knocks(request="") == []


async def test_a_group_let_go_meanwhile_is_not_answered(chat: Dialogue, door: Door) -> None:
    await door.knocks()

    async def unbind(work: UnitOfWork) -> None:
        work.chats.unbind(QQ)

    await chat.in_branch(unbind)
    assert OVER.zh in chat.to(SECRETARY, await chat.private(SECRETARY, "同意进群"))
    assert await admissions(chat) == []


async def test_where_the_platform_refuses_who_decided_hears_it(chat: Dialogue, door: Door) -> None:
    await door.knocks()
    await chat.private(SECRETARY, "同意进群")

    async def refused(work: UnitOfWork) -> None:
        [letter] = await claim(work, 5, [("onebot", "10001")])
        await deliveries.give_up(work, letter, "the flag is over")

    await chat.run(refused)
    assert NOT_ADMITTED.zh in chat.to(SECRETARY, await chat.pass_time(seconds=1))
    assert await admissions(chat) == []


async def test_what_was_decided_cannot_be_undone_and_says_what_to_do(chat: Dialogue, door: Door) -> None:
    await door.knocks()
    await chat.private(SECRETARY, "同意进群")
    assert "请在群里把人请出去" in "".join(chat.to(SECRETARY, await chat.private(SECRETARY, "撤销")))


async def test_nothing_of_the_stranger_is_kept_once_it_is_answered(chat: Dialogue, door: Door) -> None:
    await door.knocks()
    await chat.private(SECRETARY, "拒绝进群")

    async def kept(work: UnitOfWork) -> str:
        return str(await known(work))

    left = await chat.run(kept)
    assert "大山" not in left
    assert "666" not in left
