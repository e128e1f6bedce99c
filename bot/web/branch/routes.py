"""Every path of the branch's pages."""

from aiohttp import web

from bot.web.branch import units, visit


def all_of_them() -> list[web.RouteDef]:
    """The ways in and out, and the pages."""
    return [*visit.routes(), *units.routes()]
