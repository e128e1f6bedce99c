"""Text for PostgreSQL, which refuses the sign NUL: it is left out, since no text means anything by it."""

from typing import Any

from psycopg.types.string import StrDumperUnknown


class TextWithoutNul(StrDumperUnknown):
    """Dumps a string as psycopg does, without NUL."""

    def dump(self, obj: str) -> Any:
        """The bytes of a string."""
        return super().dump(obj.replace("\x00", "") if "\x00" in obj else obj)
