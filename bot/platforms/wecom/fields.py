"""Single fields of WeCom's JSON, read without trust: what is missing or of the wrong shape reads as nothing."""

from hashlib import sha256

from bot.platforms.json_fields import Json, parsed, words

LARGEST = 1024 * 1024
"""Bytes of a frame that is still read; WeCom's have a few hundred."""
_LONGEST_ID = 64


def frame(data: object) -> Json | None:
    """A frame of the long connection, None for what is none: too large, no JSON, nested too deep."""
    raw = data.encode() if isinstance(data, str) else data
    if not isinstance(raw, bytes) or len(raw) > LARGEST:
        return None
    try:
        value = parsed(raw, strict=False)  # WeCom's own client takes bare control signs out before it reads a frame, so they occur
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def name(value: object) -> str:
    """An id as WeCom gave it, to be sent back as it is; empty for what cannot be one."""
    found = words(value)
    return found if len(found) <= 2 * _LONGEST_ID else ""


def short(value: str) -> str:
    """An id that fits into an event's key: itself, or its digest where it is long."""
    return value if len(value) <= _LONGEST_ID else sha256(value.encode()).hexdigest()
