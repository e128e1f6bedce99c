"""The webhooks and the API of the self-built app."""

import base64
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, cast

from aiohttp import web

from tests.pieces import in_pieces
from tests.wecom_server.model import MINUTE, Group, Json, Shown, WeComError

if TYPE_CHECKING:
    from tests.wecom_server.server import WeComServer

LIVES = 7200.0
"""Seconds that a token is good for."""


class Api:
    """What is served over HTTP. A fault of the name of a path's last word meets the next request to it."""

    @property
    def _server(self) -> "WeComServer":
        return cast("WeComServer", self)

    def api_routes(self) -> Sequence[web.RouteDef]:
        """The routes of the API."""
        return [
            web.post("/cgi-bin/webhook/send", self._answering(self._webhook)),
            web.get("/cgi-bin/gettoken", self._answering(self._token)),
            web.post("/cgi-bin/message/send", self._answering(self._message)),
            web.post("/cgi-bin/media/upload", self._answering(self._handed)),
        ]

    def _answering(self, does: Callable[[web.Request], Awaitable[Json]]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            self._server.requests.append((request.path, dict(request.query)))
            faults = self._server._faults[request.path.rpartition("/")[2]]
            fault = faults.popleft() if faults else None
            if fault == "drop_before" and request.transport:
                request.transport.abort()
            if fault in {"502", "503", "302"}:
                elsewhere = {"Location": "/cgi-bin/elsewhere"}
                return web.Response(status=int(str(fault)), text="<html>nginx</html>", headers=elsewhere)
            try:
                if isinstance(fault, WeComError):
                    raise fault
                told = {"errcode": 0, "errmsg": "ok"} | await does(request)
            except WeComError as error:
                told = {"errcode": error.code, "errmsg": error.said}
            except (KeyError, TypeError, ValueError) as error:
                told = {"errcode": 40058, "errmsg": f"invalid param {error!r}"}
            if fault == "silent":
                await self._server.closing.wait()
            if fault == "garbage":
                return web.Response(text="[" * 20_000)
            made = web.json_response(told)
            return await in_pieces(request, made) if fault == "pieces" else made

        return answer

    async def _webhook(self, request: web.Request) -> Json:
        group = next((each for each in self._server.groups.values() if each.webhook == request.query["key"]), None)
        if group is None:
            raise WeComError(93000, "invalid webhook url")
        body = json.loads(await request.read())
        shown = self._pushed(body)
        self._counted(group)
        group.shown.append(shown)
        return {}

    def _pushed(self, body: Json) -> Shown:
        kind = body["msgtype"]
        if kind == "text":
            if not 0 < len(body["text"]["content"].encode()) <= 2048:
                raise WeComError(40058, "text content exceeds 2048 bytes")
            return Shown("text", "webhook", body["text"]["content"], mentioned=body["text"].get("mentioned_list", []))
        if kind == "markdown":
            if not 0 < len(body["markdown"]["content"].encode()) <= 4096:
                raise WeComError(40058, "markdown content exceeds 4096 bytes")
            return Shown(kind, "webhook", body["markdown"]["content"])
        if kind == "image":
            content = base64.b64decode(body["image"]["base64"], validate=True)
            if len(content) > 2 * 1024 * 1024 or hashlib.md5(content, usedforsecurity=False).hexdigest() != body["image"]["md5"]:
                raise WeComError(301019, "media md5 not match")
            return Shown(kind, "webhook", content=content)
        raise WeComError(40008, "invalid message type")

    def _counted(self, group: Group) -> None:
        now = self._server.now()
        lately = [at for at in group.webhook_times if now - at < MINUTE]
        if self._server.limits and len(lately) >= 20:
            raise WeComError(45009, "api freq out of limit")
        group.webhook_times[:] = [*lately, now]

    async def _token(self, request: web.Request) -> Json:
        if (request.query["corpid"], request.query["corpsecret"]) != (self._server.corp_id, self._server.app_secret):
            raise WeComError(40001, "invalid credential")
        token = f"token-{len(self._server.tokens) + 1}-abcdef"
        self._server.tokens[token] = self._server.now() + LIVES
        return {"access_token": token, "expires_in": int(LIVES)}

    def _allowed(self, request: web.Request) -> None:
        until = self._server.tokens.get(request.query.get("access_token", ""))
        if until is None:
            raise WeComError(40014, "invalid access_token")
        if until <= self._server.now():
            raise WeComError(42001, "access_token expired")

    async def _message(self, request: web.Request) -> Json:
        self._allowed(request)
        body = json.loads(await request.read())
        person = self._server.people.get(body["touser"])
        if str(body["agentid"]) != self._server.agent_id:
            raise WeComError(40056, "invalid agentid")
        if person is None or not person.sees_app:
            raise WeComError(81013, "user & party & tag all invalid")
        shown = self._said(body)
        if body.get("enable_duplicate_check") and any((each.kind, each.text) == (shown.kind, shown.text) for each in person.app):
            return {"msgid": "again"}
        shown.id = f"app-{len(person.app) + 1}"
        person.app.append(shown)
        return {"msgid": shown.id}

    def _said(self, body: Json) -> Shown:
        kind = body["msgtype"]
        if kind == "text":
            if not 0 < len(body["text"]["content"].encode()) <= 2048:
                raise WeComError(40058, "text content exceeds 2048 bytes")
            return Shown("text", "app", body["text"]["content"])
        if kind in {"image", "file"}:
            media = self._server.media.get(body[kind]["media_id"])
            if media is None or media[0] != kind:
                raise WeComError(40007, "invalid media_id")
            return Shown(kind, "app", name=media[1], content=media[2])
        raise WeComError(40008, "invalid message type")

    async def _handed(self, request: web.Request) -> Json:
        self._allowed(request)
        form = await request.post()
        field = form["media"]
        if not isinstance(field, web.FileField) or request.query["type"] not in {"image", "file"}:
            raise WeComError(40004, "invalid media type")
        with field.file as opened:
            content = opened.read()
        media_id = f"media{len(self._server.media) + 1}"
        self._server.media[media_id] = (request.query["type"], field.filename, content)
        return {"type": request.query["type"], "media_id": media_id, "created_at": "1700000000"}
