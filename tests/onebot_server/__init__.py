"""A OneBot v11 that behaves like NapCat, on 127.0.0.1: one QQ account with its friends and groups.

It calls us (reverse WebSocket), lets itself be called (forward WebSocket, HTTP API) and posts (HTTP POST), writes ids as numbers or
as texts and messages as arrays or CQ strings, and can be slow, rude, restarting, replaying and lying.
"""

from tests.onebot_server.server import OneBotServer

__all__ = ["OneBotServer"]
