"""What an organiser sees of the branches below: counts, and no name."""

from aiohttp import web

from bot.services import units
from bot.web.branch.visit import Visit, get


def routes() -> list[web.RouteDef]:
    """The page."""
    return [get("/units", shown)]


async def shown(visit: Visit) -> web.StreamResponse:
    """How every branch below the organiser's units stands."""
    counts = await visit.do(units.below)
    sums = [sum(each) for each in zip(*(one.of() for one in counts), strict=True)]
    return await visit.page("units.html", "units", counts=counts, sums=sums, none=units.NONE_BELOW)
