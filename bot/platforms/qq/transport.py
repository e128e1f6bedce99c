"""The connection to QQ's servers, which says what became of a request and keeps secrets to itself."""

import json
from datetime import timedelta

from bot.platforms.http import Client, Fate, NoAnswer, NotSent, fate
from bot.platforms.json_fields import Json, mapping, numeral, parsed, words

_LONGEST_WAIT = 3600
_OUR_TOKEN = 401
"""Said of the token, even without a word."""


class Failure(Exception):
    """A call did not succeed. Its words hold no secret."""


class NeverSent(Failure):
    """The request certainly did not leave this machine."""


class NotAnswered(Failure):
    """The request went out, and nothing usable came back."""


class Throttled(Failure):
    """QQ asks to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"too many requests, wait {wait.total_seconds():.0f} s")
        self.wait = wait


class BadCredentials(Failure):
    """QQ does not know this AppID, or not with this AppSecret."""


class Declined(Failure):
    """QQ answered that it does not do it. `code`: its own number for why, 0 for none."""

    def __init__(self, status: int, code: int, said: str = "") -> None:
        super().__init__(f"QQ says {code or status}{': ' if said else ''}{said[:80]}")
        self.status = status
        self.code = code


class Line:
    """Carries requests over connections that are kept. `connect_seconds`: how long a connection may take, beside the answer."""

    def __init__(self, connect_seconds: float, answer_seconds: float) -> None:
        self._answer_seconds = answer_seconds
        self._client = Client(connect_seconds, proxies=True)

    async def open(self) -> None:
        """Connections may be made; the first request makes one."""
        self._client.open()

    async def close(self) -> None:
        """Closes the connections; later requests are `NeverSent`."""
        await self._client.close()

    async def request(self, method: str, url: str, body: object = None, token: str = "", *, longer: float = 0.0) -> tuple[int, Json]:
        """The status and the object that came back, empty where there is none. `longer`: seconds more than usual.

        Raises `NeverSent`, `NotAnswered`, `Throttled`.
        """
        headers = {"Authorization": f"QQBot {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode() if body is not None else None
        try:
            came = await self._client.ask(method, url, self._answer_seconds + longer, data=data, headers=headers)
        except NotSent as error:
            raise NeverSent(str(error)) from None
        except NoAnswer as error:
            raise NotAnswered(str(error)) from None
        if came.status == 429:
            raise Throttled(timedelta(seconds=min(max(numeral(came.wait) or 0, 0) or 5, _LONGEST_WAIT)))
        return came.status, _object(came.status, came.body)


def _object(status: int, payload: bytes) -> Json:
    """The body. A success whose body is no object leaves open what was done. Raises `NeverSent`, `NotAnswered`."""
    try:
        value = parsed(payload) if payload.strip() else {}
    except ValueError:
        value = None
    answer = mapping(value)
    own = isinstance(value, dict) if 200 <= status < 300 else bool(answer) or status == _OUR_TOKEN
    match fate(status, own=own):
        case Fate.NOT_TAKEN:
            raise NeverSent(f"status {status}, and no answer of QQ's")
        case Fate.UNSURE:
            raise NotAnswered(f"status {status}, and no answer of QQ's")
        case Fate.ANSWERED:
            return answer


def code_of(answer: Json) -> int:
    """QQ's number for what is wrong, under the name of old or of new; 0 for nothing."""
    return numeral(answer.get("code")) or numeral(answer.get("err_code")) or numeral(answer.get("errcode")) or 0


def said(answer: Json) -> str:
    """What QQ says about it."""
    return words(answer.get("message"))
