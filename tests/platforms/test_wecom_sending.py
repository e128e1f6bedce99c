"""What goes out over the long connection: words that stay words, cards, pictures, files, and what is left when half of it failed."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.messages import Button, File, ReplyTo
from bot.platforms.base import Refused, SlowDown, Temporary, Uncertain
from bot.platforms.wecom.cards import parted
from bot.platforms.wecom.markdown import escaped
from bot.texts import Text
from tests.wecom_server import WeComError, WeComServer
from tests.wecom_server.listener import listening

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 64
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
INERT = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak"}


def _buttons(*labels: str) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(Text(label, label), f"q.1.{number}.x"),) for number, label in enumerate(labels))


@pytest.fixture
async def server() -> AsyncIterator[WeComServer]:
    async with WeComServer() as running:
        yield running


@given(st.text(alphabet=st.sampled_from("*_`~#>+-=[]()!|<>&;:\\ \t\n1.$abc中a/h"), max_size=40))
@example("标题\n===")
@example("- [x] 做了\n1. 一")
@example("    代码")
@example("&lt;b&gt; &#42;")
@example("a | b\n--- | ---\nc | d")
@example("https://example.org/_a_*b*c")
def test_no_markup_comes_of_what_is_said(said: str) -> None:
    tokens = MARKDOWN.parse(escaped(said))
    seen = {each.type for token in tokens for each in (token, *(token.children or ()))}
    assert seen <= INERT, escaped(said)


def test_ordinary_words_and_addresses_stay_as_they_are() -> None:
    for said in ("报平安发“签到”，别的发“帮助”看。", "1 去\n2 不去", "https://example.org/a_b?c=1&d=2", "3.5 元", "08:00-09:00", "A&B"):
        assert escaped(said) == said


@pytest.mark.parametrize("tail", ["", " ", "\n\n", " \u3000 "])
def test_at_the_seam_of_a_card_nothing_is_said_twice_or_left_out(tail: str) -> None:
    words = "这是前面说明情况的一句话，说得比较长一些。" * 8 + "您去吗？"
    assert "".join(parted(words + tail)) == words
    assert parted("去吗？" + tail) == ("", "去吗？")


async def test_a_card_shows_short_words_itself_and_long_ones_come_before_their_last_sentence(server: WeComServer) -> None:
    li = server.person("LiXiaoShan", conversed=True)
    long = "这是前面说明情况的一句话，说得比较长一些。" * 8 + "您去吗？"
    async with listening(server) as listener:
        short = await listener.send(li, "去吗？", buttons=_buttons("去", "不去"))
        last = await listener.send(li, long, buttons=_buttons("去", "不去", "再想想"))
        first, words, card = li.shown
        assert (first.kind, first.text, first.buttons, first.task_id) == (
            "template_card",
            "去吗？",
            [("去", "q.1.0.x"), ("不去", "q.1.1.x")],
            short,
        )
        assert (words.kind, card.kind, card.task_id) == ("markdown", "template_card", last)
        assert words.text + card.text == long
        assert len(card.text) <= 112


@pytest.mark.parametrize("labels", [tuple("一二三四五六七"), ("去", "一个比十个汉字还要长的按钮")], ids=["seven", "long"])
async def test_what_a_card_does_not_hold_becomes_a_numbered_list(server: WeComServer, labels: tuple[str, ...]) -> None:
    li = server.person("LiXiaoShan", conversed=True)
    async with listening(server) as listener:
        await listener.send(li, "选哪个？", buttons=_buttons(*labels))
        assert [each.text for each in li.shown] == ["选哪个？\n" + "\n".join(f"{number} {label}" for number, label in enumerate(labels, 1))]


async def test_a_card_answers_a_callback_too(server: WeComServer) -> None:
    li, group = server.person("LiXiaoShan"), server.group("红旗村支部")
    async with listening(server) as listener:
        asked = await server.say(li, "@助手 出发", group)
        await listener.takes(1)
        await listener.send(group, "去吗？", buttons=_buttons("去"), reply_to=ReplyTo(asked))
        assert (group.shown[-1].kind, group.shown[-1].answers) == ("template_card", "req-1")


async def test_a_card_that_had_arrived_is_not_shown_twice(server: WeComServer) -> None:
    li = server.person("LiXiaoShan", conversed=True)
    async with listening(server, ack_seconds=0.05) as listener:
        server.fault("aibot_send_msg", "silent")
        with pytest.raises(Uncertain):
            await listener.send(li, "去吗？", buttons=_buttons("去"), key="7")
        assert await listener.send(li, "去吗？", buttons=_buttons("去"), key="7", again=True) == li.shown[0].task_id
        assert len(li.shown) == 1


async def test_a_card_that_is_not_taken_becomes_words(server: WeComServer) -> None:
    li = server.person("LiXiaoShan", conversed=True)
    async with listening(server) as listener:
        server.fault("aibot_send_msg", WeComError(40058, "invalid template_card"))
        await listener.send(li, "去吗？", buttons=_buttons("去", "不去"))
        assert [each.text for each in li.shown] == ["去吗？\n1 去\n2 不去"]
        server.fault("aibot_send_msg", WeComError(45009, "api freq out of limit"))
        with pytest.raises(SlowDown):
            await listener.send(li, "去吗？", buttons=_buttons("去", "不去"))


async def test_a_picture_and_a_file_are_handed_over_in_chunks_and_shown_before_the_words(server: WeComServer) -> None:
    group = server.group("红旗村支部", conversed=True)
    large = bytes(range(256)) * 4096 + b"x"
    async with listening(server) as listener:
        await listener.send(group, "分布", picture=PNG)
        await listener.send(group, "资料", file=File("my-data.json", large))
        told = [(each.kind, each.name, each.content, each.text) for each in group.shown]
        assert told == [
            ("image", "picture.png", PNG, ""),
            ("markdown", "", b"", "分布"),
            ("file", "my-data.json", large, ""),
            ("markdown", "", b"", "资料"),
        ]


async def test_a_picture_that_is_not_taken_leaves_its_words_and_a_bare_one_is_refused(server: WeComServer) -> None:
    group = server.group("红旗村支部", conversed=True)
    async with listening(server) as listener:
        server.fault("aibot_upload_media_init", WeComError(40058, "invalid param"), WeComError(40058, "invalid param"))
        await listener.send(group, "分布", picture=PNG)
        assert [each.text for each in group.shown] == ["分布"]
        with pytest.raises(Refused):
            await listener.send(group, picture=PNG)
        with pytest.raises(Refused):
            await listener.send(group, file=File("empty.txt", b""))


async def test_an_upload_that_is_not_acknowledged_showed_nothing_and_is_tried_again(server: WeComServer) -> None:
    group = server.group("红旗村支部", conversed=True)
    async with listening(server, ack_seconds=0.05) as listener:
        server.fault("aibot_upload_media_finish", "silent")
        with pytest.raises(Temporary):
            await listener.send(group, "分布", picture=PNG, key="7")
        await listener.send(group, "分布", picture=PNG, key="7")
        assert [each.kind for each in group.shown] == ["image", "markdown"]


async def test_what_failed_half_way_goes_on_where_it_stopped(server: WeComServer) -> None:
    group = server.group("红旗村支部", conversed=True)
    async with listening(server, ack_seconds=0.05) as listener:
        server.fault("aibot_send_msg", "well", "silent")
        with pytest.raises(Uncertain):
            await listener.send(group, "分布", picture=PNG, key="7")
        await listener.send(group, "分布", picture=PNG, key="7", again=True)
        assert [each.kind for each in group.shown] == ["image", "markdown", "markdown"]


async def test_a_long_text_goes_out_in_parts_of_which_the_first_answers(server: WeComServer) -> None:
    li = server.person("LiXiaoShan")
    text = "这一句话说的是回家路上的事。" * 300
    async with listening(server) as listener:
        await server.say(li, "讲讲")
        await listener.takes(1)
        await listener.send(li, text)
        said = [each for each in li.shown if each.by == "bot"]
        assert "".join(each.text for each in said) == text
        assert [each.answers for each in said] == ["req-1", ""]
        assert all(len(each.text.encode()) <= 20_480 for each in said)
