"""The access token: fetched with the AppSecret, kept until it is nearly over."""

import asyncio
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.platforms.json_fields import numeral, words
from bot.platforms.qq.transport import BadCredentials, Declined, Failure, Line, NeverSent, NotAnswered, Throttled, code_of, said

_LAST = timedelta(seconds=60)
"""In this time before the end QQ gives a new token, and still takes the old one."""
_UNKNOWN = frozenset({100007, 100016, 10004, 11251})
_TOO_OFTEN = 100001


NOT_TAKEN = "QQ does not take [qq] app_id with this AppSecret; copy both again from q.qq.com."


class Tokens:
    """The token of one bot. One request for a new one at a time."""

    def __init__(self, line: Line, url: str, app_id: str, secret: str, clock: Clock) -> None:
        self._line = line
        self._url = url
        self._app_id = app_id
        self._secret = secret
        self._clock = clock
        self._value = ""
        self._renew_at = self._ends = clock()
        self._turn = asyncio.Lock()
        self.rejected = False
        """Whether QQ said, when it was asked last, that it does not know this AppID with this AppSecret."""

    async def get(self) -> str:
        """A token that is good now. Raises a `Failure`."""
        async with self._turn:
            now = self._clock()
            if self._value and now < self._renew_at:
                return self._value
            try:
                await self._fetch(now)
            except BadCredentials:
                raise
            except Failure:
                if not self._value or now >= self._ends:
                    raise
            return self._value

    async def renew(self, rejected: str) -> str:
        """Another token than the one that QQ did not take; whoever comes second gets what the first one fetched. Raises a `Failure`."""
        async with self._turn:
            if self._value == rejected:
                self._value = ""
                await self._fetch(self._clock())
            return self._value

    async def _fetch(self, now: datetime) -> None:
        try:
            status, answer = await self._line.request("POST", self._url, {"appId": self._app_id, "clientSecret": self._secret})
        except NotAnswered as error:  # whatever needed the token was not sent
            raise NeverSent(f"no access token: {error}") from None
        token, seconds, code = words(answer.get("access_token")), numeral(answer.get("expires_in")), code_of(answer)
        if token and token.isascii() and token.isprintable() and seconds and status < 300:
            span = timedelta(seconds=seconds)
            self._value, self._ends, self._renew_at = token, now + span, now + max(span - _LAST, span / 2)
            self.rejected = False
            return
        if code in _UNKNOWN or status in {401, 403}:
            self.rejected = True
            raise BadCredentials("QQ does not take the AppID with this AppSecret")
        if code == _TOO_OFTEN:
            raise Throttled(timedelta(seconds=30))
        raise NeverSent(f"no access token: {Declined(status, code, said(answer))}")
