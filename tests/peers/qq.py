"""QQ's official API: a bot of NoneBot's adapter fed by our counterpart's callbacks, and its signatures beside ours."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp

from tests.peers.proofs import Far, Json, free_port, proves
from tests.qq_server import QQServer
from tests.qq_server.listener import Moment, listening

NONEBOT = "nonebot2 + nonebot-adapter-qq"
IN_GROUPS = ("GROUP_ADD_ROBOT", "GROUP_MSG_RECEIVE", "GROUP_MSG_REJECT", "GROUP_DEL_ROBOT")
IN_PRIVATE = ("FRIEND_ADD", "C2C_MSG_RECEIVE", "C2C_MSG_REJECT", "FRIEND_DEL")
DOCUMENTED = {"op": 13, "d": {"plain_token": "Arq0D5A61EgUu4OxUvOp", "event_ts": "1725442341"}}
DOCUMENTED_SECRET, DOCUMENTED_BEGIN, DOCUMENTED_END = "DG5g3B4j9X2KOErG", "87befc99", "d652c706"


@asynccontextmanager
async def bot(server: QQServer) -> AsyncIterator[Far]:
    """The bot of NoneBot2, where our counterpart posts to."""
    port = free_port()
    account = {"id": server.app_id, "secret": server.secret, "use_websocket": False}
    told = {"DRIVER": "~fastapi+~aiohttp", "HOST": "127.0.0.1", "PORT": str(port), "QQ_BOTS": [account]}
    told |= {"QQ_API_BASE": f"{server.url}/", "QQ_AUTH_BASE": server.token_url}
    async with Far.python("nonebot_qq.py", **told) as far:
        server.webhook = f"http://127.0.0.1:{port}/qq/webhook"
        async with asyncio.timeout(15):
            while (await _status(server.webhook)) == 0:
                await asyncio.sleep(0.05)
        try:
            yield far
        finally:
            server.webhook = ""


@proves(NONEBOT, "signed callbacks of our counterpart are understood in a group and in private; forged and unsigned ones are refused")
async def hears() -> str:
    async with QQServer(_now) as server, bot(server) as far:
        person, group = server.person("李小山"), server.group("测试支部群")
        server.say(person, "报到 武汉", group)
        event = await _posted(server)
        heard = await far.next("event")
        assert heard["model"] == "GroupAtMessageCreateEvent", heard
        assert (heard["text"].strip(), heard["group"]) == ("报到 武汉", group.group_openid), heard
        assert heard["user"] == person.member_openid(group), heard
        server.say(person, "请假")
        await _posted(server)
        heard = await far.next("event", model="C2CMessageCreateEvent")
        assert (heard["text"], heard["user"]) == ("请假", person.user_openid), heard
        forged = {"X-Signature-Ed25519": "00" * 64, "X-Signature-Timestamp": "1", "X-Bot-Appid": server.app_id}
        refused = [(await server.post(event, headers))[0] for headers in (forged, {"X-Bot-Appid": server.app_id})]
        assert refused == [403, 403], refused
        return "a group, a private chat; a forged and an unsigned callback got 403"


@proves(
    NONEBOT, "every other kind of event that our counterpart makes is understood: buttons pressed, coming, going, pushes allowed or not"
)
async def hears_the_rest() -> str:
    async with QQServer(_now) as server, bot(server) as far:
        person, group = server.person("陈立夏"), server.group("测试支部群")
        found = []
        for kind in IN_GROUPS + IN_PRIVATE:
            server.changes(kind, person, group if kind in IN_GROUPS else None)
            await _posted(server)
            found.append((await far.next("event", name=kind))["model"])
        for place in (group, person):
            message = server.add(place, None, text="平安吗", buttons=[[("平安", "safe")]])
            server.press(person, message, "safe")
            await _posted(server)
            found.append((await far.next("event", name="INTERACTION_CREATE"))["model"])
        return f"{len(found)} events by {len(set(found))} models"


@proves(NONEBOT, "it fetches a token from our counterpart and answers twice to one message, each with its own msg_seq")
async def answers() -> str:
    async with QQServer(_now) as server, bot(server) as far:
        person, group = server.person("周海"), server.group("测试支部群")
        for place in (group, None):
            said = server.say(person, "平安", place)
            await _posted(server)
            await far.next("answered")
            await far.next("answered")
            assert server.shown(place or person) == ["收到", "再说一句"], server.shown(place or person)
            assert server.anchors[said.id].replies == 2
        seqs = [each["msg_seq"] for each in server.called("messages")]
        return f"msg_seq {seqs}; {len(server.called('token'))} token"


@proves(NONEBOT, "the address check (op 13): its answer, our bot's and the documented one are the same, byte for byte")
async def proves_the_address() -> str:
    time = Moment()
    async with QQServer(time, secret=DOCUMENTED_SECRET) as server:
        async with bot(server):
            theirs = await server.post(DOCUMENTED)
        async with listening(server, time):
            ours = await server.post(DOCUMENTED)
    assert ours == theirs, (ours, theirs)
    status, answer = ours
    signature = str(answer["signature"])
    assert status == 200, status
    assert (signature[:8], signature[-8:]) == (DOCUMENTED_BEGIN, DOCUMENTED_END), signature
    return f"{signature[:8]}…{signature[-8:]}"


async def _posted(server: QQServer) -> Json:
    """Posts what happened last. By hand: this adapter acknowledges by an empty 200, our counterpart wants op 12, as the documents do."""
    event = server.pending.pop()
    status, _ = await server.post(event)
    assert status == 200, status
    return event


async def _status(url: str) -> int:
    """What an address answers to nonsense; 0 while nothing listens."""
    try:
        async with aiohttp.ClientSession() as session, session.post(url, data=b"{}") as answer:
            return answer.status
    except aiohttp.ClientConnectorError:
        return 0


def _now() -> datetime:
    return datetime.now(UTC)
