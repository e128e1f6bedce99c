"""Requests to WeCom's HTTP API. An address may hold a key or a token, so no error's words or context hold one."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import FormData

from bot.platforms.base import Temporary, Uncertain
from bot.platforms.http import Client, Fate, NoAnswer, NotSent, fate
from bot.platforms.json_fields import Json, number, read_object, words
from bot.platforms.wecom.errors import Failed

_CONNECT = 10.0
_JSON = {"Content-Type": "application/json"}


class Http:
    """Posts and asks, one request each; answers what WeCom said, if it said that all is well."""

    def __init__(self, base_url: str, answer_seconds: float) -> None:
        self._base = base_url.rstrip("/")
        self._answer_seconds = answer_seconds
        self._client = Client(min(_CONNECT, answer_seconds))

    async def open(self) -> None:
        """Be ready, again after `close`."""
        self._client.open()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def get(self, path: str, query: Mapping[str, str]) -> Json:
        """Ask for something. Raises as `post`."""
        return await self._checked("GET", path, query)

    async def post(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> Json:
        """Send something. Raises `Failed` with WeCom's error, `Temporary` if it certainly did not arrive, `Uncertain` if it may have."""
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return await self._checked("POST", path, query, data, _JSON)

    async def upload(self, path: str, query: Mapping[str, str], name: str, content: bytes) -> Json:
        """Hand a file over. Raises as `post`."""
        form = FormData()
        form.add_field("media", content, filename=name, content_type="application/octet-stream")
        return await self._checked("POST", path, query, form)

    async def _checked(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        data: bytes | FormData | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        try:
            came = await self._client.ask(method, self._base + path, self._answer_seconds, data=data, headers=headers, query=query)
        except NotSent as error:
            raise Temporary(f"WeCom cannot be reached: {error}") from None
        except NoAnswer as error:
            raise Uncertain(f"no answer of WeCom: {error}") from None
        answer = read_object(came.body)
        match fate(came.status, own="errcode" in answer):
            case Fate.NOT_TAKEN:
                raise Temporary(f"status {came.status}, and no answer of WeCom's")
            case Fate.UNSURE:
                raise Uncertain(f"status {came.status}, and no answer of WeCom's")
            case Fate.ANSWERED:
                code = number(answer["errcode"])
        if code != 0:
            raise Failed(-1 if code is None else code, words(answer.get("errmsg")))
        return answer
