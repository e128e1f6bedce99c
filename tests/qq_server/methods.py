"""The calls of the API: what each takes, what each answers, and what each refuses."""

import base64
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.qq_server.model import MOST_REPLIES, Anchor, ApiError, Group, Json, Person, Place

if TYPE_CHECKING:
    from tests.qq_server.server import QQServer

_LINK = re.compile(r"(?i)https?://|(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|cn|org|net|me|io)\b")


class Methods:
    """Everything a bot with a token may ask for."""

    def __init__(self, server: "QQServer") -> None:
        self._server = server

    async def post_message(self, place: Place, body: Json) -> Json:
        """POST /v2/…/messages."""
        server = self._server
        self._may_speak(place)
        content = self._content(body)
        anchor = self._anchor(place, body)
        seq = body.get("msg_seq", 1)
        if anchor is not None:
            if not isinstance(seq, int) or seq < 1:
                raise ApiError(400, 40034024, "msg_seq")
            if seq in anchor.seqs:
                raise ApiError(400, 40054005, "消息被去重，请检查请求msgseq")
            if anchor.until <= server.clock() or anchor.replies >= MOST_REPLIES:
                raise ApiError(400, 40034128, "被动回复时间或次数超限")
        else:
            self._may_push(place)
        self._check_words(content.get("text", ""))
        if anchor is not None:
            anchor.seqs.add(seq)
            anchor.replies += 1
        message = server.add(place, None, passive=str(body.get("msg_id") or body.get("event_id") or ""), **content)
        return {"id": message.id, "timestamp": message.at.isoformat(), "ext_info": {"ref_idx": message.index}}

    def _may_speak(self, place: Place) -> None:
        if isinstance(place, Group) and not place.bot_inside:
            raise ApiError(400, 40034101, "机器人非群成员")
        if isinstance(place, Group) and place.muted:
            raise ApiError(400, 40054002, "机器人被禁言")
        if isinstance(place, Person) and not place.is_friend:
            raise ApiError(400, 40054004, "无好友关系")

    def _may_push(self, place: Place) -> None:
        server = self._server
        if not (place.allow_proactive if isinstance(place, Group) else place.takes_pushes):
            code = 40034105 if isinstance(place, Group) else 40054013
            raise ApiError(400, code, "主动消息发送失败，无权限")
        if server.pushes_left <= 0:
            raise ApiError(400, 40034100, "主动消息发送超过频控限制")
        server.pushes_left -= 1

    def _anchor(self, place: Place, body: Json) -> Anchor | None:
        if "msg_id" not in body and "event_id" not in body:
            return None
        wanted = str(body.get("msg_id") or body.get("event_id"))
        anchor = self._server.anchors.get(wanted)
        if anchor is None or anchor.place is not place:
            raise ApiError(400, 40034024 if "msg_id" in body else 40034025, "请求参数msg_id无效或越权")
        return anchor

    def _content(self, body: Json) -> dict[str, Any]:
        match body.get("msg_type"):
            case 0 if str(body.get("content", "")).strip():
                return {"text": body["content"]}
            case 2:
                if not self._server.markdown:
                    raise ApiError(400, 40034127, "无markdown模板权限")
                return {"text": _unescaped(body["markdown"]["content"]), "buttons": _buttons(body.get("keyboard")), "markdown": True}
            case 7:
                uploaded = self._server.uploads.get(body.get("media", {}).get("file_info", ""))
                if uploaded is None:
                    raise ApiError(400, 304080, "文件信息无效")
                return uploaded | {"text": str(body.get("content", "")).strip()}
        raise ApiError(400, 22006, "消息类型与内容不匹配")

    def _check_words(self, text: str) -> None:
        if len(text) > self._server.longest:
            raise ApiError(400, 40054007, "消息长度超限")
        if "违规" in text:
            raise ApiError(400, 40034006, "消息内容违规")
        links = [each for each in _LINK.finditer(text) if not any(site in text[each.start() :] for site in self._server.sites)]
        if links or (self._server.no_addresses and "。org" in text):
            raise ApiError(400, 40054010, "不允许发送URL")

    async def post_file(self, place: Place, body: Json) -> Json:
        """POST /v2/…/files with `file_data`."""
        self._may_speak(place)
        content, kind = base64.b64decode(body["file_data"], validate=True), body.get("file_type")
        if body.get("srv_send_msg") is not False or kind not in {1, 4} or (kind == 4 and not self._server.files):
            raise ApiError(400, 850012, "富媒体文件格式不支持")
        info = f"info{len(self._server.uploads) + 1}"
        self._server.uploads[info] = {"picture": content} if kind == 1 else {"file": (str(body.get("file_name", "")), content)}
        return {"file_uuid": info, "file_info": info, "ttl": 3600}

    async def me(self) -> Json:
        """GET /users/@me."""
        return {"id": self._server.app_id, "username": "支部", "avatar": "", "bot": True}

    async def bot_state(self, place: Place) -> Json:
        """GET /v2/groups/{g}/bot_state, for those whom QQ has let in."""
        if not self._server.tells_state or not isinstance(place, Group):
            raise ApiError(400, 11253, "应用未获得调用该接口的权限")
        if not place.bot_inside:
            raise ApiError(400, 40034101, "机器人非群成员")
        return {"member_openid": "BOT", "allow_proactive_msg": place.allow_proactive, "recv_msg_setting": "only_mention"}

    async def delete(self, place: Place, message_id: str) -> Json:
        """DELETE /v2/…/messages/{id}."""
        server = self._server
        found = next((each for each in server.messages(place) if each.id == message_id), None)
        if found is None:
            raise ApiError(400, 40061002, "请求参数msgid无效")
        if server.clock() - found.at > timedelta(minutes=2):
            raise ApiError(400, 40064004, "已超出消息撤回时限")
        if found.sender is not None and not (isinstance(place, Group) and place.bot_is_admin):
            raise ApiError(400, 40062003, "无操作权限")
        server.remove(found)
        return {}

    async def answer_press(self, press: str, body: Json) -> Json:
        """PUT /interactions/{id}: once."""
        if self._server.presses.get(press) is not False:
            raise ApiError(400, 630001, "互动回调数据更新无效参数")
        if body.get("code") not in range(6):
            raise ApiError(400, 630001, "code")
        self._server.presses[press] = True
        return {}


def _unescaped(markdown: str) -> str:
    """What markdown shows, of which only escapes are expected."""
    bare = re.sub(r"\\.", "", markdown)
    if re.search(r"[*_`\[\]<>]", bare):
        raise ApiError(400, 40034011, "无效的markdown内容")
    return re.sub(r"\\(.)", r"\1", markdown)


def _buttons(keyboard: Any) -> list[list[tuple[str, str]]]:
    rows = keyboard["content"]["rows"] if keyboard else []
    if len(rows) > 5 or any(len(row["buttons"]) > 5 for row in rows):
        raise ApiError(400, 40034029, "内联键盘行/列超限")
    made = [[(each["render_data"]["label"], each["action"]["data"]) for each in row["buttons"]] for row in rows]
    if any(len(label) > 10 for row in made for label, _ in row):
        raise ApiError(400, 305007, "键盘样式参数错误")
    return made
