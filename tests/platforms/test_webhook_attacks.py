"""The webhook attacked as a forged Telegram, somebody who plays a recording again, and a flood would: at the real server."""

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
from sqlalchemy import func, select
from structlog.testing import CapturingLogger
from yarl import URL

from bot.platforms.body import LARGEST
from bot.platforms.telegram.webhook import SECRET_HEADER, Webhook
from bot.web import server as pages
from bot.web.health import Health
from storage.tables import check_in, inbox
from storage.unit_of_work import UnitOfWork
from tests.telegram_branch import TelegramBranch, telegram_branch
from tests.telegram_server import TelegramServer
from tests.telegram_server.listener import NOW, Listener, listening

SECRET = "s3cret_-" * 4
KNOWN = {SECRET_HEADER: SECRET}


class Hook:
    """A platform behind the program's own web server."""

    def __init__(self, listener: Listener, address: str) -> None:
        self.listener = listener
        self.address = address

    async def post(self, body: Any, headers: Any = KNOWN, method: str = "POST") -> int:
        data = body if body is None else io.BytesIO(body)
        async with aiohttp.ClientSession() as session, session.request(method, self.address, data=data, headers=headers) as answer:
            return answer.status

    def heard(self) -> list[str]:
        return self.listener.texts()


async def _nothing(*_: object) -> None:
    return None


async def _well() -> dict[str, bool]:
    return {}


async def _unmeasured() -> bytes:
    return b""


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with TelegramServer() as far:
        options = {"mode": "webhook", "webhook_url": "https://example.org/telegram/main", "webhook_secret": SECRET}
        async with listening(far, start=False, **options) as listener:
            routes = listener.platform.routes()
            app = pages.make(
                _nothing,
                routes,
                checked=Health(_well, _unmeasured, "", exposed=False),
                chat_page=False,
                sample=False,
                language="zh",
                hosts=frozenset(),
                stopping=lambda: False,
            )
            runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            address = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/main"
            listener.platform._webhook_url = address
            await listener.platform.start(listener.receive, [])
            await far.until(lambda: far.webhook)
            yield Hook(listener, address)
            await runner.cleanup()


def update(text: str = "签到", number: int = 7, *, age: timedelta = timedelta(0), **more: Any) -> dict[str, Any]:
    """An update as Telegram writes it."""
    person = {"id": 42, "is_bot": False, "first_name": "李"}
    message = {"message_id": 1, "date": int((NOW - age).timestamp()), "chat": {"id": 42, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message | more}


def as_json(**values: Any) -> bytes:
    return json.dumps(update(**values)).encode()


async def test_a_forged_secret_opens_nothing_wherever_it_stands(hook: Hook) -> None:
    forged = [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: SECRET.upper()},
        {SECRET_HEADER: "\u00e9" * 8},
        {SECRET_HEADER: "x" * 5000},
        {"Authorization": f"Bearer {SECRET}"},
        {"Cookie": f"{SECRET_HEADER}={SECRET}"},
        [(SECRET_HEADER, "wrong"), (SECRET_HEADER, SECRET)],
    ]
    for headers in forged:
        assert await hook.post(as_json(), headers) == 403, headers
    assert await hook.post(as_json(secret_token=SECRET), {}) == 403
    async with aiohttp.ClientSession() as session, session.post(f"{hook.address}?{SECRET_HEADER}={SECRET}", data=as_json()) as answer:
        assert answer.status == 403
    assert hook.heard() == []
    assert await hook.post(as_json()) == 200
    assert hook.heard() == ["签到"]


async def test_a_recording_from_last_month_is_not_acted_upon(hook: Hook) -> None:
    for number, age in enumerate((8, 40, 4000)):
        assert await hook.post(as_json(number=number, age=timedelta(days=age))) == 200
    assert hook.heard() == []
    assert await hook.post(as_json(number=9, age=timedelta(hours=23))) == 200
    assert hook.heard() == ["签到"]


async def test_other_methods_are_refused(hook: Hook) -> None:
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        assert await hook.post(None, method=method) == 405
    assert hook.heard() == []


NONSENSE: list[tuple[bytes, int]] = [
    (b"", 400),
    (b"\xff\xfe\xfd", 400),
    ("签到".encode("gbk"), 400),
    (b"[" * 100_000 + b"]" * 100_000, 400),
    (b'{"update_id":' * 70_000, 400),
    (b'{"update_id":' + b"9" * 5000 + b"}", 400),
    (b'{"update_id":' + b"9" * 400 + b',"message":{}}', 200),
    (b'{"update_id":1e999,"message":{"chat":{"id":1}}}', 200),
    (b'{"update_id":NaN}', 200),
    (b'{"update_id":"1"}', 200),
    (b'{"update_id":true,"message":[]}', 200),
    (b"null", 200),
    (b'"' + b"x" * 1_000_000 + b'"', 200),
    (b"update_id=1&message=2", 400),
    (b"<xml/>", 400),
    (b'{"update_id":1,"message":{"chat":{"id":42,"type":["private"]},"from":{"id":42},"text":{"a":1},"date":1e400}}', 200),
]


async def test_nonsense_is_answered_and_goes_nowhere(hook: Hook) -> None:
    for number, (body, status) in enumerate(NONSENSE):
        assert await hook.post(body) == status, number
    assert hook.heard() == []


async def test_the_kind_of_content_makes_no_difference(hook: Hook) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "image/png", "x" * 300):
        assert await hook.post(b'--x\r\nContent-Disposition: form-data; name="update_id"\r\n\r\n1', KNOWN | {"Content-Type": kind}) == 400
    assert hook.heard() == []


async def test_a_body_that_unpacks_to_far_too_much_is_not_unpacked_to_its_end(hook: Hook) -> None:
    bomb = gzip.compress(b" " * 60_000_000, 1)
    assert len(bomb) < LARGEST
    assert await hook.post(bomb, KNOWN | {"Content-Encoding": "gzip"}) == 413
    assert await hook.post(b"not gzip", KNOWN | {"Content-Encoding": "gzip"}) == 400


async def test_hostile_values_in_an_update_are_only_text(hook: Hook) -> None:
    assert await hook.post(as_json(text="签\0到\ud800", title="\0")) == 200
    assert await hook.post(as_json(text="@x " * 300_000, number=8, entities=[{"type": "text_mention"}] * 5000)) == 200
    assert await hook.post(as_json(text="", number=9, location={"latitude": 1e308, "longitude": -1e308})) == 200
    first, second = hook.heard()
    assert first == "签到?"
    assert len(second) == 5000


async def test_a_body_that_never_ends_is_given_up() -> None:
    async def take(_: object) -> bool:
        raise AssertionError("nothing was complete")

    app = web.Application()
    app.add_routes([Webhook("/hook", SECRET, take, CapturingLogger(), patience=0.05).route()])
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = URL(f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
    for length in (b"Content-Length: 90", b"Transfer-Encoding: chunked"):
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\n" + f"{SECRET_HEADER}: {SECRET}\r\n".encode() + length + b"\r\n\r\n3\r\n{\r\n")
        assert (await asyncio.wait_for(reader.readline(), 15)).startswith(b"HTTP/1.1 408")
        writer.close()
    await runner.cleanup()


async def test_the_same_update_many_times_at_once_counts_once(database_url: str) -> None:
    async with telegram_branch(database_url) as branch:
        await _replay(branch)
        assert (await branch.app.database.run(_counts)) == (1, 1)


async def _replay(branch: TelegramBranch) -> None:
    """A check-in is handed over twenty times, as a platform does that had no answer."""
    user = branch.users["李小山"]
    person = {"id": user.id, "is_bot": False, "first_name": "李"}
    body = update(chat={"id": user.id, "type": "private"}, date=int(branch.now.timestamp()), **{"from": person})
    [platform] = [each for each in branch.app.platforms if each.name == "telegram"]
    answers = await asyncio.gather(*(platform.take(body) for _ in range(20)))  # type: ignore[attr-defined]
    assert all(answers)


async def _counts(work: UnitOfWork) -> tuple[int, int]:
    rows = [(await work.rows(select(func.count()).select_from(table)))[0][0] for table in (inbox, check_in)]
    return int(rows[0]), int(rows[1])
