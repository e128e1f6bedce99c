"""What is meant does not hang on script, width, spacing, faces and courtesies: over every file of examples."""

from pathlib import Path

import pytest

from bot import clock
from bot.language.understanding import NONE, understand
from bot.operations import understanding
from tests.language import variations

AT = clock.parsed("2026-03-10T09:00")
EXAMPLES = [each for path in sorted(Path(__file__).parent.joinpath("utterances").glob("*.tsv")) for each in understanding.read(path, AT)]
MANY = 70
"""Rows on which each way is tried, other ones than the next, so that together they go over many."""
ALMOST = 0.97


def _differ(name: str, way: variations.Way, start: int) -> tuple[int, list[str], list[str]]:
    """How many were tried, which were understood otherwise, and on which something was done that means nothing."""
    vary, fits = way
    tried, other, acted = 0, [], []
    for each in EXAMPLES[start :: max(1, len(EXAMPLES) // MANY)]:
        if not fits(each.text):
            continue
        meant, found = understand(each.text, each.setting), understand(vary(each.text), each.setting)
        tried += 1
        if (meant.intent, variations.plain(meant.slots)) != (found.intent, variations.plain(found.slots)):
            other.append(f"{name}: {vary(each.text)}: {meant.intent} {meant.slots}, but {found.intent} {found.slots}")
            acted += other[-1:] if meant.intent == NONE else []
    return tried, other, acted


@pytest.mark.parametrize("name", variations.WAYS)
def test_the_same_is_meant_however_it_is_typed(name: str) -> None:
    tried, other, acted = _differ(name, variations.WAYS[name], list(variations.WAYS).index(name))
    assert tried > 10
    assert len(other) <= (1 - ALMOST) * tried, "\n".join(other)
    assert len(acted) <= 1, "\n".join(acted)
