"""What somebody typed as it comes over a wire, made fit to be stored and to be held against patterns: the edge of the house.

PostgreSQL takes no NUL in a text and neither database half a surrogate pair, which JSON lets through; and no person types more
than a message holds, so whatever is longer is cut where nothing would be read of it anyway.
"""

LONGEST = 5000
"""Characters of a text that are taken in. Telegram's longest is 4096, and the router refuses more than a thousand, never half-used."""


def typed(value: object) -> str:
    """A text without NUL and halves of surrogate pairs (they become question marks), at most `LONGEST`; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    return value[: 2 * LONGEST].replace("\0", "")[:LONGEST].encode("utf-8", "replace").decode()
