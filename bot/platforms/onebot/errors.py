"""What a failure of a call means for a message on its way."""

from datetime import timedelta

from bot.platforms.base import Refused, SendError, SlowDown, Temporary, Uncertain, Unreachable
from bot.platforms.onebot.calls import TOKEN, Failed, NeverSent

_LATE = ("timeout", "timed out", "time out", "超时")
_NOBODY_THERE = (
    *(
        "not friend",
        "not a friend",
        "friend_not_found",
        "group_not_found",
        "好友不存在",
        "不是好友",
        "非好友",
        "不是对方好友",
        "未添加好友",
    ),
    *("群不存在", "不在群", "不是群成员", "已退出", "已被移出", "已解散", "无法发起临时会话", "临时会话", "拒绝接收", "拉黑", "黑名单"),
    *("无法获取用户信息", "无法获取群信息", "user not found", "group not found", "uin无效", "请指定正确的"),
)
_MUTED = ("禁言", "muted", "shut up")
_TOO_FAST = ("频繁", "too many", "rate limit", "too fast", "频率")
_UNKNOWN_ACTION = frozenset({1404, 10_002})
PAUSE = timedelta(minutes=1)
"""How long nothing is sent after QQ said that it was too much; it does not say for how long."""


def unsupported(error: Exception) -> bool:
    """Whether the implementation does not know an action."""
    return isinstance(error, Failed) and (error.retcode in _UNKNOWN_ACTION or "不支持的api" in error.said.casefold())


def meaning(error: Exception, *, repeatable: bool) -> SendError:
    """The error delivery knows. What is `repeatable` – a mark, a removal – is never uncertain: doing it again changes nothing."""
    match error:
        case Failed():
            sorry = _refusal(error)
        case NeverSent():
            sorry = Temporary(str(error))
        case _:
            sorry = Uncertain(str(error))
    return Temporary(str(sorry)) if repeatable and isinstance(sorry, Uncertain) else sorry


def _refusal(error: Failed) -> SendError:
    said, words = error.said.casefold(), str(error)
    if any(each in said for each in _LATE):  # an account that is frozen or watched looks so, and sometimes the message went out
        return Uncertain(words)
    if any(each in said for each in _MUTED) or error.retcode in TOKEN:
        return Temporary(words)
    if any(each in said for each in _TOO_FAST):
        return SlowDown(PAUSE, everywhere=True)
    if 100 <= error.retcode < 200 or any(each in said for each in _NOBODY_THERE):
        return Unreachable(words)
    return Refused(words)
