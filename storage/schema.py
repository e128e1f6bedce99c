"""All tables of all matters: import this where the whole schema is meant."""

from storage import tables_dues, tables_dues_keeping, tables_ledger
from storage.tables import metadata

__all__ = ["metadata", "tables_dues", "tables_dues_keeping", "tables_ledger"]
