"""One suite that every platform passes, the rest: what goes wrong on the way, and bad input."""

import asyncio

import pytest

from bot.platforms.base import NotNow, Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable
from bot.platforms.typed import LONGEST
from tests.platforms.conftest import Play
from tests.platforms.sides import MEMBERS_WORDS, Fault

HOSTILE = {
    "a deep list": b"[" * 100_000,
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "no text": b"\xff\xfe\x00\xc3(",
    "nothing": b"",
    "null": b"null",
    "an empty object": b"{}",
    "a number": b"1e999",
    "not a number": b'{"a": NaN, "update_id": Infinity, "time": -Infinity}',
    "half a surrogate": b'{"a": "\\ud83d", "b": "\\u0000"}',
    "two megabytes": b'{"a":"' + b"x" * 2_000_000 + b'"}',
    "a digit too many": b'{"a":' + b"9" * 5_000 + b"}",
}


async def test_a_send_without_an_answer_is_uncertain(play: Play) -> None:
    await play.hears()
    if Fault.HANG not in play.side.faults:
        play.absent("there is no line that could be silent")
        return
    play.side.fails_next(Fault.HANG)
    with pytest.raises(Uncertain):
        await play.sends(MEMBERS_WORDS)
    await play.hears()
    assert await play.sends("之后")


async def test_while_the_way_is_cut_nothing_is_sent_and_nothing_is_uncertain(play: Play) -> None:
    await play.hears()
    assert play.side.platform.reachable()
    await play.side.goes_down()
    assert play.side.platform.reachable() is not play.side.line
    if play.side.faults:
        for _ in range(2):
            with pytest.raises(Temporary):
                await play.sends(MEMBERS_WORDS)
    else:
        play.absent("there is no line that could be cut: it is found there later")
        assert await play.sends("您不在的时候")
    await play.side.comes_back()
    assert play.side.platform.reachable()
    await play.hears()
    own = await play.sends("之后")
    assert (await play.side.shown(own)).text == "之后"


async def test_what_happens_while_the_way_is_cut_is_told_once_it_is_there_again(play: Play) -> None:
    await play.hears("之前")
    for number in range(3):
        await play.side.goes_down()
        await play.side.comes_back()
        await play.hears(f"第 {number} 次")
    assert [each.text for each in play.side.inbox.taken] == ["之前", "第 0 次", "第 1 次", "第 2 次"]


@pytest.mark.parametrize(("fault", "error"), [(Fault.SLOW_DOWN, SlowDown), (Fault.TROUBLE, Temporary), (Fault.NEVER, Refused)])
async def test_what_the_other_side_says_is_told_apart(play: Play, fault: Fault, error: type[SendError]) -> None:
    await play.hears()
    if fault not in play.side.faults:
        play.absent("the platform says nothing of the kind")
        return
    before = await play.side.said()
    play.side.fails_next(fault)
    with pytest.raises(error) as raised:
        await play.sends(MEMBERS_WORDS)
    if isinstance(raised.value, SlowDown):
        assert raised.value.wait.total_seconds() > 0
    assert await play.side.said() == before
    assert await play.sends("之后")


async def test_an_answer_that_comes_in_two_pieces_is_one_answer(play: Play) -> None:
    await play.hears()
    if Fault.PIECES not in play.side.faults:
        play.absent("what is sent goes over a socket, whose frames are whole")
        return
    play.side.fails_next(Fault.PIECES)
    own = await play.sends("一条")
    assert [each.text for each in await play.side.said()].count("一条") == 1
    assert (await play.side.shown(own)).text == "一条"


@pytest.mark.parametrize("group", [False, True], ids=["private", "group"])
async def test_a_chat_that_is_not_there_is_unreachable(play: Play, group: bool) -> None:
    chat = play.side.nowhere(group=group)
    with pytest.raises(Unreachable):
        await play.sends(MEMBERS_WORDS, chat=chat, group=group)
    await play.hears()
    assert await play.sends("别的聊天照常")


@pytest.mark.parametrize("group", [False, True], ids=["private", "group"])
async def test_a_chat_that_lets_nothing_in_opens_when_somebody_writes(play: Play, group: bool) -> None:
    await play.hears(group=group)
    assert await play.sends("马上答", group=group)
    await play.side.falls_silent()
    if play.can(group=group).push:
        play.absent("the bot may always begin to speak")
        assert await play.sends("隔了很久", group=group)
        return
    play.instead("it waits, visibly (未送达), and goes with the next event of the chat")
    with pytest.raises(NotNow):
        await play.sends(MEMBERS_WORDS, group=group)
    await play.hears(group=group)
    own = await play.sends("现在可以说了", group=group)
    assert (await play.side.shown(own, group=group)).text == "现在可以说了"


async def test_bad_input_is_passed_over_and_the_line_lives_on(play: Play) -> None:
    inputs = [*HOSTILE.values(), *play.side.oddities]
    assert len(inputs) > len(HOSTILE)
    for raw in inputs:
        await play.side.puts(raw)
        await play.hears("还在吗")
    # Our own page answers the page, which alone can send it anything; everywhere else a line in the log says so.
    assert [each for each in play.logged if each.startswith(("warning ", "error "))] or not play.side.faults
    assert not [each for each in play.logged if "xxxx" in each or "[[[[" in each or "9999" in each]
    texts = [each.text for each in play.side.inbox.taken]
    assert texts.count("还在吗") == len(inputs)
    assert all(len(text) <= LONGEST for text in texts)
    assert await play.sends("还在")


async def test_more_than_anybody_types_is_not_taken_in(play: Play) -> None:
    await play.side.says("长" * 12_000)
    [taken] = play.side.inbox.taken
    assert len(taken.text) <= LONGEST


async def test_two_messages_at_once_both_arrive(play: Play) -> None:
    await play.hears()
    await play.hears(group=True)
    one, two = await asyncio.gather(play.sends("一"), play.sends("二", group=True))
    assert (await play.side.shown(one)).text == "一"
    assert (await play.side.shown(two, group=True)).text == "二"


async def test_stopping_does_not_wait_for_an_answer_that_never_comes(play: Play) -> None:
    await play.hears()
    if Fault.HANG not in play.side.faults:
        play.absent("there is no line that could be silent")
        return
    play.side.fails_next(Fault.HANG)
    sending = asyncio.create_task(play.sends(MEMBERS_WORDS))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        await play.side.platform.stop()
        with pytest.raises((Uncertain, Temporary)):
            await sending
    await play.side.goes_down()
    await play.side.platform.start(play.side.inbox.receive, [])
    await play.side.comes_back()
    await play.hears("之后")


async def test_stopping_in_the_middle_loses_nothing(play: Play) -> None:
    side, held = play.side, asyncio.Event()
    await play.hears()

    async def wait(_: object) -> None:
        await held.wait()

    side.inbox.before = wait
    saying = asyncio.create_task(side.says("正在说的话"))
    async with asyncio.timeout(5):
        while len(side.inbox.tried) < 2:
            await asyncio.sleep(0.005)
        stopping = asyncio.create_task(side.platform.stop())
        await asyncio.sleep(0.02)
        held.set()
        await stopping
    saying.cancel()
    await asyncio.gather(saying, return_exceptions=True)
    if side.faults:
        with pytest.raises(Temporary):
            await play.sends(MEMBERS_WORDS)
    await side.goes_down()
    await side.platform.start(side.inbox.receive, [])
    await side.comes_back()
    await play.hears("之后")
    assert await play.sends("之后")
    assert "正在说的话" in {each.text for each in side.inbox.taken}
    assert len({each.key for each in side.inbox.taken if each.text == "正在说的话"}) == 1
