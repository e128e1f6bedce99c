"""QQ's webhook: what is listened to, and what forgers, players of recordings and floods get."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot.platforms.body import LARGEST
from bot.platforms.qq.signing import Signer
from bot.platforms.qq.webhook import SIGNATURE, TIMESTAMP, Webhook
from tests.qq_server import Person, QQServer
from tests.qq_server.listener import Listener, Moment, listening, logged
from tests.qq_server.server import SECRET

Signed = dict[str, str]


def callback(person: Person, text: str = "签到", number: int = 1) -> bytes:
    author = {"user_openid": person.user_openid}
    body = {"id": f"m{number}", "content": text, "author": author}
    return json.dumps({"op": 0, "id": f"e{number}", "t": "C2C_MESSAGE_CREATE", "d": body}).encode()


def signed(server: QQServer, body: bytes) -> Signed:
    timestamp = str(int(server.clock().timestamp()))
    return {SIGNATURE: server.sign(timestamp, body), TIMESTAMP: timestamp}


# ---- the signature


def test_the_address_check_is_answered_as_in_the_platforms_documents() -> None:
    signature = Signer("DG5g3B4j9X2KOErG").sign("1725442341", b"Arq0D5A61EgUu4OxUvOp")
    assert len(signature) == 128
    assert (signature[:8], signature[-8:]) == ("87befc99", "d652c706")


def test_a_signature_of_the_platforms_documents_is_good() -> None:
    good = (
        "865ad13a61752ca65e26bde6676459cd36cf1be609375b37bd62af366e1dc25a8dc789ba7f14e017ada3d554c671a911bfdf075ba54835b23391d509579ed002"
    )
    body = b'{\n  "op": 0,\n  "d": {},\n  "t": "GATEWAY_EVENT_NAME"\n}'
    signer = Signer(SECRET)
    assert signer.is_good(good, "1725442341", body)
    assert not signer.is_good(good, "1725442342", body)
    assert not signer.is_good(good, "1725442341", body + b" ")
    assert not Signer(SECRET + "x").is_good(good, "1725442341", body)


@pytest.mark.parametrize("secret", ["x", "x" * 31, "x" * 32, "x" * 33, "密钥"])
def test_a_secret_of_any_length_makes_a_key(secret: str) -> None:
    signer = Signer(secret)
    assert signer.is_good(signer.sign("1725442341", b"{}"), "1725442341", b"{}")


async def test_the_address_is_proved_to_be_ours_signed_or_not(server: QQServer, bot: Listener) -> None:
    check = {"op": 13, "d": {"plain_token": "Arq0D5A61EgUu4OxUvOp", "event_ts": "1725442341"}}
    expected = {"plain_token": "Arq0D5A61EgUu4OxUvOp", "signature": Signer(SECRET).sign("1725442341", b"Arq0D5A61EgUu4OxUvOp")}
    assert await server.post(check) == (200, expected)
    assert await server.post(check, {}) == (200, expected)
    assert (await server.post(check, {SIGNATURE: "00" * 64, TIMESTAMP: "1725442341"}))[0] == 401


@pytest.mark.parametrize(
    ("token", "at"),
    [
        ('{"op":0,"t":"C2C_MESSAGE_CREATE"}', "1725442341"),
        ("", "1725442341"),
        ("x" * 129, "1725442341"),
        ("token", '1725442341{"op":0}'),
        ("token", ""),
        ({"a": 1}, "1725442341"),
        (None, None),
    ],
)
async def test_nothing_that_could_pass_for_a_callback_is_signed_for_a_stranger(
    server: QQServer, bot: Listener, token: object, at: object
) -> None:
    """QQ signs callbacks with the same key: whoever gets a body signed can forge one."""
    status, answer = await server.post({"op": 13, "d": {"plain_token": token, "event_ts": at}}, {})
    assert (status, answer) == (400, {})


async def test_a_forged_callback_opens_nothing(server: QQServer, bot: Listener, person: Person) -> None:
    body = callback(person)
    good = signed(server, body)
    other = Signer("another secret")
    forged: list[Signed] = [
        {},
        {SIGNATURE: good[SIGNATURE]},
        {TIMESTAMP: good[TIMESTAMP]},
        good | {SIGNATURE: ""},
        good | {SIGNATURE: good[SIGNATURE][:-2]},
        good | {SIGNATURE: good[SIGNATURE][:-1] + "g"},
        good | {SIGNATURE: "00" * 64},
        good | {SIGNATURE: "ff" * 64},
        good | {SIGNATURE: "é" * 128},
        good | {SIGNATURE: "x" * 5000},
        good | {TIMESTAMP: str(int(good[TIMESTAMP]) + 1)},
        good | {TIMESTAMP: f" {good[TIMESTAMP]}0"},
        good | {TIMESTAMP: "x"},
        good | {SIGNATURE: other.sign(good[TIMESTAMP], body)},
    ]
    with logged() as logs:
        for headers in forged:
            assert (await server.post(body, headers))[0] == 401, headers
    assert bot.tried == []
    assert [each["event"] for each in logs] == ["A callback without QQ's signature is not listened to."], "said once, not fourteen times"
    assert (await server.post(body, good)) == (200, {"op": 12})
    assert bot.texts() == ["签到"]
    assert server.secret not in str(logs)


async def test_a_body_changed_on_the_way_is_not_listened_to(server: QQServer, bot: Listener, person: Person) -> None:
    body = callback(person, "捐 5 元")
    assert (await server.post(body.replace(b"5 ", b"50"), signed(server, body)))[0] == 401
    assert bot.tried == []


# ---- time


@pytest.mark.parametrize(("hours", "way"), [(1, "ahead of"), (-1, "behind"), (24 * 40, "ahead of")])
async def test_a_clock_that_is_wrong_is_told_in_words(
    server: QQServer, bot: Listener, time: Moment, person: Person, hours: int, way: str
) -> None:
    server.skew = timedelta(hours=hours)
    with logged() as logs:
        assert (await server.post(callback(person)))[0] == 401
        assert (await server.post(callback(person)))[0] == 401
    said = [each["event"] for each in logs]
    assert len(said) == 1, "once, however many come"
    assert f"{abs(hours) * 60} minutes {way} this computer's clock" in said[0]
    assert "Set the clock" in said[0]
    assert bot.tried == []
    assert "Set the clock" in bot.notes[-1]
    server.skew = timedelta(minutes=4)
    assert (await server.post(callback(person)))[0] == 200
    await asyncio.sleep(0)
    assert bot.notes[-1] == ""


async def test_a_recording_of_last_month_is_not_listened_to(server: QQServer, bot: Listener, time: Moment, person: Person) -> None:
    body = callback(person)
    headers = signed(server, body)
    assert (await server.post(body, headers))[0] == 200
    time.now += timedelta(minutes=6)
    assert (await server.post(body, headers))[0] == 401
    assert len(bot.tried) == 1


# ---- acknowledging


async def test_a_callback_is_acknowledged_only_after_the_commit(server: QQServer, bot: Listener, person: Person) -> None:
    bot.failing["签到"] = 2
    with logged() as logs:
        server.say(person, "签到")
        await server.acknowledged()
    assert [status for status, _ in server.answers] == [503, 503, 200]
    assert len({each.key for each in bot.tried}) == 1
    assert bot.texts() == ["签到"]
    assert "secret words" not in str(logs)


async def test_before_the_start_and_after_the_end_nothing_is_acknowledged(server: QQServer, bot: Listener, person: Person) -> None:
    await bot.platform.stop()
    assert (await server.post(callback(person)))[0] == 503
    assert (await server.post({"op": 13, "d": {"plain_token": "x", "event_ts": "1725442341"}}))[0] == 200
    await bot.platform.start(bot.receive, [])
    assert (await server.post(callback(person)))[0] == 200


async def test_of_several_processes_only_the_leading_one_takes_callbacks(server: QQServer, time: Moment, person: Person) -> None:
    leads = asyncio.Event()
    async with listening(server, time, leads=leads) as bot:
        assert not bot.platform.reachable()
        assert (await server.post(callback(person)))[0] == 503
        leads.set()
        assert bot.platform.reachable()
        assert (await server.post(callback(person)))[0] == 200


async def test_what_one_says_is_taken_in_order_and_others_do_not_wait(server: QQServer, bot: Listener, person: Person) -> None:
    gate, other = asyncio.Event(), server.person("周海")
    receive = bot.platform._receive
    assert receive

    async def slow(incoming: Any) -> None:
        if incoming.text == "一":
            await gate.wait()
        await receive(incoming)

    bot.platform._receive = slow
    first = asyncio.create_task(server.post(callback(person, "一", 1)))
    async with asyncio.timeout(5):
        while not bot.platform._lanes:
            await asyncio.sleep(0.001)
    second = asyncio.create_task(server.post(callback(person, "二", 2)))
    assert (await server.post(callback(other, "别人", 3)))[0] == 200
    gate.set()
    await asyncio.gather(first, second)
    assert bot.texts() == ["别人", "一", "二"]


# ---- bad input

NONSENSE: list[tuple[bytes, int]] = [
    (b"", 400),
    (b"\xff\xfe\xfd", 400),
    ("签到".encode("gbk"), 400),
    (b"[" * 10_000 + b"]" * 10_000, 400),
    (b'{"op":0,"d":' * 10_000 + b"1" + b"}" * 10_000, 400),
    (b'{"op":' + b"9" * 5000 + b"}", 400),
    (b"op=0&t=C2C_MESSAGE_CREATE", 400),
    (b"<xml/>", 400),
    (b"null", 200),
    (b'"' + b"x" * 1_000_000 + b'"', 200),
    (b'{"op":0,"t":"C2C_MESSAGE_CREATE","d":{"id":"m","content":1e999,"author":{"user_openid":"A"},"timestamp":1e400}}', 200),
    (b'{"op":NaN}', 200),
    (b'{"op":"0","t":"SHOUT","d":{}}', 200),
]


async def test_nonsense_is_answered_with_a_line_in_the_log_and_goes_nowhere(server: QQServer, bot: Listener) -> None:
    for number, (body, status) in enumerate(NONSENSE):
        with logged() as logs:
            assert (await server.post(body))[0] == status, number
        assert all(server.secret not in str(each) and "xxxx" not in str(each) for each in logs)
        bot.time.now += timedelta(minutes=2)
        assert status == 200 or logs, number
    assert bot.texts() == []
    assert (await server.post(b'{"op":0}'))[0] == 200


async def test_a_body_of_fifty_megabytes_is_not_read_to_its_end(server: QQServer, bot: Listener, person: Person) -> None:
    """QQ's own callbacks go on beside it."""

    async def flood() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b" " * 1_000_000

    with logged() as logs:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.post(server.webhook, data=flood(), headers={SIGNATURE: "00" * 64, TIMESTAMP: "1725442341"}) as answer:
                    status = answer.status
            except aiohttp.ClientError:
                status = 413  # the rest was not taken off the line
    assert status == 413
    assert [each["status"] for each in logs] == [413]
    assert (await server.post(callback(person)))[0] == 200


async def test_a_body_that_unpacks_to_far_too_much_is_not_unpacked_to_its_end(server: QQServer, bot: Listener) -> None:
    bomb = gzip.compress(b" " * 60_000_000, 1)
    assert len(bomb) < LARGEST
    for body, status in ((bomb, 413), (b"not gzip", 400)):
        async with aiohttp.ClientSession() as session:
            headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
            async with session.post(server.webhook, data=io.BytesIO(body), headers=headers) as answer:
                assert answer.status == status


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "image/png", "text/html", "audio/amr"]
)
async def test_what_says_that_it_is_something_else_is_not_read(server: QQServer, bot: Listener, person: Person, kind: str) -> None:
    body = callback(person)
    with logged() as logs:
        assert (await server.post(body, signed(server, body) | {"Content-Type": kind}))[0] == 415
    assert [each["status"] for each in logs] == [415]
    assert bot.tried == []


async def test_other_methods_are_refused(server: QQServer, bot: Listener) -> None:
    async with aiohttp.ClientSession() as session:
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
            async with session.request(method, server.webhook) as answer:
                assert answer.status == 405


async def test_a_body_that_never_ends_is_given_up() -> None:
    async def take(*_: object) -> bool:
        raise AssertionError("nothing was complete")

    app = web.Application()
    app.add_routes([Webhook("/qq/main", Signer(SECRET), take, clock=Moment(), tell=lambda _: None, patience=0.05).route()])
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = URL(f"http://127.0.0.1:{runner.addresses[0][1]}/qq/main")
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(b"POST /qq/main HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\r\n")
    assert (await asyncio.wait_for(reader.readline(), 15)).startswith(b"HTTP/1.1 408")
    writer.close()
    await runner.cleanup()
