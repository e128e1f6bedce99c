"""Being abroad: 我在东京. No place is kept of it; what helps is the time zone."""

import re

from bot.language import places, zones
from bot.language.normalise import clean
from bot.patterns import Pattern

_LONGEST = 40
_SAID = Pattern(
    r"(?:我|俺|本人)?(?:现在|目前|人)?(?:在|到了?|来|搬到)(?P<zh>[^\W\d_]{1,8}?)(?:了|啦|工作|上班|打工|这边)*[。.!！]?"
    r"|i(?:'m|’m| am)(?: now)? in (?P<en>[a-z .]{2,25}?)(?: now)?[.!]?",
    re.IGNORECASE,
)


def abroad(text: str) -> str | None:
    """The city or country abroad that a sentence says the speaker is in; None for anything else."""
    said = clean(text)
    told = _SAID.fullmatch(said) if len(said) <= _LONGEST else None
    if told is None:
        return None
    name = (told["zh"] or told["en"]).strip()
    zone = zones.zone(name)
    return name if zone is not None and zone != zones.BEIJING and not places.find(name) else None
