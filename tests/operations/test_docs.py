"""`zhibu docs`: what is generated from the code."""

import tomllib
from pathlib import Path

from pydantic import SecretStr

from bot import discovery
from bot.config import Settings
from bot.operations import docs
from tests.operations.conftest import Zhibu


def test_the_documents_are_written_between_the_markers_and_then_in_step(zhibu: Zhibu, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# Zhibu\n\n{docs.BEGIN}\nout of date\n{docs.END}\n\nThe rest.\n", encoding="utf-8")
    stale = zhibu("docs", "--check")
    assert stale.code == 1
    assert stale.err == "README.md and config.example.toml differ from the code; run zhibu docs\n"
    assert zhibu("docs").code == 0
    assert zhibu("docs", "--check").code == 0
    written = readme.read_text(encoding="utf-8")
    assert written.startswith("# Zhibu\n")
    assert written.endswith("The rest.\n")
    assert "out of date" not in written


def test_an_empty_readme_gets_the_markers(zhibu: Zhibu, tmp_path: Path) -> None:
    zhibu("docs")
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith(docs.BEGIN)


def test_every_command_that_is_shown_has_a_row_in_both_languages() -> None:
    rows = docs.commands().splitlines()[2:]
    shown = [each for each in discovery.registry().commands if not each.hidden]
    assert len(rows) == len(shown)
    for command in shown:
        row = next(each for each in rows if f"`/{command.slash}" in each and f"**{command.word}**" in each)
        assert command.help.zh in row
        assert command.help.en in row


def test_the_example_holds_every_setting_with_its_default_and_can_be_used_as_it_is() -> None:
    text = docs.example()
    plain = tomllib.loads(text)
    all_of_it = tomllib.loads(
        "\n".join(
            line[2:] if line.startswith("# ") and " = " in line and line[2:].split(" = ")[0].isidentifier() else line
            for line in text.splitlines()
        )
    )
    for name, field in Settings.model_fields.items():
        section = field.annotation
        told = {each for each, setting in section.model_fields.items() if setting.annotation is not SecretStr}  # type: ignore[union-attr]
        assert set(all_of_it[name]) == told
    Settings(**plain)
