"""支部网页, 地图网页 and 退出网页, as people meet them."""

import pytest

from bot.services import deployment
from tests.dialogue import STRANGER, Dialogue


async def test_the_secretary_gets_a_link_in_private_alone(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "https://zhibu.example/")
    (told,) = chat.to("王秀英", await chat.private("王秀英", "地图网页"))
    assert "https://zhibu.example/branch/map/enter/" in told
    assert "那台电脑" not in told
    assert await chat.group("王秀英", "地图网页") == []
    seen = await chat.group("王秀英", "/webmap")
    assert chat.in_group(seen) == []
    assert "/branch/map/enter/" in chat.to("王秀英", seen)[0]


async def test_an_address_that_only_this_computer_reaches_says_so(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "http://127.0.0.1:8700/")
    assert "只在运行机器人的那台电脑上打得开" in chat.to("王秀英", await chat.private("王秀英", "网页地图"))[0]


async def test_without_a_web_page_that_is_said(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "")
    assert chat.to("王秀英", await chat.private("王秀英", "webmap")) == ["这里没有开网页版。"]


@pytest.mark.parametrize("person", ["李小山", "孙丽", "赵国强"])
async def test_to_others_it_is_the_secretarys(chat: Dialogue, person: str) -> None:
    assert "需要书记来做" in chat.to(person, await chat.private(person, "地图网页"))[0]


async def test_a_stranger_learns_nothing(chat: Dialogue) -> None:
    assert "我还不认识您" in chat.to(STRANGER, await chat.private(STRANGER, "地图网页"))[0]


async def test_everybody_can_log_out_of_every_page_of_theirs(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "https://zhibu.example/")
    await chat.private("李小山", "网页")
    assert "网页入口和登录：1 个" in "".join([*chat.to("李小山", await chat.private("李小山", "我的")), *await pages(chat)])
    assert "都退出了" in chat.to("李小山", await chat.private("李小山", "退出网页"))[0]
    assert await chat.group("李小山", "退出网页") == []


async def pages(chat: Dialogue) -> list[str]:
    """The further pages of the last list."""
    told: list[str] = []
    for _ in range(6):
        seen = await chat.private("李小山", "下一页")
        told += chat.to("李小山", seen)
    return told


async def test_the_pages_are_opened_by_whoever_keeps_something_there(chat: Dialogue) -> None:
    await chat.run(deployment.note_address, "https://zhibu.example/")
    for person in ("王秀英", "赵国强"):
        assert "https://zhibu.example/branch/enter/" in chat.to(person, await chat.private(person, "支部网页"))[0]
        assert "支部网页" in chat.to(person, await chat.private(person, "网页"))[0]
    assert "来做" in chat.to("孙丽", await chat.private("孙丽", "支部网页"))[0]
    assert "支部网页" not in chat.to("李小山", await chat.private("李小山", "网页"))[0]
    assert await chat.group("王秀英", "支部网页") == []
