"""docs/platforms.md: what each platform can do, as its own code says."""

from pathlib import Path

from bot.messages import ChatKind
from bot.operations import docs, platform_table

ROOT = Path(__file__).parent.parent.parent


def test_every_capability_has_words_and_a_fall_back() -> None:
    assert platform_table.missing() == set()
    assert all(said and instead for said, instead in platform_table.WHERE_NOT.values())


def test_the_table_says_of_every_platform_what_its_code_says() -> None:
    head, _, *rows = platform_table.table().splitlines()
    columns = [each.strip() for each in head.split("|")[2:-2]]
    platforms = platform_table.samples()
    assert [each.split()[0] for each in columns] == [each.name for each in platforms]
    assert {"browser", "telegram"} <= {each.name for each in platforms}
    edit = next(row for row in rows if "change its own message" in row)
    for cell, platform in zip(edit.split("|")[2:-2], platforms, strict=True):
        everywhere = all(platform.capabilities(kind).edit for kind in ChatKind)
        assert (cell.strip() == "yes") is everywhere


def test_the_document_is_in_step_with_the_code() -> None:
    assert docs.outdated(ROOT, write=False) == []
