"""The place that a sentence names, as slots."""

from typing import Any

from bot.language import appeals
from bot.language.gazetteer import Level, place


def slots(words: str) -> dict[str, Any]:
    """City, province and, where said, district of the one place that a sentence names; {} for none."""
    found = appeals.city(words)
    if found is None:
        return {}
    named: dict[str, Any] = {"city": place(found.city_code).name, "province": place(found.province_code).name}
    return named | ({"district": found.name} if found.level is Level.DISTRICT else {})
