"""开始寻找, 寻找海报, 寻找情况, 结束寻找: a search by a poster."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Pages, Reply, Say, Where, command, undoes
from bot.permissions import Permission
from bot.services import seek_campaigns as campaigns
from bot.texts import Text

STARTED = Text(
    "好，开始找了。海报两张：一张 A4 打印，一张发手机。谁扫码报到，我请您确认。",
    "The search has begun. Two posters: one to print on A4, one for phones. Whoever reports in by it, you are asked to confirm.",
)
PRINT = Text("打印用（A4）", "To print (A4)")
PHONE = Text("发手机用", "For phones")
ENDED = Text("寻找结束了，海报上的码不再有用。谢谢大家！", "The search has ended; the poster's code is good for nothing now. Thank you!")
UNDONE = Text("好，改回去了。", "Done, it is as before.")


@command(
    *("开始寻找", "seekstart"),
    needs=Permission.INVITE,
    help=Text("开始寻找没联系上的同志，出一张不点名的海报", "begin a search, with a poster that names nobody"),
    where=Where.PRIVATE,
    takes=Text("[海报上的话]", "[WORDS FOR THE POSTER]"),
    also=("开始寻找党员", "寻找党员"),
    spoken_to=True,
)
async def start(ctx: Context) -> Reply:
    await campaigns.start(ctx.work, ctx.actor, ctx.args)
    return [STARTED, *await _posters(ctx)]


@command(
    *("寻找海报", "seekposter"),
    needs=Permission.INVITE,
    help=Text("再要一次寻找的海报", "the poster of the search once more"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def poster(ctx: Context) -> Reply:
    return await _posters(ctx)


async def _posters(ctx: Context) -> list[Say]:
    paper, picture = await campaigns.posters(ctx.work, ctx.actor)
    return [Say(PRINT, private=True, drawing=paper), Say(PHONE, private=True, drawing=picture)]


@command(
    *("寻找情况", "seekstatus"),
    needs=Permission.SEEK,
    help=Text("寻找的进展（群里只有数字）", "how the search stands (in the group numbers only)"),
    spoken_to=True,
)
async def status(ctx: Context) -> Reply:
    counts, *lines = await campaigns.status(ctx.work, ctx.actor, ctx.platform, in_group=ctx.in_group)
    return Pages(counts, lines) if lines else counts


@command(
    *("结束寻找", "seekend"),
    needs=Permission.INVITE,
    help=Text("结束寻找", "end the search"),
    where=Where.PRIVATE,
    spoken_to=True,
)
async def end(ctx: Context) -> Reply:
    return [await campaigns.end(ctx.work, ctx.actor, ctx.platform), ENDED]


@undoes(campaigns.STARTED)
async def undo_start(ctx: Context, data: Mapping[str, Any]) -> Text:
    await campaigns.undo_start(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(campaigns.ENDED)
async def undo_end(ctx: Context, data: Mapping[str, Any]) -> Text:
    await campaigns.undo_end(ctx.work, ctx.actor, data)
    return UNDONE
