"""What the tests of QQ's official API begin with: an open platform of ours, a bot on it, somebody and a group."""

from collections.abc import AsyncIterator

import pytest

from tests.qq_server import Group, Person, QQServer
from tests.qq_server.listener import Listener, Moment, listening


@pytest.fixture
def time() -> Moment:
    """The time, in the test's hands."""
    return Moment()


@pytest.fixture
async def server(time: Moment) -> AsyncIterator[QQServer]:
    """The open platform."""
    async with QQServer(time) as running:
        yield running


@pytest.fixture
async def bot(server: QQServer, time: Moment) -> AsyncIterator[Listener]:
    """A bot on it."""
    async with listening(server, time) as listener:
        yield listener


@pytest.fixture
async def hasty(server: QQServer, time: Moment) -> AsyncIterator[Listener]:
    """A bot that waits a fifth of a second for an answer."""
    async with listening(server, time, answer_seconds=0.2) as listener:
        yield listener


@pytest.fixture
def person(server: QQServer) -> Person:
    """Somebody on QQ."""
    return server.person("李小山")


@pytest.fixture
def group(server: QQServer) -> Group:
    """A group on QQ."""
    return server.group("红旗村支部群")
