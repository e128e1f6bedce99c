"""What the map page says, in both languages."""

from bot.services.place_map import Resident
from bot.texts import Text

DOOR = Text(
    "点一下，看大家在哪儿的地图。链接只能用一次，请不要转给别人；网页一小时后自己退出。",
    "One tap opens the map of where everybody is. The link works once; please do not pass it on. The page logs out after an hour.",
)
LINK_OVER = Text(
    "这个链接已经用过或过期了。请私聊机器人发“地图网页”，要一个新的。",
    "This link was used or has expired. Please send “webmap” to the bot in private for a new one.",
)
COUNTED = Text(
    "{total} 人在 {cities} 个地方 · {day} · 自愿填报，仅到市级", "{total} people in {cities} places · {day} · voluntary, by city"
)
HIDDEN = Text("另有 {count} 人没有同意在这里显示姓名。", "{count} more did not agree to be named here.")
PAGE = {
    "title": Text("大家在哪儿", "Where we are"),
    "language": Text("English", "中文"),
    "skip": Text("跳到名单", "Skip to the list"),
    "print": Text("打印", "Print"),
    "leave": Text("退出", "Log out"),
    "leave_all": Text("在所有设备上退出", "Log out everywhere"),
    "until": Text("{time} 自动退出", "Logs out at {time}"),
    "filters": Text("筛选", "Filter"),
    "who": Text("看谁", "Who"),
    "everybody": Text("全部", "Everybody"),
    "stale_only": Text("只看超过 90 天没确认的", "Only those not confirmed for 90 days"),
    "map": Text(
        "地图：每面红旗是一个城市，旁边是人数。名单里有同样的内容。",
        "Map: each red flag is a city with its number of people. The list says the same.",
    ),
    "closer": Text("放大", "Zoom in"),
    "farther": Text("缩小", "Zoom out"),
    "whole": Text("看全图", "The whole country"),
    "list": Text("按城市的名单", "List by city"),
    "count": Text("{count} 人", "{count}"),
    "found": Text("符合的：{count} 人，在 {cities} 个地方", "Found: {count}, in {cities} places"),
    "off_map": Text("（图上没有）", "(not on the map)"),
    "nobody": Text("还没有人报位置。", "Nobody has said where they are yet."),
    "none_found": Text("没有符合的人。", "Nobody fits."),
    "no_script": Text("地图、筛选要 JavaScript；名单照样能看。", "The map and the filter need JavaScript; the list works without it."),
    "over": Text(
        "登录已经结束，名单收起来了。私聊机器人发“地图网页”再要一个链接。",
        "You are logged out and the list is gone. Send “webmap” to the bot in private for a new link.",
    ),
    "no_map": Text("地图没有打开，名单照样能看。", "The map did not load; the list works without it."),
    "note": Text(
        "只供本支部工作用：请不要截图外传。底图没有审图号，不能公开展示。",
        "For this branch's work only: please pass no pictures on. The base map has no approval number and must not be shown in public.",
    ),
}
_CONFIRMED = Text("{day} 确认", "confirmed {day}")
_ENTERED = Text("，补录", ", entered for them")
_STALE = Text("，超过 90 天", ", over 90 days ago")


def about(resident: Resident) -> Text:
    """When somebody's place was last confirmed, and how."""
    said = _CONFIRMED(day=resident.confirmed.isoformat())
    said = said + _ENTERED if resident.entered else said
    return said + _STALE if resident.stale else said
