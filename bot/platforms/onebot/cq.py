"""Messages as CQ strings, `[CQ:at,qq=10001] 报到`: read into the segments that an array would have held."""

from bot.platforms.json_fields import Json

LONGEST = 100_000
"""Characters of a string that is read; no person types more, and pictures stand in it as addresses."""
MOST = 500
"""Segments of a message that are read."""


class TooLong(ValueError):
    """A message that nobody typed."""


def segments(raw: str) -> list[Json]:
    """The segments of a string. Raises `TooLong`. A bracket that opens nothing is text."""
    if len(raw) > LONGEST:
        raise TooLong
    found: list[Json] = []
    at = 0
    while (start := raw.find("[CQ:", at)) >= 0 and (end := raw.find("]", start)) >= 0:
        if start > at:
            found.append(_text(raw[at:start]))
        found.append(_code(raw[start + 4 : end]))
        at = end + 1
        if len(found) > MOST:
            raise TooLong
    if at < len(raw):
        found.append(_text(raw[at:]))
    return found


def _text(raw: str) -> Json:
    return {"type": "text", "data": {"text": unescaped(raw)}}


def _code(inside: str) -> Json:
    kind, *parameters = inside.split(",")
    named = (each.partition("=") for each in parameters)
    return {"type": kind.strip(), "data": {name.strip(): unescaped(value) for name, _, value in named}}


def unescaped(raw: str) -> str:
    """A text without its escapes; `&amp;` comes last, so that what a person typed as `&#91;` stays that."""
    return raw.replace("&#91;", "[").replace("&#93;", "]").replace("&#44;", ",").replace("&amp;", "&")
