"""导入名册 … 导入 全部 … 撤销导入 in private, as a secretary and those who may not meet it."""

import pytest

from bot.errors import UserError
from bot.services import importing, people
from storage.unit_of_work import UnitOfWork
from tests.dialogue import Dialogue
from tests.dues_books import said
from tests.services.test_join_requests import reached_on_telegram
from tests.services.test_register import SECRETARY, entry

TABLE = "导入名册\n姓名\t手机\t单位\n李小山\t138 0000 1234\t中建三局\n秦月\t+86 13700001234\t学校\n周海\t1380\t工地"


async def test_lines_are_pasted_looked_at_taken_and_undone(chat: Dialogue) -> None:
    seen = await said(chat, SECRETARY, TABLE)
    assert "读了 3 行：新增 1，改 1，没变 0，有问题 1" in seen
    assert "第 4 行 周海：⚠ 手机：“1380”不像电话号码。手机是 11 位，比如 138 0000 1234" in seen
    assert "第 2 行 李小山：手机 138 0000 1234，单位 中建三局" in seen
    assert "第 3 行 秦月：新增，手机 137 0000 1234，单位 学校" in seen
    assert (await entry(chat, "李小山")).phone is None
    assert await said(chat, SECRETARY, "导入 全部") == (
        "导好了：新增 1 人，改了 1 人。有问题的 1 行没导：4。不对就发“撤销”；七天内可发“撤销导入”。"
    )
    assert (await entry(chat, "李小山")).phone == "13800001234"
    assert "秦月" in await said(chat, SECRETARY, "名册")
    assert await said(chat, SECRETARY, "撤销") == "导入撤了：1 人的资料放回原样，新增的 1 人去掉了。后来改过的没有动。"
    assert (await entry(chat, "李小山")).phone is None
    assert "秦月" not in await said(chat, SECRETARY, "名册")
    assert "七天内没有可撤的导入" in await said(chat, SECRETARY, "撤销导入")


async def test_an_import_is_undone_a_week_later_and_no_later(chat: Dialogue) -> None:
    for days, expected in ((6, "导入撤了"), (8, "七天内没有可撤的导入")):
        await said(chat, SECRETARY, TABLE)
        await said(chat, SECRETARY, "导入 2")
        await chat.pass_time(days=days)
        assert expected in await said(chat, SECRETARY, "撤销导入")


async def test_rows_are_chosen_by_number(chat: Dialogue) -> None:
    await said(chat, SECRETARY, TABLE)
    assert await said(chat, SECRETARY, "导入 7") == "文件里没有这些行：7。没有导。"
    assert "导好了：新增 1 人，改了 0 人" in await said(chat, SECRETARY, "导入 第3行到第4行")
    assert (await entry(chat, "李小山")).phone is None
    assert "过了一小时，或已经导过了" in await said(chat, SECRETARY, "导入 2")


async def test_columns_that_a_chat_has_parted_by_spaces_are_read(chat: Dialogue) -> None:
    seen = await said(chat, SECRETARY, "导入名册\n姓名 手机 单位\n李小山 138 0000 1234 中建三局\n周海 13900001234 工地")
    assert "改 2" in seen
    assert "第 2 行 李小山：手机 138 0000 1234，单位 中建三局" in seen


async def test_the_preview_is_shown_again_and_words_without_a_table_say_how(chat: Dialogue) -> None:
    assert "连表头一起复制" in await said(chat, SECRETARY, "导入名册")
    assert "没找到“姓名”这一列" in await said(chat, SECRETARY, "导入名册 李小山 周海")
    assert "过了一小时" in await said(chat, SECRETARY, "导入")
    await said(chat, SECRETARY, TABLE)
    assert "读了 3 行" in await said(chat, SECRETARY, "导入")


async def test_members_and_groups_get_nothing_of_it(chat: Dialogue) -> None:
    assert "书记" in await said(chat, "李小山", TABLE)
    assert "读了" not in "".join(chat.in_group(await chat.group(SECRETARY, TABLE)))
    assert (await entry(chat, "李小山")).phone is None


async def test_abroad_nothing_is_read_and_nothing_shown(chat: Dialogue) -> None:
    there = await reached_on_telegram(chat)
    assert "服务器在境外" in "".join(await there.says(TABLE))
    assert "服务器在境外" in "".join(await there.says("导入"))
    assert "过了一小时" in await said(chat, SECRETARY, "导入")


@pytest.mark.parametrize("words", ["导入全部", "全部导入", "都导入吧", "导入 全部", "import all", "导入第2行到第4行", "导入2-4行"])
async def test_rows_are_taken_however_it_is_said(chat: Dialogue, words: str) -> None:
    await said(chat, SECRETARY, TABLE)
    assert "导好了：新增 1 人，改了 1 人" in await said(chat, SECRETARY, words)


async def test_a_secretary_dismissed_after_the_preview_takes_nothing(chat: Dialogue) -> None:
    await said(chat, SECRETARY, TABLE)
    await chat.in_branch(lambda work: work.members.dismiss(chat.members[SECRETARY], "secretary"))
    assert "导好了" not in await said(chat, SECRETARY, "导入 全部")
    assert (await entry(chat, "李小山")).phone is None


async def test_a_table_is_read_without_the_word_before_it(chat: Dialogue) -> None:
    await chat.private("王秀英", "导入名册")
    assert "新增 1" in chat.to("王秀英", await chat.private("王秀英", "姓名\t手机\n张新来\t13800001111"))[0]
    assert "读了" not in "".join(chat.to("李小山", await chat.private("李小山", "姓名\t手机\n张新来\t13800001111")))


async def test_a_row_that_was_overtaken_since_the_preview_is_left_out_and_told(chat: Dialogue) -> None:
    await chat.private("李小山", "我的手机换成 13800001234")
    await chat.pass_time(seconds=5)
    await chat.private("王秀英", "导入名册\n姓名\t手机\n李小山\t13800001234\n秦月\t13700001234")
    await chat.pass_time(seconds=5)
    await chat.private("李小山", "我的手机换成 13900009999")
    told = chat.to("王秀英", await chat.private("王秀英", "导入 全部"))[0]
    assert "新增 1 人，改了 0 人" in told
    assert "没导：2" in told
    assert "139 0000 9999" in "".join(chat.to("王秀英", await chat.private("王秀英", "看 李小山")))


async def test_imports_are_undone_the_newest_first(chat: Dialogue) -> None:
    for number in ("13800001234", "13900001234"):
        await chat.private("王秀英", f"导入名册\n姓名\t手机\n李小山\t{number}")
        await chat.private("王秀英", "导入 全部")
        await chat.pass_time(minutes=20)

    async def older(work: UnitOfWork) -> None:
        actor = people.actor_of(await people.present(work, chat.members["王秀英"]))
        await importing.revert(work, actor, (await importing.batches(work, actor))[-1].id)

    with pytest.raises(UserError, match="later import"):
        await chat.in_branch(older)
    for phone in ("138 0000 1234", "手机：没有"):
        await chat.private("王秀英", "撤销导入")
        shown = "".join(chat.to("王秀英", await chat.private("王秀英", "看 李小山")))
        assert (phone in shown) or ("手机" not in shown)
