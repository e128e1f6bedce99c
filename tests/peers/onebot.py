"""QQ by OneBot: applications of others on our counterpart, and models of others that read what is ours."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import aiohttp

from bot.messages import Admission, ReplyTo
from bot.platforms.onebot import cq
from tests.onebot_server import OneBotServer
from tests.onebot_server.listener import listening
from tests.onebot_server.model import at, escaped, reply, text
from tests.peers.proofs import ROOT, Far, Json, free_port, proves

NONEBOT = "nonebot2 + nonebot-adapter-onebot"
AIOCQHTTP = "aiocqhttp"
TOKEN, SECRET = "peers-token", "peers-secret"
RECORDED = ROOT / "tests" / "platforms" / "recorded" / "onebot"
RANDOM_TEXTS = 10_000
ALPHABET = "&[],;=# \n支部报到平安CQ:at123qq.amp91\u200b😀"

ALSO = {"type", "group_id"}
"""What is known beside the adapter's: `type` for `sub_type`, which older implementations read; the group by way of which somebody is
written to in private, as go-cqhttp and NapCat have it."""
NAMES = {
    "group": "message.group.normal",
    "private": "message.private.friend",
    "increase": "notice.group_increase.approve",
    "decrease": "notice.group_decrease.leave",
    "request": "request.group.add",
}
"""As both libraries name events."""


def image(name: str) -> Json:
    """A picture, by the name of its file."""
    return {"type": "image", "data": {"file": name}}


def nonebot(port: int, **told: object) -> Far:
    """The bot of NoneBot2, listening."""
    told = {"DRIVER": "~fastapi+~aiohttp", "HOST": "127.0.0.1", "PORT": str(port), "ONEBOT_ACCESS_TOKEN": TOKEN, "API_TIMEOUT": "10"} | told
    return Far.python("nonebot_onebot.py", **told)


async def a_day(server: OneBotServer, far: Far) -> str:
    """People write, come, go and ask; the bot on the far side has to understand all of it, and its answers have to arrive with us."""
    person, group = server.user("李小山", friend=True), server.add_group("测试支部")
    group.members.append(person)
    said = await server.say(person, group, "@支部 报到 [武汉]&,，")
    heard = await far.next("event", name=NAMES["group"])
    assert heard["text"].strip() == "报到 [武汉]&,，", heard
    assert (str(heard["user_id"]), str(heard["group_id"])) == (str(person.id), str(group.id)), heard
    await far.next("answered")
    answer = server.messages(group)[-1]
    assert (answer.sender, answer.reply_to) == (None, str(said.id)), answer
    assert answer.text.strip() == f"收到[{heard['text']}]&,", answer.text
    await server.say(person, group, "好的", answer=answer.id)
    assert "reply" in (await far.next("event", name=NAMES["group"]))["segments"]
    await far.next("answered")
    await server.say(person, person, "请假")
    await far.next("event", name=NAMES["private"])
    await far.next("answered")
    assert server.messages(person)[-1].text == "私下收到：请假"
    newcomer = server.user("周海")
    await server.join(newcomer, group)
    await far.next("event", name=NAMES["increase"])
    await server.leave(newcomer, group)
    await far.next("event", name=NAMES["decrease"])
    flag = await server.ask_to_join(newcomer, group, "我是周海")
    assert (await far.next("event", name=NAMES["request"]))["flag"] == flag
    await far.next("approved")
    assert server.admitted == [(newcomer.id, group.id, True)]
    called = sorted({action for action, _ in server.calls})
    return f"{len(server.events)} events understood; called {', '.join(called)}"


@asynccontextmanager
async def account(*, cq: bool = False) -> AsyncIterator[OneBotServer]:
    """Our counterpart."""
    async with OneBotServer(token=TOKEN, cq=cq) as server:
        yield server


@proves(NONEBOT, "reverse WebSocket: our counterpart calls the bot; groups, private, replies, joins, leaves, requests; messages as arrays")
async def nonebot_reverse() -> str:
    port = free_port()
    async with nonebot(port) as far, account() as server:
        await _listening(lambda: server.connect(f"ws://127.0.0.1:{port}/onebot/v11/ws"))
        await far.next("connected", self_id=str(server.account))
        await server.heartbeat()
        await far.next("event", name="meta_event.heartbeat")
        return await a_day(server, far)


@proves(NONEBOT, "the same with messages as CQ strings")
async def nonebot_cq() -> str:
    port = free_port()
    async with nonebot(port) as far, account(cq=True) as server:
        await _listening(lambda: server.connect(f"ws://127.0.0.1:{port}/onebot/v11/ws"))
        await far.next("connected")
        return await a_day(server, far)


@proves(NONEBOT, "forward WebSocket: the bot calls our counterpart with its token; after a restart it comes again")
async def nonebot_forward() -> str:
    async with account() as server:
        await server.listen()
        async with nonebot(free_port(), ONEBOT_WS_URLS=[f"ws://{server.address}/"]) as far:
            await far.next("connected")
            seen = await a_day(server, far)
            await server.restart()
            await far.next("gone")
            await far.next("connected")
            return seen + "; connected again after a restart"


@proves(NONEBOT, "HTTP: our counterpart's posts with their signature are taken, a wrong one gets 403, none 401; the bot calls our HTTP API")
async def nonebot_http() -> str:
    port = free_port()
    async with account() as server:
        await server.listen()
        api = {str(server.account): f"http://{server.address}/"}
        async with nonebot(port, ONEBOT_SECRET=SECRET, ONEBOT_API_ROOTS=api) as far:
            server.post_to(f"http://127.0.0.1:{port}/onebot/v11/http", SECRET)
            await _listening(server.heartbeat)
            seen = await a_day(server, far)
            assert set(server.posted) == {204}, server.posted
            refused = await server.post(b"{}", X_Signature="sha1=" + "0" * 40), await server.post(b"{}", X_Signature="")
            assert refused == (403, 401), refused
            return seen + "; 204, 403, 401"


@proves(AIOCQHTTP, "reverse WebSocket: our counterpart calls the bot; a wrong token is refused in the handshake")
async def aiocqhttp_reverse() -> str:
    port = free_port()
    async with Far.python("aiocq.py", port, TOKEN=TOKEN) as far, account() as server:
        url = f"ws://127.0.0.1:{port}/ws"
        await _listening(lambda: server.connect(url))
        seen = await a_day(server, far)
        with suppress(aiohttp.WSServerHandshakeError):
            await server.connect(url, headers={"Authorization": "Bearer wrong"})
            raise AssertionError("a wrong token was taken")
        return seen


@proves(AIOCQHTTP, "HTTP: our counterpart's signed posts are taken, forged ones refused; the bot calls our HTTP API; CQ strings")
async def aiocqhttp_http() -> str:
    port = free_port()
    async with account(cq=True) as server:
        await server.listen()
        async with Far.python("aiocq.py", port, f"http://{server.address}/", TOKEN=TOKEN, SECRET=SECRET) as far:
            server.post_to(f"http://127.0.0.1:{port}/", SECRET)
            await _listening(server.heartbeat)
            seen = await a_day(server, far)
            refused = await server.post(b"{}", X_Signature="sha1=" + "0" * 40), await server.post(b"{}", X_Signature="")
            assert refused == (403, 401), refused
            return seen + "; 403, 401"


@proves(
    "nonebot-adapter-onebot", "its models read every event that our counterpart makes, in both manners of writing, and every recorded one"
)
async def models_read_events() -> str:
    recorded = [each for path in sorted(RECORDED.glob("*.json")) for each in _events(json.loads(path.read_text(encoding="utf-8")))]
    made = await _made_events()
    found: set[str] = set()
    async with Far.python("models.py") as far:
        for event in [*recorded, *made]:
            read = await far.ask(event=event)
            assert read["model"] not in {None, "Event"}, f"not understood: {json.dumps(event, ensure_ascii=False)[:200]}"
            found.add(read["model"])
    return f"{len(made)} made and {len(recorded)} recorded, by {len(found)} models"


@proves(
    "nonebot-adapter-onebot",
    f"its Message reads all that our encoder makes; its CQ escapes and our CQ reader agree on {RANDOM_TEXTS:,} texts",
)
async def messages_agree() -> str:
    chance = random.Random(6)
    texts = ["".join(chance.choices(ALPHABET, k=chance.randint(0, 40))) for _ in range(RANDOM_TEXTS)]
    async with Far.python("models.py") as far:
        told = await far.ask(escape=texts)
        assert [cq.unescaped(each) for each in told["escaped"]] == texts
        assert [cq.unescaped(each) for each in told["outside"]] == texts
        assert (await far.ask(unescape=[escaped(each, inside=True) for each in texts]))["unescaped"] == texts
        for outside, words in zip(told["outside"], texts, strict=True):
            assert "".join(each["data"]["text"] for each in cq.segments(outside)) == words, words
        mixed = [[reply(7), at(10_001), text(each or " "), image("a,b&c[1].png"), text("尾")] for each in texts[:300]]
        for segments in [*mixed, *await _encoded(texts[:100])]:
            read = await far.ask(message=segments)
            assert read["types"] == [each["type"] for each in segments], read
            assert _strings(cq.segments(read["cq"])) == _strings(segments), read["cq"]
            assert _strings((await far.ask(cq=read["cq"]))["segments"]) == _strings(cq.segments(read["cq"]))
    return f"{len(texts):,} texts both ways, {len(mixed) + 100} messages"


@proves("nonebot-adapter-onebot", "every action that our bot calls has the name and the parameters that it writes down for OneBot v11")
async def actions_agree() -> str:
    known, others = set(), set()
    async with OneBotServer() as server, listening(server) as ours, Far.python("models.py") as far:
        person = server.user("李小山", friend=True)
        group = server.add_group("测试支部", person)
        said = await server.say(person, group, "@支部 报到")
        sent = await ours.send(group, "收到", reply_to=ReplyTo(str(said.id)))
        await ours.send(person, "收到", picture=b"\x89PNG")
        await ours.send(group, "", remove=sent)
        flag = await server.ask_to_join(server.user("周海"), group, "我是周海")
        await ours.send(group, "", admission=Admission(f"add:{flag}", accept=True))
        await server.ask_to_be_friend(server.user("陈立夏"))
        await server.until(lambda: server.called("set_friend_add_request"))
        for action, given in server.calls:
            read = await far.ask(action=action, params=given)
            if not read["known"]:
                others.add(action)
                continue
            known.add(action)
            assert (read["missing"], set(read["more"]) - ALSO) == ([], set()), f"{action}: {read}"
    assert {"send_group_msg", "send_private_msg", "delete_msg", "set_group_add_request", "set_friend_add_request"} <= known, known
    return f"{', '.join(sorted(known))}; of NapCat's own: {', '.join(sorted(others)) or 'none'}"


async def _made_events() -> list[Json]:
    """One of every kind that our counterpart makes, in both manners of writing a message."""
    made: list[Json] = []
    for as_cq in (False, True):
        async with OneBotServer(cq=as_cq) as server:
            person, group = server.user("李小山", friend=True), server.add_group("测试支部")
            said = await server.say(person, group, "@支部 报到")
            await server.say(person, group, "好", image("p.png"), answer=said.id)
            await server.say(person, person, "请假")
            await server.say(person, person, "你好", temporary=group)
            await server.join(person, group)
            await server.leave(person, group)
            await server.join(person, group)
            await server.leave(person, group, kicked=True)
            await server.ask_to_join(person, group, "我是李小山")
            await server.ask_to_be_friend(person)
            await server.heartbeat()
            made += server.events
    return made


async def _encoded(texts: list[str]) -> list[list[Json]]:
    """What our bot sends for some texts, pictures and answers among them."""
    async with OneBotServer() as server, listening(server) as ours:
        person = server.user("李小山", friend=True)
        group = server.add_group("测试支部", person)
        said = await server.say(person, group, "@支部 报到")
        for number, words in enumerate(texts):
            picture = b"\x89PNG" if number % 7 == 0 else None
            await ours.send(group, words or "空", picture=picture, reply_to=ReplyTo(str(said.id)) if number % 2 else None)
        return [given["message"] for action, given in server.calls if action == "send_group_msg"]


def _strings(segments: list[Json]) -> list[tuple[str, dict[str, str]]]:
    """Segments as a CQ string can tell them: every value a text, texts that follow each other one."""
    found: list[tuple[str, dict[str, str]]] = []
    for each in segments:
        data = {name: str(value) for name, value in each["data"].items()}
        if each["type"] == "text" and found and found[-1][0] == "text":
            found[-1][1]["text"] += data["text"]
        else:
            found.append((each["type"], data))
    return found


def _events(recorded: object) -> list[Json]:
    """The events of a recording: one, or a list."""
    return [each for each in (recorded if isinstance(recorded, list) else [recorded]) if isinstance(each, dict) and "post_type" in each]


async def _listening(call: Callable[[], Awaitable[object]]) -> None:
    """Calls as soon as the far side listens."""
    async with asyncio.timeout(15):
        while True:
            try:
                await call()
                return
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)
