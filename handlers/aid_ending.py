"""我的求助、解决了、撤回求助 …: where an appeal stands, and how it ends."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands import Context, Pages, Reply, Where, answer, command, undoes
from bot.language.appeal_numbers import leading
from bot.permissions import Permission
from bot.services import aid_endings
from bot.texts import Text

TAKES = Text("[A12]", "[A12]")


@command(
    *("我的求助", "我的求助有人接了吗", "求助进展", "谁帮我了", "谁帮我", "有人帮我吗", "myappeals", "my appeals"),
    needs=Permission.ASK_AID,
    help=Text("看您的求助到哪一步、谁愿意帮", "see where your appeals stand and who offered"),
    where=Where.PRIVATE,
    matter="aid",
    intents=("aid_status",),
    spoken_to=True,
)
async def mine(ctx: Context) -> Reply:
    lines, asks = await aid_endings.mine(ctx.work, ctx.actor)
    asked = [replace(each, card=len(asks) > 1) for each in asks]
    return [Pages(aid_endings.HEADING, lines), *asked] if lines else aid_endings.NOTHING


@command(
    *("解决了", "求助解决了", "问题解决了", "solved"),
    needs=Permission.ASK_AID,
    help=Text("您的求助解决了，谢谢大家，不写名字", "your appeal is solved: the group is thanked, without names"),
    where=Where.PRIVATE,
    takes=TAKES,
    intents=("aid_status:close",),
)
async def solved(ctx: Context) -> Reply:
    named = leading(ctx.args) is not None
    if not ctx.addressed and not named:
        return None
    return await aid_endings.close(ctx.work, ctx.actor, ctx.args if named else "", solved=True)


@command(
    *("关闭求助", "关闭", "closeappeal", "close"),
    needs=Permission.ASK_AID,
    help=Text("关闭一件求助，不再请人帮", "close an appeal"),
    where=Where.PRIVATE,
    takes=TAKES,
    spoken_to=True,
    intents=("aid_status:close",),
)
async def close(ctx: Context) -> Reply:
    return await aid_endings.close(ctx.work, ctx.actor, ctx.args, solved=False)


@command(
    *("撤回求助", "放弃求助", "取消求助", "withdraw"),
    needs=Permission.ASK_AID,
    help=Text("撤回您的求助，写一半的也行", "withdraw your appeal, finished or not"),
    where=Where.PRIVATE,
    takes=TAKES,
    spoken_to=True,
    intents=("aid_status:withdraw",),
)
async def withdraw(ctx: Context) -> Reply:
    return await aid_endings.withdraw(ctx.work, ctx.actor, ctx.args)


@command(
    *("放弃", "giveup"),
    needs=Permission.ASK_AID,
    help=Text("撤回您的求助，写一半的也行", "withdraw your appeal, finished or not"),
    where=Where.PRIVATE,
    hidden=True,
    spoken_to=True,
)
async def give_up(ctx: Context) -> Reply:
    return await aid_endings.withdraw(ctx.work, ctx.actor, "")


@command(
    *("延长求助", "extendappeal", "extend"),
    needs=Permission.ASK_AID,
    help=Text("把您的求助延长一段时间", "let your appeal run longer"),
    where=Where.PRIVATE,
    takes=TAKES,
)
async def extend(ctx: Context) -> Reply:
    return await aid_endings.extend(ctx.work, ctx.actor, ctx.args)


@command(
    *("改求助", "editappeal", "edit appeal"),
    needs=Permission.ASK_AID,
    help=Text("改您求助发在群里的话，再看一遍才发", "change the words of your appeal in the group"),
    where=Where.PRIVATE,
    takes=TAKES,
)
async def edit(ctx: Context) -> Reply:
    return await aid_endings.edit(ctx.work, ctx.actor, ctx.args)


@answer(aid_endings.ENDING, needs=Permission.ASK_AID, matter="aid")
async def ending(ctx: Context) -> Reply:
    return await aid_endings.decided(ctx.work, ctx.actor, ctx.question.data if ctx.question else {}, ctx.choice)


@undoes(aid_endings.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await aid_endings.undo_close(ctx.work, ctx.actor, data)
