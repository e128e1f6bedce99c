"""消息推送 against a real local counterpart: what goes out, what is too much, and what becomes of a key that is not taken any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.messages import ChatKind, Outgoing, Parcel
from bot.platforms.base import Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable
from bot.platforms.wecom import WeComWebhook, connected
from bot.sections.base import BadConfig
from bot.sections.wecom import WeCom
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.wecom_branch import wecom_branch
from tests.wecom_server import Group, WeComError, WeComServer

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 64


@pytest.fixture
async def server() -> AsyncIterator[WeComServer]:
    async with WeComServer() as running:
        yield running


@asynccontextmanager
async def _open(server: WeComServer, **options: Any) -> AsyncIterator[tuple[WeComWebhook, Group]]:
    group = server.group("红旗村支部群", webhook=KEY)
    platform = WeComWebhook({"支部群": KEY}, api_url=server.api_url, **options)
    await platform.start(_nothing, [])
    try:
        yield platform, group
    finally:
        await platform.stop()


async def _nothing(_: object) -> None:
    raise AssertionError("nothing comes in through a webhook")


def _parcel(text: str = "", name: str = "支部群", **content: Any) -> Parcel:
    return Parcel(ChatKey("wecom", "webhook", name), ChatKind.GROUP, Outgoing(Text(text, text), **content), Language.ZH, key="7")


async def test_words_and_pictures_go_out_and_only_an_announcement_calls_everybody(server: WeComServer) -> None:
    async with _open(server) as (platform, group):
        await platform.send(_parcel("今日一课 *原样* <@all>"))
        await platform.send(_parcel("公告：周六上午九点视频会", announcement=True))
        await platform.send(_parcel("分布", picture=PNG))
        told = [(each.kind, each.text, each.mentioned) for each in group.shown]
        assert told == [
            ("text", "今日一课 *原样* ＜@all>", []),
            ("text", "公告：周六上午九点视频会", ["@all"]),
            ("image", "", []),
            ("text", "分布", []),
        ]
        assert group.shown[2].content == PNG


async def test_a_long_text_goes_out_whole_in_parts_that_end_with_a_sentence(server: WeComServer) -> None:
    text = "这一句话说的是回家路上的事。" * 120
    async with _open(server) as (platform, group):
        await platform.send(_parcel(text))
        assert "".join(each.text for each in group.shown) == text
        assert len(group.shown) == 3
        assert all(each.text.endswith("。") for each in group.shown)


async def test_a_picture_that_is_too_large_stays_away_and_its_words_go(server: WeComServer) -> None:
    async with _open(server) as (platform, group):
        await platform.send(_parcel("分布", picture=b"\x89PNG" + bytes(2 * 1024 * 1024)))
        assert [(each.kind, each.text) for each in group.shown] == [("text", "分布")]


async def test_more_than_twenty_a_minute_is_asked_to_wait_and_nothing_is_lost(server: WeComServer) -> None:
    async with _open(server) as (platform, group):
        for number in range(20):
            await platform.send(_parcel(str(number)))
        with pytest.raises(SlowDown):
            await platform.send(_parcel("20"))
        server.later = 61
        await platform.send(_parcel("20"))
        assert [each.text for each in group.shown] == [str(number) for number in range(21)]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("502", Uncertain),
        ("503", Temporary),
        ("302", Temporary),
        ("silent", Uncertain),
        ("garbage", Uncertain),
        ("drop_before", Uncertain),
        (WeComError(93000, "invalid webhook url"), Unreachable),
        (WeComError(40058, "invalid param"), Refused),
        (WeComError(-1, "system busy"), Temporary),
    ],
    ids=str,
)
async def test_what_goes_wrong_is_told_apart_and_never_names_the_key(server: WeComServer, fault: Any, error: type[SendError]) -> None:
    async with _open(server, answer_seconds=0.2) as (platform, _):
        server.fault("send", fault)
        with pytest.raises(error) as raised:
            await platform.send(_parcel("公告"))
        told: BaseException | None = raised.value
        while told is not None:
            assert KEY not in str(told) + repr(told)
            told = told.__cause__ or told.__context__


async def test_an_answer_in_two_pieces_is_one_answer(server: WeComServer) -> None:
    async with _open(server) as (platform, group):
        server.fault("send", "pieces")
        await platform.send(_parcel("公告"))
        assert [each.text for each in group.shown] == ["公告"]
        assert {path for path, _ in server.requests} == {"/cgi-bin/webhook/send"}


async def test_the_file_of_the_keys_is_read_once(server: WeComServer, tmp_path: Path) -> None:
    group = server.group("红旗村支部群", webhook=KEY)
    kept = tmp_path / "webhooks"
    kept.write_text(f"支部群 {KEY}")
    section = WeCom(webhooks_file=kept, api_url=server.api_url)
    [platform] = connected(section, _clock, leads=asyncio.Event(), note=_noted, wake=lambda: None)
    await platform.start(_nothing, [])
    kept.write_text("支部群")  # somebody is editing it
    await platform.send(_parcel("公告"))
    await platform.stop()
    assert [each.text for each in group.shown] == ["公告"]


def _clock() -> datetime:
    return datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


async def _noted(*_: str) -> None:
    raise AssertionError("a webhook has no line")


async def test_a_server_that_is_not_there_takes_nothing(server: WeComServer) -> None:
    async with _open(server) as (platform, _):
        await server.__aexit__()
        with pytest.raises(Temporary):
            await platform.send(_parcel("公告"))


async def test_a_name_that_the_configuration_lost_is_unreachable(server: WeComServer) -> None:
    async with _open(server) as (platform, _):
        with pytest.raises(Unreachable):
            await platform.send(_parcel("公告", name="别的群"))
        for odd in ({"reaction": "👌"}, {"remove": "7"}, {}):
            with pytest.raises(Refused):
                await platform.send(_parcel(**odd))


def test_names_and_keys_are_read_line_by_line_and_an_address_is_as_good_as_a_key() -> None:
    given = f"# 群\n支部群 {KEY}\n\n二组 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdefgh-1234"
    section = WeCom(webhooks=SecretStr(given))
    assert section.outlets() == {"支部群": KEY, "二组": "abcdefgh-1234"}
    assert set(section.secrets()) >= {KEY, "abcdefgh-1234"}
    for wrong in ("支部群", f"支部群 {KEY}\n支部群 {KEY}", "支部群 短", "x" * 31 + f" {KEY}"):
        with pytest.raises(BadConfig) as raised:
            WeCom(webhooks=SecretStr(wrong)).outlets()
        assert KEY not in str(raised.value)


async def test_a_bound_outlet_gets_the_branchs_announcements_and_buttons_become_words(server: WeComServer, database_url: str) -> None:
    outlet = server.group("只推送的群", webhook=KEY)
    async with wecom_branch(database_url, server=server, webhooks=SecretStr(f"大群 {KEY}")) as branch:
        await branch.says("王秀英", "绑定推送 大群")
        await branch.presses("王秀英", "对")
        assert outlet.shown[0].text == "大家好，红旗村支部的公告和每日一课以后也发在这里。"
        await branch.pass_time(seconds=2)
        await branch.says("王秀英", "公告 周六上午九点视频会")
        await branch.pass_time(seconds=2)
        await branch.presses("王秀英", "发")
        await branch.pass_time(seconds=5)
        posted = outlet.shown[-1]
        assert "视频会" in posted.text
        assert posted.mentioned == ["@all"]
        assert posted.text == "【公告 N1】周六上午九点视频会\n私聊我说“收到”。"
        await branch.pass_time(seconds=2)
        await branch.says("李小山", "收到")
        await branch.pass_time(seconds=2)
        await branch.says("王秀英", "谁没读")
        await branch.pass_time(seconds=2)
        assert "周海" in branch.texts("王秀英")[-1]
        assert "李小山" not in branch.texts("王秀英")[-1]
