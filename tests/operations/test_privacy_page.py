"""docs/privacy.md says what the code does."""

from pathlib import Path

from bot.operations import privacy_page
from bot.services.consents import PURPOSE_NAMES, Purpose
from storage.sealed_columns import SEALED

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


def test_the_page_names_every_purpose_and_every_sealed_column() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for purpose in Purpose:
        assert PURPOSE_NAMES[purpose].zh in page
    for name, sealed in SEALED.items():
        assert f"| `{name}` | " + ", ".join(f"`{each}`" for each in sealed.columns) in page


def test_its_tables_stand_between_their_markers() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, made in privacy_page.TABLES.items():
        assert f"<!-- {name} -->\n{made()}\n<!-- /{name} -->" in page
