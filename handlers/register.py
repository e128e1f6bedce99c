"""What members change of their own entry in the register: 我的手机换成 138…, 我换单位了, 我的情况没变."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands import Context, Reply, Where, answer, command, holds, undoes
from bot.language import register_words as language
from bot.permissions import Permission
from bot.services import register, register_keeping, register_names, register_saying
from bot.texts import Text

HOW = Text(
    "这样说就行：我的手机换成 13800001234；我换单位了，在中建三局；我老家在信阳；我是2012年7月入党的；我叫李小山。",
    "Just say: my phone is 13800001234; I changed jobs, now at NAME; I am from Xinyang; I joined in Jul 2012; my name is NAME.",
)


@command(
    *("改我的资料", "mydetails"),
    needs=Permission.OWN_DATA,
    help=Text("改自己的手机、单位、老家、入党时间", "change your phone, employer, home town, joining date"),
    where=Where.PRIVATE,
    takes=Text("我的手机换成 138…", "my phone is 138…"),
    understands=language.own,
    spoken_to=True,
)
async def own(ctx: Context) -> Reply:
    if not ctx.args or language.told(ctx.args) is None:
        return HOW if ctx.addressed else None
    return await register_keeping.own(ctx.work, ctx.actor, ctx.args)


@command(
    *("我的手机号", "myphone"),
    needs=Permission.OWN_DATA,
    help=Text("看记着的您的手机号", "see the telephone number that is kept of you"),
    where=Where.PRIVATE,
    understands=language.asks_own_phone,
    hidden=True,
    spoken_to=True,
)
async def own_phone(ctx: Context) -> Reply:
    return await register_saying.own_phone(ctx.work, ctx.actor)


@command(
    *("我的情况没变", "unchanged"),
    needs=Permission.OWN_DATA,
    help=Text("说一声自己的情况没变", "say that nothing about you has changed"),
    where=Where.PRIVATE,
    understands=language.unchanged,
    spoken_to=True,
)
async def unchanged(ctx: Context) -> Reply:
    return await register_keeping.unchanged(ctx.work, ctx.actor)


@answer(register_names.KIND, needs=Permission.KEEP_REGISTER)
async def name(ctx: Context) -> Reply:
    data = ctx.question.data if ctx.question else {}
    return await register_names.decide(ctx.work, ctx.actor, data, renamed=ctx.choice == 0)


@undoes(register.DEED)
async def undo(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await register_keeping.undo(ctx.work, ctx.actor, data)


@undoes(register_names.DEED)
async def undo_name(ctx: Context, data: Mapping[str, Any]) -> Text:
    return await register_names.undo(ctx.work, ctx.actor, data)


@holds("register", Text("名册", "Register"))
async def held(ctx: Context) -> Sequence[Text]:
    return await register_saying.held(ctx.work, ctx.actor)
