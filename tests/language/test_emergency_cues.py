"""The quick look for a danger: every way to say one has a character that is looked for."""

import re
from typing import Any

from bot.language import emergencies

PARSED: Any = re._parser  # type: ignore[attr-defined]


def _covered(tokens: Any) -> bool:
    """Whether whatever matches has one of the characters."""
    return any(_token_covered(str(kind), value) for kind, value in tokens)


def _token_covered(kind: str, value: Any) -> bool:
    if kind == "LITERAL":
        return chr(value) in emergencies._CUES
    if kind == "IN":
        return all(str(each) == "LITERAL" and chr(sign) in emergencies._CUES for each, sign in value)
    if kind == "BRANCH":
        return all(map(_covered, value[1]))
    if kind == "SUBPATTERN":
        return _covered(value[3])
    return kind in {"MAX_REPEAT", "MIN_REPEAT"} and value[0] > 0 and _covered(value[2])


def test_every_danger_has_one_of_the_characters_that_are_looked_for_first() -> None:
    tables = emergencies._SURE + emergencies._DOUBTFUL
    assert [pattern for _, pattern in tables if not _covered(PARSED.parse(pattern))] == []
    assert not _covered(PARSED.parse("你好|着火"))
    assert "，" not in emergencies._CUES
