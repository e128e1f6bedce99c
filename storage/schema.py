"""All tables of all matters: import this where the whole schema is meant."""

from storage import (
    tables_aid,
    tables_away,
    tables_care,
    tables_counts,
    tables_dues,
    tables_dues_keeping,
    tables_fund,
    tables_language,
    tables_learning,
    tables_ledger,
    tables_pairing,
    tables_processes,
    tables_seeking,
    tables_study,
    tables_trail,
    tables_units,
    tables_vault,
)
from storage.tables import metadata

__all__ = [
    "metadata",
    "tables_aid",
    "tables_away",
    "tables_care",
    "tables_counts",
    "tables_dues",
    "tables_dues_keeping",
    "tables_fund",
    "tables_language",
    "tables_learning",
    "tables_ledger",
    "tables_pairing",
    "tables_processes",
    "tables_seeking",
    "tables_study",
    "tables_trail",
    "tables_units",
    "tables_vault",
]
