"""What people type, by files of examples: everything is understood exactly but a few, and nothing is done on what is no request."""

from pathlib import Path

import pytest

from bot import clock
from bot.operations import understanding

AT = clock.parsed("2026-03-10T09:00")
FILES = sorted(Path(__file__).parent.joinpath("utterances").glob("*.tsv"))
LEAST = 0.97


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_are_understood(path: Path) -> None:
    scored = understanding.score(understanding.read(path, AT), understanding.meant)
    assert scored.share >= LEAST, "\n".join(understanding.failures(scored))
    assert scored.acted == 0, "\n".join(understanding.failures(scored))
