"""The number of an announcement, as people write it before other words: N3, 第3号, 3."""

from bot.patterns import Pattern

_SAID = Pattern(
    r"\s*(?:公告\s?)?(?:(?:[nNｎＮ]|[nN]o\.?|[#＃]|第)\s?(?P<named>\d{1,6})(?:号|条)?|(?P<bare>\d{1,6})(?:号(?:公告)?|(?=[\s,，:：、.。;；!！?？]|$)))"
    r"[\s,，:：、]*"
)


def leading(text: str) -> tuple[int, str] | None:
    """The number a text begins with and the rest of it; None if it begins with none."""
    said = _SAID.match(text)
    return (int(said["named"] or said["bare"]), text[said.end() :]) if said else None
