"""A call of an action and what may become of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.platforms.json_fields import Json, numeral, words

TOKEN = frozenset({1401, 1403})
"""Codes by which OneBot says that it does not take the token."""


class Failure(Exception):
    """A call brought no result."""


class NeverSent(Failure):
    """The call certainly did not go out."""


class NotAnswered(Failure):
    """It went out, and no answer came."""


class Failed(Failure):
    """OneBot says no. `said` are its words, which name no secret."""

    def __init__(self, retcode: int, said: str) -> None:
        super().__init__(f"retcode {retcode}: {said}")
        self.retcode = retcode
        self.said = said


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for an answer, for one to something large, without any sign of life, beyond two heartbeats, and between two looks."""

    answer: float = 20.0
    upload: float = 90.0
    silence: float = 90.0
    margin: float = 10.0
    status: float = 30.0


Call = Callable[[str, Json, float], Awaitable[object]]
"""Calls an action with its parameters, waiting so many seconds; answers its data. Raises a `Failure`."""


class Line(Protocol):
    """What carries calls to OneBot."""

    def is_open(self) -> bool:
        """Whether a call could go out now."""
        ...

    async def call(self, action: str, params: Json, wait: float) -> object:
        """The data of the answer. Raises a `Failure`."""
        ...


def result(answer: Json) -> object:
    """The data in an answer; what was taken but not waited for (`async`) has none. Raises `Failed`."""
    retcode = numeral(answer.get("retcode"))
    status = words(answer.get("status"))
    if status == "failed" or (status not in {"ok", "async"} and retcode not in {0, 1}) or (retcode or 0) not in {0, 1}:
        said = " ".join(dict.fromkeys(filter(None, (words(answer.get("message")), words(answer.get("wording"))))))
        raise Failed(retcode if retcode is not None else -1, said[:200])
    return answer.get("data")
