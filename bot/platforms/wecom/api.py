"""Requests to WeCom's HTTP API. An address may hold a key or a token, so no error of the library leaves this module."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.platforms.base import SendError, Temporary, Uncertain
from bot.platforms.json_fields import Json, mapping, number, words
from bot.platforms.wecom.errors import Failed
from bot.platforms.wecom.fields import LARGEST

_FIRST_BAD = 500


class Http:
    """Posts and asks, one request each; answers what WeCom said, if it said that all is well."""

    def __init__(self, base_url: str, answer_seconds: float) -> None:
        self._base = base_url.rstrip("/")
        self._patience = aiohttp.ClientTimeout(total=answer_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Be ready."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._patience)

    async def close(self) -> None:
        """Let go of the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def get(self, path: str, query: Mapping[str, str]) -> Json:
        """Ask for something. Raises as `post`."""
        return await self._checked("GET", path, query, {})

    async def post(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> Json:
        """Send something. Raises `Failed` with WeCom's error, `Temporary` if it certainly did not arrive, `Uncertain` if it may have."""
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return await self._checked("POST", path, query, {"data": data, "headers": {"Content-Type": "application/json"}})

    async def upload(self, path: str, query: Mapping[str, str], name: str, content: bytes) -> Json:
        """Hand a file over. Raises as `post`."""
        form = aiohttp.FormData()
        form.add_field("media", content, filename=name, content_type="application/octet-stream")
        return await self._checked("POST", path, query, {"data": form})

    async def _checked(self, method: str, path: str, query: Mapping[str, str], given: dict[str, Any]) -> Json:
        answer = await self._answer(method, path, query, given)
        if isinstance(answer, SendError):
            raise answer  # outside of every except clause, so that no traceback leads to the address
        code = number(answer.get("errcode", 0))
        if code != 0:
            raise Failed(-1 if code is None else code, words(answer.get("errmsg")))
        return answer

    async def _answer(self, method: str, path: str, query: Mapping[str, str], given: dict[str, Any]) -> Json | SendError:
        if self._session is None:
            return Temporary("stopped")
        try:
            async with self._session.request(method, f"{self._base}{path}", params=query, **given) as response:
                if response.status >= _FIRST_BAD:
                    return Temporary(f"WeCom answered {response.status}")
                raw = await response.content.read(LARGEST)
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL):
            return Temporary("WeCom cannot be reached")
        except (aiohttp.ClientError, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            return Uncertain(f"no answer of WeCom: {type(error).__name__}")
        try:
            found = json.loads(raw)
        except (ValueError, RecursionError):
            return Uncertain("WeCom's answer cannot be read")
        return mapping(found) if isinstance(found, dict) and "errcode" in found else Uncertain("WeCom's answer cannot be understood")
