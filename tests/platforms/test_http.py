"""The HTTP client of the platforms against a server that is slow, that sends elsewhere, says too much, or goes away."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.platforms.http import Answer, Client, Fate, NoAnswer, NotSent, fate
from tests.pieces import in_pieces

SECRET = "a-key-that-stands-in-the-address"


class Place:
    """A server; what came to each of its paths, with the cookies."""

    def __init__(self) -> None:
        self.came: list[tuple[str, bytes, str]] = []
        self.url = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Does what its path says."""
        self.came.append((request.path, await request.read(), request.headers.get("Cookie", "")))
        match request.path:
            case "/pieces":
                return await in_pieces(request, web.Response(body=b"0123456789" * 1000))
            case "/elsewhere":
                return web.Response(status=307, headers={"Location": "/taken"})
            case "/large":
                return web.Response(body=b"x" * 2001)
            case "/cookie":
                return web.Response(headers={"Set-Cookie": "who=1"})
            case "/gone" if request.transport:
                request.transport.abort()
            case "/busy":
                return web.Response(status=429, headers={"Retry-After": "7"})
        return web.Response(text="ok")


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    made = Place()
    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{path:.*}", made.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    made = Client(2.0, largest=20_000)
    yield made
    await made.close()


async def test_an_answer_is_read_to_its_end(place: Place, client: Client) -> None:
    assert await client.ask("POST", f"{place.url}/pieces", 2, data=b"{}") == Answer(200, b"0123456789" * 1000)
    assert (await client.ask("GET", f"{place.url}/busy", 2)).wait == "7"


async def test_a_large_body_goes_out_whole(place: Place, client: Client) -> None:
    await client.ask("POST", f"{place.url}/taken", 2, data=b"x" * 3_000_000)
    assert [len(body) for _, body, _ in place.came] == [3_000_000]


async def test_nobody_is_followed_to_another_address(place: Place, client: Client) -> None:
    assert (await client.ask("POST", f"{place.url}/elsewhere", 2, data=b"words")).status == 307
    assert [path for path, _, _ in place.came] == ["/elsewhere"]


async def test_cookies_are_not_kept(place: Place, client: Client) -> None:
    for _ in range(2):
        await client.ask("GET", f"{place.url}/cookie", 2)
    assert [cookies for _, _, cookies in place.came] == ["", ""]


async def test_an_answer_larger_than_any_is_none(place: Place) -> None:
    client = Client(2.0, largest=2000)
    with pytest.raises(NoAnswer):
        await client.ask("GET", f"{place.url}/large", 2)
    await client.close()


@pytest.mark.parametrize(
    ("address", "error"),
    [("/gone?key=" + SECRET, NoAnswer), ("http://127.0.0.1:9/" + SECRET, NotSent), ("http:///" + SECRET, NotSent), (SECRET, NotSent)],
)
async def test_no_error_holds_the_address(place: Place, client: Client, address: str, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        await client.ask("POST", place.url + address if address.startswith("/") else address, 2, data=b"")
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is raised.value.__context__ is None


async def test_what_is_closed_sends_nothing_until_it_is_open_again(place: Place, client: Client) -> None:
    await client.close()
    with pytest.raises(NotSent):
        await client.ask("GET", f"{place.url}/taken", 2)
    client.open()
    assert (await client.ask("GET", f"{place.url}/taken", 2)).body == b"ok"


@pytest.mark.parametrize(
    ("status", "own", "expected"),
    [
        (200, True, Fate.ANSWERED),
        (400, True, Fate.ANSWERED),
        (500, True, Fate.ANSWERED),
        (200, False, Fate.UNSURE),
        (302, True, Fate.NOT_TAKEN),
        (403, False, Fate.NOT_TAKEN),
        (404, False, Fate.NOT_TAKEN),
        (500, False, Fate.UNSURE),
        (502, False, Fate.UNSURE),
        (503, False, Fate.NOT_TAKEN),
        (504, False, Fate.UNSURE),
    ],
)
def test_a_status_means_one_thing(status: int, own: bool, expected: Fate) -> None:
    assert fate(status, own=own) is expected
