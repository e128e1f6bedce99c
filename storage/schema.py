"""All tables of all matters: import this where the whole schema is meant."""

from storage import (
    tables_aid,
    tables_counts,
    tables_dues,
    tables_dues_keeping,
    tables_fund,
    tables_language,
    tables_learning,
    tables_ledger,
    tables_pairing,
    tables_processes,
    tables_study,
    tables_units,
)
from storage.tables import metadata

__all__ = [
    "metadata",
    "tables_aid",
    "tables_counts",
    "tables_dues",
    "tables_dues_keeping",
    "tables_fund",
    "tables_language",
    "tables_learning",
    "tables_ledger",
    "tables_pairing",
    "tables_processes",
    "tables_study",
    "tables_units",
]
