"""这个月要办的: what needs who keeps the register, with a deed each."""

from dataclasses import replace

from bot.commands import Context, Reply, Where, answer, command
from bot.permissions import Permission, require
from bot.services import register_needs
from bot.texts import Text


@command(
    *("这个月要办的", "needs"),
    needs=Permission.SEE_REGISTER,
    help=Text("看这个月要办的，最多五件", "see what needs you this month, five things at most"),
    where=Where.PRIVATE,
    also=("本月要办的", "这个月要做什么", "这个月有什么要办的"),
    spoken_to=True,
)
async def needs(ctx: Context) -> Reply:
    found = await register_needs.needs(ctx.work, ctx.actor)
    return register_needs.asked(found) if found else register_needs.NOTHING


@answer(register_needs.KIND, needs=Permission.SEE_REGISTER)
async def begin(ctx: Context) -> Reply:
    commands = ctx.question.data["commands"] if ctx.question else []
    called = ctx.registry.called(commands[ctx.choice]) if ctx.choice is not None and ctx.choice < len(commands) else None
    if called is None:
        return register_needs.LATER
    require(ctx.actor, called.command.needs)
    return await called.command.handler(replace(ctx, args=called.args, word=called.word))
