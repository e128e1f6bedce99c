"""Single fields of OneBot's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.messages import Location
from bot.platforms.typed import typed

Json = Mapping[str, object]

_BIGGEST = 2**63
_DIGITS = 20
_MILLISECONDS = 10**11
"""From then on a moment is in milliseconds, as some implementations tell it; in seconds it would be the year 5138."""
LONGEST_ID = 64
"""Characters of a message's id."""
LONGEST_FLAG = 512
"""Characters of what the answer to a request needs."""


def parsed(payload: str | bytes) -> object:
    """JSON of any kind. Raises `ValueError` for what is none, is no UTF-8, or is nested deeper than anybody means."""
    try:
        value: object = json.loads(payload)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def mapping(value: object) -> Json:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[object]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def number(value: object) -> int | None:
    """A whole number of 64 bits, perhaps written as a text."""
    if isinstance(value, str) and 0 < len(value) <= _DIGITS and value.isascii() and value.removeprefix("-").isdecimal():
        value = int(value)
    return value if type(value) is int and -_BIGGEST <= value < _BIGGEST else None


def ident(value: object) -> str:
    """The number of a person or a group; empty for anything else. Implementations write it as a number or as a text."""
    found = number(value)
    return str(found) if found is not None and found > 0 else ""


def message_ident(value: object) -> str:
    """The id of a message: a number, which may be negative, or a short text."""
    found = number(value)
    return str(found) if found is not None else words(value)[:LONGEST_ID].strip()


def flag(value: object) -> str:
    """What the answer to a request needs; a text, or a number."""
    found = str(value) if type(value) is int else words(value)
    return found if len(found) <= LONGEST_FLAG else ""


def words(value: object) -> str:
    """A string that can be stored, or an empty one."""
    return typed(value)


def seconds(value: object) -> int:
    """Unix seconds; 0 where there are none."""
    found = number(value) or 0
    return found // 1000 if found >= _MILLISECONDS else found


def moment(value: object, clock: Callable[[], datetime]) -> datetime:
    """Unix seconds in UTC; the present moment where there are none."""
    since = seconds(value)
    if since <= 0:
        return clock()
    try:
        return datetime.fromtimestamp(since, UTC)
    except (OverflowError, ValueError, OSError):
        return clock()


def location(latitude: object, longitude: object) -> Location | None:
    """A point on the earth from two numbers or texts. Tencent's maps are off by up to half a kilometre, which no city minds."""
    north, east = _degrees(latitude, 90), _degrees(longitude, 180)
    return None if north is None or east is None else Location(north, east)


def _degrees(value: object, most: int) -> float | None:
    if isinstance(value, str) and len(value) <= _DIGITS:
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        return None
    return float(value)


def wire_id(value: str) -> int | str:
    """An id as OneBot takes it: a number where it is one."""
    found = number(value)
    return found if found is not None else value
