"""发到: which group gets what, for branches with a group on several platforms."""

import pytest
from sqlalchemy import select

from bot.messages import Outgoing, Priority
from bot.services import posting
from bot.services.destinations import GONE, NO_GROUP, NOWHERE, SEVERAL_THERE, WHICH_GROUP, Matter
from bot.texts import Text
from handlers.send_to import LEFT
from storage.keys import ChatKey
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SECRETARY = "王秀英"
QQ = ChatKey("onebot", "10001", "g200001")
WECOM = ChatKey("wecom", "main", "wr9")


async def bind(chat: Dialogue, key: ChatKey = QQ, title: str = "红旗村支部群") -> None:
    async def bound(work: UnitOfWork) -> None:
        work.chats.bind(key, title)

    await chat.pass_time(seconds=1)
    await chat.in_branch(bound)


async def says(chat: Dialogue, words: str) -> str:
    return "\n".join(chat.to(SECRETARY, await chat.private(SECRETARY, words)))


async def queued(chat: Dialogue, key: ChatKey = QQ) -> list[str]:
    """What is queued for a group of another platform, which nobody carries for here."""

    async def read(work: UnitOfWork) -> list[str]:
        rows = await work.rows(select(outbox.c.content).where(outbox.c.platform == key.platform, outbox.c.chat_id == key.chat_id))
        return [row.content["zh"] for row in rows if row.content]

    found: list[str] = await chat.run(read)
    return found


async def posted(chat: Dialogue, matter: Matter | None, words: str) -> tuple[bool, bool]:
    """Post something of a kind; whether the page's group and QQ's got it."""
    asked = {"priority": Priority.NOTICE, "room": None, "matter": matter}
    await chat.in_branch(posting.to_groups, Outgoing(Text.plain(words)), **asked)
    seen = chat.in_group(await chat.pass_time(seconds=1))
    return words in seen, words in await queued(chat)


async def test_everything_goes_everywhere_until_the_branch_decides_otherwise(chat: Dialogue) -> None:
    await bind(chat)
    told = await says(chat, "发到")
    assert "1 网页群 红旗村支部：都发" in told
    assert "2 QQ群 红旗村支部群：都发" in told
    for matter in (None, *Matter):
        assert await posted(chat, matter, f"试 {matter}") == (True, True)


@pytest.mark.parametrize(
    "words", ["发到 QQ 公告 课", "发到 2 公告、课", "发到 qq群 只发公告 课", "postto 2 notices lessons", "发到 红旗村党员群 通知 党课"]
)
async def test_one_sentence_says_what_a_group_gets(chat: Dialogue, words: str) -> None:
    await bind(chat, title="红旗村党员群")
    assert "QQ群 红旗村党员群现在发：公告、课" in await says(chat, words)
    assert await posted(chat, Matter.NOTICE, "公告") == (True, True)
    assert await posted(chat, Matter.NEWS, "早班车") == (True, False)
    assert await posted(chat, None, "别的") == (True, True)


async def test_it_is_pressed_switch_by_switch_and_undone(chat: Dialogue) -> None:
    await bind(chat)
    await says(chat, "发到")
    await chat.press(SECRETARY, "QQ群 红旗村支部群")
    seen = chat.to(SECRETARY, await chat.press(SECRETARY, "课 ✓"))
    assert "现在发：公告、早班车、数字、互助、家乡图" in seen[0]
    seen = chat.to(SECRETARY, await chat.press(SECRETARY, "课（不发）"))
    assert "现在发：都发" in seen[0]
    await chat.press(SECRETARY, "公告 ✓")
    assert await posted(chat, Matter.NOTICE, "去不去") == (True, False)
    assert "改回来了" in await says(chat, "撤销")
    assert LEFT.zh in chat.to(SECRETARY, await chat.press(SECRETARY, "好了"))
    assert await posted(chat, Matter.NOTICE, "又来了") == (True, True)


async def test_words_and_numbers_do_what_the_buttons_do(chat: Dialogue) -> None:
    await bind(chat)
    await says(chat, "发到 QQ")
    assert "现在发：课、早班车、数字、互助、家乡图" in await says(chat, "1")
    assert "现在发：早班车、数字、互助、家乡图" in await says(chat, "课")
    assert LEFT.zh in await says(chat, "好了")


async def test_who_is_not_in_charge_of_groups_hears_so(chat: Dialogue) -> None:
    seen = chat.to("李小山", await chat.private("李小山", "发到 QQ 公告"))
    assert "书记" in seen[0]


async def test_a_matter_keeps_at_least_one_group(chat: Dialogue) -> None:
    await bind(chat)
    assert "只回答，别的不发" in await says(chat, "发到 QQ 不发")
    assert NOWHERE(what="公告").zh in await says(chat, "发到 网页 课 早班车 数字 互助 家乡图")
    assert await posted(chat, Matter.NOTICE, "还在") == (True, False)


async def test_where_the_only_group_that_got_it_is_unbound_the_others_get_it(chat: Dialogue) -> None:
    await bind(chat)
    await says(chat, "发到 网页 课")
    await chat.private(SECRETARY, "解绑本群")
    await chat.press(SECRETARY, "红旗村支部群")
    assert await posted(chat, Matter.NOTICE, "没有落下") == (True, False)


async def test_a_count_is_answered_where_it_was_asked_for_and_kept_right_where_it_stands(chat: Dialogue) -> None:
    await bind(chat)
    await chat.group("李小山", "签到")
    await says(chat, "发到 网页 公告")
    await says(chat, "发到 QQ 全部")
    seen = chat.in_group(await chat.group("周海", "签到")) + chat.in_group(await chat.pass_time(seconds=20))
    assert "今日报平安 2 人，谢谢大家。" in seen
    await chat.days_pass(1)
    await chat.private("周海", "签到")
    assert chat.in_group(await chat.pass_time(seconds=20)) == []
    assert "今日报平安 2 人，谢谢大家。" in chat.in_group(await chat.group("吴芳", "签到"))


async def test_what_cannot_be_understood_says_what_can(chat: Dialogue) -> None:
    assert WHICH_GROUP.zh in await says(chat, "发到 5 公告")
    assert WHICH_GROUP.zh in await says(chat, "发到 企业微信 公告")
    assert "“股票”是什么没看懂" in await says(chat, "发到 网页 股票")
    await bind(chat)
    await bind(chat, ChatKey("onebot", "10001", "g200002"), "红旗村党员群")
    assert SEVERAL_THERE(where="QQ").zh in await says(chat, "发到 QQ 公告")
    assert "红旗村党员群现在发：公告" in await says(chat, "发到 3 公告")


async def test_an_undo_of_a_group_that_changed_since_changes_nothing(chat: Dialogue) -> None:
    await bind(chat)
    await says(chat, "发到 QQ 公告")

    async def unbind(work: UnitOfWork) -> None:
        work.chats.unbind(QQ)

    await chat.in_branch(unbind)
    assert GONE.zh in await says(chat, "撤销")


async def test_a_branch_without_a_group_has_nothing_to_choose(chat: Dialogue) -> None:
    await chat.private(SECRETARY, "解绑本群")
    await chat.press(SECRETARY, "红旗村支部")
    assert NO_GROUP.zh in await says(chat, "发到")


async def test_many_groups_are_told_in_pages(chat: Dialogue) -> None:
    for number in range(12):
        await bind(chat, ChatKey("onebot", "10001", f"g{number}"), f"红旗村支部第{number}党小组群")
    told = await says(chat, "发到")
    assert "各群发什么" in told
    assert all(len(part) <= 200 for part in chat.to(SECRETARY, await chat.private(SECRETARY, "发到")))
