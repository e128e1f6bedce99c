"""待办: what waits for an officer, in one message."""

from bot.commands import Context, Reply, Where, command
from bot.permissions import Permission
from bot.services import officers
from bot.texts import Text

HELP = Text("看有几件事等您办，各发什么词", "see how much waits for you, and the word for each")
HEADING = Text("等您的：", "Waiting for you:")
NOTHING = Text("没有等着您办的事，歇着吧。", "Nothing waits for you.")


@command(
    "待办", "等我办的", "有什么要我办", "有什么要我办的", "todo", needs=Permission.ENTER, help=HELP, where=Where.PRIVATE, spoken_to=True
)
async def waiting(ctx: Context) -> Reply:
    lines = await officers.waiting(ctx.work, ctx.actor)
    return Text.join([HEADING, *lines]) if lines else NOTHING
