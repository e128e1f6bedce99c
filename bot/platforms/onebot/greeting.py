"""Asking a OneBot, once it is there, what it is and what its groups are called."""

import asyncio
from contextlib import suppress

from bot.platforms.json_fields import listing, mapping, words
from bot.platforms.onebot.calls import TOKEN, Failed, Failure, Line, NeverSent, NotAnswered
from bot.platforms.onebot.fields import ident
from bot.platforms.onebot.forward import NO_TOKEN, Backoff
from bot.platforms.onebot.standing import Standing

_MARKING = ("napcat", "llonebot", "luckylillia", "llbot")
"""Implementations that put marks under messages."""
_TITLES = 5000
ASK = 3.0
"""Seconds that a question may take on which something else waits."""


class Greeting:
    """What is known of the far side of one account."""

    def __init__(self, line: Line, standing: Standing, *, wait: float) -> None:
        self._line = line
        self._standing = standing
        self._wait = wait
        self.done = False
        """Until then it is not known what the far side can do."""
        self.marks = False
        """Whether it puts marks under messages."""
        self.titles: dict[str, str] = {}
        """Names of groups by their number."""

    async def until_answered(self, backoff: Backoff) -> None:
        """Asks until somebody is there: by HTTP nobody comes by to say so."""
        while True:
            try:
                return await self.ask(insist=True)
            except Failed:
                self._standing.lost(NO_TOKEN)
            except (NeverSent, NotAnswered) as error:
                self._standing.lost(f"OneBot cannot be reached ({error}); see that it runs, and [onebot] urls")
            await asyncio.sleep(backoff.wait())

    async def ask(self, *, insist: bool = False) -> None:
        """Asks; who cannot tell does without. Raises a `Failure` only where it `insist`s and nobody is there, or the token is wrong."""
        self.done = False
        told: tuple[str, ...] = ()
        try:
            version = mapping(await self._line.call("get_version_info", {}, ASK))
            told = (words(version.get("app_name"))[:40], words(version.get("app_version"))[:40])
        except Failure as error:
            if insist and (not isinstance(error, Failed) or error.retcode in TOKEN):
                raise
        self._standing.version = " ".join(filter(None, told))
        with suppress(Failure):
            await self._status()
        self.marks = any(each in self._standing.version.casefold() for each in _MARKING)
        self.done = True
        if self._line.is_open():
            self._standing.connected()
        await self._groups()

    async def _status(self) -> None:
        """Asks whether the account is on QQ: without heartbeats nothing else tells it. Raises a `Failure`."""
        online = mapping(await self._line.call("get_status", {}, ASK)).get("online")
        if isinstance(online, bool):
            self._standing.account(online=online)

    async def _groups(self) -> None:
        """Asks what the groups are called."""
        with suppress(Failure):
            for each in listing(await self._line.call("get_group_list", {}, self._wait))[:_TITLES]:
                number, title = ident(mapping(each).get("group_id")), words(mapping(each).get("group_name"))
                if number and title:
                    self.titles[number] = title
