"""Single fields of QQ's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

from datetime import UTC, datetime
from hashlib import sha256

from bot.platforms.json_fields import at, numeral

LONGEST_ID = 300
"""Signs of an id that are taken in; QQ's have at most some 150."""
STORED = 80


def name(value: object) -> str:
    """An id: a string of printable ASCII, or an empty one."""
    return value if isinstance(value, str) and len(value) <= LONGEST_ID and value.isascii() and value.isprintable() else ""


def moment(value: object) -> datetime | None:
    """ISO 8601 with a zone, or Unix seconds; None for anything else."""
    if (seconds := numeral(value)) is not None:
        return at(seconds)
    try:
        told = datetime.fromisoformat(value) if isinstance(value, str) and len(value) < 40 else None
        return told.astimezone(UTC) if told is not None and told.tzinfo is not None else None
    except (OverflowError, ValueError, OSError):
        return None


def short(message_id: str) -> str:
    """An id as the outbox keeps it: digested where it is longer than fits there."""
    return message_id if len(message_id) <= STORED else sha256(message_id.encode()).hexdigest()
