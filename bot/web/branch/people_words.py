"""What the ledger and a person's page say."""

from bot.texts import Text

TITLE = Text("名册", "Register")
SEARCH = Text("找人", "Search")
HOW = Text(
    "姓名、城市、单位、联系人 周海、没有手机……和聊天里的“名册”一样", "a name, city, employer, liaison NAME, no phone … as in the chat"
)
FIND = Text("找", "Find")
QUICK = (
    Text("没报到", "not found"),
    Text("90天没确认", "90 days unconfirmed"),
    Text("五清不全", "incomplete"),
    Text("没有联系人", "no liaison"),
    Text("预备", "probationary"),
    Text("活动证快到期", "card soon"),
)
ALL = Text("全部", "All")
COUNT = Text("{count} 人", "{count} people")
COUNT_OF = Text("“{words}”：{count} 人", "“{words}”: {count}")
NOBODY = Text("名册里没有符合“{words}”的。换个说法，或按“全部”。", "Nobody in the register fits “{words}”. Try other words, or “All”.")
PAGES = Text("页", "Pages")
PAGE = Text("第 {page} 页", "Page {page}")
LIT, DARK = Text("{light}：是", "{light}: yes"), Text("{light}：还没有", "{light}: not yet")
LIAISON = Text("联系人：{who}", "liaison: {who}")
MISSING = Text("五清还缺：{what}", "not clear yet: {what}")
PLACE, LIAISON_NAME, CATEGORY = Text("所在城市", "City"), Text("联系人", "Liaison"), Text("党费类别", "Dues category")
NONE = Text("没有", "none")

CLEARS = Text("五清", "The five clears")
CLEAR = Text("清楚", "clear")
NOT_CLEAR = Text("还不清楚", "not clear yet")
LIGHTS = Text("三盏灯", "The three lights")
TODAY = Text("今天记上“{what}”", "Note today: {what}")
KEPT = Text("记着的", "What is kept")
NOTHING_KEPT = Text("还什么都没有记。", "Nothing is kept yet.")
EDIT = Text("改", "Change")
EDIT_NOTE = Text(
    "日期写 2012年7月1日 或 2012-07；空着就是不记。只改您动过的格。",
    "Dates like 2012-07-01 or 2012-07; empty is not kept. Only what you alter changes.",
)
SAVE = Text("存下", "Save")
UNCHOSEN = Text("没有记", "not kept")
DONE = Text("改好了。", "Changed.")
UNDO = Text("撤销刚才的改动", "Take that change back")
HISTORY = Text("改动过的", "What was changed")
NO_HISTORY = Text("还没有改动过。", "Nothing has been changed yet.")
WHEN, WHO, WHAT = Text("哪天", "Day"), Text("谁", "Who"), Text("改了什么", "What")
STEP = Text("{what}：{before} → {after}", "{what}: {before} → {after}")
WHO_HOW = Text("{who}（{how}）", "{who} ({how})")
MORE = Text("更早的还有 {count} 条，私聊发“资料历史 姓名”看。", "{count} earlier ones: send “history NAME” in private.")
BACK = Text("回名册", "To the register")
