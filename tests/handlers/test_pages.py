"""下一页: long answers come in pages that fit a small phone, and nothing is lost between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Pages
from bot.replies import split
from bot.services import membership
from bot.services.people import actor_of
from bot.texts import LIMIT, Language, Text, pieces, too_long
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue, Seen

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=300), max_size=20)


@given(LINES)
def test_pages_hold_every_character_and_none_is_too_long(lines: list[str]) -> None:
    rest = [Text(line, line * 2) for line in lines]
    shown = ""
    for _ in range(200):
        page, rest = split(Pages(Text("标题", "Heading"), rest))
        assert not too_long(page)
        shown += page.zh.removeprefix("标题").replace("\n", "")
        if not rest:
            break
    assert shown == "".join(lines)


@given(st.text(min_size=1, max_size=3000))
def test_a_long_text_is_cut_into_parts_that_fit(words: str) -> None:
    parts = pieces(Text.plain(words))
    assert all(len(part.zh) <= LIMIT[Language.ZH] for part in parts)
    assert "".join("".join(part.zh.split()) for part in parts) == "".join(words.split())


async def test_a_page_still_to_come_does_not_tell_what_has_been_deleted_meanwhile(chat: Dialogue) -> None:
    seen = await _long_list(chat)
    await chat.private("李小山", "删除我的位置")
    assert "用过或过期" in chat.to("王秀英", await chat.press_data("王秀英", seen[-1], seen[-1].data[0]))[0]


@pytest.mark.parametrize("words", ["以后别记我位置", "删除我的报平安记录"])
async def test_whoever_withdraws_or_deletes_ends_the_lists_that_are_open(chat: Dialogue, words: str) -> None:
    await _long_list(chat)
    await chat.private("李小山", words)
    assert await chat.in_branch(_open_pages) == 0


async def test_removing_somebody_ends_the_lists_that_are_open(chat: Dialogue) -> None:
    await _long_list(chat)

    async def remove(work: UnitOfWork) -> None:
        secretary = await work.members.get(chat.members["王秀英"])
        assert secretary
        await membership.remove(work, actor_of(secretary), chat.members["李小山"])

    await chat.in_branch(remove)
    assert await chat.in_branch(_open_pages) == 0


async def test_what_a_list_still_held_is_erased_minutes_after_it_expired(chat: Dialogue) -> None:
    await _long_list(chat)
    await chat.pass_time(minutes=21)
    assert await chat.in_branch(_open_pages) == 0


async def _long_list(chat: Dialogue) -> list[Seen]:
    """The secretary asks for something that takes more than a page."""
    seen = await chat.private("王秀英", "我的")
    assert "下一页" in seen[-1].buttons
    return seen


async def _open_pages(work: UnitOfWork) -> int:
    return len(await work.questions.unanswered(["page"]))
