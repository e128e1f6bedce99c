"""Dues, study and aid on Telegram, over the real protocol of our own Bot API server: words, buttons, pictures, papers, a deletion."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.telegram_branch import TelegramBranch, telegram_branch


@pytest.fixture
async def branch(database_url: str) -> AsyncIterator[TelegramBranch]:
    async with telegram_branch(database_url) as opened:
        yield opened


async def _quiet(branch: TelegramBranch) -> None:
    """Everything that waits for a second of the chat's budget arrives."""
    for _ in range(6):
        await branch.pass_time(seconds=2)


async def _says(branch: TelegramBranch, name: str, text: str, *, group: bool = False) -> str:
    """Somebody writes; answers what their private chat shows by then."""
    await branch.says(name, text, group=group)
    await _quiet(branch)
    return "\n".join(branch.shown(name))


async def _presses(branch: TelegramBranch, name: str, label: str, where: Any = None) -> str:
    """Somebody presses the newest button of a label."""
    place = where or branch.users[name]
    found = next(
        (message, data)
        for message in reversed(branch.server.messages(place))
        for row in message.buttons
        for shown, data in row
        if shown == label
    )
    branch.server.press(branch.users[name], *found)
    await branch.settle()
    await _quiet(branch)
    return "\n".join(branch.shown(name))


async def test_dues_from_the_assessment_to_a_receipt_on_paper(branch: TelegramBranch) -> None:
    await _says(branch, "赵国强", "核定 李小山 在职 4000 从1月")
    assert "核定为每月 40 元" in await _presses(branch, "赵国强", "对")
    assert "没交：1–3月，共 120 元" in await _says(branch, "李小山", "党费")
    assert "待组织委员核对" in await _says(branch, "李小山", "/paid 120 一月到三月")
    assert "李小山报 1–3月 120 元" in "\n".join(branch.shown("赵国强"))
    assert "确认了 1 笔：D-2026-0001" in await _presses(branch, "赵国强", "到账了")
    await _says(branch, "李小山", "收据")
    papers = [message.document for message in branch.server.messages(branch.users["李小山"]) if message.document]
    assert [content[:4] for _, content in papers] == [b"%PDF"]
    await _says(branch, "赵国强", "党费情况 3月")
    await _presses(branch, "赵国强", "看图")
    pictures = [message.photo for message in branch.server.messages(branch.users["赵国强"]) if message.photo]
    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"]
    assert branch.shown(branch.group) == []


async def test_an_appeal_leaves_the_group_for_private_and_comes_back_without_a_name(branch: TelegramBranch) -> None:
    branch.group.bot_may_delete = True
    said = await branch.says("李小山", "求助 我爱人查出肿瘤，想到北京看病，谁能帮忙挂个号")
    await _quiet(branch)
    await _presses(branch, "李小山", "删掉")
    assert said not in branch.server.messages(branch.group)
    await _presses(branch, "李小山", "只找同志帮忙")
    await _presses(branch, "李小山", "以上属实")
    await _presses(branch, "王秀英", "核实")
    await _presses(branch, "李小山", "不提健康")
    await _presses(branch, "李小山", "同意发")
    [post] = [text for text in branch.shown(branch.group) if "【互助 A1】" in text]
    assert not any(word in post for word in ("李小山", "肿瘤", "病", "医"))
    await _presses(branch, "周海", "我能帮", branch.group)
    await _says(branch, "周海", "我周六有空")
    assert "周海愿意帮 A1" in "\n".join(branch.shown("李小山"))
    assert "已有 1 位同志愿意帮忙" in "\n".join(branch.shown(branch.group))


async def test_danger_is_answered_at_once_and_the_officers_are_told_who_and_not_what(branch: TelegramBranch) -> None:
    assert "120" in await _says(branch, "吴芳", "我妈晕倒了叫不醒")
    for officer in ("王秀英", "孙丽"):
        told = "\n".join(branch.shown(officer))
        assert "【紧急】吴芳" in told
        assert "晕倒" not in told
    assert branch.shown(branch.group) == []


async def test_a_lesson_comes_in_the_morning_and_is_finished_by_a_button_quietly(branch: TelegramBranch) -> None:
    await branch.pass_time(minutes=5)
    await branch.pass_time(hours=22, minutes=40)
    await _quiet(branch)
    assert "【三分钟党课】" in "\n".join(branch.shown(branch.group))
    await _presses(branch, "周海", "看全文", branch.group)
    assert branch.shown("周海")
    await _presses(branch, "周海", "学完了", branch.group)
    assert "要不要 1 道题" in "\n".join(branch.shown("周海"))
    assert not any("周海" in text for text in branch.shown(branch.group))


async def test_a_pledge_is_paid_out_with_two_approvals(branch: TelegramBranch) -> None:
    await _says(branch, "吴芳", "认捐 爱心基金 100")
    await _says(branch, "赵国强", "到账 P1")
    await _says(branch, "王秀英", "任命 孙丽 支部委员")
    await _says(branch, "王秀英", "付 80 爱心基金 慰问")
    await _presses(branch, "赵国强", "同意")
    assert "够两位" in await _presses(branch, "孙丽", "同意")
    assert "记为已付" in await _says(branch, "王秀英", "已付 B1")
    assert "账平，没有被改过" in await _says(branch, "李小山", "验账")
