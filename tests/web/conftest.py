"""The branch's pages, served on the loopback, and a browser's session without a browser."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar

from bot.app import App
from bot.services import deployment
from tests.dialogue import Dialogue


@pytest.fixture
async def served(chat: Dialogue) -> App:
    """A real deployment that knows its address."""
    await chat.app._serve()
    await chat.run(deployment.note_address, chat.app.address)
    return chat.app


@pytest.fixture
async def visitor() -> AsyncIterator[ClientSession]:
    """Somebody's cookies."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as opened:
        yield opened
