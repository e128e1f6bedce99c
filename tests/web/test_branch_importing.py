"""The pages of importing: a file is sent as a browser sends it, looked at, taken, taken back; and what others may not."""

import io
import re

import pytest
from aiohttp import ClientSession, FormData

from bot.app import App
from bot.language.sheet_files import LARGEST
from tests.dialogue import Dialogue
from tests.services.test_register import SECRETARY, entry
from tests.sheets import xlsx
from tests.web.test_branch_pages import ORGANISER, app, enter, get, session, stamp

__all__ = ["app", "session"]

ROWS = [
    ["手机", "姓名", "单位", "身份证号"],
    ["138 0000 1234", "李小山", "中建三局", "410323199001011234"],
    ["+86 137-0000-1234", "秦月", "学校", ""],
    ["1380", "周海", "<b>工地</b>", ""],
]


def form(stamped: str, content: bytes, name: str = "名册.xlsx") -> FormData:
    """A file as the page's form sends it."""
    sent = FormData(quote_fields=False)  # as browsers send names of files
    sent.add_field("stamp", stamped)
    sent.add_field("file", io.BytesIO(content), filename=name, content_type="application/octet-stream")
    return sent


async def send(app: App, session: ClientSession, content: bytes, name: str = "名册.xlsx") -> tuple[int, str]:
    """What comes after a file was sent."""
    _, page = await get(app, session, "branch/import")
    async with session.post(app.address + "branch/import", data=form(stamp(page), content, name)) as answer:
        return answer.status, await answer.text()


async def press(app: App, session: ClientSession, page: str, path: str, **said: str) -> tuple[int, str]:
    """A form of a page, sent with what was filled in."""
    async with session.post(app.address + path, data={"stamp": stamp(page), **said}) as answer:
        return answer.status, await answer.text()


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="(\d+)"', page)
    assert found
    return found[1]


async def test_a_file_is_sent_looked_at_taken_and_taken_back(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, SECRETARY)
    status, page = await send(app, session, xlsx(ROWS))
    assert status == 200
    assert "名册.xlsx：共 3 行。新增 1，改 1，没变 0，有问题 1。还没有导。" in page
    assert "手机：“1380”不像电话号码" in page
    assert "手机 138 0000 1234，单位 中建三局" in page
    assert "410323199001011234" not in page
    assert (await entry(chat, "李小山")).phone is None
    status, page = await press(app, session, page, "branch/import/take", token=hidden(page, "token"), which="all")
    assert (status, "导好了：新增 1 人，改了 1 人，有问题没导的 1 行。" in page) == (200, True)
    assert (await entry(chat, "李小山")).phone == "13800001234"
    status, page = await press(app, session, page, "branch/import/undo", batch=hidden(page, "batch"))
    assert (status, "导入撤了：1 人的资料放回原样，新增的 1 人去掉了" in page, "已撤销" in page) == (200, True, True)
    assert (await entry(chat, "李小山")).phone is None


async def test_chosen_rows_are_taken_and_a_preview_only_once(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, SECRETARY)
    _, page = await send(app, session, "姓名,单位\n李小山,甲\n周海,乙\n".encode("gbk"), "a.csv")
    token = hidden(page, "token")
    for rows, says in (("明天", "请写行号"), ("9", "没有这些行：9"), ("", "请写行号")):
        status, told = await press(app, session, page, "branch/import/take", token=token, which="some", rows=rows)
        assert (status, says in told) == (422, True)
    status, told = await press(app, session, page, "branch/import/take", token=token, which="some", rows="3")
    assert (status, "改了 1 人" in told) == (200, True)
    assert ((await entry(chat, "李小山")).employer, (await entry(chat, "周海")).employer) == (None, "乙")
    for again in (token, "", "x"):
        assert (await press(app, session, page, "branch/import/take", token=again, which="all"))[0] == 422
    for batch in ("x", "9" * 5000):
        assert (await press(app, session, page, "branch/import/undo", batch=batch))[0] == 404


async def test_what_stands_in_a_file_is_only_words(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, SECRETARY)
    hostile = "<script>alert(1)</script>"
    _, page = await send(app, session, f"姓名,单位\n李小山,{hostile}\n{hostile},乙\n".encode(), f"{hostile}.csv")
    assert hostile not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_a_file_without_the_stamp_before_it_is_refused(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, SECRETARY)
    content = xlsx(ROWS)
    for sent in (form("0" * 32, content), form("", content)):
        async with session.post(app.address + "branch/import", data=sent) as answer:
            assert answer.status == 403
    _, page = await get(app, session, "branch/import")
    late = FormData()
    late.add_field("file", content, filename="a.xlsx")
    late.add_field("stamp", stamp(page))
    async with session.post(app.address + "branch/import", data=late) as answer:
        assert answer.status == 403
    async with session.post(
        app.address + "branch/import", data=form(stamp(page), content), headers={"Origin": "http://evil.example"}
    ) as answer:
        assert answer.status == 403
    assert (await get(app, session, "branch/import/preview"))[0] == 422


async def test_what_is_no_file_or_too_large_is_said(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, SECRETARY)
    _, page = await get(app, session, "branch/import")
    assert "请先选一个文件" in (await press(app, session, page, "branch/import"))[1]
    empty = FormData()
    empty.add_field("stamp", stamp(page))
    empty.add_field("file", b"", filename="", content_type="application/octet-stream")
    async with session.post(app.address + "branch/import", data=empty) as answer:
        assert (answer.status, "请先选一个文件" in await answer.text()) == (422, True)
    assert "最多收 10 MB" in (await send(app, session, bytes(LARGEST + 100_000)))[1]
    assert "最多收 10 MB" in (await send(app, session, bytes(LARGEST + 1)))[1]


@pytest.mark.parametrize("who", [ORGANISER])
async def test_who_may_not_import_is_refused_before_the_file_is_read(chat: Dialogue, app: App, session: ClientSession, who: str) -> None:
    await enter(chat, session, who)
    _, page = await get(app, session, "branch/map")
    assert (await get(app, session, "branch/import"))[0] == 403
    async with session.post(app.address + "branch/import", data=form(stamp(page), xlsx(ROWS))) as answer:
        assert answer.status == 403


async def test_a_secretary_dismissed_after_the_preview_takes_nothing(chat: Dialogue, app: App, session: ClientSession) -> None:
    await enter(chat, session, SECRETARY)
    _, page = await send(app, session, xlsx(ROWS))
    await chat.in_branch(lambda work: work.members.dismiss(chat.members[SECRETARY], "secretary"))
    status, _ = await press(app, session, page, "branch/import/take", token=hidden(page, "token"), which="all")
    assert status in {401, 403}
    assert (await entry(chat, "李小山")).phone is None
