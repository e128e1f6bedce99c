"""Single fields of OneBot's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

from collections.abc import Callable
from datetime import datetime

from bot.messages import Location
from bot.platforms.json_fields import at, degrees, numeral, words

_DIGITS = 20
_MILLISECONDS = 10**11
"""From then on a moment is in milliseconds, as some implementations tell it; in seconds it would be the year 5138."""
LONGEST_ID = 64
"""Characters of a message's id."""
LONGEST_FLAG = 512
"""Characters of what the answer to a request needs."""


def ident(value: object) -> str:
    """The number of a person or a group; empty for anything else. Implementations write it as a number or as a text."""
    found = numeral(value)
    return str(found) if found is not None and found > 0 else ""


def message_ident(value: object) -> str:
    """The id of a message: a number, which may be negative, or a short text."""
    found = numeral(value)
    return str(found) if found is not None else words(value)[:LONGEST_ID].strip()


def flag(value: object) -> str:
    """What the answer to a request needs; a text, or a number."""
    found = str(value) if type(value) is int else words(value)
    return found if len(found) <= LONGEST_FLAG else ""


def seconds(value: object) -> int:
    """Unix seconds; 0 where there are none."""
    found = numeral(value) or 0
    return found // 1000 if found >= _MILLISECONDS else found


def moment(value: object, clock: Callable[[], datetime]) -> datetime:
    """Unix seconds in UTC; the present moment where there are none."""
    since = seconds(value)
    return (at(since) if since > 0 else None) or clock()


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
    return degrees(value, most)


def wire_id(value: str) -> int | str:
    """An id as OneBot takes it: a number where it is one."""
    found = numeral(value)
    return found if found is not None else value
