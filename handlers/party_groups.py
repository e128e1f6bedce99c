"""党小组: the groups inside a branch, who is in which, and changing that."""

from collections.abc import Mapping
from typing import Any

from bot.commands import Context, Pages, Reply, Where, command, undoes
from bot.language.party_groups import placing
from bot.permissions import Permission
from bot.services import party_groups as groups
from bot.services import privacy, units
from bot.texts import Text

HEADING = Text("党小组：", "Party groups:")
NAME_IT = Text("请写上名称：建党小组 第一小组", "Please add a name: newgroup NAME")
WHICH = Text("请写上是哪个小组：撤党小组 第一小组", "Please say which: closegroup NAME")
MADE = Text("好，{group}建好了。发“李小山、周海 到 {group}”把同志分进去。", "Done: {group}. “put NAME, NAME into {group}” fills it.")
RENAMED = Text("好，{old}现在叫{new}，以前的名称留着。", "Done: {old} is called {new} now; the old name is kept.")
CLOSED = Text("好，{group}撤了，记录留着。", "Done: {group} is closed; its history is kept.")
PLACED = Text("好，分到{group} {count} 人：{names}。十分钟内可以“撤销”。", "Done: {count} in {group}: {names}. “undo” within ten minutes.")
UNDONE = Text("好，党小组和原来一样。", "The party groups are as they were.")


@command(
    *("党小组", "groups"),
    needs=Permission.OWN_DATA,
    help=Text("看自己的党小组（书记看全部）", "see your party group (the secretary sees all)"),
    where=Where.PRIVATE,
    also=("我的党小组", "我的小组", "党小组名单"),
    spoken_to=True,
)
async def shown(ctx: Context) -> Reply:
    lines = await groups.shown(ctx.work, ctx.actor, ctx.platform)
    return lines[0] if len(lines) == 1 else Pages(HEADING, lines)


@command(
    *("建党小组", "newgroup"),
    needs=Permission.KEEP_REGISTER,
    help=Text("在支部里建一个党小组", "make a party group in the branch"),
    where=Where.PRIVATE,
    takes=Text("名称", "NAME"),
    also=("建小组", "新建党小组", "成立党小组"),
    spoken_to=True,
)
async def make(ctx: Context) -> Reply:
    if not ctx.args:
        return NAME_IT
    return MADE(group=units.called(await groups.make(ctx.work, ctx.actor, ctx.args)))


@command(
    *("分党小组", "togroup"),
    needs=Permission.KEEP_REGISTER,
    help=Text("把同志分到党小组：李小山、周海 到 第一小组", "put people into a party group: put NAME, NAME into GROUP"),
    where=Where.PRIVATE,
    takes=Text("姓名 到 小组", "NAMES into GROUP"),
    understands=placing,
    spoken_to=True,
)
async def place(ctx: Context) -> Reply:
    group, members = await groups.place(ctx.work, ctx.actor, ctx.args, ctx.platform)
    return PLACED(group=units.called(group), count=len(members), names=await privacy.listed(ctx.work, ctx.platform, members))


@command(
    *("党小组改名", "renamegroup"),
    needs=Permission.KEEP_REGISTER,
    help=Text("给党小组改名", "give a party group another name"),
    where=Where.PRIVATE,
    takes=Text("旧名 为 新名", "OLD to NEW"),
    spoken_to=True,
)
async def rename(ctx: Context) -> Reply:
    old, new = await groups.rename(ctx.work, ctx.actor, ctx.args)
    return RENAMED(old=units.called(old), new=units.called(new))


@command(
    *("撤党小组", "closegroup"),
    needs=Permission.KEEP_REGISTER,
    help=Text("撤销一个没有人的党小组", "close a party group that is empty"),
    where=Where.PRIVATE,
    takes=Text("名称", "NAME"),
    also=("撤销党小组",),
    spoken_to=True,
)
async def close(ctx: Context) -> Reply:
    if not ctx.args:
        return WHICH
    return CLOSED(group=units.called(await groups.close(ctx.work, ctx.actor, ctx.args)))


@undoes(groups.MADE)
async def undo_making(ctx: Context, data: Mapping[str, Any]) -> Text:
    await groups.undo_making(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(groups.RENAMED)
async def undo_renaming(ctx: Context, data: Mapping[str, Any]) -> Text:
    await groups.undo_renaming(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(groups.CLOSED)
async def undo_closing(ctx: Context, data: Mapping[str, Any]) -> Text:
    await groups.undo_closing(ctx.work, ctx.actor, data)
    return UNDONE


@undoes(groups.PLACED)
async def undo_placing(ctx: Context, data: Mapping[str, Any]) -> Text:
    await groups.undo_placing(ctx.work, ctx.actor, data)
    return UNDONE
