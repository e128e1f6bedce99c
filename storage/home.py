"""Where a database on a server is. A dump does not carry that, so what was restored from one is known by it."""

from sqlalchemy import text

from storage.work import Work

NAME = "home"
"""What the setting is called that notes where the database was."""
UNSEEN = "-"
"""In place of a server that this user may not ask who it is."""
_PERMITTED = text("SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS yes")
_SERVER = text("SELECT system_identifier FROM pg_control_system()")
_PLACE = text("SELECT oid AS database, 'outbox'::regclass::oid AS tables FROM pg_database WHERE datname = current_database()")


def same(one: str, other: str) -> bool:
    """Whether two homes are the same as far as both are known: the right to see which server it is can be given and taken away."""
    servers, places = zip(*(each.split("/", 1) for each in (one, other)), strict=True)
    return places[0] == places[1] and (servers[0] == servers[1] or UNSEEN in servers)


class Home:
    """Crosses branches: it is about the deployment."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def here(self) -> str | None:
        """The server, the database on it, and the tables as they were made: a restore makes them anew. None for a file."""
        if not self._work.on_server:
            return None
        permitted = (await self._work.rows(_PERMITTED))[0].yes
        server = (await self._work.rows(_SERVER))[0].system_identifier if permitted else UNSEEN
        place = (await self._work.rows(_PLACE))[0]
        return f"{server}/{place.database}/{place.tables}"
