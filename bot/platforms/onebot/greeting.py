"""Asking a OneBot, once it is there, what it is and what its groups are called."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from bot.platforms.json_fields import Json, listing, mapping, words
from bot.platforms.onebot.calls import TOKEN, Failed, Failure, Line, NeverSent, NotAnswered
from bot.platforms.onebot.fields import ident
from bot.platforms.onebot.forward import NO_TOKEN, Backoff
from bot.platforms.onebot.places import Place, place, written
from bot.platforms.onebot.standing import Standing

_MARKING = ("napcat", "llonebot", "luckylillia", "llbot")
"""Implementations that put marks under messages."""
_TITLES = 5000
_PLACES = 500
"""Groups of which it is asked what the bot may do there; who has more goes without, since QQ would be asked for each."""
_MISSED = 2
"""Answers in a row that do not come before nobody is there any more."""
ASK = 3.0
"""Seconds that a question may take on which something else waits."""


class Greeting:
    """What is known of the far side of one account."""

    def __init__(self, account: str, line: Line, standing: Standing, note_places: Callable[[str], None], *, wait: float) -> None:
        self._account = account
        self._line = line
        self._note_places = note_places
        self._places: dict[str, Place] = {}
        self._asks = True
        """Whether there are few enough groups to ask of each."""
        self._standing = standing
        self._wait = wait
        self.done = False
        """Until then it is not known what the far side can do."""
        self.marks = False
        """Whether it puts marks under messages."""
        self.titles: dict[str, str] = {}
        """Names of groups by their number."""

    async def keep_asking(self, every: float) -> None:
        """Asks every so many seconds whether the account is on QQ; whether anybody is there the socket itself tells."""
        while True:
            await asyncio.sleep(every)
            if self.done and self._line.is_open():
                with suppress(Failure):
                    await self._status()
            self._standing.again()

    async def keep_calling(self, every: float, backoff: Backoff) -> None:
        """By HTTP nobody comes by: asks until somebody is there, and then every so many seconds whether they still are."""
        while True:
            await self._until_answered(backoff)
            backoff.over()
            missed = 0
            while missed < _MISSED:
                await asyncio.sleep(every)
                missed = 0 if await self._is_there() else missed + 1
                if not missed:
                    self._standing.again()
            self.done = False
            self._standing.lost("OneBot answers no more; see that it runs, and [onebot] urls")

    async def _until_answered(self, backoff: Backoff) -> None:
        while True:
            try:
                return await self.ask(insist=True)
            except Failed:
                self._standing.lost(NO_TOKEN)
            except (NeverSent, NotAnswered) as error:
                self._standing.lost(f"OneBot cannot be reached ({error}); see that it runs, and [onebot] urls")
            await asyncio.sleep(backoff.wait())

    async def _is_there(self) -> bool:
        """Whether somebody answers who takes the token, be it to say that the question is not known."""
        try:
            await self._status()
        except Failed as error:
            return error.retcode not in TOKEN
        except Failure:
            return False
        return True

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
        """Asks what the groups are called and what the bot may do in them."""
        with suppress(Failure):
            listed = list(map(mapping, listing(await self._line.call("get_group_list", {}, self._wait))[:_TITLES]))
            for each in listed:
                number, title = ident(each.get("group_id")), words(each.get("group_name"))
                if number and title:
                    self.titles[number] = title
            self._asks = len(listed) <= _PLACES
            found = [(ident(each.get("group_id")), each) for each in listed if self._asks]
            self._places = {number: seen for number, group in found if number and (seen := await self._place(number, group)) is not None}
            self._note_places(written(self._places))

    async def look_at(self, group: str) -> None:
        """Something changed about what the bot may do in a group: asks again. Where nobody answers it stays as it was."""
        if not self._asks:
            return
        with suppress(Failure):
            try:
                told = mapping(await self._line.call("get_group_info", {"group_id": int(group)}, ASK))
            except Failed:
                told = {}
            found = await self._place(group, told, anew=True)
            if found is not None:
                self._places[group] = found
            else:
                self._places.pop(group, None)
            self._note_places(written(self._places))

    async def _place(self, group: str, told: Json, *, anew: bool = False) -> Place | None:
        """What the bot may do in a group; None where OneBot does not say. Raises a `Failure` where nobody answers."""
        asked = {"group_id": int(group), "user_id": int(self._account), "no_cache": anew}
        try:
            return place(mapping(await self._line.call("get_group_member_info", asked, ASK)), told)
        except Failed:
            return None
