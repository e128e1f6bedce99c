"""支部网页 and 地图网页: one-time links to the branch's pages and the map of who is where; 退出网页: an end to every session on the web."""

from bot.commands import Context, Reply, Where, command
from bot.permissions import Permission
from bot.services import web_entry
from bot.texts import Text

PAGES = Text("要一个管支部的网页", "get a one-time link to the branch's pages")
MAP = Text("要一个看谁在哪儿的地图网页", "get a one-time link to the map of who is where")
LEAVE = Text("把自己打开的网页都退出", "log out of every web page of yours")


@command(
    *("支部网页", "管理网页", "pages"),
    needs=Permission.OPEN_PAGES,
    help=PAGES,
    where=Where.PRIVATE,
    also=("名册网页", "网页名册", "台账网页", "联系人网页", "书记网页", "管理后台", "网页后台"),
)
async def pages(ctx: Context) -> Reply:
    return await web_entry.invitation(ctx.work, ctx.actor) if ctx.addressed else None


@command(
    *("地图网页", "网页地图", "webmap"),
    needs=Permission.SEE_PLACES,
    help=MAP,
    where=Where.PRIVATE,
    also=("分布图网页", "网页版地图", "网页分布图", "网上地图", "地图链接"),
)
async def show(ctx: Context) -> Reply:
    return await web_entry.invitation_to_map(ctx.work, ctx.actor) if ctx.addressed else None


@command(
    *("退出网页", "网页退出", "logout"),
    needs=Permission.OWN_DATA,
    help=LEAVE,
    where=Where.PRIVATE,
    also=("退出登录", "退出所有网页"),
)
async def leave(ctx: Context) -> Reply:
    if not ctx.addressed:
        return None
    await web_entry.end_all(ctx.work, ctx.actor)
    return web_entry.ENDED
