"""没联系上的, 我来找, 找到了, 没找到, 本人来了: looking for members who are not in touch."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, Pages, Reply, Where, command, holds, undoes
from bot.language import seeking as words_of
from bot.permissions import Permission
from bot.services import privacy, seeking
from bot.texts import Text

TAKES = Text("姓名", "NAME")
TAKES_WAY = Text("姓名 [电话/走访/家人 …]", "NAME [phone/visit/family …]")
TAKEN = Text(
    "好，{who}由您来找。找到了发“找到了 姓名 电话”，没找到也说一声。", "You look for {who} now. Then “found NAME phone” or “notfound NAME”."
)
FOUND = Text(
    "太好了！{who}记为联系上了（{way}）。愿意用机器人的，请书记发“邀请 姓名”。",
    "Good! {who} is noted as in touch ({way}). If they want to use the bot, the secretary sends “invite NAME”.",
)
NOT_FOUND = Text("记下了，辛苦您。{who}先放着，别的同志也可以接着找。", "Noted, thank you. Somebody else may try to find {who}, too.")
CAME = Text("好，{who}自己来联系了，记下了。", "Noted: {who} got in touch.")
UNDONE = Text("好，改回去了。", "Done, it is as before.")


@command(
    *("没联系上的", "tofind"),
    needs=Permission.SEEK,
    help=Text("还没联系上的同志，可以认下去找", "members not in touch yet; take one to look for"),
    where=Where.PRIVATE,
    also=("没联系上的同志", "没有联系上的", "失联党员", "失联的同志", "谁没联系上"),
    spoken_to=True,
)
async def lost(ctx: Context) -> Reply:
    heading, lines = await seeking.lost(ctx.work, ctx.actor, ctx.platform)
    return Pages(heading, lines) if lines else heading


@command(
    *("我来找", "seek"),
    needs=Permission.SEEK,
    help=Text("认下一位还没联系上的同志去找", "take a member who is not in touch, to look for them"),
    where=Where.PRIVATE,
    takes=TAKES,
    understands=words_of.taking,
    fits=words_of.named,
    spoken_to=True,
)
async def take(ctx: Context) -> Reply:
    member = await seeking.take(ctx.work, ctx.actor, ctx.args, ctx.platform)
    return TAKEN(who=await privacy.named(ctx.work, ctx.platform, member))


@command(
    *("找到同志", "found"),
    needs=Permission.SEEK,
    help=Text("记下找到了谁、用什么办法（只记办法，不记内容）", "note whom you found and by what kind of way, nothing else"),
    where=Where.PRIVATE,
    takes=TAKES_WAY,
    understands=words_of.found,
    spoken_to=True,
)
async def found(ctx: Context) -> Reply:
    member, way = await seeking.found(ctx.work, ctx.actor, ctx.args, ctx.platform)
    return FOUND(who=await privacy.named(ctx.work, ctx.platform, member), way=way)


@command(
    *("没找到同志", "notfound"),
    needs=Permission.SEEK,
    help=Text("记下这次没找到", "note that a try came to nothing"),
    where=Where.PRIVATE,
    takes=TAKES_WAY,
    understands=words_of.missed,
    spoken_to=True,
)
async def not_found(ctx: Context) -> Reply:
    member = await seeking.not_found(ctx.work, ctx.actor, ctx.args, ctx.platform)
    return NOT_FOUND(who=await privacy.named(ctx.work, ctx.platform, member))


@command(
    *("本人来了", "cameback"),
    needs=Permission.SEEK,
    help=Text("说过先不联系的同志自己来联系了", "somebody who did not want to be asked got in touch themselves"),
    where=Where.PRIVATE,
    takes=TAKES,
    spoken_to=True,
)
async def came(ctx: Context) -> Reply:
    member = await seeking.came(ctx.work, ctx.actor, ctx.args, ctx.platform)
    return CAME(who=await privacy.named(ctx.work, ctx.platform, member))


@undoes(seeking.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    await seeking.undo(ctx.work, ctx.actor, data)
    return UNDONE


@holds("seeking", Text("寻找", "finding"))
async def held(ctx: Context) -> Sequence[Text]:
    return await seeking.held(ctx.work, ctx.actor)
