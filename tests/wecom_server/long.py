"""The commands of the long connection, as strict as PLATFORMS.md and the node SDK's types say."""

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any, cast

from tests.wecom_server.model import AT_ONCE, HOUR, MINUTE, STREAM_LIVES, Asked, Chat, Group, Json, Shown, Upload, WeComError

if TYPE_CHECKING:
    from tests.wecom_server.server import WeComServer

_TASK = re.compile(r"[0-9A-Za-z_@-]{1,128}")
BAD_REQUEST = WeComError(846605, "invalid req_id")


class Commands:
    """What a subscribed bot may ask for."""

    @property
    def _server(self) -> "WeComServer":
        return cast("WeComServer", self)

    def command(self, cmd: str, req_id: str, body: Json) -> Json:
        """Do what a command says; answers the body of the acknowledgement."""
        does = {
            "aibot_respond_msg": self._respond,
            "aibot_respond_welcome_msg": self._welcome,
            "aibot_respond_update_msg": self._update,
            "aibot_send_msg": self._push,
            "aibot_upload_media_init": self._begin,
            "aibot_upload_media_chunk": self._chunk,
            "aibot_upload_media_finish": self._finish,
        }.get(cmd)
        if does is None:
            raise WeComError(40058, f"unknown cmd {cmd}")
        return does(req_id, body)

    def _asked(self, req_id: str, kind: str, lives: float) -> Asked:
        asked = self._server.asked.get(req_id)
        if asked is None or asked.kind != kind:
            raise BAD_REQUEST
        if self._server.now() - asked.at > lives:
            raise WeComError(846608, "stream message update expired (>6 minutes)") if kind == "message" else BAD_REQUEST
        return asked

    def _respond(self, req_id: str, body: Json) -> Json:
        asked = self._asked(req_id, "message", STREAM_LIVES)
        if body["msgtype"] == "stream":
            stream = body["stream"]
            if asked.streams.get(stream["id"]) is True:
                raise BAD_REQUEST
            if len(stream["content"].encode()) > 20480:
                raise WeComError(40058, "stream content exceeds 20480 bytes")
            self._spent(asked.chat)
            asked.streams[stream["id"]] = bool(stream.get("finish"))
            asked.chat.shown.append(Shown("markdown", "bot", stream["content"], answers=req_id, id=stream["id"]))
        else:
            self._spent(asked.chat)
            asked.chat.shown.append(self._made(body, req_id))
        return {}

    def _welcome(self, req_id: str, body: Json) -> Json:
        asked = self._asked(req_id, "enter", AT_ONCE)
        if body["msgtype"] not in {"text", "template_card"}:
            raise WeComError(40008, "invalid message type")
        shown = Shown("text", "bot", body["text"]["content"], answers=req_id) if body["msgtype"] == "text" else self._made(body, req_id)
        del self._server.asked[req_id]
        self._spent(asked.chat)
        asked.chat.shown.append(shown)
        return {}

    def _update(self, req_id: str, body: Json) -> Json:
        asked = self._asked(req_id, "press", AT_ONCE)
        card = body["template_card"]
        if body["response_type"] != "update_template_card" or card["task_id"] != asked.task_id:
            raise WeComError(40058, "task_id does not match")
        return {}

    def _push(self, req_id: str, body: Json) -> Json:
        chat = self._server.chat(body["chatid"])
        if chat is None or (isinstance(chat, Group) and not chat.bot_inside):
            raise WeComError(93006, "invalid chatid")
        if not chat.conversed:
            raise WeComError(93006, "no conversation with the bot in this chat yet")
        self._spent(chat)
        shown = self._made(body, "")
        shown.id = shown.task_id or req_id
        chat.shown.append(shown)
        return {}

    def _made(self, body: Json, answers: str) -> Shown:
        kind = body["msgtype"]
        if kind == "markdown":
            if len(body["markdown"]["content"].encode()) > 20480:
                raise WeComError(40058, "markdown content exceeds 20480 bytes")
            return Shown(kind, "bot", body["markdown"]["content"], answers=answers)
        if kind == "template_card":
            return self._card(body["template_card"], answers)
        if kind in {"image", "file"}:
            media = self._server.media.get(body[kind]["media_id"])
            if media is None or media[0] != kind:
                raise WeComError(40007, "invalid media_id")
            return Shown(kind, "bot", name=media[1], content=media[2], answers=answers)
        raise WeComError(40008, "invalid message type")

    def _card(self, card: Json, answers: str) -> Shown:
        buttons = card.get("button_list", [])
        said = card.get("main_title", {}).get("title") or card.get("sub_title_text")
        keys = [each["key"] for each in buttons]
        task = card.get("task_id", "")
        if card["card_type"] != "button_interaction" or not said or not 1 <= len(buttons) <= 6:
            raise WeComError(40058, "invalid template_card")
        if len(set(keys)) < len(keys) or any(not 0 < len(key.encode()) <= 1024 for key in keys):
            raise WeComError(40058, "invalid button key")
        if not _TASK.fullmatch(task) or task in self._server.tasks:
            raise WeComError(40058, "invalid or repeated task_id")
        self._server.tasks.add(task)
        shown = [(each["text"], each["key"]) for each in buttons]
        return Shown("template_card", "bot", said, shown, task, answers=answers, id=task)

    def _begin(self, req_id: str, body: Json) -> Json:
        if not 1 <= body["total_chunks"] <= 100 or body["type"] not in {"file", "image", "voice", "video"}:
            raise WeComError(40058, "invalid upload")
        upload_id = f"upload{len(self._server.uploads) + 1}"
        told = (body["type"], body["filename"], body["total_size"], body["total_chunks"], body.get("md5", ""))
        self._server.uploads[upload_id] = Upload(*told)
        return {"upload_id": upload_id}

    def _chunk(self, req_id: str, body: Json) -> Json:
        upload, chunk = self._upload(body), base64.b64decode(body["base64_data"], validate=True)
        if not 0 <= body["chunk_index"] < upload.number or len(chunk) > 512 * 1024:
            raise WeComError(40058, "invalid chunk")
        upload.chunks[body["chunk_index"]] = chunk
        return {}

    def _finish(self, req_id: str, body: Json) -> Json:
        upload = self._upload(body)
        whole = b"".join(upload.chunks[index] for index in sorted(upload.chunks))
        digest = hashlib.md5(whole, usedforsecurity=False).hexdigest()
        if len(upload.chunks) != upload.number or len(whole) != upload.size or upload.md5 not in {"", digest}:
            raise WeComError(40058, "upload is not complete")
        media_id = f"media{len(self._server.media) + 1}"
        self._server.media[media_id] = (upload.kind, upload.name, whole)
        return {"type": upload.kind, "media_id": media_id, "created_at": "1700000000"}

    def _upload(self, body: Json) -> Upload:
        found: Any = self._server.uploads.get(body["upload_id"])
        if found is None:
            raise WeComError(40058, "unknown upload_id")
        return cast("Upload", found)

    def _spent(self, chat: Chat) -> None:
        """One message more in a conversation, unless there were too many."""
        now = self._server.now()
        lately = [at for at in chat.times if now - at < HOUR]
        if self._server.limits and (len([at for at in lately if now - at < MINUTE]) >= 30 or len(lately) >= 1000):
            raise WeComError(45009, "api freq out of limit")
        chat.times[:] = [*lately, now]
