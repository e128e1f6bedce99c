"""网页: a one-time link to the browser chat."""

from bot.commands import Context, Reply, Where, command
from bot.permissions import Permission
from bot.services import weblink
from bot.texts import Text

HELP = Text("要一个打开网页版的一次性链接", "get a one-time link to the web page")


@command("网页", "网页版", "web", needs=Permission.OWN_DATA, help=HELP, where=Where.PRIVATE, spoken_to=True)
async def web(ctx: Context) -> Reply:
    return await weblink.invitation(ctx.work, ctx.actor)
