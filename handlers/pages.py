"""下一页: the rest of a long answer."""

from bot.commands import Context, Pages, Reply, answer
from bot.permissions import Permission
from bot.texts import Text


@answer("page", needs=Permission.HELP)
async def next_page(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    heading = Text(*data["heading"])
    return Pages(heading, [Text(*line) for line in data["lines"]])
