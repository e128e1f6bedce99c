"""An announcement in groups of several platforms: marked as one when it is posted, and its number where nothing can be changed."""

from typing import Any

import pytest
from sqlalchemy import select, update

from storage.keys import ChatKey
from storage.tables import outbox
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue

SECRETARY = "王秀英"
QQ, TELEGRAM = ChatKey("onebot", "10001", "g200001"), ChatKey("telegram", "main", "-100")
WORDS = "周六上午八点在村部开会。"


@pytest.fixture
async def groups(chat: Dialogue) -> Dialogue:
    """Two groups that nobody carries for, so that what is queued for them can be read."""

    async def bind(work: UnitOfWork) -> None:
        work.chats.bind(QQ, "红旗村支部群")
        work.chats.bind(TELEGRAM, "红旗村支部群")

    await chat.in_branch(bind)
    return chat


async def queued(chat: Dialogue, key: ChatKey) -> list[dict[str, Any]]:
    async def read(work: UnitOfWork) -> list[dict[str, Any]]:
        where = (outbox.c.platform == key.platform, outbox.c.chat_id == key.chat_id)
        rows = await work.rows(select(outbox.c.content, outbox.c.slot).where(*where).order_by(outbox.c.id))
        return [{**row.content, "slot": row.slot} for row in rows if row.content]

    found: list[dict[str, Any]] = await chat.run(read)
    return found


async def arrived(chat: Dialogue) -> None:
    """Everything that is queued elsewhere was sent a moment ago; its words are kept here to be looked at."""

    async def sent(work: UnitOfWork) -> None:
        await work.change(
            update(outbox).where(outbox.c.platform != "browser").values(state="sent", message_id="m" + outbox.c.slot, sent_at=work.now)
        )

    await chat.run(sent)


async def posted(chat: Dialogue, words: str = WORDS) -> None:
    await chat.private(SECRETARY, f"公告 {words}")
    await chat.private(SECRETARY, "发")


async def test_what_is_posted_is_marked_as_an_announcement_in_every_group(groups: Dialogue) -> None:
    await posted(groups)
    for key in (QQ, TELEGRAM):
        [letter] = await queued(groups, key)
        assert letter["announcement"] is True


async def test_every_part_of_a_long_one_is(groups: Dialogue) -> None:
    await posted(groups, "一句很长的话，说了很多事情。" * 20)
    letters = await queued(groups, QQ)
    assert len(letters) > 1
    assert all(each["announcement"] is True for each in letters)


async def test_its_count_and_its_correction_announce_nothing_anew(groups: Dialogue) -> None:
    await posted(groups)
    await arrived(groups)
    await groups.group("周海", "收到")
    for key in (QQ, TELEGRAM):
        assert not any("announcement" in each for each in await queued(groups, key))
    await groups.private(SECRETARY, "改公告 N1 周日上午八点开会。")
    for key in (QQ, TELEGRAM):
        assert not any("announcement" in each for each in await queued(groups, key))


async def test_a_count_that_comes_before_the_message_is_sent_leaves_the_mark(groups: Dialogue) -> None:
    await posted(groups)
    await groups.group("周海", "收到")
    [letter] = await queued(groups, QQ)
    assert letter["announcement"] is True


async def test_where_nothing_can_be_changed_the_number_is_a_message_of_its_own(groups: Dialogue) -> None:
    await posted(groups)
    await arrived(groups)
    await groups.group("周海", "收到")
    await groups.group("吴芳", "收到")
    counts = [each for each in await queued(groups, QQ) if each["slot"].endswith(":count")]
    assert [each["zh"] for each in counts] == ["公告 N1 已收到 2 人，谢谢大家。"]
    assert counts[0]["tally"] is True
    assert not any(each["slot"].endswith(":count") for each in await queued(groups, TELEGRAM))


async def test_a_recall_is_said_once_more_where_nothing_can_be_changed(groups: Dialogue) -> None:
    await posted(groups)
    await arrived(groups)
    await groups.private(SECRETARY, "撤回公告 N1")
    [there, gone], [here] = await queued(groups, QQ), await queued(groups, TELEGRAM)
    assert gone["remove"].startswith("mnotice:")  # what was said before is deleted as long as QQ lets it be
    assert "已撤回" in there["zh"]
    assert "only_edit" not in there
    assert "已撤回" in here["zh"]
    assert here["only_edit"] is True
