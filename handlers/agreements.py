"""双向管理: agreements with the organisations where members are, and the six mutuals."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Pages, Reply, Where, command, undoes
from bot.permissions import Permission
from bot.services import agreement_lists, agreements, mutuals
from bot.texts import Text

HEADING = Text("双向管理协议（{count} 份）：", "Agreements with hosts ({count}):")
MADE = Text(
    "好，和{host}的协议记下了：{since} 到 {until}。到期前 30 天提醒您；做了六互，发“记六互 {host} 信息互通”。",
    "Noted: the agreement with {host}, {since} to {until}. You are reminded 30 days before; “mutual {host} inform” notes what was done.",
)
RENEWED = Text("好，和{host}的协议延到 {until}。", "Done: the agreement with {host} lasts until {until}.")
ENDED = Text(
    "好，和{host}的协议今天结束，不再向对方提供资料。", "Done: the agreement with {host} ends today; nothing more is given to them."
)
ASK_THEM = Text(
    "给过对方 {count} 位同志的资料，请通知对方删除。", "They were given data of {count} people; please ask them to delete these."
)
LOGGED = Text("好，记下了：{day} {host} {mutual}。", "Noted: {day}, {host}, {mutual}.")
UNDONE = Text("好，双向管理的记录和原来一样。", "The agreements are as they were.")


@command(
    *("双向管理", "agreements"),
    needs=Permission.SHARE,
    help=Text("看和流入地的双向管理协议、六互", "see the agreements with hosts and the six mutuals"),
    where=Where.PRIVATE,
    also=("双向管理情况", "双向管理台账", "六互情况", "看协议"),
    matter="sharing",
    spoken_to=True,
)
async def listed(ctx: Context) -> Reply:
    lines = await agreement_lists.listed(ctx.work, ctx.actor)
    return Pages(HEADING(count=len(lines)), lines) if lines else agreements.NONE


@command(
    *("签协议", "newagreement"),
    needs=Permission.SHARE,
    help=Text("记下和流入地签的双向管理协议", "note an agreement with a host"),
    where=Where.PRIVATE,
    takes=Text("对方组织 到 日期", "HOST until DAY"),
    also=("双向管理协议", "签双向管理协议", "签订双向管理协议", "新协议", "记协议", "new agreement"),
    matter="sharing",
    spoken_to=True,
)
async def make(ctx: Context) -> Reply:
    made = await agreements.make(ctx.work, ctx.actor, ctx.args)
    return MADE(host=made.host, since=made.since.isoformat(), until=made.until.isoformat())


@command(
    *("续协议", "renewagreement"),
    needs=Permission.SHARE,
    help=Text("延长双向管理协议", "let an agreement last longer"),
    where=Where.PRIVATE,
    takes=Text("对方组织 到 日期", "HOST to DAY"),
    also=("续签协议", "延长协议", "续双向管理", "续双向管理协议", "renew agreement"),
    matter="sharing",
    spoken_to=True,
)
async def renew(ctx: Context) -> Reply:
    changed = await agreements.renew(ctx.work, ctx.actor, ctx.args)
    return RENEWED(host=changed.host, until=changed.until.isoformat())


@command(
    *("结束协议", "endagreement"),
    needs=Permission.SHARE,
    help=Text("提前结束双向管理协议", "end an agreement before its time"),
    where=Where.PRIVATE,
    takes=Text("对方组织", "HOST"),
    also=("终止协议", "解除协议", "结束双向管理", "结束双向管理协议", "end agreement"),
    matter="sharing",
    spoken_to=True,
)
async def end(ctx: Context) -> Reply:
    ended, given = await agreements.end(ctx.work, ctx.actor, ctx.args)
    said = ENDED(host=ended.host)
    return said + ASK_THEM(count=given) if given else said


@command(
    *("记六互", "mutual"),
    needs=Permission.SHARE,
    help=Text("记和流入地做了六互里的哪一互", "note which of the six mutuals was done"),
    where=Where.PRIVATE,
    takes=Text("[对方] 哪一互 [哪天] [做了什么]", "[HOST] WHICH [DAY] [WHAT]"),
    also=("记一互", "六互"),
    matter="sharing",
    spoken_to=True,
)
async def log(ctx: Context) -> Reply:
    about, name, day = await mutuals.log(ctx.work, ctx.actor, ctx.args)
    return LOGGED(day=day.isoformat(), host=about.host, mutual=name)


@undoes(agreements.MADE)
async def undo_making(ctx: Context, data: Mapping[str, Any]) -> Text:
    await agreements.undo_making(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(agreements.RENEWED)
async def undo_renewing(ctx: Context, data: Mapping[str, Any]) -> Text:
    await agreements.undo_renewing(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(agreements.ENDED)
async def undo_ending(ctx: Context, data: Mapping[str, Any]) -> Text:
    await agreements.undo_ending(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(mutuals.LOGGED)
async def undo_logging(ctx: Context, data: Mapping[str, Any]) -> Text:
    await mutuals.undo_logging(ctx.work, ctx.actor, data)
    return UNDONE
