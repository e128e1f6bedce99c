"""The access token of a self-built app: fetched when it is needed, kept while it is good."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.platforms.json_fields import number, words
from bot.platforms.wecom.api import Http

_BEFORE = timedelta(minutes=1)
"""A token is renewed so long before its end."""
_USUAL = 7200


class Token:
    """One token for everybody who asks at once."""

    def __init__(self, http: Http, corp_id: str, secret: str, clock: Callable[[], datetime]) -> None:
        self._http = http
        self._corp_id = corp_id
        self._secret = secret
        self._clock = clock
        self._value = ""
        self._until: datetime | None = None
        self._fetching = asyncio.Lock()

    async def get(self, *, but: str = "") -> str:
        """A token that is good, and another one than `but`, which WeCom did not take. Raises as `Http`."""
        async with self._fetching:
            if self._value and self._value != but and self._until is not None and self._clock() < self._until:
                return self._value
            answer = await self._http.get("/cgi-bin/gettoken", {"corpid": self._corp_id, "corpsecret": self._secret})
            lives = number(answer.get("expires_in")) or _USUAL
            self._value = words(answer.get("access_token"))
            self._until = self._clock() + timedelta(seconds=min(max(lives, 0), _USUAL)) - _BEFORE
            return self._value
