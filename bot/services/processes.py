"""What the processes on one database tell each other: that they live."""

from collections.abc import Collection

from storage.processes import Pulse
from storage.unit_of_work import UnitOfWork

__all__ = ["Pulse", "beat", "leave"]


async def beat(work: UnitOfWork, host: str, address: str, suspects: Collection[int]) -> Pulse:
    """Say that this process lives; who is suspected and silent still is struck out."""
    return await work.processes.beat(host, address, suspects)


async def leave(work: UnitOfWork) -> None:
    """Say that this process ends; the others need not wait to be sure."""
    await work.processes.leave()
