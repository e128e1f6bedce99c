"""开始寻找 … 结束寻找: a search by a poster, as a secretary and those who are found meet it."""

import io
import re

import pytest
import zxingcpp
from PIL import Image

from bot.services import deployment
from tests.dialogue import Dialogue, Seen
from tests.dues_books import said
from tests.elsewhere import Elsewhere
from tests.seeking import BOSS, OUTSIDE, decline, lose, passed_on


async def started(chat: Dialogue, words: str = "") -> tuple[list[Seen], str]:
    """A search; answers what the secretary sees, and the code that the poster shows."""
    seen = await chat.private(BOSS, f"开始寻找 {words}".strip())
    code = await chat.in_branch(_code)
    return seen, code


async def _code(work: object) -> str:
    running = await work.seeking.running()  # type: ignore[attr-defined]
    return str(running.code) if running else ""


async def test_the_poster_is_sent_twice_and_its_code_is_read_by_a_scanner(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    seen, code = await started(chat)
    assert [each.text for each in seen][:1] == ["好，开始找了。海报两张：一张 A4 打印，一张发手机。谁扫码报到，我请您确认。"]
    pictures = await drawn(chat)
    assert [each.size for each in pictures] == [(1240, 1754), (1080, 1920)]
    for each in pictures:
        assert [found.text for found in zxingcpp.read_barcodes(each.convert("RGB"))] == [f"报到 您的姓名 {code}"]


async def test_on_telegram_the_code_holds_the_address(chat: Dialogue) -> None:
    await chat.run(deployment.note_telegram, "zhibu_bot")
    await lose(chat, "陈立夏")
    _, code = await started(chat)
    for each in await drawn(chat):
        assert [found.text for found in zxingcpp.read_barcodes(each.convert("RGB"))] == [f"https://t.me/zhibu_bot?start={code}"]
    somebody = Elsewhere(chat)
    assert "欢迎回来！请发“报到 您的姓名”" in (await somebody.says(f"/start {code}"))[0]
    await somebody.says("报到 陈立夏")
    assert "寻找海报来的" in chat.shown[-1]["text"]["zh"]


async def drawn(chat: Dialogue) -> list["Image.Image"]:
    """The poster as a scanner gets it, for paper and for phones."""
    from bot.messages import Outgoing
    from bot.services import drawings, seek_campaigns
    from bot.services.people import actor_of
    from bot.texts import Text

    async def made(work: object) -> object:
        boss = await work.members.get(chat.members[BOSS])  # type: ignore[attr-defined]
        return await seek_campaigns.posters(work, actor_of(boss))  # type: ignore[arg-type]

    paper, picture = (drawings.drawn(Outgoing(Text("", ""), drawing=each)) for each in await chat.in_branch(made))
    assert paper.file
    assert picture.picture
    return [Image.open(io.BytesIO(each)) for each in (paper.file.content, picture.picture)]


async def test_who_reports_in_by_the_poster_is_verified_and_counted(chat: Dialogue) -> None:
    await lose(chat, "陈立夏", "冯涛")
    _, code = await started(chat)
    seen = await chat.private(OUTSIDE, f"报到 陈立夏 {code.lower()}")
    assert "陈立夏发来报到" in chat.to(BOSS, seen)[0]
    assert "（寻找海报来的）" in chat.to(BOSS, seen)[0]
    await chat.press(BOSS, "接收")
    text = await said(chat, BOSS, "寻找情况")
    assert "联系上 1 位，正在转达 0 位，还在找 1 位" in text
    assert "联系上：陈立夏" in text
    assert "还在找：冯涛" in text


async def test_in_the_group_there_are_counts_and_no_names(chat: Dialogue) -> None:
    await lose(chat, "陈立夏", "冯涛", "石磊")
    await decline(chat, "石磊")
    await started(chat)
    await chat.private(BOSS, "找到了 陈立夏 电话")
    await passed_on(chat, "冯涛")
    seen = await chat.group(BOSS, "@支部 寻找情况") or await chat.group(BOSS, "/seekstatus")
    assert chat.in_group(seen) == ["寻找情况（2026-03-10起）：联系上 1 位，正在转达 1 位，还在找 0 位。"]
    private = await said(chat, BOSS, "寻找情况")
    assert "正在转达：冯涛" in private
    assert "1 位说过先不联系，不再打扰" in private
    assert "石磊" not in private


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("陈立夏，家里等你", "不能写人的姓名（“陈立夏”）"),
        ("陈 立 夏同志请回来", "不能写人的姓名"),
        ("陈、立、夏请回来", "不能写人的姓名"),
        ("Chen Lixia please come", "不能写人的姓名"),
        ("请认识李小山的同志来", "不能写人的姓名（“李小山”）"),
        ("回" * 121, "120 字以内，现在有 121 字"),
    ],
)
async def test_a_poster_names_nobody(chat: Dialogue, words: str, why: str) -> None:
    await lose(chat, "陈立夏")
    seen, code = await started(chat, words)
    assert why in chat.to(BOSS, seen)[0]
    assert code == ""


async def test_the_branchs_own_words_stand_on_it(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    _, code = await started(chat, "红旗村的党员，家里等你们回来")
    assert re.fullmatch(r"\w{8}", code)
    assert "就在找了" in await said(chat, BOSS, "开始寻找")
    assert "打印用（A4）" in await said(chat, BOSS, "寻找海报")


async def test_a_search_ends_and_both_are_undone(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    assert "现在没有在寻找" in await said(chat, BOSS, "寻找情况")
    _, code = await started(chat)
    assert "寻找结束了" in await said(chat, BOSS, "结束寻找")
    assert "现在没有在寻找" in await said(chat, BOSS, "寻找海报")
    assert await said(chat, BOSS, "撤销") == "好，改回去了。"
    assert "还在找 1 位" in await said(chat, BOSS, "寻找情况")
    await chat.private(BOSS, "结束寻找")
    assert "寻找海报" not in chat.to(BOSS, await chat.private(OUTSIDE, f"报到 陈立夏 {code}"))[0:1]
    await chat.private(BOSS, "开始寻找")
    await chat.private(BOSS, "撤销")
    assert "现在没有在寻找" in await said(chat, BOSS, "寻找情况")


async def test_only_the_secretary_begins_it_and_members_see_nothing_of_it(chat: Dialogue) -> None:
    await lose(chat, "陈立夏")
    assert "需要" in await said(chat, "孙丽", "开始寻找")
    assert "需要" in await said(chat, "李小山", "寻找情况")
    await started(chat)
    assert "还在找：陈立夏" in await said(chat, "孙丽", "寻找情况")
    assert await chat.group("李小山", "开始寻找灵感") == []


async def test_with_two_branches_the_code_says_which(chat: Dialogue) -> None:
    await chat.another_branch("河口村支部", {"马云飞": ["member", "secretary"]})
    await lose(chat, "陈立夏")
    _, code = await started(chat)
    assert "请在您支部的群里" in await said(chat, OUTSIDE, "报到 陈立夏")
    seen = await chat.private(OUTSIDE, f"报到 陈立夏 {code}")
    assert "（寻找海报来的）" in chat.to(BOSS, seen)[0]
    assert chat.to("马云飞", seen) == []
