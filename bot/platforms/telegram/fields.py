"""Single fields of Telegram's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.messages import Location
from bot.platforms.typed import typed

Json = Mapping[str, object]

_BIGGEST = 2**63


def mapping(value: object) -> Json:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[object]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def number(value: object) -> int | None:
    """A whole number of 64 bits."""
    return value if type(value) is int and -_BIGGEST <= value < _BIGGEST else None


def words(value: object) -> str:
    """A string that can be stored, or an empty one."""
    return typed(value)


def moment(value: object, clock: Callable[[], datetime]) -> datetime:
    """Unix seconds in UTC; the present moment where there are none."""
    seconds = number(value)
    if not seconds:
        return clock()
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return clock()


def location(value: object) -> Location | None:
    """A point on the earth."""
    card = mapping(value)
    latitude, longitude = _degrees(card.get("latitude"), 90), _degrees(card.get("longitude"), 180)
    return None if latitude is None or longitude is None else Location(latitude, longitude)


def _degrees(value: object, most: int) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        return None
    return float(value)


def full_name(user: Json) -> str:
    """First and last name as Telegram shows them."""
    return f"{words(user.get('first_name'))} {words(user.get('last_name'))}".strip()
