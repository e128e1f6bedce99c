"""导出名册 and 月报, as the secretary meets them: a file in private, for nobody else."""

import pytest

from tests.dialogue import Dialogue
from tests.dues_books import said

SECRETARY = "王秀英"


async def test_the_ledger_and_the_report_come_as_files_in_private(chat: Dialogue) -> None:
    for words, name in (("导出名册", "register-2026-03-10.xlsx"), ("月报", "report-2026-03.xlsx"), ("月报 2月", "report-2026-02.xlsx")):
        seen = await chat.private(SECRETARY, words)
        assert chat.in_group(seen) == []
        assert seen[-1].raw["file"]["name"] == name


async def test_who_may_not_is_told_who_may(chat: Dialogue) -> None:
    assert "书记" in await said(chat, "李小山", "导出名册")
    assert "书记" in await said(chat, "孙丽", "月报")


async def test_a_month_to_come_changes_nothing(chat: Dialogue) -> None:
    assert "还没到" in await said(chat, SECRETARY, "月报 5月")
    assert "一个月" in await said(chat, SECRETARY, "月报 什么时候")


@pytest.mark.parametrize("words", ["把名册导出来", "导出一份党员名册", "名册导成excel", "帮我把台账下载下来", "export the register"])
async def test_the_register_is_exported_however_it_is_said(chat: Dialogue, words: str) -> None:
    assert "台账（" in await said(chat, "王秀英", words)
