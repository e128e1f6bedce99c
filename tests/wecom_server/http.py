"""The webhooks and the API of the self-built app."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from aiohttp import web

if TYPE_CHECKING:
    from tests.wecom_server.server import WeComServer


class Api:
    """What is served over HTTP."""

    @property
    def _server(self) -> "WeComServer":
        return cast("WeComServer", self)

    def api_routes(self) -> Sequence[web.RouteDef]:
        """The routes of the API."""
        return []
