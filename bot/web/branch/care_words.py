"""What the pages of needs, liaisons and finding say."""

from bot.texts import Text

TITLE_NEEDS = Text("这个月要办的", "This month")
NEEDS_NOTE = Text("最多五件，急的在前。", "Five things at most, the most urgent first.")
LIST = Text("看名单", "See who")
TO_CHAT = Text("发到我的私聊去办", "Send it to my private chat")
TO_BOARD = Text("去安排联系人", "Assign liaisons")

TITLE_LIAISONS = Text("联系人", "Liaisons")
COUNTS = Text(
    "有联系人的 {assigned} 位，没有的 {unassigned} 位；今年谈过 {talked} 位，走访过 {visited} 位。每人最多联系 {cap} 位。",
    "Looked after {assigned}, by nobody {unassigned}; this year {talked} were talked with and {visited} visited. At most {cap} each.",
)
DONE = Text("改好了，已经告诉本人和联系人。", "Changed; those concerned are told.")
UNDO = Text("撤销刚才的安排", "Take that back")
OFFERS = Text("建议", "Suggestions")
OFFERS_NOTE = Text("先勾好再安排；不合适的去掉勾。", "Untick whoever does not fit, then assign.")
OFFER = Text("请{who}联系", "{who} looks after")
ASSIGN = Text("就这样安排", "Assign")
WITHOUT = Text("还没有联系人的", "Looked after by nobody")
TICK = Text("勾上要安排的", "Tick whom to assign")
NONE_WITHOUT = Text("都有联系人了。", "Everybody is looked after.")
NO_LIAISON = Text(
    "还没有能当联系人的。请书记私聊发“任命 姓名 联络员”。",
    "Nobody can be a liaison yet: the secretary sends “appoint NAME liaison” in private.",
)
WHO = Text("请谁联系", "By whom")
HAS = Text("{who}（{count}/{cap}）", "{who} ({count}/{cap})")
BOARD = Text("谁联系谁", "Who looks after whom")
NOBODY = Text("现在没有联系谁。", "Looks after nobody now.")
SINCE = Text("{day} 起", "since {day}")
TAKE = Text("取消", "Take away")
TAKE_FROM = Text("取消 {who} 的联系人", "Take the liaison of {who} away")
MORE = Text("还有 {count} 位，安排好这些再看。", "{count} more; assign these first.")

TITLE_FINDING = Text("寻找", "Finding")
NOT_RUNNING = Text("现在没有在寻找。", "No search is going on.")
START_NOTE = Text(
    "开始后有一张不点名的海报，谁扫码报到，请您确认。说过不愿意的，不再打扰。",
    "It begins with a poster that names nobody; whoever reports in by it, you confirm. Who declined is left alone.",
)
POSTER_WORDS = Text("海报上的话（不写也行，120 字以内，不能写人名）", "Words for the poster (optional, at most 120 characters, no names)")
START = Text("开始寻找", "Begin the search")
POSTER = Text("海报", "The poster")
POSTERS = {"a4": Text("下载打印用的（A4）", "For printing (A4)"), "phone": Text("下载发手机的", "For phones")}
END = Text("结束寻找", "End the search")
END_NOTE = Text("结束后海报上的码不再有用。", "The poster's code is good for nothing then.")
FINDING_DONE = Text("办好了。", "Done.")
FINDING_UNDO = Text("撤销这一步", "Take that back")
LOST = Text("还没联系上的", "Not in touch yet")
