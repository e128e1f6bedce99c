"""One suite that every platform passes, second half: what the bot says, and what people read of it."""

import pytest

from bot.messages import Button, File, ReplyTo
from bot.platforms.base import Refused, SendError, Vanished
from bot.platforms.parts import measure
from bot.texts import Text
from tests.platforms.conftest import Play
from tests.platforms.sides import Shown

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
ROWS = ((Button(Text("去", "go"), "q.1.0.x"),),)
PLAIN = (
    "你好",
    "*不是粗体* <b>也不是</b> {0} [x](y) _a_ `b` ~~c~~ # d",
    "a\n\nb",
    "喆堃玥祎彧珺",
    "1. 一\n- 二\n> 三",
    "[CQ:at,qq=all] &#91;&amp;",
    "<@all>",
    "🙂👩‍🚀🇨🇳",
)


async def _told(play: Play, text: str, **content: object) -> Shown:
    return await play.side.shown(await play.sends(text, **content))


async def test_text_is_read_as_it_was_said(play: Play) -> None:
    for text in PLAIN:
        await play.hears()
        assert (await _told(play, text)).text == text


async def test_what_the_platform_would_take_for_markup_or_a_command_is_read_as_text(play: Play) -> None:
    for text in play.side.traps:
        await play.hears()
        shown = await _told(play, f"他写的是 {text} 。")
        assert shown.text == f"他写的是 {text} 。"
        assert (shown.picture, shown.file, shown.buttons) == (False, None, [])
        await play.hears(group=True)
        own = await play.sends(f"{text} 是他写的", group=True)
        assert (await play.side.shown(own, group=True)).text == f"{text} 是他写的"


async def test_an_address_arrives_whole(play: Play) -> None:
    await play.hears()
    shown = await _told(play, "请看 https://example.org/a_b?c=1&d=2 谢谢")
    if not play.side.links:
        play.instead("the address arrives readable, but is no link")
        assert all(word in shown.text for word in ("example", "org", "a_b?c=1&d=2"))
        return
    assert shown.text == "请看 https://example.org/a_b?c=1&d=2 谢谢"


async def test_a_long_text_arrives_whole_in_parts_that_end_with_a_sentence(play: Play) -> None:
    can = play.can(group=True)
    sentence = "大家好，这一句话说的是回家路上的事 🙂。"
    text = sentence * (2 * can.longest_text // measure(sentence, can.counted) + 2)
    await play.hears(group=True)
    before = len(await play.side.said(group=True))
    last = await play.sends(text, group=True)
    parts = (await play.side.said(group=True))[before:]
    assert "".join(part.text for part in parts) == text
    assert parts[-1].id == last
    assert all(part.text.endswith("。") for part in parts)
    if len(parts) == 1:
        play.absent("of any length in one message")
        return
    assert all(measure(part.text, can.counted) <= can.longest_text for part in parts)


async def test_a_long_text_with_a_picture_and_buttons_keeps_them(play: Play) -> None:
    can = play.can()
    sentence = "第一句说的是天气。"
    text = sentence * (can.longest_text // measure(sentence, can.counted) + 2)
    await play.hears()
    before = len(await play.side.said())
    await play.sends(text, picture=PNG, buttons=ROWS if can.buttons else ())
    parts = (await play.side.said())[before:]
    assert "".join(part.text for part in parts) == text
    assert sum(part.picture for part in parts) == can.pictures
    if can.buttons:
        assert [part.buttons for part in parts if part.buttons] == [[["去"]]]
        assert parts[-1].buttons
    else:
        play.instead("the words alone, with numbers to type")


async def test_a_message_is_edited_in_place(play: Play) -> None:
    await play.hears(group=True)
    first = await play.sends("今日报平安 1 人", group=True)
    before = await play.side.said(group=True)
    if not play.can(group=True).edit:
        play.instead("a number that grows is said after some minutes and at the day's end; the edit itself is refused")
        with pytest.raises(Refused):
            await play.sends("今日报平安 2 人", group=True, edit=first)
        assert await play.side.said(group=True) == before
        return
    assert await play.sends("今日报平安 2 人", group=True, edit=first) == first
    assert (await play.side.shown(first, group=True)).text == "今日报平安 2 人"
    assert await play.sends("今日报平安 2 人", group=True, edit=first) == first
    assert len(await play.side.said(group=True)) == len(before)


async def test_an_edit_of_what_is_not_there_says_so(play: Play) -> None:
    await play.hears(group=True)
    if not play.can(group=True).edit:
        play.instead("refused like every edit")
    with pytest.raises(Vanished if play.can(group=True).edit else Refused):
        await play.sends("x", group=True, edit="99999")


async def test_a_mark_stands_under_the_message_it_belongs_to(play: Play) -> None:
    await play.side.says("@支部 签到", group=True)
    own, before = play.side.inbox.taken[-1].message_id, await play.side.said(group=True)
    if not play.can(group=True).react:
        play.instead("no mark: the day's number tells that it was counted")
        with pytest.raises(Refused):
            await play.sends(group=True, reaction="👌", reply_to=ReplyTo(own))
    else:
        await play.sends(group=True, reaction="👌", reply_to=ReplyTo(own))
        assert (await play.side.shown(own, group=True)).reactions == ["👌"]
    assert await play.side.said(group=True) == before


async def test_a_message_of_somebody_else_is_deleted_and_then_it_is_not_there(play: Play) -> None:
    play.side.allow_deleting()
    await play.side.says("@支部 我有件私事", group=True)
    own = play.side.inbox.taken[-1].message_id
    if not play.can(group=True).remove:
        play.instead("its author is asked in private to take it back")
        with pytest.raises(Refused):
            await play.sends(group=True, remove=own)
        return
    assert await play.sends(group=True, remove=own) == own
    assert await play.side.is_gone(own)
    with pytest.raises(Vanished):
        await play.sends(group=True, remove=own)


async def test_a_picture_goes_out_with_its_words(play: Play) -> None:
    await play.hears()
    before = len(await play.side.said())
    await play.sends("分布", picture=PNG)
    parts = (await play.side.said())[before:]
    assert "".join(part.text for part in parts) == "分布"
    assert sum(part.picture for part in parts) == play.can().pictures
    if not play.can().pictures:
        play.instead("the words say what the picture shows")


async def test_a_file_goes_out_under_its_name(play: Play) -> None:
    await play.hears()
    before = len(await play.side.said())
    await play.sends("您的资料", file=File("my-data.json", b"{}", "application/json"))
    parts = (await play.side.said())[before:]
    assert "".join(part.text for part in parts).startswith("您的资料")
    if not play.can().files:
        play.instead("the words, and where the file is to be had")
        assert not [part.file for part in parts if part.file]
        return
    assert [part.file for part in parts if part.file] == ["my-data.json"]


async def test_an_answer_arrives_whether_or_not_what_it_answers_is_still_there(play: Play) -> None:
    await play.side.says("@支部 签到", group=True)
    own = play.side.inbox.taken[-1].message_id
    shown = await play.side.shown(await play.sends("收到", group=True, reply_to=ReplyTo(own)), group=True)
    assert shown.text == "收到"
    if shown.answers is None:
        play.instead("the answer is not shown under what it answers")
    else:
        assert shown.answers == own
    await play.hears(group=True)
    assert await play.sends("收到", group=True, reply_to=ReplyTo("99999"))


async def test_a_notice_for_the_board_is_read_in_the_group(play: Play) -> None:
    await play.hears(group=True)
    own = await play.sends("公告：周六上午九点视频会", group=True, announcement=True)
    assert (await play.side.shown(own, group=True)).text == "公告：周六上午九点视频会"


async def test_nothing_is_never_sent(play: Play) -> None:
    await play.hears()
    before = await play.side.said()
    with pytest.raises(SendError):
        await play.sends("")
    assert await play.side.said() == before


async def test_what_the_bot_says_at_once_goes_out_in_one_message(play: Play) -> None:
    for group in (False, True):
        can, words = play.can(group=group), "长" * 200
        assert measure(words, can.counted) <= can.longest_text
        await play.hears(group=group)
        before = len(await play.side.said(group=group))
        await play.sends(words, group=group)
        assert [each.text for each in (await play.side.said(group=group))[before:]] == [words]
    assert bool(play.side.secrets) is bool(play.side.faults)  # else the look for secrets in the end of a case would see nothing
