"""Single fields of a platform's JSON, read without trust: what is missing or of the wrong shape reads as nothing.

What only one platform writes so stands in the `fields` of its own.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.platforms.typed import typed

Json = Mapping[str, object]

_BIGGEST = 2**63
_DIGITS = 20


def parsed(payload: str | bytes, *, strict: bool = True) -> object:
    """JSON of any kind; unless `strict`, with bare control signs in its texts.

    Raises `ValueError` for what is none, is no UTF-8, or is nested deeper than anybody means.
    """
    try:
        value: object = json.loads(payload, strict=strict)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def read_object(payload: str | bytes) -> Json:
    """The object that a body holds, or an empty one."""
    try:
        return mapping(parsed(payload))
    except ValueError:
        return {}


def mapping(value: object) -> Json:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[object]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def number(value: object) -> int | None:
    """A whole number of 64 bits."""
    return value if type(value) is int and -_BIGGEST <= value < _BIGGEST else None


def numeral(value: object) -> int | None:
    """The same, perhaps written as a text."""
    if isinstance(value, str) and 0 < len(value) <= _DIGITS and value.isascii() and value.removeprefix("-").isdecimal():
        value = int(value)
    return number(value)


def words(value: object) -> str:
    """A string that can be stored, or an empty one."""
    return typed(value)


def at(seconds: int) -> datetime | None:
    """Unix seconds in UTC; None where they are of no year."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def moment(value: object, clock: Callable[[], datetime]) -> datetime:
    """Unix seconds in UTC; the present moment where there are none."""
    seconds = number(value)
    return (at(seconds) if seconds else None) or clock()


def degrees(value: object, most: int) -> float | None:
    """A latitude or a longitude of at most so many degrees to either side."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        return None
    return float(value)
