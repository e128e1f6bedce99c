"""The table of the keys that sealed columns of this database use; the keys themselves are in a file beside it."""

from sqlalchemy import Column, String, Table, Text

from storage.columns import Moment, metadata

vault_key = Table(
    "vault_key",
    metadata,
    Column("id", String(8), primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("proof", Text, nullable=False, comment="known words sealed with it, so that a wrong key is found at the start"),
    Column("done_at", Moment, comment="when every sealed value was of this key; empty while some may be older, or plain still"),
    comment="Which keys this database uses. Without them its sealed columns cannot be read.",
)
