"""画说家乡: a picture of home for the group, from the curator."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Reply, Where, answer, command, undoes
from bot.permissions import Permission
from bot.services import hometown, posting
from bot.texts import Text

POSTED = Text("好，照片发到群里了。十分钟内可“撤销”。", "The picture is in the group. “undo” within ten minutes takes it back.")
NOT_POSTED = Text("好，没有发。", "Nothing was posted.")
UNDONE = Text("好，照片撤回了。", "The picture is taken back.")


@command(
    *("画说家乡", "hometown"),
    needs=Permission.CURATE,
    help=Text("往群里发一张家乡的照片", "post a picture of home in the group"),
    where=Where.PRIVATE,
    takes=Text("照片名 要说的话", "its name, and a few words"),
    spoken_to=True,
)
async def offer(ctx: Context) -> Reply:
    return await hometown.offered(ctx.work, ctx.actor, ctx.args)


@answer(hometown.KIND, needs=Permission.CURATE)
async def decide(ctx: Context) -> Reply:
    if ctx.choice or ctx.question is None:
        return NOT_POSTED
    await hometown.post(ctx.work, ctx.actor, ctx.question.data["picture"], ctx.question.data["caption"])
    return POSTED + await posting.until_posted(ctx.work)


@undoes(hometown.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await hometown.undo_post(ctx.work, ctx.actor, data["slot"])
    return UNDONE
