"""Pictures and files that messages of the browser chat point to: in memory only, each for those who see its chat."""

import secrets
from dataclasses import dataclass

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from bot.messages import Outgoing
from bot.platforms.bounded import Bounded

KEPT = 50


@dataclass(frozen=True, slots=True)
class _Kept:
    chat: str
    content: bytes
    name: str
    kind: str


class Files:
    """The last files, by an address that nobody guesses."""

    def __init__(self) -> None:
        self._kept: Bounded[str, _Kept] = Bounded(KEPT)

    def keep_picture(self, chat: str, content: bytes | None) -> str | None:
        """The address of a picture."""
        if not content:
            return None
        jpeg = content.startswith(b"\xff\xd8\xff")
        return self._keep(_Kept(chat, content, f"picture.{'jpg' if jpeg else 'png'}", "image/jpeg" if jpeg else "image/png"))

    def keep_file(self, chat: str, content: Outgoing) -> dict[str, str] | None:
        """The name and the address of a message's file."""
        if content.file is None:
            return None
        return {"name": content.file.name, "url": self._keep(_Kept(chat, content.file.content, content.file.name, content.file.kind))}

    def _keep(self, file: _Kept) -> str:
        token = secrets.token_urlsafe(16)
        self._kept.keep(token, file)
        return f"/file/{token}"

    def serve(self, token: str, chats: frozenset[str] | None) -> web.Response:
        """A file for somebody who sees these chats; None for anybody, on a sample. Raises `HTTPNotFound`."""
        found = self._kept.get(token)
        if found is None or (chats is not None and found.chat not in chats):
            raise web.HTTPNotFound(text="This file is no longer kept. Please ask for it again.")
        shown = "inline" if found.kind in {"image/png", "image/jpeg"} else "attachment"
        headers = {
            "Content-Disposition": content_disposition_header(shown, filename=found.name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return web.Response(body=found.content, content_type=found.kind, headers=headers)
