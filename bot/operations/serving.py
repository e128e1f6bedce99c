"""Keeping the program running until it is asked to stop."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from typing import Protocol

import structlog

from bot.config import Settings
from bot.operations.lock import Lock
from bot.operations.trouble import Trouble

log = structlog.get_logger()

GRACE = 9.0
"""Seconds for what is under way when the program is asked to stop; what is not done by then is taken up at the next start."""
NEIGHBOURS = 20
_YOUNG = 10_000
"""New objects between two searches for garbage: some fifty messages' worth, a megabyte or two."""


class Server(Protocol):
    """What is kept running; `bot.app.App` is one."""

    address: str

    async def open(self) -> None:
        """Wire the parts."""
        ...

    async def start(self) -> None:
        """Listen, tick and deliver."""
        ...

    def warm(self) -> None:
        """Make ready in the background what the first messages need."""
        ...

    async def stop(self) -> None:
        """Let go of everything."""
        ...


def with_free_port(settings: Settings) -> Settings:
    """The settings with a port that can be had: a neighbour where the usual one is taken and none was asked for. Raises `Trouble`."""
    web = settings.web
    if web.port == 0 or is_free(web.host, web.port):
        return settings
    if "port" in web.model_fields_set:
        raise Trouble(f"port {web.port} on {web.host} is taken or not allowed; set another [web] port")
    found = next((port for port in range(web.port + 1, web.port + NEIGHBOURS) if is_free(web.host, port)), 0)
    return settings.model_copy(update={"web": web.model_copy(update={"port": found})})


def is_free(host: str, port: int) -> bool:
    """Whether a port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def settle() -> None:
    """What is there when the program is ready stays: Python need not search it for garbage again with every few hundred messages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)


async def serve(server: Server, lock: Lock, ready: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT; `ready` is told the address once the program answers there.

    A second signal ends the waiting for what is under way. Nothing is lost by that: it stands in the database.
    """
    asked, again = asyncio.Event(), asyncio.Event()

    def signalled() -> None:
        (again if asked.is_set() else asked).set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, signalled)
    try:
        await server.open()
        await _start(server)
        lock.publish(server.address)
        ready(server.address)
        settle()
        server.warm()
        await asked.wait()
        log.info("stopping")
    finally:
        await _stop(server, again)


async def _stop(server: Server, again: asyncio.Event) -> None:
    """Let everything finish that takes no longer than the grace, and than until the second signal."""
    stopping, hurried = asyncio.create_task(server.stop()), asyncio.create_task(again.wait())
    await asyncio.wait([stopping, hurried], timeout=GRACE, return_when=asyncio.FIRST_COMPLETED)
    hurried.cancel()
    if not stopping.done():
        log.warning("stopped before everything was finished; the next start takes it up")
        stopping.cancel()
    await asyncio.gather(stopping, hurried, return_exceptions=True)
    if not stopping.cancelled() and (error := stopping.exception()) is not None:
        raise error


async def _start(server: Server) -> None:
    try:
        await server.start()
    except OSError as error:
        raise Trouble(f"the page cannot be served ({error.strerror or type(error).__name__}); see [web] host and port") from error
