"""The ledger and a person's page: found by words, changed by a form, taken back, and closed to whom they are not open."""

import io
import re

import pytest
from aiohttp import ClientSession
from python_calamine import CalamineWorkbook

from bot.app import App
from tests.dialogue import Dialogue
from tests.dues_books import said
from tests.web.pages import enter, form, get, send, stamp

SECRETARY, KEEPER, DEPUTY, MEMBER = "王秀英", "赵国强", "副书记甲", "李小山"


def person(chat: Dialogue, name: str = MEMBER) -> str:
    return f"branch/person/{chat.members[name]}"


def names(page: str) -> set[str]:
    """Who stands in the list."""
    return set(re.findall(r'<a href="/branch/person/\d+" dir="auto">([^<]+)</a>', page))


async def test_words_choose_from_the_ledger_and_stand_in_no_address(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await said(chat, SECRETARY, "改 李小山 单位 中建三局")
    await enter(chat, visitor, SECRETARY)
    status, page = await get(served, visitor, "branch/ledger")
    assert status == 200
    assert {MEMBER, "周海", SECRETARY} <= names(page)
    assert "中建三局" not in page
    assert "人找到：" in page
    assert 'method="get"' not in page
    for words, found in (("中建三局", {MEMBER}), ("周海", {"周海"}), ("五清齐全", set())):
        status, listed = await send(served, visitor, page, "branch/ledger", words=words)
        assert (status, names(listed)) == (200, found)
    assert "换个说法" in listed
    status, page = await send(served, visitor, page, "branch/ledger", words="a b c d e f g h")
    assert (status, "最多写 6 个条件" in page) == (422, True)


async def test_a_long_ledger_has_pages(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    for number in range(45):
        await chat.join(f"同志{number:02}", "member")
    await enter(chat, visitor, SECRETARY)
    _, first = await get(served, visitor, "branch/ledger")
    _, second = await send(served, visitor, first, "branch/ledger", page="2")
    _, beyond = await send(served, visitor, first, "branch/ledger", page="99")
    assert len(names(first)) == 40
    assert names(second) == names(beyond)
    assert names(first).isdisjoint(names(second))
    assert len(names(first) | names(second)) == len(chat.members)


async def test_a_form_changes_what_was_altered_and_is_taken_back(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await said(chat, SECRETARY, "改 李小山 老家 信阳 入党时间 2012年7月")
    await enter(chat, visitor, KEEPER)
    _, page = await get(served, visitor, person(chat))
    fields = form(page)
    await said(chat, MEMBER, "我换单位了，在富士康")  # meanwhile
    fields |= {"phone": "+86 138-0000 1234", "card": "held", "joined_on": ""}
    status, page = await send(served, visitor, page, person(chat), **fields)
    assert status == 200
    for shown in ("138 0000 1234", "富士康", "河南省信阳市", "手机：没有 → 138 0000 1234", "赵国强（补录）", "入党时间：2012年7月 → 没有"):
        assert shown in page
    batch = re.search(r'name="batch" value="(\d+)"', page)
    assert batch
    _, page = await send(served, visitor, page, person(chat) + "/undo", batch=batch[1])
    assert "富士康" in page
    assert '入党时间</th><td dir="auto">2012年7月' in page
    assert 'name="batch"' not in page
    status, page = await send(served, visitor, page, person(chat) + "/undo", batch=batch[1])
    assert (status, "没有动" in page) == (422, True)


async def test_a_bad_value_is_said_above_the_form_and_changes_nothing(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await enter(chat, visitor, KEEPER)
    _, page = await get(served, visitor, person(chat))
    status, page = await send(served, visitor, page, person(chat), **{**form(page), "phone": "12", "employer": "中建三局"})
    assert status == 422
    assert "不像电话号码" in page
    assert form(page)["employer"] == "中建三局"
    _, page = await get(served, visitor, person(chat))
    assert "中建三局" not in page
    status, _ = await send(served, visitor, page, person(chat), **{**form(page), "note": "身份证 110101199003074477"})
    assert status == 422


async def test_a_light_is_lit_by_one_button(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, person(chat))
    _, page = await send(served, visitor, page, person(chat) + "/light", light="books_on")
    assert "书发到 2026年3月10日" in page
    assert (await send(served, visitor, page, person(chat) + "/light", light="phone"))[0] == 404


async def test_a_person_of_another_branch_or_of_none_is_not_there(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await chat.another_branch("东风村支部", {"外人甲": ["member"]})
    stranger = chat.members["外人甲"]
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, person(chat))
    for number in (str(stranger), "99999999", "0", "x", "²"):
        assert (await get(served, visitor, f"branch/person/{number}"))[0] == 404
        assert (await send(served, visitor, page, f"branch/person/{number}", **form(page)))[0] == 404


async def test_an_organiser_sees_no_name_and_a_deputy_changes_nothing(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await chat.join("何春梅", "member", "organiser")
    await chat.join(DEPUTY, "member", "deputy")
    await enter(chat, visitor, "何春梅")
    for path in ("branch/ledger", person(chat)):
        status, page = await get(served, visitor, path)
        assert status == 403
        assert MEMBER not in page
    await enter(chat, visitor, DEPUTY)
    _, page = await get(served, visitor, person(chat))
    assert "<details" not in page
    assert (await send(served, visitor, page, person(chat), employer="中建三局"))[0] == 403
    for name in (MEMBER, DEPUTY):
        assert (await send(served, visitor, page, person(chat, name) + "/light", light="books_on"))[0] == 403


@pytest.mark.parametrize(
    "path",
    ["person/{member}", "person/{member}/light", "person/{member}/undo", "liaisons/assign", "finding/start", "ledger/export", "needs"],
)
async def test_a_secretary_removed_meanwhile_is_told_and_changes_nothing(
    chat: Dialogue, served: App, visitor: ClientSession, path: str
) -> None:
    await enter(chat, visitor, SECRETARY)
    _, page = await get(served, visitor, person(chat))
    await said(chat, SECRETARY, "任命 周海 书记")
    await said(chat, "周海", f"免去 {SECRETARY} 书记")
    member = str(chat.members[MEMBER])
    sent = {"employer": "中建三局", "light": "books_on", "batch": "1", "kind": "ledger", "words": "", "member": member}
    address = "branch/" + path.format(member=member)
    status, told = await send(served, visitor, page, address, **{**form(page), **sent}, liaison=str(chat.members["孙丽"]))
    assert status == 401
    assert "没提交的没有记" in told
    assert "中建三局" not in await said(chat, "周海", f"看 {MEMBER}")
    assert "现在没有联系人" in await said(chat, MEMBER, "我的联系人")
    assert "没有在寻找" in await said(chat, "周海", "寻找情况")


async def test_who_looked_at_whom_is_in_the_trail(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await enter(chat, visitor, KEEPER)
    await get(served, visitor, person(chat))
    assert KEEPER in await said(chat, MEMBER, "谁看过我的资料")


async def test_a_workbook_is_handed_out_to_who_may_carry_it_and_noted(chat: Dialogue, served: App, visitor: ClientSession) -> None:
    await said(chat, SECRETARY, "改 李小山 手机 13800001234")
    await enter(chat, visitor, KEEPER)
    _, page = await get(served, visitor, "branch/ledger")
    for kind, sheet in (("ledger", "台账"), ("report", "汇总")):
        data = {"stamp": stamp(page), "kind": kind}
        async with visitor.post(served.address + "branch/ledger/export", data=data) as answer:
            assert (answer.status, answer.headers["Content-Disposition"][:20]) == (200, "attachment; filename")
            book = CalamineWorkbook.from_filelike(io.BytesIO(await answer.read()))
        assert sheet in book.sheet_names
    assert (await send(served, visitor, page, "branch/ledger/export", kind="all"))[0] == 404
    assert KEEPER in await said(chat, MEMBER, "谁看过我的资料")
    await chat.join(DEPUTY, "member", "deputy")
    await enter(chat, visitor, DEPUTY)
    _, page = await get(served, visitor, "branch/ledger")
    assert "/ledger/export" not in page
    assert (await send(served, visitor, page, "branch/ledger/export", kind="ledger"))[0] == 403
