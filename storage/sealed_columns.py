"""Which columns are sealed. A rotation, a check and the sealing of what is plain still go by this list and by nothing else."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Table

from storage.schema import metadata


class Sealed(NamedTuple):
    """Sealed columns of a table; `row` is the primary key, to which each value is bound."""

    row: tuple[str, ...]
    columns: tuple[str, ...]


SEALED: dict[str, Sealed] = {
    "aid_offer": Sealed(("id",), ("what",)),
    "appeal": Sealed(("id",), ("need", "public_text")),
    "bulletin": Sealed(("id",), ("text",)),
    "departure": Sealed(("id",), ("employer", "phone")),
    "dues_assessment": Sealed(("id",), ("reason",)),
    "dues_claim": Sealed(("id",), ("reason",)),
    "dues_reduction": Sealed(("id",), ("reason",)),
    "pairing_visit": Sealed(("id",), ("words",)),
    "payout": Sealed(("id",), ("purpose", "reason")),
    "payout_approval": Sealed(("id",), ("reference",)),
    "pledge": Sealed(("id",), ("reason",)),
    "question": Sealed(("id",), ("sealed",)),
    "reflection": Sealed(("id",), ("text",)),
    "register": Sealed(("member_id",), ("employer", "phone", "note")),
    "register_change": Sealed(("id",), ("before", "after")),
    "import_preview": Sealed(("id",), ("rows",)),
}
"""A migration that adds a column with plain values to it says `UPDATE vault_key SET done_at = NULL`: then the next start seals these."""


def table_of(name: str) -> Table:
    """The table of a name."""
    return metadata.tables[name]


def key_of_row(name: str) -> list[Column[Any]]:
    """The primary key of a table with sealed columns."""
    return [table_of(name).c[each] for each in SEALED[name].row]


def bound_to(key: Sequence[Any]) -> str:
    """What a value is bound to: the primary key, its parts with colons between."""
    return ":".join(str(each) for each in key)
