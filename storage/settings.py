"""What this deployment is: sample or real, its signing key, its language."""

from collections.abc import Iterable

from sqlalchemy import select

from storage.lookups import Keyed, Lookup
from storage.tables import setting
from storage.work import Work

_SETTINGS: Keyed[str, str] = Keyed(select(setting.c.value), [setting.c.name], lambda row: str(row.value))


class Settings:
    """Names and values. Crosses branches: it belongs to the deployment."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lookup: Lookup[str, str] = Lookup(work, _SETTINGS, kept=True)

    async def get(self, name: str) -> str | None:
        """The value of a name, or None."""
        return await self._lookup.get(name)

    async def prefetch(self, names: Iterable[str]) -> None:
        """Fetch several by one statement."""
        await self._lookup.prefetch(names)

    def put(self, name: str, value: str) -> None:
        """Set a value."""
        self._work.upsert(setting, ["name"], name=name, value=value)
        self._lookup.put(name, value)
