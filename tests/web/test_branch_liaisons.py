"""The board of liaisons as a page: suggestions with reasons, assigned and taken away by forms, and taken back."""

import re

from aiohttp import ClientSession

from bot.app import App
from tests.dialogue import Dialogue
from tests.dues_books import said
from tests.web.pages import enter, get, send

SECRETARY, DEPUTY, MEMBER, LIAISON = "王秀英", "副书记甲", "李小山", "孙丽"
PAGE = "branch/liaisons"


def ids(chat: Dialogue, *names: str) -> list[str]:
    return [str(chat.members[each]) for each in names]


async def test_somebody_is_assigned_told_and_taken_back(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await enter(chat, visitor, SECRETARY)
    status, page = await get(served, visitor, PAGE)
    assert status == 200
    assert "手上的人最少" in page
    assert 'name="deed"' not in page
    liaison, member = ids(chat, LIAISON, MEMBER)
    _, page = await send(served, visitor, page, PAGE + "/assign", liaison=liaison, member=member)
    assert '/unassign"><input type="hidden" name="stamp" value="' in page
    assert f"取消 {MEMBER} 的联系人" in page
    assert LIAISON in await said(chat, MEMBER, "我的联系人")
    deed = re.search(r'name="deed" value="(\d+)"', page)
    assert deed
    _, page = await send(served, visitor, page, PAGE + "/undo", deed=deed[1])
    assert f"取消 {MEMBER} 的联系人" not in page
    status, page = await send(served, visitor, page, PAGE + "/undo", deed=deed[1])
    assert (status, "没有动" in page) == (422, True)


async def test_a_liaison_is_taken_away(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, PAGE)
    liaison, member = ids(chat, LIAISON, MEMBER)
    _, page = await send(served, visitor, page, PAGE + "/assign", liaison=liaison, member=member)
    _, page = await send(served, visitor, page, PAGE + "/unassign", member=member)
    assert f"取消 {MEMBER} 的联系人" not in page
    status, page = await send(served, visitor, page, PAGE + "/unassign", member=member)
    assert (status, "现在没有联系人" in page) == (422, True)


async def test_over_the_cap_or_with_nobody_ticked_nothing_changes(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, PAGE)
    liaison = chat.members[LIAISON]
    status, told = await send(served, visitor, page, PAGE + "/assign", liaison=str(liaison))
    assert (status, "没有勾选谁" in told) == (422, True)
    many = [("stamp", re.findall(r'name="stamp" value="(\w{32})"', page)[0]), ("liaison", str(liaison))]
    many += [("member", each) for each in ids(chat, MEMBER, "周海", "吴芳", "赵国强")]
    async with visitor.post(served.address + PAGE + "/assign", data=many) as answer:
        assert (answer.status, "上限是" in await answer.text()) == (422, True)
    assert "取消 " not in (await get(served, visitor, PAGE))[1]


async def test_nobody_of_another_branch_is_assigned_and_only_by_who_may(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await chat.another_branch("东风村支部", {"外人甲": ["member", "liaison"]})
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, PAGE)
    liaison, member, stranger = ids(chat, LIAISON, MEMBER, "外人甲")
    assert (await send(served, visitor, page, PAGE + "/assign", liaison=stranger, member=member))[0] == 404
    assert (await send(served, visitor, page, PAGE + "/assign", liaison=liaison, member=stranger))[0] == 404
    assert (await send(served, visitor, page, PAGE + "/assign", liaison="x", member=member))[0] == 404
    await enter(chat, visitor, "赵国强")
    status, page = await get(served, visitor, PAGE)
    assert (status, MEMBER in page) == (403, False)
    assert (await send(served, visitor, page, PAGE + "/assign", liaison=liaison, member=member))[0] == 403
