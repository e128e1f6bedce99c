"""How wide the columns of a table become, in whatever unit the drawing has."""

from collections.abc import Sequence


def fitted(wished: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Widths that fill `room`: the wishes enlarged, or reduced towards `least` and no further, though they then need more room."""
    if sum(wished) <= room:
        return [wish * room / sum(wished) for wish in wished]
    share = max(0.0, room - sum(least)) / (sum(wished) - sum(least)) if sum(least) < sum(wished) else 0.0
    return [small + share * (wish - small) for wish, small in zip(wished, least, strict=True)]
