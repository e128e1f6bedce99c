"""Taking up letters as a turn of delivery does, whatever the budgets say."""

from collections.abc import Iterable

from bot.rules.turns import Turns
from bot.services import deliveries
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork


async def claim(work: UnitOfWork, limit: int, served: Iterable[tuple[str, str]]) -> list[Letter]:
    """The next letters for the platforms that are served."""
    return (await deliveries.turn(work, (), limit, [deliveries.Room(each, limit, limit) for each in served], Turns())).letters
