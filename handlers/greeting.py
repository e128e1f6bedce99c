"""你好: somebody says hello, or thanks."""

from bot.commands import Context, Reply, command
from bot.language import greetings
from bot.permissions import Permission
from bot.texts import Text

HELP = Text("打个招呼", "say hello")
HELLO = Text(
    "您好，我在。报平安发“签到”，换地方了说“我到哈尔滨了”，别的发“帮助”看。",
    "Hello. Send “checkin” to say you are fine, “I'm in Harbin” when you move, “help” for the rest.",
)
WELCOME = Text("不客气，一路平安。", "You are welcome; keep well.")
BYE = Text("再见，一路平安。有事随时说一声。", "Goodbye, keep well. Write whenever there is something.")
A_BOT = Text(
    "我是支部的机器人，不是真人。我办不了的，发“找谁”，告诉您找哪位同志；急事发“紧急求助”。",
    "I am the branch's bot, not a person. For what I cannot do send “whotoask”; in danger “sos”.",
)
THANKS = frozenset({"谢谢", "多谢", "辛苦了", "thanks", "thank you"})


@command(
    *("你好", "您好", "在吗", "早", "早上好", "晚上好", "hello", "hi", "谢谢", "多谢", "辛苦了", "thanks", "thank you"),
    needs=Permission.CHECK_IN,
    help=HELP,
    hidden=True,
    spoken_to=True,
    understands=greetings.heard,
)
async def greet(ctx: Context) -> Reply:
    if ctx.word in THANKS or ctx.args == greetings.THANKS:
        return WELCOME
    return BYE if ctx.args == greetings.BYE else A_BOT if ctx.args == greetings.WHO else HELLO
