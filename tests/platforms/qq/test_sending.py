"""Sending through QQ: in which time, under which number, and what each refusal means."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import ChatKind, ReplyTo
from bot.platforms.base import NotNow, Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable
from bot.platforms.qq.compose import LONGEST, MOST_PARTS
from bot.platforms.qq.errors import meaning
from bot.platforms.qq.transport import BadCredentials, Declined, Failure, NeverSent, NotAnswered, Throttled
from bot.texts import Text
from tests.qq_server import Group, Person, QQServer
from tests.qq_server.listener import Listener, Moment, listening, own, parcel, said
from tests.qq_server.model import Place
from tests.qq_server.server import Fault


async def test_each_part_of_a_long_letter_has_a_number_of_its_own_and_more_than_there_are_is_refused(
    server: QQServer, bot: Listener, person: Person
) -> None:
    for _ in range(2):
        await said(server, person)
    sentence = "第一句说的是天气，第二句说的是回家的路，两句都不长。"
    long = sentence * (LONGEST // len(sentence))
    await bot.send(person, long * 9, key="7")
    numbers = [each["msg_seq"] for each in server.called("messages")]
    assert len(numbers) == len(set(numbers)) == 9
    with pytest.raises(Refused):
        await bot.send(person, long * (MOST_PARTS + 1), key="8")
    assert len(server.called("messages")) == 9


async def test_each_reply_to_a_message_has_a_number_of_its_own(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    asked = await said(server, person, group)
    for number in range(5):
        await bot.send(group, f"答 {number}", key=str(100 + number), reply_to=ReplyTo(asked.id))
    sent = server.called("messages")
    assert {each["msg_id"] for each in sent} == {asked.id}
    assert len({each["msg_seq"] for each in sent}) == 5
    assert all(each["msg_seq"] >= 1 for each in sent)
    with pytest.raises(NotNow):
        await bot.send(group, "第六条", key="105", reply_to=ReplyTo(asked.id))
    assert len(server.called("messages")) == 5, "we know that it has had its five"


async def test_what_is_said_anew_in_other_words_has_another_number(server: QQServer, bot: Listener, person: Person, group: Group) -> None:
    asked = await said(server, person, group)
    told = parcel(group, "【公告 N9】周六上午九点", key="640", reply_to=ReplyTo(asked.id))
    await bot.platform.send(told)
    await bot.platform.send(replace(told, content=replace(told.content, text=Text.plain("【公告 N9 已撤回】")), version=2))
    assert server.shown(group) == ["【公告 N9】周六上午九点", "【公告 N9 已撤回】"]


@pytest.mark.parametrize(("kind", "span"), [(ChatKind.GROUP, 5), (ChatKind.PRIVATE, 60)])
async def test_replies_go_out_in_their_time_and_not_after_it(
    server: QQServer, bot: Listener, time: Moment, person: Person, group: Group, kind: ChatKind, span: int
) -> None:
    place: Place = group if kind is ChatKind.GROUP else person
    await said(server, person, group if kind is ChatKind.GROUP else None)
    time.now += timedelta(minutes=span, seconds=-1)
    await bot.send(place, "还来得及", key="1")
    time.now += timedelta(seconds=1)
    with pytest.raises(NotNow):
        await bot.send(place, "晚了", key="2")
    await said(server, person, group if kind is ChatKind.GROUP else None)
    await bot.send(place, "又可以了", key="2")
    assert server.shown(place) == ["还来得及", "又可以了"]
    assert server.called("bot_state") == ([{}] if kind is ChatKind.GROUP else []), "asked once, then remembered"


async def test_a_reply_hangs_on_what_it_answers_and_on_the_newest_when_that_is_over(
    server: QQServer, bot: Listener, time: Moment, person: Person, group: Group
) -> None:
    first = await said(server, person, group)
    time.now += timedelta(minutes=4)
    second = await said(server, person, group)
    await bot.send(group, "答第一个", key="1", reply_to=ReplyTo(first.id))
    time.now += timedelta(minutes=2)
    await bot.send(group, "还是答第一个", key="2", reply_to=ReplyTo(first.id))
    await bot.send(group, "没有问谁", key="3")
    assert [each.passive for each in own(server, group)] == [first.id, second.id, second.id]


async def test_what_comes_twice_gets_no_replies_twice(server: QQServer, bot: Listener, person: Person) -> None:
    asked = await said(server, person)
    for number in range(5):
        await bot.send(person, f"{number}", key=str(number))
    await server.post({"op": 0, "id": "x", "t": "C2C_MESSAGE_CREATE", "d": {"id": asked.id, "author": {"user_openid": person.user_openid}}})
    with pytest.raises(NotNow):
        await bot.send(person, "六", key="6")
    assert len(bot.taken) == 1


async def test_the_same_letter_has_the_same_number_and_is_shown_once(server: QQServer, hasty: Listener, person: Person) -> None:
    await said(server, person)
    server.fail_next("messages", "drop_after")
    assert await hasty.send(person, "扣了 5 元党费", key="7")
    first, second = server.called("messages")
    assert first == second, "the answer stayed away, so it was asked for once more under the same number"
    assert server.shown(person) == ["扣了 5 元党费"]


@pytest.mark.parametrize("fault", ["hang", "drop_after", "garbage", "nameless"])
async def test_where_no_answer_comes_twice_it_is_uncertain_and_the_next_try_finds_out(
    server: QQServer, hasty: Listener, person: Person, fault: Fault
) -> None:
    await said(server, person)
    server.fail_next("messages", fault, times=2)
    with pytest.raises(Uncertain):
        await hasty.send(person, "收到", key="7")
    await said(server, person, text="在吗")
    assert await hasty.send(person, "收到", key="7", again=True)
    assert server.shown(person) == ["收到"], "it hung on the same message as before"


async def test_nothing_unasked_is_repeated_by_itself(server: QQServer, hasty: Listener, group: Group) -> None:
    group.allow_proactive = True
    server.fail_next("messages", "hang")
    with pytest.raises(Uncertain):
        await hasty.send(group, "公告", key="7")
    assert len(server.called("messages")) == 1


FAILURES: list[tuple[Fault, type[SendError]]] = [
    ("429", SlowDown),
    ("500", Temporary),
    ("503_page", Temporary),
    ("400", Refused),
]


@pytest.mark.parametrize(("fault", "error"), FAILURES)
async def test_a_failure_says_what_may_be_done(
    server: QQServer, bot: Listener, person: Person, fault: Fault, error: type[SendError]
) -> None:
    await said(server, person)
    server.fail_next("messages", fault)
    with pytest.raises(error) as raised:
        await bot.send(person, "收到", key="7")
    if isinstance(raised.value, SlowDown):
        assert raised.value.wait == timedelta(seconds=3)
        assert not raised.value.everywhere
    assert await bot.send(person, "收到", key="7")
    assert server.shown(person) == ["收到"]


async def test_a_gateway_that_lost_the_answer_leaves_it_uncertain(server: QQServer, bot: Listener, group: Group, person: Person) -> None:
    group.allow_proactive = True
    server.fail_next("messages", "502_page")
    with pytest.raises(Uncertain):
        await bot.send(group, "公告", key="7")
    await said(server, person)
    server.fail_next("messages", "502_page")
    assert await bot.send(person, "收到", key="8"), "a reply is sent again under its number"
    assert server.shown(person) == ["收到"]


NUMBERS: list[tuple[int, int, type[SendError]]] = [
    (400, 40034006, Refused),
    (400, 304025, Refused),
    (400, 40054007, Refused),
    (400, 0, Refused),
    (400, 40034128, NotNow),
    (400, 304103, NotNow),
    (400, 40034100, NotNow),
    (400, 40034105, NotNow),
    (400, 40054002, NotNow),
    (400, 40034101, Unreachable),
    (400, 40054004, Unreachable),
    (400, 40054013, Unreachable),
    (400, 1100100, SlowDown),
    (400, 50055002, Temporary),
    (401, 11298, Temporary),
    (403, 11265, Temporary),
    (500, 0, Temporary),
    (504, 850012, Temporary),
]


@pytest.mark.parametrize(("status", "code", "error"), NUMBERS)
def test_each_of_qqs_numbers_has_its_meaning(status: int, code: int, error: type[SendError]) -> None:
    assert type(meaning(Declined(status, code, "said"))) is error


def test_what_is_no_answer_at_all_is_uncertain_and_what_never_left_is_not() -> None:
    assert type(meaning(NotAnswered("x"))) is type(meaning(Failure("x"))) is Uncertain
    assert type(meaning(NeverSent("x"))) is type(meaning(BadCredentials("x"))) is Temporary
    waits = meaning(Throttled(timedelta(seconds=7)))
    assert isinstance(waits, SlowDown)
    assert waits.wait == timedelta(seconds=7)


async def test_a_chat_of_another_shape_is_nowhere(server: QQServer, bot: Listener, person: Person) -> None:
    private = parcel(person, "x")
    for chat, kind in (("424242", ChatKind.PRIVATE), (private.chat.chat_id, ChatKind.GROUP), ("", ChatKind.GROUP)):
        with pytest.raises(Unreachable):
            await bot.platform.send(replace(private, chat=private.chat._replace(chat_id=chat), kind=kind))
    assert server.calls == [] or {name for name, _ in server.calls} == {"token"}


async def test_an_openid_of_any_signs_asks_for_nothing_else(server: QQServer, bot: Listener, person: Person) -> None:
    private = parcel(person, "x", reply_to=ReplyTo("ROBOT1.0_before"))
    for openid in ("../../users/@me", "a?b=c#d", "%2e%2e", "甲"):
        with pytest.raises(SendError):
            await bot.platform.send(replace(private, chat=private.chat._replace(chat_id=f"u{openid}")))
    assert {name for name, _ in server.calls} <= {"token", "unknown"}


@pytest.mark.parametrize("fault", ["hang", "500", "502_page", "429"])
async def test_a_group_that_cannot_be_asked_about_is_asked_again(server: QQServer, hasty: Listener, group: Group, fault: Fault) -> None:
    group.allow_proactive = True
    server.fail_next("bot_state", fault)
    with pytest.raises(SlowDown if fault == "429" else Temporary):
        await hasty.send(group, "公告", key="1")
    await hasty.send(group, "公告", key="1")
    assert server.shown(group) == ["公告"]


async def test_a_token_is_not_fetched_anew_for_what_has_nothing_to_do_with_it(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    await bot.send(person, "收到", key="1")
    server.off_the_list = True
    before = len(server.called("token"))
    with pytest.raises(Temporary):
        await bot.send(person, "收到", key="2")
    assert len(server.called("token")) == before
    server.off_the_list = False
    await bot.send(person, "收到", key="2")


async def test_what_certainly_did_not_go_out_costs_no_reply(server: QQServer, bot: Listener, person: Person) -> None:
    await said(server, person)
    server.fail_next("messages", "429", times=6)
    for _ in range(6):
        with pytest.raises(SlowDown):
            await bot.send(person, "收到", key="7")
    for number in range(5):
        await bot.send(person, f"{number}", key=str(number))


async def test_a_server_that_is_not_there_is_temporary_and_the_token_is_fetched_anew(
    server: QQServer, bot: Listener, person: Person
) -> None:
    await said(server, person)
    await bot.send(person, "一", key="1")
    await server.down()
    for _ in range(2):
        with pytest.raises(Temporary):
            await bot.send(person, "二", key="2")
    await server.up()
    await bot.send(person, "二", key="2")
    assert server.shown(person) == ["一", "二"]


async def test_letters_to_many_chats_at_once_ask_for_one_token(server: QQServer, time: Moment) -> None:
    async with listening(server, time) as bot:
        people = [server.person(f"第{number}位") for number in range(20)]
        for each in people:
            server.say(each, "签到")
        await server.acknowledged()
        server.tokens.clear()
        before = len(server.called("token"))
        await asyncio.gather(*(bot.send(each, "收到", key=str(at)) for at, each in enumerate(people)))
        assert len(server.called("token")) == before + 1
        assert all(server.shown(each) == ["收到"] for each in people)
