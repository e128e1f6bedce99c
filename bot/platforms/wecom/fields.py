"""Single fields of WeCom's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from bot.platforms.typed import typed

Json = Mapping[str, object]

LARGEST = 1024 * 1024
"""Bytes of a frame that is still read; WeCom's have a few hundred."""
_BIGGEST = 2**63
_LONGEST_ID = 64


def frame(data: object) -> Json | None:
    """A frame of the long connection, None for what is none: too large, no JSON, nested too deep."""
    raw = data.encode() if isinstance(data, str) else data
    if not isinstance(raw, bytes) or len(raw) > LARGEST:
        return None
    try:
        value = json.loads(raw, strict=False)  # WeCom's own client takes bare control signs out before it reads a frame, so they occur
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


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


def name(value: object) -> str:
    """An id as WeCom gave it, to be sent back as it is; empty for what cannot be one."""
    found = typed(value)
    return found if len(found) <= 2 * _LONGEST_ID else ""


def short(value: str) -> str:
    """An id that fits into an event's key: itself, or its digest where it is long."""
    return value if len(value) <= _LONGEST_ID else sha256(value.encode()).hexdigest()


def moment(value: object, clock: Callable[[], datetime]) -> datetime:
    """Unix seconds in UTC; the present moment where there are none."""
    seconds = number(value)
    if not seconds:
        return clock()
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return clock()
