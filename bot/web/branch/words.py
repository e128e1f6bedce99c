"""What surrounds every page of the branch: the ways, the door, and what is said when something cannot be done."""

from bot.permissions import Permission
from bot.texts import Text

DOOR = Text(
    "点一下，打开管支部的网页。链接只能用一次，请不要转给别人；网页一小时后自己退出。",
    "One tap opens the branch's pages. The link works once; please do not pass it on. The pages log out after an hour.",
)
OPEN = Text("打开", "Open")
LINK_OVER = Text(
    "这个链接已经用过或过期了。请私聊机器人发“支部网页”，要一个新的。",
    "This link was used or has expired. Please send “pages” to the bot in private for a new one.",
)
CLOSED = Text(
    "这里要登录才能看；登录一小时后自己结束，没提交的没有记。请私聊机器人发“支部网页”，要一个只能用一次的链接。",
    "This needs a log-in, which ends by itself after an hour; what was not sent is not kept. Please send “pages” to the bot in private for "
    "a link that works once.",
)
NOT_THERE = Text("没有这一页，或者不是您支部的。", "There is no such page, or it is not your branch's.")
STALE_FORM = Text(
    "这张表是上次登录时打开的，没有提交。请回到那一页刷新，再填一次。",
    "This form was opened in an earlier log-in and was not sent. Please go back, load the page again and fill it in once more.",
)
TOO_LARGE = Text("发来的东西太大了，没有收。", "What was sent is too large and was not taken.")

WAYS = (
    ("units", "/units", Text("下级支部", "Branches"), (Permission.SEE_UNITS,)),
    ("map", "/map", Text("地图", "Map"), (Permission.SEE_PLACES,)),
)
"""Key, path, name, and the permissions of which one opens it."""

SKIP = Text("跳到正文", "Skip to the content")
PAGES = Text("支部的网页", "The branch's pages")
SWITCH = Text("English", "中文")
LEAVE = Text("退出", "Log out")
LEAVE_ALL = Text("在所有设备上退出", "Log out everywhere")
UNTIL = Text("{time} 自动退出", "Logs out at {time}")
NOTE = Text("只供本支部工作用：请不要截图外传。", "For this branch's work only: please pass no pictures on.")
CANNOT = Text("没有办成", "Not done")
NOTHING_YET = Text("您能打开的网页还没有内容。", "There is no page for you here yet.")
BACK = Text("回到首页", "Back to the start")

TITLE_UNITS = Text("下级支部", "The branches below")
UNITS_NOTE = Text("只有人数，没有姓名。", "Numbers of people only, no names.")
UNIT = Text("支部", "Branch")
UNIT_COLUMNS = (
    Text("党员", "members"),
    Text("已绑定", "bound"),
    Text("已找到", "found"),
    Text("90 天内报过位置", "place within 90 days"),
    Text("本月已交党费", "dues of this month"),
    Text("30 天内看过公告", "read within 30 days"),
)
TOGETHER = Text("合计", "Together")
