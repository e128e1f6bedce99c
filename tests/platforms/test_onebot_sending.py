"""What the bot says on QQ by OneBot, and what becomes of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.messages import Admission, ChatKind, File, Outgoing, Parcel, ReplyTo
from bot.platforms.base import Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable, Vanished
from bot.platforms.onebot.calls import Failed, NeverSent, NotAnswered, Patience
from bot.platforms.onebot.errors import meaning
from bot.platforms.onebot.marks import MARKS, mark
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import Listener, listening, parcel
from tests.onebot_server.model import Group, User

TOKEN = "a token that nobody knows"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
async def server() -> AsyncIterator[OneBotServer]:
    async with OneBotServer(token=TOKEN) as running:
        yield running


@pytest.fixture
async def listener(server: OneBotServer) -> AsyncIterator[Listener]:
    async with listening(server) as opened:
        yield opened


@pytest.fixture
def user(server: OneBotServer) -> User:
    return server.user("李小山", friend=True)


@pytest.fixture
def group(server: OneBotServer, user: User) -> Group:
    return server.add_group("红旗村支部", user)


async def test_everything_goes_out_as_arrays(server: OneBotServer, listener: Listener, user: User, group: Group) -> None:
    said = await server.say(user, group, "签到")
    await listener.send(group, "[CQ:at,qq=all] &amp;", reply_to=ReplyTo(str(said.id)), picture=PNG)
    [sent] = server.called("send_group_msg")
    assert [each["type"] for each in sent["message"]] == ["reply", "image", "text"]
    assert sent["message"][0]["data"] == {"id": str(said.id)}
    assert sent["message"][2]["data"] == {"text": "[CQ:at,qq=all] &amp;"}
    assert sent["group_id"] == group.id


async def test_a_file_goes_to_a_person_and_to_a_group(server: OneBotServer, listener: Listener, user: User, group: Group) -> None:
    for place in (user, group):
        await listener.send(place, "您的资料", file=File("my-data.json", b"{}"))
        file, words = server.messages(place)
        assert file.segments[0]["data"] == {"file": "my-data.json", "file_size": "2"}
        assert words.text == "您的资料"


async def test_where_no_file_can_be_sent_it_is_said_how_else(server: OneBotServer, listener: Listener, user: User) -> None:
    server.takes_files = False
    await listener.send(user, file=File("党费 3月.xlsx", b"x"))
    assert server.messages(user)[-1].text == "文件“党费 3月.xlsx”在QQ里发不过去。请发“网页”要入口，在网页里再要一次。"


async def test_a_file_that_is_refused_for_another_reason_is_refused(server: OneBotServer, listener: Listener, user: User) -> None:
    server.fail_next("upload_private_file", "refuse", wording="文件过大")
    with pytest.raises(Refused):
        await listener.send(user, file=File("a.xlsx", b"x"))


@pytest.mark.parametrize(("announce", "essence", "notices"), [("message", 0, 0), ("essence", 1, 0), ("notice", 0, 1)])
async def test_an_announcement_is_kept_in_sight_as_it_is_set(server: OneBotServer, announce: str, essence: int, notices: int) -> None:
    async with listening(server, announce=announce) as listener:
        user = server.user("李小山")
        group = server.add_group("红旗村支部", user)
        group.bot_is_admin = True
        await listener.send(group, "公告：周六开会", announcement=True)
        await listener.send(group, "别的")
        assert (len(group.essence), len(group.notices)) == (essence, notices)
        if notices:
            [given] = server.called("_send_group_notice")
            assert given == {"group_id": str(group.id), "content": "公告：周六开会", "pinned": 0, "confirm_required": 0}


@pytest.mark.parametrize("announce", ["essence", "notice"])
async def test_an_announcement_that_cannot_be_kept_in_sight_stands_all_the_same(server: OneBotServer, announce: str) -> None:
    async with listening(server, announce=announce) as listener:
        group = server.add_group("红旗村支部", server.user("李小山"))
        assert await listener.send(group, "公告：周六开会", announcement=True) == str(server.messages(group)[0].id)
        assert any("kept in sight" in each["event"] for each in listener.log)
        assert "周六" not in listener.logged()


async def test_marks_are_only_put_where_the_implementation_has_them() -> None:
    for app, has in (("NapCat.Onebot", True), ("LLOneBot", True), ("LuckyLilliaBot", True), ("go-cqhttp", False)):
        async with OneBotServer(token=TOKEN, app_name=app) as server, listening(server) as listener:
            user = server.user("李小山")
            group = server.add_group("红旗村支部", user)
            said = await server.say(user, group, "签到")
            assert listener.platform.capabilities(ChatKind.GROUP).react is has
            assert not listener.platform.capabilities(ChatKind.PRIVATE).react
            if has:
                await listener.send(group, reaction="👌", reply_to=ReplyTo(str(said.id)))
            else:
                with pytest.raises(Refused):
                    await listener.send(group, reaction="👌", reply_to=ReplyTo(str(said.id)))
            assert said.marks == (["👌"] if has else [])


def test_a_mark_that_qq_does_not_know_becomes_a_thumb() -> None:
    assert {mark("👌"), mark("❌"), mark("🧭"), mark("❤️"), mark("")} == {"128076", "10060", "128077"}
    assert all(mark(each) == str(ord(each)) for each in MARKS)


async def test_only_an_administrator_takes_back_what_others_said(
    server: OneBotServer, listener: Listener, user: User, group: Group
) -> None:
    said = await server.say(user, group, "我爱人病了")
    with pytest.raises(Refused):  # NapCat would have said ok
        await listener.send(group, remove=str(said.id))
    assert server.called("delete_msg") == []
    group.bot_is_admin = True
    assert await listener.send(group, remove=str(said.id)) == str(said.id)
    assert server.find(said.id) is None
    with pytest.raises(Vanished):
        await listener.send(group, remove=str(said.id))
    with pytest.raises(Refused):  # perhaps OneBot was restarted and forgot a message that is still there
        await listener.send(group, remove="4040404")


async def test_the_bots_own_message_is_taken_back_by_anybody(server: OneBotServer, listener: Listener, user: User, group: Group) -> None:
    for place in (group, user):
        own = await listener.send(place, "写错了")
        assert await listener.send(place, remove=own) == own
        assert server.messages(place) == []


async def test_where_nothing_can_be_asked_a_message_is_taken_back_unasked(server: OneBotServer, listener: Listener, group: Group) -> None:
    own = await listener.send(group, "写错了")
    del server._actions.table["get_msg"]
    assert await listener.send(group, remove=own) == own
    assert server.messages(group) == []


async def test_what_its_author_took_back_need_not_be_removed(server: OneBotServer, listener: Listener, user: User, group: Group) -> None:
    said = await server.say(user, group, "我爱人病了")
    await server.tell("notice", "group_recall", group_id=group.id, user_id=user.id, operator_id=user.id, message_id=said.id)
    await server.read()
    with pytest.raises(Vanished):
        await listener.send(group, remove=str(said.id))
    assert server.called("delete_msg") == []


@pytest.mark.parametrize("accept", [True, False])
async def test_who_asks_to_join_is_answered_once(server: OneBotServer, listener: Listener, group: Group, accept: bool) -> None:
    other = server.user("陈立夏")
    await server.ask_to_join(other, group, "我是陈立夏")
    await listener.settled()
    admission = Admission(listener.taken[-1].request, accept)
    await listener.send(group, admission=admission)
    assert server.admitted == [(other.id, group.id, accept)]
    assert (other in group.members) is accept
    with pytest.raises(Refused):
        await listener.send(group, admission=admission)
    with pytest.raises(Refused):
        await listener.send(group, admission=Admission("nothing", accept))


async def test_only_who_wrote_by_way_of_a_group_is_answered_by_way_of_it(server: OneBotServer, listener: Listener) -> None:
    writes, spoke, friend = server.user("李小山"), server.user("周海"), server.user("吴芳", friend=True)
    group = server.add_group("红旗村支部", writes, spoke, friend)
    await server.say(writes, writes, "我的", temporary=group)
    await server.say(spoke, group, "@支部 签到")
    await server.say(friend, group, "@支部 签到")
    await listener.settled()
    assert await listener.send(writes, "您好")
    assert server.called("send_private_msg")[-1]["group_id"] == group.id
    assert await listener.send(friend, "您好")
    assert "group_id" not in server.called("send_private_msg")[-1]
    with pytest.raises(Unreachable):
        await listener.send(spoke, "您好")
    writes.friend = True
    await server.say(writes, writes, "我的")
    await listener.settled()
    assert await listener.send(writes, "您好")
    assert "group_id" not in server.called("send_private_msg")[-1], "a friend by now"


@pytest.mark.parametrize("fault", ["timeout", "silence", "drop"])
async def test_a_send_of_which_nobody_knows_whether_it_arrived_is_uncertain_and_not_repeated(server: OneBotServer, fault: str) -> None:
    async with listening(server, patience=Patience(answer=0.1)) as listener:
        user = server.user("李小山", friend=True)
        server.fail_next("send_private_msg", fault)  # type: ignore[arg-type]
        with pytest.raises(Uncertain):
            await listener.send(user, "您好")
        assert len(server.called("send_private_msg")) == 1


async def test_an_answer_that_comes_too_late_harms_nothing(server: OneBotServer) -> None:
    async with listening(server, patience=Patience(answer=0.05)) as listener:
        user = server.user("李小山", friend=True)
        server.fail_next("send_private_msg", "late")
        with pytest.raises(Uncertain):
            await listener.send(user, "一")
        await server.let_answer()
        assert await listener.send(user, "二") == str(server.messages(user)[-1].id)


async def test_a_mark_whose_answer_is_missing_is_tried_again(server: OneBotServer, user: User) -> None:
    async with listening(server, patience=Patience(answer=0.1)) as listener:
        group = server.add_group("支部", user)
        said = await server.say(user, group, "签到")
        server.fail_next("set_msg_emoji_like", "silence")
        with pytest.raises(Temporary):
            await listener.send(group, reaction="👌", reply_to=ReplyTo(str(said.id)))


async def test_while_nobody_is_connected_nothing_is_sent(server: OneBotServer) -> None:
    async with listening(server, connect=False) as listener:
        assert not listener.platform.reachable()
        with pytest.raises(Temporary):
            await listener.send(server.user("李小山", friend=True), "您好")


async def test_what_went_out_of_a_long_message_is_not_said_again(server: OneBotServer, listener: Listener, user: User) -> None:
    long = "这是一句话。" * 1200
    server.fail_next("send_private_msg", "well")
    server.fail_next("send_private_msg", "refuse", wording="群已被全员禁言")
    message = parcel(listener.platform, user, long, key="k1")
    with pytest.raises(Temporary):
        await listener.platform.send(message)
    assert len(server.messages(user)) == 1
    await listener.platform.send(message)
    assert "".join(each.text for each in server.messages(user)) == long
    assert len(server.messages(user)) == 3


@pytest.mark.parametrize("chat_id", ["10001", "g10001", "u", "", "ux", "u-5", "u10001;1"])
async def test_a_chat_id_of_another_kind_is_nowhere(server: OneBotServer, listener: Listener, chat_id: str) -> None:
    key = ChatKey("onebot", str(server.account), chat_id)
    with pytest.raises(Unreachable):
        await listener.platform.send(Parcel(key, ChatKind.PRIVATE, Outgoing(Text.plain("x")), Language.ZH))


async def test_many_calls_at_once_each_get_their_own_answer(server: OneBotServer, listener: Listener) -> None:
    users = [server.user(f"人{number}", friend=True) for number in range(50)]
    ids = await asyncio.gather(*(listener.send(each, each.nickname) for each in users))
    assert [server.messages(each)[0].id for each in users] == list(map(int, ids))
    assert [server.messages(each)[0].text for each in users] == [each.nickname for each in users]


@pytest.mark.parametrize(
    ("retcode", "said", "error"),
    [
        (1200, "Timeout: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg", Uncertain),
        (1200, "发送超时", Uncertain),
        (1200, "消息体无法解析", Refused),
        (1200, "无法获取用户信息", Unreachable),
        (1400, "bad request", Refused),
        (1401, "token", Temporary),
        (1404, "不支持的Api send_msg", Refused),
        (100, "SEND_MSG_API_ERROR", Unreachable),
        (102, "", Unreachable),
        (1200, "GROUP_NOT_FOUND", Unreachable),
        (-1, "发送过于频繁", SlowDown),
        (-1, "您已被禁言", Temporary),
        (-34, "", Refused),
    ],
)
def test_what_a_refusal_means(retcode: int, said: str, error: type[SendError]) -> None:
    assert type(meaning(Failed(retcode, said), repeatable=False)) is error


def test_a_call_that_never_went_out_may_be_repeated_and_one_that_did_may_not() -> None:
    assert type(meaning(NeverSent("x"), repeatable=False)) is Temporary
    assert type(meaning(NotAnswered("x"), repeatable=False)) is Uncertain
    assert type(meaning(NotAnswered("x"), repeatable=True)) is Temporary
    assert type(meaning(Failed(1200, "Timeout"), repeatable=True)) is Temporary


async def test_its_capabilities_are_told(listener: Listener) -> None:
    group, private = (listener.platform.capabilities(kind) for kind in (ChatKind.GROUP, ChatKind.PRIVATE))
    assert (group.push, group.edit, group.buttons, group.remove, group.admit) == (True, False, False, True, True)
    assert (private.push, private.edit, private.buttons, private.admit) == (True, False, False, False)
    with pytest.raises(Refused):
        await listener.platform.send(
            Parcel(ChatKey("onebot", "123456", "u10001"), ChatKind.PRIVATE, Outgoing(Text.plain("x")), Language.ZH, "77")
        )


async def test_a_message_that_onebot_takes_without_a_number_has_gone_out(server: OneBotServer, listener: Listener, user: User) -> None:
    server.numberless = True
    assert await listener.send(user, "您好") == ""
    assert server.messages(user)[-1].text == "您好"
