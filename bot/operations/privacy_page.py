"""docs/privacy.md: the purposes a member may agree to, how long what is kept, and which columns are sealed, from the code itself."""

from collections.abc import Callable

from bot.operations import retention_table
from bot.services.consents import PURPOSE_NAMES, Purpose
from bot.services.my_consents import HEALTH, TO_CHANGE
from storage.sealed_columns import SEALED


def consents() -> str:
    """Each purpose with the words that agree to it and refuse it."""
    rows = ["| 目的 · purpose | 怎么同意 · to agree | 怎么不同意 · to refuse |", "| --- | --- | --- |"]
    for purpose in Purpose:
        agree, refuse = TO_CHANGE[purpose]
        rows.append(
            f"| {PURPOSE_NAMES[purpose].zh}<br>{PURPOSE_NAMES[purpose].en} | {agree.zh}<br>{agree.en} | {refuse.zh}<br>{refuse.en} |"
        )
    return "\n".join([*rows, "", f"{HEALTH.zh} {HEALTH.en}"])


def sealed() -> str:
    """The sealed columns, table by table."""
    rows = ["| table | sealed columns |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| `{name}` | {', '.join(f'`{each}`' for each in SEALED[name].columns)} |" for name in sorted(SEALED))])


TABLES: dict[str, Callable[[], str]] = {"consents": consents, "kept": retention_table.table, "sealed": sealed}
"""What stands between which markers."""


def renewed(text: str, between: Callable[[str, str, str, str], str]) -> str:
    """The page with its tables renewed; `between` puts a table between two markers."""
    for name, made in TABLES.items():
        text = between(f"<!-- {name} -->", f"<!-- /{name} -->", text, made())
    return text
