"""The actions that the bot calls."""

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.onebot_server.model import ActionError, Group, Json, Message, Place, User

if TYPE_CHECKING:
    from tests.onebot_server.server import OneBotServer

SEGMENTS = {"text", "at", "reply", "image", "face", "record", "json"}


class Actions:
    """Each answers the data of its result or raises an `ActionError`."""

    def __init__(self, server: "OneBotServer") -> None:
        self._server = server
        self.table: dict[str, Callable[[Json], Any]] = {
            "get_version_info": self._version,
            "get_login_info": lambda _: {"user_id": server.number(server.account), "nickname": "支部"},
            "get_status": lambda _: {"online": server.online, "good": server.online},
            "get_group_list": self._groups,
            "get_group_info": lambda given: self._shown(self._group(given)),
            "get_group_member_info": self._member,
            "send_group_msg": self._say_in_group,
            "send_private_msg": self._say_in_private,
            "send_msg": self._say,
            "get_msg": self._get,
            "delete_msg": self._delete,
            "set_msg_emoji_like": self._mark,
            "set_essence_msg": self._essence,
            "_send_group_notice": self._notice,
            "set_group_add_request": self._admit,
            "set_friend_add_request": self._befriend,
            "upload_group_file": self._file,
            "upload_private_file": self._file,
        }

    def _version(self, _: Json) -> Json:
        return {"app_name": self._server.app_name, "app_version": "4.8.98", "protocol_version": "v11"}

    def _groups(self, _: Json) -> list[Json]:
        groups = [each for each in self._server.places.values() if isinstance(each, Group)]
        return [self._shown(each) for each in groups if each.bot_inside]

    def _shown(self, group: Group) -> Json:
        return {"group_id": self._server.number(group.id), "group_name": group.title, "group_all_shut": -1 if group.all_muted else 0}

    def _member(self, given: Json) -> Json:
        group, number = self._group(given), int(given["user_id"])
        if number == self._server.account:
            return {"user_id": number, "role": "admin" if group.bot_is_admin else "member", "shut_up_timestamp": group.bot_muted_until}
        if not any(each.id == number for each in group.members):
            raise ActionError(1200, "成员不存在")
        return {"user_id": number, "role": "member"}

    def _group(self, given: Json) -> Group:
        group = self._server.places.get(int(given["group_id"]))
        if not isinstance(group, Group) or not group.bot_inside:
            raise ActionError(1200, "群不存在或机器人不在群里")
        return group

    def _say(self, given: Json) -> Json:
        told = given.get("message_type") or ("private" if "user_id" in given else "group")
        return self._say_in_group(given) if told == "group" else self._say_in_private(given)

    def _say_in_group(self, given: Json) -> Json:
        return self._said(self._group(given), given)

    def _say_in_private(self, given: Json) -> Json:
        return self._said(self._person(given), given)

    def _person(self, given: Json) -> User:
        """A friend, or a member of a group that is named."""
        user = self._server.places.get(int(given["user_id"]))
        group = self._server.places.get(int(given.get("group_id") or 0))
        temporary = isinstance(group, Group) and user in group.members
        if not isinstance(user, User) or not (user.friend or temporary):
            raise ActionError(1200, "无法获取用户信息，对方不是好友")
        return user

    def _said(self, place: Place, given: Json) -> Json:
        segments = given["message"]
        if not isinstance(segments, list):
            raise ActionError(1400, "only arrays are taken here")
        for each in segments:
            if each["type"] not in SEGMENTS:
                raise ActionError(1200, "消息体无法解析, 请检查是否发送了不支持的消息类型")
            if each["type"] == "image":
                base64.b64decode(each["data"]["file"].removeprefix("base64://"), validate=True)
        message = self._server.add(place, None, segments)
        return {} if self._server.numberless else {"message_id": self._server.number(message.id)}

    def _find(self, given: Json) -> Message:
        found = self._server.find(given["message_id"])
        if found is None:
            raise ActionError(1200, "消息不存在")
        return found

    def _get(self, given: Json) -> Json:
        return self._server.message_json(self._find(given))

    def _delete(self, given: Json) -> None:
        """As NapCat does: what it does not know or may not take back is answered with `ok` all the same."""
        message = self._server.find(given["message_id"])
        if message is None or (message.sender is not None and not (isinstance(message.place, Group) and message.place.bot_is_admin)):
            return
        self._server.remove(message)

    def _mark(self, given: Json) -> None:
        message = self._find(given)
        if not isinstance(message.place, Group):
            raise ActionError(1200, "只支持群消息")
        message.marks.append(chr(int(given["emoji_id"])))

    def _essence(self, given: Json) -> None:
        message = self._find(given)
        if not isinstance(message.place, Group) or not message.place.bot_is_admin:
            raise ActionError(1200, "没有管理员权限")
        message.place.essence.append(message.id)

    def _notice(self, given: Json) -> None:
        if not isinstance(given["group_id"], str):
            raise ActionError(1400, "group_id must be a string")
        group = self._group(given)
        if not group.bot_is_admin:
            raise ActionError(1200, "没有管理员权限")
        if given.get("confirm_required", 1) != 0:
            raise ActionError(1200, "everybody would have to confirm it")
        group.notices.append(given["content"])

    def _admit(self, given: Json) -> None:
        asked = self._server.requests.pop(given["flag"], None)
        if asked is None:
            raise ActionError(1200, "请求不存在或已处理")
        user, group = asked
        self._server.admitted.append((user.id, group.id if group else 0, bool(given["approve"])))
        if given["approve"] and group is not None:
            group.members.append(user)

    def _befriend(self, given: Json) -> None:
        asked = self._server.requests.pop(given["flag"], None)
        if asked is None:
            raise ActionError(1200, "请求不存在或已处理")
        asked[0].friend = bool(given["approve"])

    def _file(self, given: Json) -> Json:
        if not self._server.takes_files:
            raise ActionError(1404, "不支持的Api upload_file")
        place = self._person(given) if "user_id" in given else self._group(given)
        content = base64.b64decode(given["file"].removeprefix("base64://"), validate=True)
        segment = {"type": "file", "data": {"file": given["name"], "file_size": str(len(content))}}
        message = self._server.add(place, None, [segment])
        return {"file_id": f"/{message.id}", "message_id": self._server.number(message.id)}
