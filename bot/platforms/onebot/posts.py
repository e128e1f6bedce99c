"""Calling actions by HTTP, each a request of its own."""

import json

from bot.platforms.http import Client, Fate, NoAnswer, NotSent, fate
from bot.platforms.json_fields import Json, read_object
from bot.platforms.onebot.calls import Failed, NeverSent, NotAnswered, result
from bot.platforms.onebot.wire import LARGEST

_CONNECT = 10.0
_SAID_BY_STATUS = {401: (1401, "the token is missing"), 403: (1403, "the token is not taken"), 404: (1404, "the action is not known")}
"""OneBot 11 lets an implementation say so without a body. A portal or a proxy that says it sends a page."""


class HttpLine:
    """The HTTP API of one account. Errors never hold the token."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._client = Client(_CONNECT, largest=LARGEST)

    def is_open(self) -> bool:
        """Every call is a request of its own."""
        return self._client.is_open()

    def open(self) -> None:
        """Makes calls possible, again after `close`."""
        self._client.open()

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._client.close()

    async def call(self, action: str, params: Json, wait: float) -> object:
        """The data of the answer. Raises a `Failure`."""
        body = json.dumps(params, ensure_ascii=False).encode()
        try:
            came = await self._client.ask("POST", f"{self._url}/{action}", wait, data=body, headers=self._headers)
        except NotSent as error:
            raise NeverSent(str(error)) from None
        except NoAnswer as error:
            raise NotAnswered(str(error)) from None
        answer = read_object(came.body)
        if not came.body.strip() and came.status in _SAID_BY_STATUS:
            raise Failed(*_SAID_BY_STATUS[came.status])
        match fate(came.status, own="retcode" in answer or "status" in answer):
            case Fate.NOT_TAKEN:
                raise NeverSent(f"status {came.status}, and no answer of OneBot's")
            case Fate.UNSURE:
                raise NotAnswered(f"status {came.status}, and no answer of OneBot's")
            case Fate.ANSWERED:
                return result(answer)
