"""Single fields of QQ's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from bot.platforms.typed import typed

Json = Mapping[str, object]

LONGEST_ID = 300
"""Signs of an id that are taken in; QQ's have at most some 150."""
STORED = 80
_BIGGEST = 2**53


def mapping(value: object) -> Json:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[object]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def number(value: object) -> int | None:
    """A whole number, which QQ sometimes writes as a string."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 15:
        return int(value)
    return value if type(value) is int and -_BIGGEST < value < _BIGGEST else None


def words(value: object) -> str:
    """A string that can be stored, or an empty one."""
    return typed(value)


def name(value: object) -> str:
    """An id: a string of printable ASCII, or an empty one."""
    return value if isinstance(value, str) and len(value) <= LONGEST_ID and value.isascii() and value.isprintable() else ""


def moment(value: object) -> datetime | None:
    """ISO 8601 with a zone, or Unix seconds; None for anything else."""
    seconds = number(value)
    try:
        if seconds is not None:
            return datetime.fromtimestamp(seconds, UTC)
        at = datetime.fromisoformat(value) if isinstance(value, str) and len(value) < 40 else None
        return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
    except (OverflowError, ValueError, OSError):
        return None


def short(message_id: str) -> str:
    """An id as the outbox keeps it: digested where it is longer than fits there."""
    return message_id if len(message_id) <= STORED else sha256(message_id.encode()).hexdigest()
