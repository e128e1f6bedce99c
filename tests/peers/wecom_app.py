"""The self-built app of WeCom: what libraries of others encrypt and we open, the other way, and a client on our counterpart's API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web
from defusedxml import ElementTree

from bot.messages import Incoming
from bot.platforms.base import Receive
from bot.platforms.wecom import WeComApp
from bot.platforms.wecom.crypto import BadCallback, Envelope
from tests.peers.proofs import Far, proves
from tests.wecom_server import WeComServer
from tests.wecom_server.callbacks import AES_KEY, CORP_ID, TOKEN, sealed, signature, xml

SDK, WECHATPY = "@wecom/aibot-node-sdk", "wechatpy"
SAID = ("报到 武汉", "a", "<&]]>😀", "平安" * 500, "x" * 31, "x" * 32)
OTHER_KEY = AES_KEY[::-1]


def wechatpy(**told: object) -> Far:
    """wechatpy with the token and the key of our counterpart."""
    return Far.python("wechat.py", **({"TOKEN": TOKEN, "AES_KEY": AES_KEY, "CORP_ID": CORP_ID} | told))


@proves(
    WECHATPY, "what it encrypts our bot opens, and what our counterpart encrypts it opens; other keys, tokens and enterprises are refused"
)
async def wechatpy_and_we() -> str:
    ours = Envelope(TOKEN, AES_KEY, CORP_ID)
    async with wechatpy() as far:
        for number, words in enumerate(SAID):
            timestamp, nonce = str(1_795_136_400 + number), f"nonce{number}"
            made = _fields((await far.ask(encrypt=words, nonce=nonce, timestamp=timestamp))["xml"])
            ours.check(made["MsgSignature"], timestamp, nonce, made["Encrypt"])
            assert ours.opened(made["Encrypt"]).decode() == words
            encrypted = sealed(words.encode())
            signed = {"signature": signature(timestamp, nonce, encrypted), "timestamp": timestamp, "nonce": nonce}
            told = xml(ToUserName=CORP_ID, Encrypt=encrypted)
            assert (await far.ask(decrypt=told, **signed))["words"] == words
            assert (await far.ask(check=encrypted, **signed))["words"] == words
        for lies in ({"signature": "0" * 40}, {"nonce": "another"}):
            with pytest.raises(AssertionError, match="InvalidSignature"):
                await far.ask(decrypt=told, **(signed | lies))
        for other in (Envelope(TOKEN, OTHER_KEY, CORP_ID), Envelope(TOKEN, AES_KEY, "wwother")):
            with pytest.raises(BadCallback):
                other.opened(made["Encrypt"])
        with pytest.raises(BadCallback):
            Envelope("another", AES_KEY, CORP_ID).check(made["MsgSignature"], timestamp, nonce, made["Encrypt"])
    return f"{len(SAID)} texts both ways, with their signatures; 5 refusals"


@proves(WECHATPY, "callbacks that it encrypts, posted to our bot's address: confirmed, heard once, a replay refused")
async def wechatpy_calls_us() -> str:
    now = datetime.now(UTC)
    heard: list[Incoming] = []

    async def receive(incoming: Incoming) -> None:
        heard.append(incoming)

    async with WeComServer() as server, wechatpy() as far, _served(server, now, receive) as url:
        timestamp = str(int(now.timestamp()))
        echo = _fields((await far.ask(encrypt="1616140317555161061", nonce="n1", timestamp=timestamp))["xml"])
        query = {"msg_signature": echo["MsgSignature"], "timestamp": timestamp, "nonce": "n1"}
        async with aiohttp.ClientSession() as session:
            async with session.get(url, params=query | {"echostr": echo["Encrypt"]}) as answer:
                assert (answer.status, await answer.text()) == (200, "1616140317555161061")
            message = xml(
                ToUserName=CORP_ID,
                FromUserName="LiXiaoShan",
                CreateTime=int(timestamp),
                MsgType="text",
                Content="报到 武汉",
                MsgId=7_000_000_001,
                AgentID=int(server.agent_id),
            )
            body = (await far.ask(encrypt=message, nonce="n2", timestamp=timestamp))["xml"]
            query = {"msg_signature": _fields(body)["MsgSignature"], "timestamp": timestamp, "nonce": "n2"}
            statuses = []
            for _ in range(2):
                async with session.post(url, params=query, data=body.encode()) as answer:
                    statuses.append(answer.status)
    assert statuses == [200, 403], statuses
    assert [(each.text, each.chat.key.chat_id) for each in heard] == [("报到 武汉", "uLiXiaoShan")], heard
    return "the address confirmed; 200, then 403 for the replay; heard once"


@proves(WECHATPY, "its client on our counterpart's API: a token, a text, a picture uploaded and sent; a wrong Secret is refused")
async def wechatpy_speaks() -> str:
    async with WeComServer() as server, wechatpy(API=f"{server.api_url}/cgi-bin/") as far:
        person = server.person("LiXiaoShan")
        asked = {"say": "早上好", "to": person.userid, "agent": server.agent_id}
        await far.ask(**asked, secret=server.app_secret)
        assert [(each.kind, each.text) for each in person.app] == [("text", "早上好"), ("image", "")], person.app
        with pytest.raises(AssertionError, match="40001"):
            await far.ask(**asked, secret="wrong-secret")
        return f"{len(server.requests)} requests; text and picture arrived; 40001 for a wrong Secret"


@proves(SDK, "its own encryption of callbacks and ours open what the other sealed, signatures and all")
async def official_crypto_and_we() -> str:
    ours = Envelope(TOKEN, AES_KEY, CORP_ID)
    async with Far.node("crypto", TOKEN, AES_KEY, CORP_ID) as far:
        for number, words in enumerate(SAID):
            timestamp, nonce = str(1_795_136_400 + number), f"nonce{number}"
            made = await far.ask(encrypt=words, timestamp=timestamp, nonce=nonce)
            ours.check(str(made["signature"]), timestamp, nonce, str(made["encrypt"]))
            assert ours.opened(str(made["encrypt"])).decode() == words
            encrypted = sealed(words.encode())
            signed = {"signature": signature(timestamp, nonce, encrypted), "timestamp": timestamp, "nonce": nonce}
            assert (await far.ask(decrypt=encrypted, **signed))["words"] == words
        with pytest.raises(AssertionError, match="signature"):
            await far.ask(decrypt=encrypted, **(signed | {"nonce": "another"}))
    return f"{len(SAID)} texts both ways; a wrong signature refused"


@asynccontextmanager
async def _served(server: WeComServer, now: datetime, receive: Receive) -> AsyncIterator[str]:
    """Our app, served; its address."""
    envelope = Envelope(TOKEN, AES_KEY, CORP_ID)
    app = WeComApp(server.corp_id, server.agent_id, server.app_secret, envelope=envelope, api_url=server.api_url, clock=lambda: now)
    page = web.Application()
    page.add_routes(app.routes())
    runner = web.AppRunner(page, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await app.start(receive, [])
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/app"
    finally:
        await app.stop()
        await runner.cleanup()


def _fields(told: str) -> dict[str, str]:
    """The fields of an XML message."""
    return {each.tag: each.text or "" for each in ElementTree.fromstring(told)}
