"""The contract suite's fixtures: each case is played on each platform, and every one ends with a look for secrets."""

import logging
import traceback
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import structlog

from bot.messages import Capabilities, ChatKind, Incoming, Outgoing, Parcel
from bot.platforms.base import SendError
from bot.texts import Language, Text
from storage.keys import ChatKey
from tests.platforms.sides import MEMBERS_WORDS, SIDES, Side


class Play:
    """A case under way on one platform: what is sent is written down, errors as a log would show them."""

    def __init__(self, side: Side, said: list[tuple[str, object]], logged: list[str]) -> None:
        self.side = side
        self.logged = logged
        self.errors: list[str] = []
        self._said = said
        self._count = 0

    def can(self, *, group: bool = False) -> Capabilities:
        """What the platform says that a chat can do."""
        return self.side.platform.capabilities(ChatKind.GROUP if group else ChatKind.PRIVATE)

    async def sends(
        self, text: str | Text = "", *, group: bool = False, chat: ChatKey | None = None, edit: str | None = None, **content: Any
    ) -> str:
        """The bot says something. Raises a `SendError`, whose words are kept for the look in the end."""
        self._count += 1
        kind = ChatKind.GROUP if group else ChatKind.PRIVATE
        said = Outgoing(text if isinstance(text, Text) else Text.plain(text), **content)
        parcel = Parcel(chat or self.side.key(group=group), kind, said, Language.ZH, edit, key=f"k{self._count}")
        try:
            return await self.side.platform.send(parcel)
        except SendError as error:
            self.errors.append("".join(traceback.format_exception(error)) + repr(error) + str(error))
            raise

    async def hears(self, text: str = "还在吗", *, group: bool = False, **more: Any) -> Incoming:
        """The person says something to the bot, and that is what was taken last."""
        await self.side.says(f"@支部 {text}" if group else text, group=group, **more)
        taken = self.side.inbox.taken[-1]
        assert taken.text == text
        return taken

    def instead(self, words: str) -> None:
        """The platform cannot do it: what holds instead, as it stands in the table."""
        self._said.append(("fall-back", words))

    def absent(self, words: str) -> None:
        """There is nothing of the kind on this platform, and why."""
        self._said.append(("absent", words))


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Everything that any logger of ours writes at any level, with the tracebacks."""
    lines: list[str] = []

    def keep(_: object, method: str, event: dict[str, Any]) -> dict[str, Any]:
        lines.append(f"{method} {structlog.processors.format_exc_info(None, method, event)}")
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[keep], wrapper_class=structlog.make_filtering_bound_logger(0))
    with caplog.at_level(logging.DEBUG):
        yield lines
    structlog.configure(**before)


@pytest.fixture(params=SIDES)
async def play(request: pytest.FixtureRequest, logged: list[str], caplog: pytest.LogCaptureFixture) -> AsyncIterator[Play]:
    """A case on one platform after the other."""
    async with SIDES[request.param](request) as side:
        playing = Play(side, request.node.user_properties, logged)
        yield playing
    written = "\n".join([*logged, caplog.text, *playing.errors])
    assert not [secret for secret in side.secrets if secret in written]
    assert MEMBERS_WORDS not in written
